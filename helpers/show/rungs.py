"""What a ladder says, before anything is drawn: one Rung a message, flights and round trips.

Picture, caption and alternative text are all made from these, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from helpers.conversation import CLIENT, SERVER, Conversation, split_records
from helpers.tls.passive import Message
from helpers.tls.record import HEADER_LENGTH
from helpers.tls.registry import AlertLevel, ContentType
from helpers.tls.registry13 import TLS13

from .values import count

CHANGED, STOPPED, MORE = "changed on the way", "stopped on the way", "arrives with more"


@dataclass(frozen=True)
class Rung:
    """One message as a ladder shows it. `size` counts its bytes without the record header; of a
    message that nobody here can read, those of the whole sealed fragment."""

    sender: str
    name: str
    title: str
    size: int
    flight: int
    kind: int
    encrypted: bool
    readable: bool
    fatal: bool
    remark: str
    idle: bool = False  # a ChangeCipherSpec of TLS 1.3, which changes nothing

    @property
    def arrives(self) -> bool:
        return self.remark != STOPPED

    @property
    def handshake(self) -> bool:
        """False for the other record types: ChangeCipherSpec, alert, application data."""
        return self.kind == ContentType.handshake

    @property
    def goodbye(self) -> bool:
        return self.kind == ContentType.alert and not self.fatal

    @property
    def said(self) -> str:
        """For the alternative text: title, size, and what is special."""
        special = (["encrypted"] * self.encrypted + ["fatal"] * self.fatal
                   + [self.remark] * bool(self.remark))
        return f"{self.title} ({', '.join([count(self.size, 'byte'), *special])})"


def rungs(conversation: Conversation, mark: Mapping[int | str, str] | None = None) -> list[Rung]:
    """The messages of a Conversation in order, with what happened to them on the way.

    `mark` adds remarks by index or name. Raises KeyError for one that is not there."""
    messages, remarks = conversation.messages, dict(mark or {})
    known = {message.index for message in messages} | {message.name for message in messages}
    for key in remarks:
        if key not in known:
            raise KeyError(f"no message {key!r} to mark; there are: "
                           f"{', '.join(dict.fromkeys(message.name for message in messages))}")
    fates = _fates(conversation)
    return [_rung(message, remarks.get(message.index) or remarks.get(message.name)
                  or fates.get((message.sender, message.wire), "")) for message in messages]


def _fates(conversation: Conversation) -> dict[tuple[str, bytes], str]:
    """What became of each record that did not arrive as it was sent."""
    fates = {}
    for item in conversation.crossings:
        if item.sent != item.delivered:
            records, arrived = split_records(item.sent), split_records(item.delivered)
            one_by_one = len(records) == len(arrived)
            for place, record in enumerate(records):
                fate = _fate(record, arrived[place]) if one_by_one \
                    else _fate(item.sent, item.delivered)
                fates[item.sender, record] = fate
    return fates


def _fate(sent: bytes, delivered: bytes) -> str:
    if sent == delivered:
        return ""
    if not delivered:
        return STOPPED
    return MORE if sent in delivered else CHANGED


def _rung(message: Message, remark: str) -> Rung:
    readable = message.data is not None
    size = len(message.data) if readable else max(0, len(message.wire) - HEADER_LENGTH)
    level = getattr(message.parsed, "level", None)
    return Rung(message.sender, message.name, message.title, size, message.flight,
                message.content_type, message.encrypted, readable, level == AlertLevel.fatal,
                remark, message.name == "change_cipher_spec" and message.version == TLS13)


def flights(rows: Iterable[Rung]) -> list[tuple[int, list[Rung]]]:
    """The rungs flight by flight: (number, rungs)."""
    return [(number, list(group)) for number, group in groupby(rows, lambda row: row.flight)]


def trip_of(rows: list[Rung], number: int) -> str:
    """The name of round trip `number`: flights 2n-1 and 2n; "" where there is nothing to name."""
    parts = [row for row in rows if (row.flight + 1) // 2 == number]
    if not parts:
        return ""
    if all(row.goodbye for row in parts):
        return "goodbye"
    if len({row.flight for row in parts}) < 2:
        return "half a round trip"
    return f"round trip {number}"


def trips_before_data(rows: list[Rung]) -> int | None:
    """How many round trips pass before the client sends its first application data."""
    for row in rows:
        if row.kind == ContentType.application_data and row.sender == CLIENT:
            return (row.flight - 1) // 2
    return None


def endings(conversation: Conversation) -> list[tuple[str, str]]:
    """Who did not get what it wanted, and how that ended: (end, sentence)."""
    found = []
    for name in (CLIENT, SERVER):
        end = conversation.ends.get(name)
        if end is not None and end.problem:
            found.append((name, f"The {name} stops: {end.problem}."))
        elif end is not None and not end.connected:
            found.append((name, f"The {name} waits, and the handshake never ends."))
    return found


def described(rows: list[Rung]) -> str:
    """The rungs in words, flight by flight."""
    if not rows:
        return "No message yet."
    return " ".join(f"Flight {number}, {group[0].sender}: {', '.join(row.said for row in group)}."
                    for number, group in flights(rows))


def aligned(left: list[Rung], right: list[Rung]) -> list[tuple[Rung | None, Rung | None]]:
    """Pairs of rungs that say the same thing; None where one side has no such message."""
    matcher = SequenceMatcher(None, [_likeness(row) for row in left],
                              [_likeness(row) for row in right], autojunk=False)
    pairs: list[tuple[Rung | None, Rung | None]] = []
    for kind, start, stop, other, end in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(left[start:stop], right[other:end], strict=True)
        else:
            pairs += [(row, None) for row in left[start:stop]]
            pairs += [(None, row) for row in right[other:end]]
    return pairs


def _likeness(row: Rung) -> tuple:
    """A sealed message is like another of its record type, whether or not it can be read."""
    return row.sender, row.kind if row.encrypted else row.name

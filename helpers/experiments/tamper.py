"""Change one byte on its way, and see who notices: a real handshake each time.

OpenSSL is at both ends. Somebody in the middle flips bits of one byte of one record; everything
else arrives as it was sent. What happens then is OpenSSL's own doing, watched from outside. Why
it happened is worked out in `why.py` from what was watched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Endpoint, Packet, exchange
from helpers.experiments.why import Hit, explain
from helpers.sources.openssl import (
    LANE13,
    LANES,
    REQUEST,
    RESPONSE,
    OpenSSLEndpoint,
    openssl_client,
    openssl_server,
    record_exchange,
)
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.passive import Message
from helpers.tls.record import EXPLICIT_NONCE_LENGTH, HEADER_LENGTH, TAG_LENGTH
from helpers.tls.registry13 import TLS13

NOBODY, WAITING = "nobody", "waiting"
ALL_LANES = {**LANES, "1.3": LANE13 | {"group": "x25519", "ciphers": "TLS_AES_128_GCM_SHA256"}}
"""TLS 1.2 with RSA and with ECDHE, and TLS 1.3: OpenSSL servers."""
_HEADER = ("type", "version", "version", "length", "length")
_TRIES = 60


@dataclass(frozen=True)
class Outcome:
    """What one changed byte did. The same on every run, although the random bytes differ.

    `index` is the message's place in `targets(lane)`, `message` its title. `offset` counts from
    the first byte of the record (its 5-byte header included); `field` names the byte there. `mask`
    has a 1 for each bit that was flipped. `noticed` is "client", "server", "nobody" (all went
    through) or "waiting" (nobody complained, and nothing moves any more); `at` is the message that
    was arriving then, `alert` what was sent about it (None: nothing), `reason` OpenSSL's own words.
    """

    lane: str
    index: int
    sender: str
    message: str
    offset: int
    length: int
    mask: int
    field: str
    noticed: str
    at: str | None
    alert: str | None
    reason: str | None
    client_connected: bool
    server_connected: bool
    why: str
    conversation: Conversation = field(compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """Who noticed, when, and with which alert."""
        if self.noticed == NOBODY:
            return "Nobody notices: request and response arrive as they were sent."
        if self.noticed == WAITING:
            return "Nobody notices, and nothing moves any more: both ends wait."
        said = f"sends the alert {self.alert}" if self.alert else "hangs up without an alert"
        return f"The {self.noticed} notices when {self.at} arrives, and {said}."


@cache
def targets(lane: str) -> tuple[Message, ...]:
    """The messages of an untouched run of the lane ("RSA", "ECDHE" or "1.3"), each one record.

    Raises ValueError for another lane."""
    client, server = _ends(lane)
    return record_exchange(server, client=client).messages


def field_at(message: Message, offset: int) -> str:
    """The name of the byte at `offset` of the message's record. Raises IndexError outside."""
    if not 0 <= offset < len(message.wire):
        raise IndexError(f"{message.title} has the bytes 0 to {len(message.wire) - 1} here, "
                         f"so there is no byte {offset}")
    if offset < HEADER_LENGTH:
        return f"record header: {_HEADER[offset]}"
    if message.encrypted:
        if offset >= len(message.wire) - TAG_LENGTH:
            return "sealed: tag"
        nonce = EXPLICIT_NONCE_LENGTH if message.version != TLS13 else 0  # AES-GCM in each lane
        return "sealed: explicit nonce" if offset < HEADER_LENGTH + nonce else "sealed: ciphertext"
    path, leaf = message.fields.at(offset - HEADER_LENGTH)
    path = path.removeprefix("tls13.").partition(".")[2]
    if path.startswith("certificate_list.certificate"):
        inside = message.fields.find("certificate_list").children[1:]
        number = next(n for n, item in enumerate(inside, 1) if item.end > leaf.start)
        path = path.replace("certificate_list.certificate", f"certificate {number}")
    return path.removeprefix("extensions.")


def flip(lane: str, message: int | str, offset: int, mask: int = 0x01, *,
         sender: str | None = None) -> Outcome:
    """Runs a handshake of the lane in which the bits `mask` of one byte arrive flipped.

    `message` is an index into `targets(lane)` or a name such as "client_hello" (with `sender`
    where both ends send one). Raises ValueError for a message, offset or mask that is not there.

    Where an RSA ciphertext is hit, a run whose changed number is not below the key's modulus is
    thrown away and done again: chance decides about that, and OpenSSL then answers decrypt_error
    at once instead of going on with another secret.
    """
    target = _target(lane, message, sender)
    if not 0 <= offset < len(target.wire):
        raise ValueError(f"{target.title} crosses as {len(target.wire)} bytes: "
                         f"choose a byte from 0 to {len(target.wire) - 1}, not {offset}")
    if not 0 < mask < 256:
        raise ValueError(f"a mask is a byte from 1 to 255, not {mask}")
    for _ in range(_TRIES):
        run = _Run(lane, target, offset, mask)
        if not run.above_modulus:
            break
    return run.outcome()


def survey(lane: str, masks: Iterable[int] = (0x01,), *, most: int | None = None) -> list[Outcome]:
    """An Outcome for every byte of every message and each mask, about 1 ms each. With `most`, only
    that many bytes a message: its headers (the first nine), the rest spread evenly."""
    return [flip(lane, target.index, offset, mask) for mask in masks for target in targets(lane)
            for offset in sampled(len(target.wire), most)]


def sampled(length: int, most: int | None) -> list[int]:
    """The offsets that `survey` tries in a message of `length` bytes."""
    if most is None or length <= most:
        return list(range(length))
    headers = min(9, most)
    spread = most - headers
    return [*range(headers),
            *(headers + (length - headers) * place // spread for place in range(spread))]


def _ends(lane: str) -> tuple[OpenSSLEndpoint, OpenSSLEndpoint]:
    if lane not in ALL_LANES:
        raise ValueError(f"there is no lane {lane!r}; there are: {', '.join(ALL_LANES)}")
    server = openssl_server(**ALL_LANES[lane])
    group = ALL_LANES[lane].get("group")
    return openssl_client(version=server.version, group=group), server


def _target(lane: str, message: int | str, sender: str | None) -> Message:
    known = targets(lane)
    for target in known:
        if target.index == message or (target.name == message and sender in (None, target.sender)):
            return target
    said = ", ".join(f"{target.index} {target.name} ({target.sender})" for target in known)
    raise ValueError(f"the {lane} lane has no message {message!r}; it has: {said}")


class _Watched:
    """An endpoint that gets its bytes record by record and notes at which one it gave up."""

    def __init__(self, endpoint: Endpoint, name: str, gave_up: list[str]):
        self.endpoint, self._name, self._gave_up = endpoint, name, gave_up
        self.coming: list[int] = []
        self.records = 0
        self.problem: TLSError | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self.endpoint, name)

    def receive_data(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        while data and self.problem is None:
            size = self.coming.pop(0)
            try:
                events += self.endpoint.receive_data(data[:size])
            except TLSError as problem:
                problem.events[:0] = events
                self.problem = problem
                self._gave_up.append(self._name)
                raise
            data, self.records = data[size:], self.records + 1
        return events


class _Run:
    """One exchange with one changed byte, and what could be seen of it."""

    def __init__(self, lane: str, target: Message, offset: int, mask: int):
        self._lane, self._hit_message, self._offset, self._mask = lane, target, offset, mask
        self._number = sum(other.sender == target.sender for other in targets(lane)[:target.index])
        self.above_modulus = False
        self._gave_up: list[str] = []
        ends = dict(zip((CLIENT, SERVER), _ends(lane), strict=True))
        self._ends = {name: _Watched(end, name, self._gave_up) for name, end in ends.items()}
        self._conversation = exchange(self._ends[CLIENT], self._ends[SERVER], self._tamper,
                                      request=REQUEST, response=RESPONSE)

    def _tamper(self, packet: Packet) -> bytes:
        data = bytearray(packet.data)
        if (packet.sender, packet.number) == (self._hit_message.sender, self._number):
            data[self._offset] ^= self._mask
            if field_at(self._hit_message, self._offset) == "encrypted_pre_master_secret.bytes":
                modulus = lab.key("server_rsa").public_key().public_numbers().n
                number = int.from_bytes(data[-modulus.bit_length() // 8:], "big")
                self.above_modulus = number >= modulus
        self._ends[SERVER if packet.sender == CLIENT else CLIENT].coming.append(len(data))
        return bytes(data)

    def outcome(self) -> Outcome:
        hit = self._hit()
        ends = self._conversation.ends
        return Outcome(
            self._lane, self._hit_message.index, self._hit_message.sender,
            self._hit_message.title, self._offset, len(self._hit_message.wire), self._mask,
            hit.field, hit.noticed,
            hit.at.title if hit.at else None, hit.alert, hit.reason, ends[CLIENT].connected,
            ends[SERVER].connected, explain(hit), self._conversation)

    def _hit(self) -> Hit:
        noticed = self._gave_up[0] if self._gave_up else None
        at, alert, reason = None, None, None
        if noticed:
            end = self._ends[noticed]
            heard = [item for item in targets(self._lane) if item.sender != noticed]
            at = heard[end.records]
            alert = end.endpoint.alerts_sent[-1] if end.endpoint.alerts_sent else None
            reason = end.problem.reason.removeprefix("OpenSSL says: ")
        elif not self._all_arrived():
            noticed = WAITING
        return Hit(self._hit_message, field_at(self._hit_message, self._offset), self._offset,
                   self._mask, noticed or NOBODY, at, alert, reason, self._same_secrets(),
                   ALL_LANES[self._lane].get("extended_master_secret", True),
                   self._lane == "1.3")

    def _all_arrived(self) -> bool:
        ends = self._conversation.ends
        return (ends[CLIENT].received == RESPONSE and ends[SERVER].received == REQUEST
                and len(self._conversation.messages) == len(targets(self._lane)))

    def _same_secrets(self) -> bool | None:
        """The master secret; in TLS 1.3, which has none like it, the server's handshake traffic
        secret."""
        if self._lane == "1.3":
            found = [next((line.split()[-1] for line in end.keylog if line.startswith(
                "SERVER_HANDSHAKE_TRAFFIC_SECRET")), None) for end in self._ends.values()]
        else:
            found = [end.endpoint.master_secret for end in self._ends.values()]
        return found[0] == found[1] if all(found) else None

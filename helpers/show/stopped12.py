"""A handshake that stands still: what each end holds, side by side, and whether it is the same."""

from __future__ import annotations

from html import escape

from helpers.conversation import CLIENT, SERVER
from helpers.experiments.stopped12 import SECRETS, Moment

from .figure import Cell, Html, Table
from .look import chip, panel

_NAMES = {"pre_master_secret": "pre-master secret"}
_BEGIN = 6  # bytes of a value that are shown
_MARKS = {True: Cell("same", "good"), False: Cell("different", "changed"), None: Cell("")}


def moment_view(moment: Moment, last: int) -> Html:
    """Both ends right after one message. `last` is how many messages there are in all: the picture
    says so if the handshake ended there."""
    hashed = "1 message" if moment.hashed == 1 else f"{moment.hashed} messages"
    rows = [_row(f"SHA-256 of {hashed}", moment, lambda held: _bytes(held.digest, "not accepted")),
            _row("cipher suite", moment, lambda held: _short(held.suite))]
    rows += [_row(_NAMES.get(name) or name.replace("_", " "), moment,
                  lambda held, name=name: _bytes(held.secrets.get(name), "")) for name in SECRETS]
    rows.append(["waits for", moment.ends[CLIENT].waits_for, moment.ends[SERVER].waits_for, ""])
    table = Table(f"After message {moment.number}, {moment.title} from the {moment.sender}: what "
                  "each end holds", ["what", "client", "server", "compared"], rows, wide=True)
    words, tone = _verdict(moment, last)
    why = f" {moment.why}." if moment.why else ""
    return Html(panel(chip(words, tone) + escape(why)) + table.html, f"{words}.{why}\n{table.text}")


def _verdict(moment: Moment, last: int) -> tuple[str, str]:
    if moment.noticed:
        return f"the {moment.noticed} says no: {moment.alert}", "trouble"
    if moment.number == last:
        return "both ends are connected", "good"
    return "nobody has noticed anything wrong so far", "quiet"


def _row(what: str, moment: Moment, read: object) -> list[str | Cell]:
    """One value at both ends; "" is a value that an end does not have yet."""
    client, server = (read(moment.ends[end]) for end in (CLIENT, SERVER))
    same = client == server if client and server else None
    return [what, *(Cell(value or "not yet", end if value else "quiet", mono=bool(value))
                    for value, end in ((client, CLIENT), (server, SERVER))), _MARKS[same]]


def _bytes(value: bytes | None, without: str) -> str:
    return without if value is None else f"{value[:_BEGIN].hex(' ')} …"


def _short(suite: str) -> str:
    """What is between WITH and the hash: it is what differs here."""
    return suite.rpartition("_WITH_")[2].removesuffix("_SHA256").replace("_", "-")

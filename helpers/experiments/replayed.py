"""Early data sent once by a client, and again and again by somebody who copied the bytes
(RFC 9846 section 8; RFC 8470). The copier has no key at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.experiments.coming_back import (
    ORDER,
    PAGE,
    TICKET_KEY,
    shop_client,
    shop_server,
    visit_shop,
)
from helpers.tls.events import EarlyData
from helpers.tls.psk import ReplayGuard, Session, Tickets

LINK_ORDER = PAGE.replace(b"GET / ", b"GET /order?item=42 ")
REQUESTS = {"GET /": PAGE, "POST /order": ORDER, "GET /order?item=42": LINK_ORDER}
SAFE = (b"GET", b"HEAD", b"OPTIONS", b"TRACE")
"""Methods that only read (RFC 9110 section 9.2.1), if the site keeps to the rule."""
PROTECTIONS = ("nothing", "each machine remembers", "one memory for both", "425 for unsafe methods",
               "waits for Finished")
FIRST = 60.0
"""Seconds after the first visit at which the client comes back."""


@dataclass(frozen=True)
class Arrival:
    """The client's first flight at one machine, `seconds` after it was sent. `early_data`: the TLS
    layer accepted it; `answer`: what the shop made of it; `orders` so far."""

    sender: str
    machine: str
    seconds: float
    early_data: bool
    answer: str
    orders: int


def replayed(request: str, protection: str, copies: tuple[tuple[str, float], ...] = (),
             ) -> list[Arrival]:
    """The client's own flight at machine A, then the copies: (machine, seconds later) each. Raises
    KeyError or ValueError for what is in neither REQUESTS nor PROTECTIONS."""
    if protection not in PROTECTIONS:
        raise ValueError(f"no protection {protection!r}; there are: {', '.join(PROTECTIONS)}")
    flight, machines = _flight(request), _machines(protection)
    rows: list[Arrival] = []
    for place, (machine, later) in enumerate((("A", 0.0), *copies)):
        server = shop_server(machines[machine], after=FIRST + later, label=f"{machine}{place}")
        heard = b"".join(event.data for event in server.receive_data(flight)
                         if isinstance(event, EarlyData))
        sender = "the attacker" if place else "the client"
        if sender == "the client" and not heard:
            raise AssertionError("the client's own early data is always taken here")
        answer, ordered = _act(heard, protection, own=not place)
        before = rows[-1].orders if rows else 0
        rows.append(Arrival(sender, machine, later, bool(heard), answer, before + ordered))
    return rows


def _act(heard: bytes, protection: str, *, own: bool) -> tuple[str, int]:
    """What the shop does with early data that its TLS layer let through, and orders made by it.
    Whoever owns the session can go on after it: finish the handshake, ask again after a 425."""
    if not heard:
        return "not read: TLS dropped it", 0
    orders = int(b"/order" in heard.partition(b"\r\n")[0])
    if protection == "425 for unsafe methods" and heard.split(b" ")[0] not in SAFE:
        return ("425; asked again after Finished: done", orders) if own else ("425 Too Early", 0)
    if protection == "waits for Finished":
        return ("done, once Finished had come", orders) if own else ("waits: no Finished comes", 0)
    return "done at once", orders


@cache
def _session() -> Session:
    return visit_shop(Tickets(TICKET_KEY, max_early_data=1000)).sessions[0]


@cache
def _flight(request: str) -> bytes:
    """Everything the client says before it has heard anything: what an attacker can copy."""
    return shop_client(_session(), REQUESTS[request], after=FIRST).data_to_send()


def _machines(protection: str) -> dict[str, Tickets]:
    """Both machines have the key of the tickets: otherwise a client could come back to one only."""
    shared = ReplayGuard()
    guards = {"each machine remembers": (ReplayGuard(), ReplayGuard()),
              "one memory for both": (shared, shared)}.get(protection, (None, None))
    return {name: Tickets(TICKET_KEY, max_early_data=1000, replay_guard=guard)
            for name, guard in zip("AB", guards, strict=True)}

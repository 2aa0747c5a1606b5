"""Lesson 10: when the first byte comes, by distance, by the server's bytes, and by the window."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor
from typing import Any

from helpers.conversation import SERVER
from helpers.experiments.latency_flights import script_of
from helpers.sources import load

from .alike import alike
from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

PACKET = 1460
OTHERS = 2  # TCP opens; the request goes and the first byte comes


def first_byte(round_trip: int, flight: int, window: int) -> int:
    """The reference answer: milliseconds to the first byte."""
    packets = ceil(flight / PACKET)
    trips, allowed = 1, window
    while allowed < packets:
        packets, trips, allowed = packets - allowed, trips + 1, 2 * allowed
    return round_trip * (trips + OTHERS)


def server_flight(name: str) -> int:
    """Bytes of the server's first flight in a recording."""
    return next(flight.size for flight in script_of(load(name)).flights
                if flight.sender == SERVER)


def _cases() -> list[Case]:
    small, large = server_flight("tls13_ecdsa"), server_flight("tls13_mlkem")
    tries = [
        (80, large, 10, "the recording with ML-KEM and RSA"),
        (80, small, 10, "the recording with X25519 and ECDSA"),
        (80, large, 1, "the same bytes, one packet at first"),
        (40, 100_000, 10, "a whole catalogue"),
        (80, 17_000, 10, "seventeen thousand bytes"),
        (150, 14_600, 10, "ten full packets"), (150, 14_601, 10, "one byte more"),
        (20, 43_800, 10, "thirty full packets"), (20, 43_801, 10, "and one byte"),
        (100, 30_000, 4, "an old system: four packets at first"),
        (100, 30_000, 20, "a generous one: twenty"),
        (40, 1, 1, "hardly anything"),
    ]
    return [Case(first_byte(*args), tuple(args), label) for *args, label in tries]


def _with(trips: Callable[[int, int], int], others: int = OTHERS) -> Any:
    return lambda round_trip, flight, window: round_trip * (trips(flight, window) + others)


def _rounds(packets: int, window: int, grow: Callable[[int, int], int]) -> int:
    trips, allowed = 1, window
    while allowed < packets and trips < 1000:
        packets, trips, allowed = packets - allowed, trips + 1, grow(allowed, window)
    return trips


def _double(allowed: int, window: int) -> int:
    return 2 * allowed


def _right(flight: int, window: int) -> int:
    return _rounds(ceil(flight / PACKET), window, _double)


def _absolute(packets: int, window: int) -> int:
    """The window doubles, and what is there already is forgotten."""
    trips = 1
    while window < packets:
        window, trips = 2 * window, trips + 1
    return trips


def _drained(packets: int, window: int, least: int = 1) -> int:
    """Windows taken off as long as `least` packets are left: none at all for no packets."""
    trips = 0
    while packets >= least:
        packets, window, trips = packets - window, 2 * window, trips + 1
    return trips


def _one_or_two(amount: float, window: int) -> int:
    return 1 if amount <= window else 2


_UP = "A packet that is not full is a packet, too: round up with math.ceil."
_MISTAKES = (
    (_with(_right, 0), "You count the handshake alone. TCP takes a round trip before it, and the "
     "request and the first byte another one behind it."),
    (_with(_right, 1), "One round trip is missing: TCP opens before the handshake, and the request "
     "and the first byte need one of their own."),
    (_with(_right, 3), "One round trip too many. In TLS 1.3 the request leaves as soon as the "
     "server's flight is there."),
    (_with(lambda f, w: 1), "The server's flight does not always fit: what the window does not "
     "hold waits for a round trip."),
    (_with(lambda f, w: ceil(f / (PACKET * w))), "Every round trip would carry as much as the "
     "first. In slow start the window doubles."),
    (_with(lambda f, w: _rounds(floor(f / PACKET), w, _double)), "A packet that is not full is a "
     "packet, too: round up (math.ceil, or add 1,459 before dividing)."),
    (_with(lambda f, w: _rounds(f // PACKET + 1, w, _double)), "Where the bytes fill their packets "
     "exactly, there is none more: round up with math.ceil."),
    (_with(lambda f, w: _rounds(round(f / PACKET), w, _double)), "Rounding to the nearest loses a "
     "packet that is less than half full: round up."),
    (_with(lambda f, w: _absolute(ceil(f / PACKET), w)), "The window is what may leave in ONE "
     "round trip. What the first ones brought is there already: 10, then 20 more, then 40 more."),
    (_with(lambda f, w: _rounds(ceil(f / PACKET), w, lambda a, w: a + 1)), "Slow start doubles: "
     "for each packet that arrives, two may follow."),
    (_with(lambda f, w: _rounds(ceil(f / PACKET), w, lambda a, w: a + w)), "The window doubles "
     "from what it was last, not by the first one again: 10, 20, 40."),
    (_with(lambda f, w: _rounds(ceil(f / PACKET), w, lambda a, w: a * a + 1)), "The window "
     "doubles: 10, 20, 40."),
    (_with(lambda f, w: _rounds(f, w, _double)), "The window counts packets, and you compare it "
     "with bytes. A packet holds 1,460."),
    (_with(lambda f, w: _rounds(f, w * 1000, _double)), "A packet holds 1,460 bytes."),
    (_with(lambda f, w: _rounds(ceil(f / 1500), w, _double)), "That is the packet with its "
     "IP and TCP headers; 1,460 are left for what is inside."),
    (_with(lambda f, w: _rounds(ceil(f / 1200), w, _double)), "That is a QUIC datagram; in TCP a "
     "packet holds 1,460 bytes."),
    (lambda r, f, w: _right(f, w) + OTHERS, "Those are the round trips. Each of them takes "
     "round_trip milliseconds."),
    (lambda r, f, w: r // 2 * (_right(f, w) + OTHERS), "round_trip is there and back already: do "
     "not halve it."),
    (lambda r, f, w: 2 * r * (_right(f, w) + OTHERS), "round_trip is there and back already: do "
     "not double it."),
    (_with(lambda f, w: _drained(f // PACKET, w)), _UP),
    (_with(lambda f, w: _drained(round(f / PACKET), w)), _UP),
    (_with(lambda f, w: _one_or_two(f // PACKET, w)), _UP + " And one more round trip is not "
     "always enough."),
    (_with(_one_or_two), "The window counts packets, and you compare it with bytes. A packet holds "
     "1,460. And one more round trip is not always enough."),
    (_with(lambda f, w: _drained(ceil(f / PACKET), w, 0)), "Your loop goes round once more when "
     "nothing is left: stop as soon as the rest fits."),
    (_with(lambda f, w: max(0, _right(f, w) - 1)), "The first packets take a round trip as well: "
     "ClientHello there, flight back."),
)


def _trouble(attempt: Attempt) -> str:
    if attempt.error or attempt.given is None:
        return ""
    if said := alike(attempt, FIRST_BYTE.made_cases(), _MISTAKES):
        return said
    round_trip = attempt.case.args[0]
    if attempt.given % round_trip:
        return (f"Nothing but the distance takes time here, so a multiple of round_trip comes out "
                f"({round_trip} ms in this case).")
    if attempt.given < attempt.case.expected:
        return ("Too soon. Count: TCP; ClientHello and the flight, as often as the window makes "
                "it wait; request and first byte.")
    return ("Too late. Count: TCP; ClientHello and the flight, as often as the window makes it "
            "wait; request and first byte. Does your loop stop as soon as the rest fits?")


FIRST_BYTE = Exercise(
    "10-first-byte", "When does the first byte come?", "hard", 15,
    FunctionForm(IntegerForm(units=("ms",)), ("round_trip", "flight", "window")), _cases,
    [
        Wrong("all the bytes at once", lambda r, f, w: r * 3 if f <= w * PACKET else r * 4,
              "One more round trip is not always enough: take away what each one carries, until "
              "nothing is left."),
        Wrong("windows of bytes", _with(lambda f, w: _rounds(ceil(f / 1460), w, lambda a, w: a)),
              "Every round trip of yours carries as much as the first. In slow start the window "
              "doubles: 10, 20, 40 packets."),
    ],
    "Distance times round trips: this is most of what a visitor waits for.",
    "First the packets: flight / 1460, rounded up. Then the round trips that they take.",
    _trouble, silent="Return round_trip times the number of round trips.")

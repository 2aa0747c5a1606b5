"""Distance or computing: which of the two does a visitor wait for?"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from .exchange_costs import exchange_actions
from .latency import COMPUTING, Computing, Link, round_trips, time_to_first_byte
from .latency_flights import Script
from .signature_costs import signature_actions
from .timing import race

FIBRE = 200_000.0
"""Kilometres that light covers in a second in glass: two thirds of its speed in empty space."""


def measured_computing() -> Computing:
    """What the operations of `Computing` take on this machine, by the clock (half a second)."""
    actions = exchange_actions()
    signing = signature_actions("RSA-2048 (PSS)")
    took = race({"exchange": actions["X25519"], "decrypt": actions["RSA, 2,048 bits"],
                 "sign": signing["RSA-2048 (PSS), sign"],
                 "verify": signing["RSA-2048 (PSS), verify"]})
    return Computing(**took)


def computing_of(script: Script, computing: Computing = COMPUTING) -> float:
    """Seconds of a visit in which somebody computes, at either end."""
    return sum(computing.seconds(flight) for flight in script.flights)


def equal_distance(script: Script, computing: Computing = COMPUTING) -> float:
    """The round-trip time, in seconds, at which a visit waits for the distance as long as for
    computing. Nearer than that, computing is what matters."""
    return computing_of(script, computing) / round_trips(script)


def kilometres(round_trip: float) -> float:
    """How far away a server is at most whose round trip takes so many seconds: light in glass,
    there and back, without a single detour."""
    return round_trip * FIBRE / 2


def first_byte_by_distance(script: Script, distances: Sequence[float],
                           computing: Computing = COMPUTING) -> list[tuple[float, float]]:
    """(round trip, seconds to the first byte) on links without any other limit."""
    return [(distance, time_to_first_byte(script, Link(distance, inf, dns=0.0),
                                          computing).first_byte) for distance in distances]

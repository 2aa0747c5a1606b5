"""The same visits with bytes that are really late: the check of the latency model.

Client and server are real: OpenSSL at both ends for full handshakes, the course's engine for those
who come back. Between them stands a proxy that delays every byte. What a clock says differs on
every run and on every machine; a busy machine only ever makes it more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import NamedTuple

from helpers.conversation import Endpoint
from helpers.sources.delay import Delay
from helpers.sources.loopback import Door, visit
from helpers.sources.openssl import LANE13, LANES, REQUEST, openssl_client, openssl_server

from .latency import Link, round_trips, time_to_first_byte
from .latency_ends import Answering, Asking
from .latency_flights import Script
from .latency_visits import PROTOCOLS, ends_of, protocol

MEASURED = tuple(name for name in PROTOCOLS if not name.startswith("QUIC"))
"""The ways that can be measured: the proxy carries TCP."""
_OPENSSL = {"TLS 1.2, RSA": LANES["RSA"], "TLS 1.2, ECDHE": LANES["ECDHE"], "TLS 1.3": LANE13}
SECONDS = 20.0  # that a visit may take


class Checked(NamedTuple):
    """One way to visit: counted round trips, and seconds to the first byte by model and clock."""

    name: str
    round_trips: int
    model: float
    measured: float

    @property
    def off(self) -> float:
        """By what share of the measured time the model is wrong (0.03: 3 %, too short)."""
        return (self.measured - self.model) / self.measured


def measured_first_byte(names: Sequence[str] = MEASURED, *, round_trip: float = 0.06,
                        runs: int = 2) -> dict[str, float]:
    """Seconds to the first byte, the best of `runs` visits each. Without DNS. Raises ValueError
    for a way that cannot be measured, OSError if there is no answer in time."""
    return {name: min(_once(name, round_trip) for _ in range(runs)) for name in names}


def check_model(names: Sequence[str] = MEASURED, *, round_trip: float = 0.06,
                runs: int = 2) -> list[Checked]:
    """Model and measurement side by side, on a link without loss, limits or DNS."""
    link = Link(round_trip, inf, dns=0.0)
    measured = measured_first_byte(names, round_trip=round_trip, runs=runs)
    return [Checked(name, round_trips(protocol(name)), time_to_first_byte(
        protocol(name), link).first_byte, measured[name]) for name in names]


def _once(name: str, round_trip: float) -> float:
    if name not in MEASURED:
        raise ValueError(f"{name!r} cannot be measured; there are: {', '.join(MEASURED)}")
    ends = _OPENSSL.get(name)
    client, server = ends_of(name) if ends is None else (
        openssl_client(version=ends.get("version", "1.2")), openssl_server(**ends))
    return timed_visit(client, server, round_trip)


def timed_visit(client: Endpoint, server: Endpoint, round_trip: float,
                window: int | None = None) -> float:
    """Seconds until `client` has the first byte of the response of `server`, through the proxy;
    with a `window` in slow start. Raises OSError if there is none in time."""
    with Door() as door, _serving(door, Answering(server)), \
            Delay(door.port, round_trip=round_trip, window=window, seconds=SECONDS) as slow:
        asking = Asking(client)
        visit(asking, slow.port, request=REQUEST, linger=0.0, seconds=SECONDS)
    if asking.first_byte is None:
        raise OSError("no byte of a response came in time")
    return asking.first_byte - asking.began


def timed_script(client: Endpoint, server: Endpoint, script: Script, link: Link) -> Checked:
    """The same, beside the model's answer for a script of such a visit."""
    ideal = Link(link.round_trip, inf, window=link.window, dns=0.0)
    return Checked(script.name, round_trips(script, link.window),
                   time_to_first_byte(script, ideal).first_byte,
                   timed_visit(client, server, link.round_trip, link.window))


@contextmanager
def _serving(door: Door, server: Endpoint) -> Iterator[None]:
    """A thread that serves one visit while the block runs."""
    left = threading.Event()
    thread = threading.Thread(target=lambda: door.serve(
        lambda: server, lambda _: None, until=left.is_set, seconds=SECONDS), daemon=True)
    thread.start()
    try:
        yield
    finally:
        left.set()
        thread.join(SECONDS)

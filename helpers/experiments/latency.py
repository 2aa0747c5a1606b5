"""How long until the first byte? The flights of a real Conversation on a link of your choice.

What is modelled: the distance, slow start (RFC 5681 section 3.1, ten packets at first: RFC 6928),
the time that bytes need to pass, QUIC's limit for a server that does not know its client yet
(RFC 9000 section 8.1), and computing. Simplified: no delayed acknowledgements, no headers, no
queues, and no other traffic; loss is an average over many visits unless a `chance` is drawn.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from random import Random

from helpers.conversation import CLIENT, SERVER

from .latency_flights import Flight, Script

FIRST_TIMEOUT = 1.0
"""Seconds after which a first packet is sent again (RFC 6298 section 2; RFC 9002 section 6.2.2:
three times 333 ms). Also the least that TCP ever waits, by the book; real systems wait less."""
AMPLIFICATION = 3
_DUPLICATES = 3  # packets that must follow a lost one for a fast retransmit (RFC 5681 section 3.2)


@dataclass(frozen=True, slots=True)
class Link:
    """The way between client and server: `round_trip` in seconds, `bandwidth` in bits per second
    each way, `loss` the share of packets that get lost, `window` how many packets may be on their
    way at first, `dns` the seconds that the look-up of the name takes (0: known already).

    Raises ValueError for what no link can be."""

    round_trip: float = 0.05
    bandwidth: float = 50e6
    loss: float = 0.0
    window: int = 10
    dns: float = 0.02

    def __post_init__(self) -> None:
        if self.round_trip < 0 or self.dns < 0 or self.bandwidth <= 0 or self.window < 1 \
                or not 0 <= self.loss < 1:
            raise ValueError("a link has times that are not negative, a bandwidth and a window "
                             "above 0, and a loss from 0 to less than 1")


@dataclass(frozen=True, slots=True)
class Computing:
    """Seconds for one public-key operation, and how many times slower each end is than that.

    The numbers are round ones, chosen so that results repeat: about what a core of a server of
    2026 needs for X25519 and RSA-2048. Everything else in a handshake is far below them."""

    exchange: float = 0.0001
    sign: float = 0.0006
    verify: float = 0.00003
    decrypt: float = 0.0006
    client: float = 1.0
    server: float = 1.0

    def seconds(self, flight: Flight) -> float:
        """What the sender of a flight computes before it."""
        factor = self.client if flight.sender == CLIENT else self.server
        return factor * sum(getattr(self, what) * count for what, count in flight.work)


COMPUTING = Computing()
NO_COMPUTING = Computing(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Segment:
    """Something that takes time, from `start` to `end` (seconds after Enter).

    `kind`: "packet" (leaves `sender` at `start`, is there at `end`), "computing" (at `sender`), or
    "loss" (waiting for a packet that got lost, on average). `stage`: "DNS", "TCP", "TLS",
    "request", "response". `flight` counts from 1 (0: before TLS)."""

    start: float
    end: float
    sender: str
    what: str
    size: int
    flight: int
    stage: str
    kind: str = "packet"


@dataclass(frozen=True)
class Timeline:
    """One visit up to the first byte of the response that can be read.

    `round_trips` are those that pass one after the other, DNS not counted: what `first_byte` would
    be if nothing but the distance took time."""

    script: Script
    link: Link
    segments: tuple[Segment, ...]

    @property
    def name(self) -> str:
        return self.script.name

    @property
    def first_byte(self) -> float:
        """Seconds from Enter."""
        return self.segments[-1].end

    @property
    def round_trips(self) -> int:
        return round_trips(self.script, self.link.window)

    @property
    def computing(self) -> float:
        """The seconds of it in which somebody computes."""
        return sum(item.end - item.start for item in self.segments if item.kind == "computing")

    @property
    def stages(self) -> tuple[tuple[str, float, float], ...]:
        """(name, start, end) of "DNS", "TCP", "TLS" and "request", as far as they are there. The
        last one goes up to the first byte; with early data it is "TLS and request"."""
        first = self.script.flights[0]
        last = "TLS and request" if {"ClientHello", "request"} <= {*first.what} else "request"
        starts: dict[str, float] = {}
        for item in self.segments:
            name = last if item.stage in ("request", "response") else item.stage
            starts.setdefault(name, item.start)
        ends = [*list(starts.values())[1:], self.first_byte]
        return tuple((name, start, end) for (name, start), end in zip(starts.items(), ends,
                                                                        strict=True))


class _Sender:
    """One end of the link, and what it knows of the packets it has on their way."""

    def __init__(self, link: Link, packet: int):
        self.link, self.packet, self.window = link, packet, link.window
        self._acks: deque[float] = deque()
        self._free = 0.0

    def send(self, size: int, at: float, free: float = inf,
             until: float = 0.0) -> list[tuple[float, float, int]]:
        """(leaves, arrives, bytes) for each packet; past `free` bytes they wait for `until`."""
        sent, way = [], self.link.round_trip / 2
        for first in range(0, size, self.packet):
            length = min(self.packet, size - first)
            at = self._room(max(at, until) if first + length > free else at)
            start = max(at, self._free)
            self._free = start + 8 * length / self.link.bandwidth
            sent.append((start, self._free + way, length))
            self._acks.append(self._free + 2 * way)
        return sent

    def _room(self, at: float) -> float:
        """When the next packet may leave. Each one acknowledged makes room for one more, so the
        window doubles in a round trip (slow start)."""
        while self._acks and (self._acks[0] <= at or len(self._acks) >= self.window):
            at = max(at, self._acks.popleft())
            self.window += 1
        return at


class _Run:
    """One visit as it happens."""

    def __init__(self, script: Script, link: Link, computing: Computing, chance: Random | None):
        self.script, self.link, self.computing, self.chance = script, link, computing, chance
        self.now = 0.0
        self.segments: list[Segment] = []
        self._senders = {who: _Sender(link, script.packet) for who in (CLIENT, SERVER)}
        self._sampled = False  # whether the ends know the round-trip time yet

    def timeline(self) -> Timeline:
        if self.link.dns:
            self._add(self.link.dns, CLIENT, "look-up of the name", "DNS")
        if self.script.transport == "TCP":
            for sender, what in ((CLIENT, "SYN"), (SERVER, "SYN-ACK")):
                self._add(self.link.round_trip / 2, sender, what, "TCP")
                self._lose(1, sender, 0, "TCP")
            self._sampled = True
        for number, flight in enumerate(self.script.flights, start=1):
            self._fly(number, flight)
        return Timeline(self.script, self.link, tuple(self.segments))

    def _add(self, seconds: float, sender: str, what: str, stage: str, flight: int = 0,
             kind: str = "packet") -> None:
        if seconds or kind == "packet":
            start, self.now = self.now, self.now + seconds
            self.segments.append(Segment(start, self.now, sender, what, 0, flight, stage, kind))

    def _fly(self, number: int, flight: Flight) -> None:
        self._add(self.computing.seconds(flight), flight.sender, "computing", flight.stage,
                  number, "computing")
        free, until = self._limit(number)
        what = ", ".join(flight.what)
        size = flight.needed  # what comes behind it does not make it later
        sent = self._senders[flight.sender].send(size, self.now, free, until)
        self.segments += [Segment(start, end, flight.sender, what, length, number, flight.stage)
                          for start, end, length in sent]
        self.now = sent[-1][1]
        self._lose(len(sent), flight.sender, number, flight.stage)
        self._sampled |= number > 1

    def _limit(self, number: int) -> tuple[float, float]:
        """How many bytes a QUIC server may send at once, and when it may send the rest: when the
        client's answer to the first ones has come, and with it the proof of its address."""
        if self.script.transport != "QUIC" or number != 2:
            return inf, 0.0
        return AMPLIFICATION * self.script.flights[0].size, self.now + self.link.round_trip

    def _lose(self, packets: int, sender: str, flight: int, stage: str) -> None:
        """A lost packet comes a round trip late if three others behind it give it away, else
        after a timeout. That the second copy gets lost too is only thought of with a `chance`."""
        timeout = FIRST_TIMEOUT
        if self._sampled:  # the mean deviation is half a round trip after one sample
            longest = FIRST_TIMEOUT if self.script.transport == "TCP" else 0.0
            timeout = max(longest, 3 * self.link.round_trip)
        last, loss = min(packets, _DUPLICATES), self.link.loss
        if self.chance is None:
            none_late = (1 - loss) ** last
            wait = (1 - none_late) * timeout
            wait += (none_late - (1 - loss) ** packets) * self.link.round_trip
        else:
            lost = [self.chance.random() < loss for _ in range(packets)]
            wait = self._drawn(timeout) if any(lost[-last:]) else any(lost) * self.link.round_trip
        self._add(wait, sender, "waiting for a packet that got lost", stage, flight, "loss")

    def _drawn(self, timeout: float) -> float:
        wait = timeout
        while self.chance.random() < self.link.loss:
            timeout *= 2
            wait += timeout
        return wait


def time_to_first_byte(script: Script, link: Link, computing: Computing = COMPUTING, *,
                       chance: Random | None = None) -> Timeline:
    """Replays a script on a link. With a seeded `chance` each packet is lost or not, by lot;
    without one, every flight is late by what it would be on average."""
    return _Run(script, link, computing, chance).timeline()


def draw_visits(script: Script, link: Link, count: int, seed: int = 0) -> list[float]:
    """The seconds to the first byte of `count` visits with packets lost by lot, sorted: what the
    average hides. The same for the same seed."""
    chance = Random(seed)
    return sorted(time_to_first_byte(script, link, chance=chance).first_byte
                  for _ in range(count))


@lru_cache(maxsize=256)
def round_trips(script: Script, window: int = 10) -> int:
    """Round trips to the first byte, counted on a link where nothing but distance takes time."""
    only_distance = Link(1.0, inf, 0.0, window, 0.0)
    return round(time_to_first_byte(script, only_distance, NO_COMPUTING).first_byte)

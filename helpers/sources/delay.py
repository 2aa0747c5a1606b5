"""A long way on one machine: a proxy on 127.0.0.1 that really delays the bytes it passes on.

Whoever connects to its port talks to the port behind it, and every byte is half a round trip on
its way. The computer's own TCP is set up at once and cannot be delayed: so what the client sends
counts as sent one round trip after it connected, which is when the SYN and its answer would have
passed. It does not touch the bytes, loses none, and reaches nothing but this machine.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from math import inf

from helpers.sources.loopback import HERE, MAX_LINES, PATIENCE

PACKET = 1460
_CHUNK = 2**16
_TICK = 0.02  # seconds after which it looks whether it should stop


@dataclass
class _Way:
    """One direction of one connection: what is on its way, and when each piece is due."""

    source: socket.socket
    target: socket.socket
    delay: float
    bandwidth: float
    window: float
    earliest: float = 0.0
    open: bool = True
    due: deque[tuple[float, bytes]] = field(default_factory=deque)
    _free: float = 0.0
    _acks: deque[float] = field(default_factory=deque)

    def hear(self, now: float) -> None:
        """Takes what the source has to say; b"" on its way is the end."""
        try:
            data = self.source.recv(_CHUNK)
        except OSError:  # it hung up
            data = b""
        self.open = bool(data)
        at = max(now, self.earliest)
        for piece in [data[i:i + PACKET] for i in range(0, len(data), PACKET)] or [b""]:
            at = self._room(at)
            self._free = max(at, self._free) + 8 * len(piece) / self.bandwidth
            self.due.append((self._free + self.delay, piece))
            self._acks.append(self._free + 2 * self.delay)

    def _room(self, at: float) -> float:
        """When there is room in the window; each acknowledgement makes it larger by one."""
        while self._acks and (self._acks[0] <= at or len(self._acks) >= self.window):
            at = max(at, self._acks.popleft())
            self.window += 1
        return at

    def deliver(self, now: float) -> None:
        """Hands over what is due."""
        while self.due and self.due[0][0] <= now:
            _, piece = self.due.popleft()
            try:
                self.target.sendall(piece)
                if not piece:
                    self.target.shutdown(socket.SHUT_WR)
            except OSError:  # the target is gone: nobody waits for the rest
                self.open = False
                self.due.clear()

    @property
    def over(self) -> bool:
        return not self.open and not self.due


@dataclass
class _Line:
    """One connection through the proxy: there and back."""

    there: _Way
    back: _Way
    deadline: float

    @property
    def ways(self) -> tuple[_Way, _Way]:
        return self.there, self.back

    def close(self) -> None:
        self.there.source.close()
        self.there.target.close()


class Delay:
    """A proxy in front of `port` of this machine, with a port of its own. A context manager: its
    one thread runs inside the block and is gone after it.

    `round_trip` in seconds; `bandwidth` in bits per second each way (None: no limit); `window`: so
    many packets may be on their way at first, and one more for each that arrived, as in TCP's slow
    start (None: no limit). No connection lives longer than `seconds`. Raises ValueError for
    numbers that no way can have."""

    def __init__(self, port: int, *, round_trip: float, bandwidth: float | None = None,
                 window: int | None = None, seconds: float = PATIENCE):
        if round_trip < 0 or (bandwidth is not None and bandwidth <= 0) or \
                (window is not None and window < 1):
            raise ValueError("a way has a round trip of 0 or more, and a bandwidth and a window "
                             "above 0")
        self._target, self._round_trip, self._seconds = port, round_trip, seconds
        self._bandwidth = inf if bandwidth is None else bandwidth
        self._window = inf if window is None else window
        self._door = socket.create_server((HERE, 0))
        self.port: int = self._door.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delay", daemon=True)
        self._lines: list[_Line] = []

    def __enter__(self) -> Delay:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(self._seconds)
        self._door.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            ways = [way for line in self._lines for way in line.ways]
            listening = {way.source: way for way in ways if way.open}
            ready = select.select([self._door, *listening], [], [], self._pause(ways))[0]
            for way in ways:
                if way.source in ready and way.open:
                    way.hear(time.monotonic())
                way.deliver(time.monotonic())
            if self._door in ready:
                self._welcome()
            self._tidy(time.monotonic())
        for line in self._lines:
            line.close()

    def _pause(self, ways: list[_Way]) -> float:
        """Seconds until the next piece is due, or until it should look up."""
        next_due = min((way.due[0][0] for way in ways if way.due), default=inf)
        return min(_TICK, max(0.0, next_due - time.monotonic()))

    def _welcome(self) -> None:
        client, _ = self._door.accept()
        try:
            server = socket.create_connection((HERE, self._target), timeout=self._seconds)
        except OSError:  # nobody is behind: the client finds out as from any closed door
            client.close()
            return
        for link in (client, server):
            link.settimeout(self._seconds)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        now = time.monotonic()
        way = (self._round_trip / 2, self._bandwidth, self._window)
        self._lines.append(_Line(_Way(client, server, *way, now + self._round_trip),
                                 _Way(server, client, *way), now + self._seconds))
        if len(self._lines) > MAX_LINES:
            self._lines.pop().close()

    def _tidy(self, now: float) -> None:
        for line in list(self._lines):
            if all(way.over for way in line.ways) or now > line.deadline:
                self._lines.remove(line)
                line.close()

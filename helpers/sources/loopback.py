"""An endpoint of ours on a real socket, so that any program on this machine can be its peer.

The engine knows no sockets; these few lines carry its bytes. They reach 127.0.0.1 and nothing
beyond it, start no thread, and give up after the seconds they were given.
"""

from __future__ import annotations

import re
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, End, Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import (
    AlertReceived,
    ApplicationData,
    Closed,
    EarlyData,
    Event,
    HandshakeComplete,
)

HERE = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a connection may take, unless told otherwise."""
MAX_LINES = 32
"""Connections that a Door has open at once; a further one is closed at once."""
_CHUNK = 2**16
_TICK = 0.02  # seconds after which `until` is asked again
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    """One connection, as our end of it saw it: the bytes both ways, and every event.

    `conversation.ends` knows our end only. `cut_off`: the peer hung up without a close_notify,
    and before we had said ours."""

    conversation: Conversation
    events: tuple[Event, ...]
    cut_off: bool

    @property
    def end(self) -> End:
        """How it went for our end."""
        return next(iter(self.conversation.ends.values()))

    @property
    def goodbye(self) -> bool:
        """True if the peer said close_notify: all that it wanted to say has arrived."""
        return any(isinstance(event, Closed) for event in self.events)


@dataclass
class _Line:
    """A connected socket, the endpoint behind it, and what has crossed."""

    link: socket.socket
    endpoint: Endpoint
    role: str
    deadline: float
    events: list[Event] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    problem: str | None = None
    connected: bool = False
    over: bool = False
    cut_off: bool = False
    said: bool = False
    left: bool = False

    def listen(self) -> None:
        """Takes what the socket has for us, up to its end."""
        try:
            data = self.link.recv(_CHUNK)
        except OSError:  # reset by the peer, or nothing came in time
            data = b""
        if data:
            other = SERVER if self.role == CLIENT else CLIENT
            self.crossings.append(Crossing(other, data, data))
        self._take(lambda: self.endpoint.receive_data(data) if data else self._end())
        self.speak()

    def speak(self) -> None:
        """Sends what the endpoint has to say; a peer that is gone ends the line."""
        data = self.endpoint.data_to_send()
        if not data:
            return
        self.crossings.append(Crossing(self.role, data, data))
        try:
            self.link.sendall(data)
        except OSError:
            self.over = True

    def close(self) -> None:
        """Our goodbye. What the peer had not read yet still reaches it."""
        self.left = True
        self.endpoint.close()
        self.speak()
        try:
            self.link.shutdown(socket.SHUT_WR)
        except OSError:  # the peer was faster
            self.over = True

    def visit(self) -> Visit:
        end = End(self.connected, tuple(self.endpoint.alerts_sent),
                  tuple(self.endpoint.alerts_received), self.problem, bytes(self.received))
        talk = Conversation(tuple(self.crossings), tuple(self.endpoint.keylog),
                            ends={self.role: end})
        return Visit(talk, tuple(self.events), self.cut_off)

    def _end(self) -> list[Event]:
        self.over = True
        goodbye = self.left or any(isinstance(event, Closed) for event in self.events)
        self.cut_off = not goodbye
        receive_eof = getattr(self.endpoint, "receive_eof", None)
        return (receive_eof() if receive_eof else None) or []

    def _take(self, happen: Callable[[], list[Event]]) -> None:
        try:
            events = happen()
        except TLSError as problem:
            self.problem, events = str(problem), problem.events
        for event in events:
            self.connected |= isinstance(event, HandshakeComplete)
            if isinstance(event, ApplicationData | EarlyData):
                self.received += event.data
            elif isinstance(event, AlertReceived) and event.fatal:
                self.problem = f"the peer sent the alert {event.alert}"
        self.events += events


def whole_response(received: bytes) -> bool:
    """True once an HTTP/1.1 response is there with as many bytes as its Content-Length says."""
    head, gap, body = received.partition(b"\r\n\r\n")
    length = _LENGTH.search(head + b"\r\n")
    return bool(gap and length and len(body) >= int(length[1]))


def visit(client: Endpoint, port: int, *, request: bytes = b"",
          enough: Callable[[bytes], bool] = whole_response, linger: float = 0.5,
          seconds: float = PATIENCE) -> Visit:
    """Our `client` talks to whatever listens on this port of this machine.

    It sends `request` once connected, reads until the server closes, and says goodbye itself
    `linger` seconds after `enough` says that the answer is complete. Without a request there is
    nothing to wait for but the server's goodbye or `linger` seconds.

    Raises OSError if nobody listens. What goes wrong inside TLS is in the Visit, not raised.
    """
    with socket.create_connection((HERE, port), timeout=seconds) as link:
        line = _Line(link, client, CLIENT, time.monotonic() + seconds)
        line.speak()
        while not line.over and time.monotonic() < line.deadline:
            if request and not line.said and client.connected:
                line.said = True
                client.send(request)
                line.speak()
            done = client.connected and (enough(bytes(line.received)) if request else True)
            wait = min(linger if done else seconds, line.deadline - time.monotonic())
            if select.select([link], [], [], max(0.0, wait))[0]:
                line.listen()
            elif done:
                break
        line.close()
        return line.visit()


def http_response(body: bytes, kind: str = "text/html") -> bytes:
    """A whole HTTP/1.1 response after which the server closes."""
    head = (f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n")
    return head.encode() + body


class Door:
    """A listening socket on this machine. Use it as a context manager; `port` is its number.

    Whoever knocks before `serve` runs waits in the system's queue and is not lost. Without a
    `port` the system chooses one.
    """

    def __init__(self, port: int = 0) -> None:
        self._door = socket.create_server((HERE, port))
        self.port: int = self._door.getsockname()[1]

    def __enter__(self) -> Door:
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def serve(self, make_server: Callable[[], Endpoint],
              respond: Callable[[bytes], bytes | None], *, until: Callable[[], bool],
              seconds: float = PATIENCE) -> list[Visit]:
        """Serves every connection until `until()` is true and all are over, or time is up.

        Each gets an endpoint of its own from `make_server`. `respond` is given all that a client
        said so far; when it returns bytes they are the answer, and the server says goodbye.
        Browsers open connections that they never use: those are closed at the end, and listed.
        """
        end = time.monotonic() + seconds
        lines: list[_Line] = []
        while time.monotonic() < end:
            waiting = [line for line in lines if not line.over]
            ready = select.select([self._door, *(line.link for line in waiting)], [], [], _TICK)[0]
            for line in waiting:
                if line.link in ready:
                    self._hear(line, respond)
            if self._door in ready:
                self._welcome(make_server, lines, end)
            elif not ready and until():
                break
        for line in lines:
            line.link.close()
        return [line.visit() for line in lines]

    def _welcome(self, make_server: Callable[[], Endpoint], lines: list[_Line],
                 end: float) -> None:
        link, _ = self._door.accept()
        link.settimeout(PATIENCE)
        if sum(not line.over for line in lines) >= MAX_LINES:
            link.close()
            return
        lines.append(_Line(link, make_server(), SERVER, end))

    def _hear(self, line: _Line, respond: Callable[[bytes], bytes | None]) -> None:
        line.listen()
        if line.problem and not line.over:
            line.close()
        elif line.endpoint.connected and not line.said:
            answer = respond(bytes(line.received))
            if answer is not None:
                line.said = True
                line.endpoint.send(answer)
                line.close()

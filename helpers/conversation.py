"""A Conversation: what two endpoints said, byte by byte, and the secrets that existed.

`exchange` makes one by letting two endpoints talk; a recording is one too. Views draw it, and
never ask where it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import rsa

from helpers.tls.errors import TLSError
from helpers.tls.events import (
    AlertReceived,
    ApplicationData,
    EarlyData,
    Event,
    HandshakeComplete,
)
from helpers.tls.passive import Listener, Message
from helpers.tls.record import split_records
from helpers.tls.registry import SuiteParameters
from helpers.tls.schedule12 import Step

CLIENT, SERVER = "client", "server"
MAX_TURNS = 200
"""How often `exchange` lets the ends speak before it calls a halt."""


class Endpoint(Protocol):
    """One end of a connection: ours or OpenSSL's.

    The lists hold alerts by name, without close_notify, the usual goodbye. `receive_data` and
    `send` raise TLSError and nothing else.
    """

    alerts_sent: list[str]
    alerts_received: list[str]

    @property
    def connected(self) -> bool: ...
    @property
    def keylog(self) -> list[str]: ...
    def receive_data(self, data: bytes) -> list[Event]: ...
    def data_to_send(self) -> bytes: ...
    def send(self, data: bytes) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Packet:
    """One record on its way: `number` counts this sender's records from 0."""

    sender: str
    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """Returned by a tamper function: deliver `data` later, after the sender's next record (or
    when nothing else moves)."""

    data: bytes


Tamper = Callable[[Packet], "bytes | Held | None"]
"""Gets each record; returns what to deliver: the bytes, others, `Held(bytes)`, or None (drop)."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Bytes that crossed: `sent` by `sender`; `delivered` is what came out at the other end.

    Bytes that were held back stand in the `delivered` of the crossing that set them free, which
    has nothing `sent` if nothing else moved."""

    sender: str
    sent: bytes
    delivered: bytes


@dataclass(frozen=True, slots=True)
class End:
    """How it went for one end. `connected`: its handshake was completed at some time. `problem`
    is the sentence of the error it raised, if any. `received` is the application data it got."""

    connected: bool = False
    alerts_sent: tuple[str, ...] = ()
    alerts_received: tuple[str, ...] = ()
    problem: str | None = None
    received: bytes = b""


@dataclass(frozen=True)
class Conversation:
    """The crossings in order, what each end made of them, and every secret that is known.

    `messages` reads the bytes as sent; what was sent encrypted is read only with a secret:
    key log lines (RFC 9850) or, for RSA key exchange, the server's private key.
    """

    crossings: tuple[Crossing, ...]
    keylog: tuple[str, ...] = ()
    server_key: rsa.RSAPrivateKey | None = field(default=None, repr=False)
    ends: dict[str, End] = field(default_factory=dict)
    title: str = ""

    @cached_property
    def _listener(self) -> Listener:
        listener = Listener(self.keylog, self.server_key)
        for crossing in self.crossings:
            listener.hear(crossing.sender, crossing.sent)
        return listener

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message in order of sending; unread ones have `data` None."""
        return tuple(self._listener.messages)

    @property
    def secrets(self) -> tuple[Step, ...]:
        """What the key log or the server's key gives. TLS 1.2: pre-master secret (not from a key
        log of an ECDHE handshake), master secret, keys; TLS 1.3: traffic secrets and what comes
        out of them. Empty if nothing fits."""
        return tuple(self._listener.secrets)

    @property
    def suite(self) -> SuiteParameters | None:
        """The chosen cipher suite's parameters, if the course knows it."""
        return self._listener.suite

    def secret(self, name: str) -> bytes:
        """One secret by its RFC name. Raises KeyError if this Conversation does not hold it."""
        for step in self.secrets:
            if step.name == name:
                return step.output
        raise KeyError(f"no {name} here: this Conversation knows "
                       f"{', '.join(step.name for step in self.secrets) or 'no secret'}")

    def find(self, name: str, sender: str | None = None) -> Message:
        """The first message called `name` ("client_hello" ...). Raises KeyError if none is."""
        for message in self.messages:
            if message.name == name and sender in (None, message.sender):
                return message
        said = ", ".join(dict.fromkeys(message.name for message in self.messages))
        raise KeyError(f"no {name} in this Conversation; it has: {said}")

    def stream(self, sender: str) -> bytes:
        """Everything one end sent, as one stream of bytes."""
        return b"".join(item.sent for item in self.crossings if item.sender == sender)

    def application_data(self, sender: str) -> bytes:
        """What one end said inside, joined; without what nobody could decrypt."""
        return b"".join(message.data for message in self.messages
                        if message.name == "application_data" and message.sender == sender
                        and message.data is not None)

    def without_secrets(self) -> Conversation:
        """The same bytes as an eavesdropper recorded them."""
        return replace(self, keylog=(), server_key=None)

    def with_secrets(self, *, keylog: Iterable[str] = (),
                     server_key: rsa.RSAPrivateKey | None = None) -> Conversation:
        """The same bytes, heard by someone who holds these secrets and no others."""
        return replace(self, keylog=tuple(keylog), server_key=server_key)


class _Wire:
    """Carries records both ways, through the tamper function, and keeps the log."""

    def __init__(self, tamper: Tamper | None):
        self.log: list[Crossing] = []
        self._tamper = tamper
        self._count = {CLIENT: 0, SERVER: 0}
        self._held: dict[str, list[bytes]] = {CLIENT: [], SERVER: []}

    def carry(self, sender: str, data: bytes) -> bytes:
        """What comes out at the other end when `sender` sends `data`."""
        if self._tamper is None:
            self.log.append(Crossing(sender, data, data))
            return data
        out = bytearray()
        for record in split_records(data):
            packet = Packet(sender, self._count[sender], record)
            self._count[sender] += 1
            released, self._held[sender] = self._held[sender], []
            result = self._tamper(packet)
            if isinstance(result, Held):
                self._held[sender].append(_checked(result.data))
                result = None
            delivered = _checked(result) + b"".join(released)
            self.log.append(Crossing(sender, record, delivered))
            out += delivered
        return bytes(out)

    def release(self, sender: str) -> bytes:
        """What was held back, now that nothing else moves."""
        data, self._held[sender] = b"".join(self._held[sender]), []
        if data:
            self.log.append(Crossing(sender, b"", data))
        return data


def _checked(result: object) -> bytes:
    """What a tamper function returned, as bytes. Raises TypeError if it is of no use."""
    if result is None:
        return b""
    if isinstance(result, bytes | bytearray | memoryview):
        return bytes(result)
    raise TypeError("a tamper function returns bytes, Held(bytes) or None, "
                    f"not {type(result).__name__}")


class _Side:
    """One endpoint in an exchange: feeds it, and remembers what came of it."""

    def __init__(self, endpoint: Endpoint):
        self.endpoint = endpoint
        self.was_connected = False
        self.problem: str | None = None
        self.received = bytearray()

    def receive(self, data: bytes) -> None:
        try:
            events = self.endpoint.receive_data(data)
        except TLSError as problem:
            self.problem = str(problem) if self.endpoint.alerts_sent else problem.reason
            events = problem.events
        for event in events:
            if isinstance(event, ApplicationData | EarlyData):
                self.received += event.data
            elif isinstance(event, HandshakeComplete):
                self.was_connected = True
            elif isinstance(event, AlertReceived) and event.fatal:
                self.problem = f"the other end sent the alert {event.alert}"

    def end(self) -> End:
        return End(self.was_connected, tuple(self.endpoint.alerts_sent),
                   tuple(self.endpoint.alerts_received), self.problem, bytes(self.received))


def exchange(client: Endpoint, server: Endpoint, tamper: Tamper | None = None, *,
             request: bytes = b"", response: bytes = b"", title: str = "") -> Conversation:
    """Lets two endpoints talk until both are silent: handshake, request, response, goodbye.

    `tamper` sees every record and may change, drop or hold it. Never raises for what the ends do
    to each other: how it ended is in the Conversation's `ends`. At most MAX_TURNS turns. Raises
    TypeError if `tamper` returns something else than bytes, Held or None, and whatever it raises.
    """
    wire = _Wire(tamper)
    sides = {CLIENT: _Side(client), SERVER: _Side(server)}
    script = _Script(sides, request, response)
    for _ in range(MAX_TURNS):
        script.request_at_once()
        if not _carry_all(wire, sides) and not script.next_line():
            break
    log = dict.fromkeys([*client.keylog, *server.keylog])
    return Conversation(tuple(wire.log), tuple(log), ends={
        name: side.end() for name, side in sides.items()}, title=title)


def _carry_all(wire: _Wire, sides: dict[str, _Side]) -> bool:
    moved = False
    for sender, receiver in ((CLIENT, SERVER), (SERVER, CLIENT)):
        data = sides[sender].endpoint.data_to_send()
        delivered = wire.carry(sender, data) if data else wire.release(sender)
        if delivered:
            sides[receiver].receive(delivered)
        moved = moved or bool(data) or bool(delivered)
    return moved


class _Script:
    """What the two applications say once the handshake is done."""

    def __init__(self, sides: dict[str, _Side], request: bytes, response: bytes):
        client, server = sides[CLIENT], sides[SERVER]
        self._lines = [
            (lambda: client.endpoint.connected, lambda: client.endpoint.send(request)),
            (lambda: server.endpoint.connected and len(server.received) >= len(request),
             lambda: server.endpoint.send(response)),
            (lambda: client.endpoint.connected and server.endpoint.connected
             and (not request or len(client.received) >= len(response)), client.endpoint.close),
        ]
        if not request:
            self._lines = self._lines[2:]

    def request_at_once(self) -> None:
        """In TLS 1.3 the client may send it in one flight with its own Finished."""
        if len(self._lines) == 3:
            self.next_line()

    def next_line(self) -> bool:
        """True if somebody had something to say."""
        if not self._lines or not self._lines[0][0]():
            return False
        self._lines.pop(0)[1]()
        return True

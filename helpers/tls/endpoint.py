"""What both ends do in both versions: bytes in, events and bytes out. No socket, no thread.

An `Endpoint` owns the connection: records, alerts, goodbye, transcript, secrets. What the messages
of a handshake mean belongs to its `rules`: `client` and `server` begin, and hand over to the rules
of the version that was agreed on (`client12`, `client13`, `server12`, `server13`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import Hash

from helpers.tls import messages
from helpers.tls.errors import TLSError
from helpers.tls.events import (
    AlertReceived,
    Closed,
    Event,
    HandshakeComplete,
    Truncated,
)
from helpers.tls.keylog import LABELS
from helpers.tls.psk import Session
from helpers.tls.record import HandshakeBuffer, RecordLayer
from helpers.tls.registry import (
    AlertDescription,
    AlertLevel,
    CipherSuite,
    ContentType,
    SuiteParameters,
    name_of,
)
from helpers.tls.rules import Rules
from helpers.tls.schedule12 import HASHES, Step
from helpers.tls.schedule13 import KeySchedule
from helpers.tls.states import State

_A, _C = AlertDescription, ContentType
MAX_IDLE = 32  # records that bring nothing, in a row: a peer that sends only those loiters


def seconds_now() -> float:
    """The computer's clock: seconds since 1970. A run that should repeat brings its own."""
    return datetime.now(UTC).timestamp()


class Endpoint:
    """One end of one connection.

    `random(n)` gives n bytes, `clock()` the seconds since 1970; with others than the computer's own
    a run repeats byte for byte (but see groups.answer_share, signing.sign and the padding of RSA
    encryption: `cryptography` draws those numbers itself).

    To be looked at, at any moment: `state`, `transcript` (handshake messages, headers included),
    `transcript_hash`, `secrets` (a Step each, by RFC name), `version`, `suite`, `group`, `alpn`,
    `certificate` (the peer's), `resumed`. `alerts_sent` and `alerts_received` are names;
    close_notify, the usual goodbye, is not listed.
    """

    role = peer = ""
    rules: Rules
    schedule: KeySchedule | None = None
    version: int | None = None
    cipher_suite: int | None = None
    suite: SuiteParameters | None = None
    group: int | None = None
    alpn: bytes | None = None
    certificate: x509.Certificate | None = None
    server_name: str | None = None
    client_random = b""
    resumed = False
    session: Session | None = None

    def __init__(self, state: State, *, random: Callable[[int], bytes] = os.urandom,
                 clock: Callable[[], float] = seconds_now, middlebox_compat: bool = True,
                 padding: Callable[[int], int] | None = None):
        self.state = state
        self.random, self.clock = random, clock
        self.middlebox_compat, self.padding = middlebox_compat, padding
        self.transcript: list[bytes] = []
        self.steps: list[Step] = []  # of TLS 1.2; TLS 1.3 has a schedule
        self.alerts_sent: list[str] = []
        self.alerts_received: list[str] = []
        self.layer = RecordLayer()
        self._handshakes = HandshakeBuffer()
        self._hash: Hash | None = None  # of the first `_hashed` messages of the transcript
        self._hashed, self._digest = 0, b""
        self._idle_count = 0

    # --- bytes in, bytes out -------------------------------------------------------------------

    def receive_data(self, data: bytes) -> list[Event]:
        """Takes bytes from the peer, cut anywhere; says what happened.

        Raises TLSError when the peer broke a rule: its alert is then in `data_to_send()`, and
        what came of the bytes before is in the error's `events`. Bytes after the end of the
        connection are ignored.
        """
        events: list[Event] = []
        if self.state is State.CLOSED:
            return events
        self.layer.feed(data)
        try:
            for kind, fragment in self.layer.fragments():
                self._receive_fragment(kind, fragment, events)
                if self.state is State.CLOSED:
                    break
        except TLSError as problem:
            self._send_alert(AlertLevel.fatal, problem.alert)
            self.state = State.CLOSED
            problem.events = events
            raise
        return events

    def receive_eof(self) -> list[Event]:
        """To be told when the transport has ended. Truncated is the answer if the peer had not
        said goodbye: then nobody knows whether the last bytes are really the last."""
        if self.state is State.CLOSED:
            return []
        self.state = State.CLOSED
        return [Truncated()]

    def data_to_send(self) -> bytes:
        """Everything that should go to the peer now; b"" if nothing."""
        return self.layer.take()

    def send(self, data: bytes) -> None:
        """Application data, once connected (a TLS 1.3 server: once its own Finished is out).
        Raises TLSError (fault "caller") before that, and after the end."""
        if self.state is not State.CONNECTED and (self.state is State.CLOSED
                                                  or not self.rules.may_send):
            raise TLSError(_A.internal_error, "application data can be sent once both Finished "
                           f"messages were right; this {self.role} waits for {self.state.value}",
                           fault="caller")
        self.layer.send(_C.application_data, data)

    def update_keys(self, *, request: bool = False) -> None:
        """Seals with a new key from now on; with `request` the peer should do so too (RFC 9846
        section 4.7.3). Raises TLSError (fault "caller") if not connected, or in TLS 1.2."""
        if self.state is not State.CONNECTED:
            raise TLSError(_A.internal_error, "keys can be updated once connected", fault="caller")
        self.rules.update_keys(request)

    def close(self) -> None:
        """Says close_notify: the peer then knows that nothing was cut off."""
        if self.state is not State.CLOSED:
            self._send_alert(AlertLevel.warning, _A.close_notify)
            self.state = State.CLOSED

    # --- to be looked at -----------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """True from the peer's correct Finished to the end of the connection."""
        return self.state is State.CONNECTED

    @property
    def transcript_hash(self) -> bytes | None:
        """The hash of `transcript`, as the next secret or Finished would use it; None before a
        cipher suite has said which hash that is."""
        if self.suite is None:
            return None
        if self._hash is None:
            self._hash = Hash(HASHES[self.suite.hash_name])
        if self._hashed < len(self.transcript):
            self._hash.update(b"".join(self.transcript[self._hashed:]))
            self._hashed = len(self.transcript)
            self._digest = self._hash.copy().finalize()
        return self._digest

    @property
    def certificate_der(self) -> bytes:
        """The peer's certificate as bytes, b"" if it has shown none."""
        from cryptography.hazmat.primitives.serialization import Encoding  # slow to import

        return self.certificate.public_bytes(Encoding.DER) if self.certificate else b""

    @property
    def secrets(self) -> list[Step]:
        """Every secret so far, each explained, in the order in which they came to be."""
        return self.steps if self.schedule is None else self.schedule.steps

    def secret(self, name: str) -> bytes:
        """One secret by its RFC name. Raises KeyError if it does not exist (yet)."""
        for step in reversed(self.secrets):
            if step.name == name:
                return step.output
        raise KeyError(f"no {name} here; there is {', '.join(step.name for step in self.secrets)}")

    @property
    def keylog(self) -> list[str]:
        """The connection's lines in SSLKEYLOGFILE form (RFC 9850 section 2)."""
        return [f"{LABELS[step.name]} {self.client_random.hex()} {step.output.hex()}"
                for step in self.secrets if step.name in LABELS]

    # --- for the rules -------------------------------------------------------------------------

    def say(self, message: bytes) -> None:
        """Puts a handshake message into the transcript and on its way."""
        self.transcript.append(message)
        self.layer.send(_C.handshake, message)

    def session_of(self, secret: bytes, lifetime: int, **more: object) -> Session:
        """What either end keeps of this handshake, to take it up again; `lifetime` in seconds."""
        shown = self.session.certificate if self.resumed else self.certificate_der
        return Session(self.version, self.cipher_suite, secret, self.clock(), lifetime,
                       self.server_name or None, self.alpn, certificate=shown, **more)

    def agree_on(self, version: int, cipher_suite: int, suite: SuiteParameters) -> None:
        """What the ServerHello settles."""
        self.version, self.cipher_suite, self.suite = version, cipher_suite, suite

    def read_with(self, protection: object) -> None:
        """The peer's next record is sealed with this key. Raises TLSError (unexpected_message) if
        it began a message before: none may span a change of keys (RFC 9846 section 5.1)."""
        if self._handshakes.waiting:
            raise TLSError(_A.unexpected_message, "a handshake message goes on after the message "
                           "that changes the key")
        self.layer.read = protection

    def idle(self, what: str) -> None:
        """Counts what brings nothing. Raises TLSError (unexpected_message) at too much of it."""
        self._idle_count += 1
        if self._idle_count > MAX_IDLE:
            raise TLSError(_A.unexpected_message, f"too many {what}")

    def warn(self, alert: AlertDescription) -> None:
        """Sends an alert that does not end the connection (TLS 1.2). Raises TLSError
        (unexpected_message) if the peer gives cause for too many."""
        if len(self.alerts_sent) >= MAX_IDLE:
            raise TLSError(_A.unexpected_message, f"too many reasons for {alert.name}")
        self._send_alert(AlertLevel.warning, alert)

    # --- what a record can bring ---------------------------------------------------------------

    def _receive_fragment(self, kind: int, fragment: bytes, events: list[Event]) -> None:
        if kind == _C.handshake:
            self._handshakes.feed(fragment)
            for data in self._handshakes.messages():
                self._receive_handshake(data, events)
        elif kind == _C.change_cipher_spec:
            self.rules.on_change_cipher_spec(fragment, bool(self._handshakes.waiting))
        elif self._handshakes.waiting:
            raise TLSError(_A.unexpected_message, "another record came in the middle of a "
                           "handshake message")
        elif kind == _C.alert:
            self._on_alert(fragment, events)
        else:
            self.rules.table.expect(self.state, "application_data")
            if fragment:
                self._idle_count = 0
                events.append(self.rules.received(fragment))
            else:
                self.idle("empty records")

    def _receive_handshake(self, data: bytes, events: list[Event]) -> None:
        before = self.state
        self.rules.receive(data, events)
        if self.state is State.CONNECTED and before is not State.CONNECTED:
            self._idle_count = 0
            events.append(HandshakeComplete(name_of(CipherSuite, self.cipher_suite), self.alpn))

    def _on_alert(self, fragment: bytes, events: list[Event]) -> None:
        """RFC 5246 section 7.2, RFC 9846 section 6: a goodbye, a warning, or the end."""
        if not fragment:
            raise TLSError(_A.unexpected_message, "an alert record must not be empty")
        alert = messages.parse_alert(fragment)
        if alert.description == _A.close_notify:
            self.close()
            events.append(Closed())
            return
        fatal = self.rules.ends_connection(alert)
        self.alerts_received.append(name_of(_A, alert.description))
        events.append(AlertReceived(self.alerts_received[-1], fatal))
        if fatal:
            self.state = State.CLOSED
        elif len(self.alerts_received) > MAX_IDLE:
            raise TLSError(_A.unexpected_message, "too many warnings")

    def _send_alert(self, level: AlertLevel, alert: AlertDescription) -> None:
        if alert != _A.close_notify:
            self.alerts_sent.append(alert.name)
        self.layer.send(_C.alert, bytes((level, alert)))

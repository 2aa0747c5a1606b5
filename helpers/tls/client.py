"""A TLS 1.2 client: bytes in, events and bytes out. No socket, no thread, no clock.

What may come when is the table `TRANSITIONS`; one method a message, in the order of the
handshake (RFC 5246 section 7.3). A broken rule raises TLSError, and the alert is waiting in
`data_to_send()`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from helpers.tls import extensions, messages, schedule12
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, Event, HandshakeComplete
from helpers.tls.groups import (
    RandomBytes,
    encrypt_pre_master_secret,
    generate_share,
    new_pre_master_secret,
    shared_secret,
)
from helpers.tls.record import MAX_PLAINTEXT, HandshakeBuffer, Protection, Record, RecordBuffer
from helpers.tls.registry import (
    SUITES,
    TLS12,
    AlertDescription,
    AlertLevel,
    CipherSuite,
    ContentType,
    ExtensionType,
    HandshakeType,
    NamedGroup,
    name_of,
)
from helpers.tls.signing import SCHEMES, verify
from helpers.tls.trust import TrustStore

_A, _E, _H = AlertDescription, ExtensionType, HandshakeType
MAX_WARNINGS = 4  # a peer that only warns is not making progress


class State(Enum):
    """What the client waits for."""

    WAIT_SERVER_HELLO = "ServerHello"
    WAIT_CERTIFICATE = "Certificate"
    WAIT_SERVER_KEY_EXCHANGE = "ServerKeyExchange"
    WAIT_SERVER_HELLO_DONE = "ServerHelloDone"
    WAIT_CHANGE_CIPHER_SPEC = "ChangeCipherSpec"
    WAIT_FINISHED = "Finished"
    CONNECTED = "application data"
    CLOSED = "nothing"


@dataclass(frozen=True, slots=True)
class Transition:
    """In `state`, `message` may come (with that key exchange only, if given); then `after`."""

    state: State
    message: str
    after: State
    key_exchange: str | None = None


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.WAIT_SERVER_HELLO, "server_hello", State.WAIT_CERTIFICATE),
    Transition(State.WAIT_CERTIFICATE, "certificate", State.WAIT_SERVER_KEY_EXCHANGE, "ECDHE"),
    Transition(State.WAIT_CERTIFICATE, "certificate", State.WAIT_SERVER_HELLO_DONE, "RSA"),
    Transition(State.WAIT_SERVER_KEY_EXCHANGE, "server_key_exchange",
               State.WAIT_SERVER_HELLO_DONE, "ECDHE"),
    Transition(State.WAIT_SERVER_HELLO_DONE, "certificate_request", State.WAIT_SERVER_HELLO_DONE),
    Transition(State.WAIT_SERVER_HELLO_DONE, "server_hello_done", State.WAIT_CHANGE_CIPHER_SPEC),
    Transition(State.WAIT_CHANGE_CIPHER_SPEC, "change_cipher_spec", State.WAIT_FINISHED),
    Transition(State.WAIT_FINISHED, "finished", State.CONNECTED),
    Transition(State.CONNECTED, "application_data", State.CONNECTED),
)
_TABLE = {(row.state, row.message, row.key_exchange): row.after for row in TRANSITIONS}

DEFAULT_SUITES = tuple(suite for suite in SUITES if SUITES[suite].key_exchange == "ECDHE")
"""RFC 10015 forbids offering RSA key exchange: a lesson has to ask for it by name."""
DEFAULT_GROUPS = (NamedGroup.x25519, NamedGroup.secp256r1)


class Client:
    """One connection as its client. The ClientHello is ready in `data_to_send()` at once.

    `random(n)` gives n bytes; a seeded one makes the run repeat (RSA padding excepted).
    `secrets` lists every secret so far as a schedule12.Step; `transcript` the handshake messages.
    """

    def __init__(self, server_name: str, trust: TrustStore, *,
                 cipher_suites: Sequence[int] = DEFAULT_SUITES,
                 groups: Sequence[int] = DEFAULT_GROUPS, alpn: Sequence[bytes] = (),
                 extended_master_secret: bool = True, random: RandomBytes = os.urandom):
        self.server_name = server_name
        self.state = State.WAIT_SERVER_HELLO
        self.secrets: list[schedule12.Step] = []
        self.transcript: list[bytes] = []
        self.alerts_sent: list[str] = []
        self.alerts_received: list[str] = []
        self.certificate: x509.Certificate | None = None
        self.alpn: bytes | None = None
        self._trust = trust
        self._random = random
        self._offer = (tuple(cipher_suites), tuple(groups), tuple(alpn), extended_master_secret)
        self._records, self._handshakes = RecordBuffer(), HandshakeBuffer()
        self._read: Protection | None = None
        self._write: Protection | None = None
        self._out = bytearray()
        self._suite = None
        self._server_share = None
        self._certificate_requested = False
        self._extended = False
        self._warnings = 0
        self._send_client_hello()

    # --- bytes in, bytes out -------------------------------------------------------------------

    def receive_data(self, data: bytes) -> list[Event]:
        """Takes bytes from the peer, cut anywhere; says what happened.

        Raises TLSError when the peer broke a rule (its alert is then in `data_to_send()`).
        Bytes after the end of the connection are ignored.
        """
        events: list[Event] = []
        if self.state is State.CLOSED:
            return events
        self._records.feed(data)
        try:
            for record in self._records.records():
                events += self._receive_record(record)
                if self.state is State.CLOSED:
                    break
        except TLSError as problem:
            self._send_alert(AlertLevel.fatal, problem.alert)
            self.state = State.CLOSED
            raise
        return events

    def data_to_send(self) -> bytes:
        """Everything that should go to the peer now; b"" if nothing."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def send(self, data: bytes) -> None:
        """Application data, once connected. Raises TLSError (fault "caller") before that."""
        if self.state is not State.CONNECTED:
            raise TLSError(_A.internal_error, "application data can be sent once both Finished "
                           f"messages were right; this client waits for {self.state.value}",
                           fault="caller")
        for start in range(0, len(data), MAX_PLAINTEXT):
            self._send(ContentType.application_data, data[start:start + MAX_PLAINTEXT])

    def close(self) -> None:
        """Says close_notify: the peer then knows that nothing was cut off."""
        if self.state is not State.CLOSED:
            self._send_alert(AlertLevel.warning, _A.close_notify)
            self.state = State.CLOSED

    @property
    def keylog(self) -> list[str]:
        """The connection's lines in SSLKEYLOGFILE form (RFC 9850 section 2)."""
        master = [step.output for step in self.secrets if step.name == "master_secret"]
        return [f"CLIENT_RANDOM {self._client_random.hex()} {secret.hex()}" for secret in master]

    @property
    def connected(self) -> bool:
        """True from the server's correct Finished to the end of the connection."""
        return self.state is State.CONNECTED

    # --- records -------------------------------------------------------------------------------

    def _receive_record(self, record: Record) -> list[Event]:
        if self._suite is not None and record.version != TLS12:
            raise TLSError(_A.protocol_version, f"a record says version 0x{record.version:04x} "
                           "after TLS 1.2 (0x0303) was agreed on")
        fragment = self._read.unprotect(record) if self._read else record.fragment
        if len(fragment) > MAX_PLAINTEXT:
            raise TLSError(_A.record_overflow, f"a record of {len(fragment)} bytes; at most "
                           f"{MAX_PLAINTEXT} are allowed")
        if record.type != ContentType.handshake and self._handshakes.waiting:
            raise TLSError(_A.unexpected_message, "another record came in the middle of a "
                           "handshake message")
        if record.type == ContentType.handshake:
            return self._receive_handshake(fragment)
        if record.type == ContentType.alert:
            return self._on_alert(messages.parse_alert(fragment))
        if record.type == ContentType.change_cipher_spec:
            messages.parse_change_cipher_spec(fragment)
            self._move("change_cipher_spec")
            self._read = self._protection("server")
            return []
        self._move("application_data")
        return [ApplicationData(fragment)] if fragment else self._idle("empty records")

    def _receive_handshake(self, fragment: bytes) -> list[Event]:
        events: list[Event] = []
        self._handshakes.feed(fragment)
        for data in self._handshakes.messages():
            if data[0] == _H.hello_request:
                events += self._on_hello_request(data)
                continue
            after = self._next_state(name_of(_H, data[0]))
            suite = self._suite
            message = messages.parse_handshake(data, suite.key_exchange if suite else None)
            handler = self._HANDLERS[data[0]]
            events += handler(self, message, data) or []
            self.state = after
        return events

    def _next_state(self, message: str) -> State:
        kx = self._suite.key_exchange if self._suite else None
        after = _TABLE.get((self.state, message, kx)) or _TABLE.get((self.state, message, None))
        if after is None:
            raise TLSError(_A.unexpected_message,
                           f"{message} came while the client waits for {self.state.value}")
        return after

    def _move(self, message: str) -> None:
        self.state = self._next_state(message)

    def _idle(self, what: str) -> list[Event]:
        self._warnings += 1
        if self._warnings > MAX_WARNINGS:
            raise TLSError(_A.unexpected_message, f"too many {what}")
        return []

    # --- one method a message, in the order of RFC 5246 section 7.3 -----------------------------

    def _send_client_hello(self) -> None:
        suites, groups, protocols, extended = self._offer
        self._client_random = self._random(messages.RANDOM_LENGTH)
        offered = [extensions.server_name(self.server_name), extensions.supported_groups(groups),
                   extensions.ec_point_formats(), extensions.signature_algorithms(SCHEMES),
                   extensions.renegotiation_info()]
        if extended:
            offered.append(extensions.extended_master_secret())
        if protocols:
            offered.append(extensions.alpn(protocols))
        self._offered_extensions = {kind for kind, _ in offered}
        self._send_handshake(messages.build_client_hello(self._client_random, suites, offered))

    def _on_server_hello(self, hello: messages.ServerHello, data: bytes) -> None:
        """RFC 5246 section 7.4.1.3: the server may only choose from what was offered."""
        if hello.server_version != TLS12:
            raise TLSError(_A.protocol_version, f"the server chose version "
                           f"0x{hello.server_version:04x}; this client speaks TLS 1.2 (0x0303)")
        if hello.cipher_suite not in self._offer[0] or hello.cipher_suite not in SUITES:
            raise TLSError(_A.illegal_parameter, f"the server chose the cipher suite "
                           f"0x{hello.cipher_suite:04x} ({name_of(CipherSuite, hello.cipher_suite)}), "
                           "which was not offered")
        if hello.compression_method != 0:
            raise TLSError(_A.illegal_parameter, "the server chose compression")
        for item in hello.extensions:
            if item.type not in self._offered_extensions:
                raise TLSError(_A.unsupported_extension, "the server answered an extension that "
                               f"was not offered: {name_of(_E, item.type)} ({item.type})")
        self._check_extensions(hello)
        self._cipher_suite, self._suite = hello.cipher_suite, SUITES[hello.cipher_suite]
        self._server_random = hello.random
        self.transcript.append(data)

    def _check_extensions(self, hello: messages.ServerHello) -> None:
        self._extended = hello.extension(_E.extended_master_secret) is not None
        renegotiation = hello.extension(_E.renegotiation_info)
        if renegotiation and renegotiation.value:
            raise TLSError(_A.handshake_failure, "renegotiation_info is not empty in a first "
                           "handshake (RFC 5746 section 3.4)")
        alpn = hello.extension(_E.application_layer_protocol_negotiation)
        if alpn:
            if len(alpn.value) != 1 or alpn.value[0] not in self._offer[2]:
                raise TLSError(_A.illegal_parameter, "the server's ALPN answer is not one "
                               "protocol of those offered")
            self.alpn = alpn.value[0]
        formats = hello.extension(_E.ec_point_formats)
        if formats and 0 not in formats.value:
            raise TLSError(_A.illegal_parameter, "the server cannot read uncompressed points")

    def _on_certificate(self, message: messages.Certificate, data: bytes) -> None:
        """RFC 5246 section 7.4.2: judged now, before anything is encrypted to its key."""
        leaf = self._trust.check(message.certificate_list, self.server_name)
        wanted = rsa.RSAPublicKey if self._suite.authentication == "RSA" else \
            ec.EllipticCurvePublicKey
        if not isinstance(leaf.public_key(), wanted):
            raise TLSError(_A.unsupported_certificate, "the certificate's key does not fit "
                           f"{name_of(CipherSuite, self._cipher_suite)}")
        _check_key_usage(leaf, self._suite.key_exchange)
        self.certificate = leaf
        self.transcript.append(data)

    def _on_server_key_exchange(self, message: messages.ServerKeyExchange, data: bytes) -> None:
        """RFC 8422 section 5.4: the signature covers both randoms and the parameters."""
        if message.named_curve not in self._offer[1]:
            raise TLSError(_A.illegal_parameter, f"the server chose the group "
                           f"{message.named_curve}, which was not offered")
        signed = self._client_random + self._server_random + message.params
        verify(self.certificate.public_key(), message.signature_scheme, message.signature, signed)
        self._server_share = message
        self.transcript.append(data)

    def _on_certificate_request(self, message: messages.CertificateRequest, data: bytes) -> None:
        if self._certificate_requested:
            raise TLSError(_A.unexpected_message, "certificate_request came twice")
        self._certificate_requested = True
        self.transcript.append(data)

    def _on_server_hello_done(self, message: messages.Empty, data: bytes) -> None:
        """The client's whole second flight: RFC 5246 sections 7.4.7 to 7.4.9."""
        self.transcript.append(data)
        if self._certificate_requested:
            self._send_handshake(messages.build_certificate(()))
        self._send_client_key_exchange()
        self._send(ContentType.change_cipher_spec, b"\x01")
        self._write = self._protection("client")
        self._send_handshake(messages.build_finished(self._verify_data("client")))

    def _send_client_key_exchange(self) -> None:
        kx = self._suite.key_exchange
        if kx == "RSA":
            secret = new_pre_master_secret(TLS12, self._random)
            keys = encrypt_pre_master_secret(secret, self.certificate.public_key())
            formula = "client_version + 46 random bytes"
        else:
            share = generate_share(self._server_share.named_curve, self._random)
            secret, keys = shared_secret(share, self._server_share.public), share.public
            formula = f"ECDH({NamedGroup(share.group).name}: client private key, server share)"
        self._send_handshake(messages.build_client_key_exchange(keys, kx))
        source = "RFC 5246 section 8.1.1" if kx == "RSA" else "RFC 8422 section 5.10"
        self.secrets.append(schedule12.Step("pre_master_secret", formula, (), secret, source))
        session_hash = self._transcript_hash() if self._extended else None
        master = schedule12.master_secret_step(self._suite, secret, self._client_random,
                                               self._server_random, session_hash)
        self.secrets += [master, *schedule12.key_block_steps(
            self._suite, master.output, self._client_random, self._server_random)]

    def _on_finished(self, message: messages.Finished, data: bytes) -> list[Event]:
        """RFC 5246 section 7.4.9: the server saw the same handshake, byte for byte."""
        if message.verify_data != self._verify_data("server"):
            raise TLSError(_A.decrypt_error, "the server's Finished does not fit what this "
                           "client sent and saw")
        self.transcript.append(data)
        return [HandshakeComplete(name_of(CipherSuite, self._cipher_suite), self.alpn)]

    def _on_hello_request(self, data: bytes) -> list[Event]:
        """RFC 5246 section 7.4.1.1: ignored in a handshake, refused after it."""
        messages.parse_handshake(data)
        if self.state is State.CONNECTED:
            self._send_alert(AlertLevel.warning, _A.no_renegotiation)
        return self._idle("HelloRequests")

    def _on_alert(self, alert: messages.Alert) -> list[Event]:
        name = name_of(_A, alert.description)
        self.alerts_received.append(name)
        if alert.description == _A.close_notify:
            self.close()
            return [Closed()]
        if alert.level == AlertLevel.warning:
            return [AlertReceived(name, False), *self._idle("warnings")]
        self.state = State.CLOSED
        return [AlertReceived(name, True)]

    _HANDLERS = {
        _H.server_hello: _on_server_hello, _H.certificate: _on_certificate,
        _H.server_key_exchange: _on_server_key_exchange,
        _H.certificate_request: _on_certificate_request,
        _H.server_hello_done: _on_server_hello_done, _H.finished: _on_finished,
    }

    # --- keys and sending ----------------------------------------------------------------------

    def _secret(self, name: str) -> bytes:
        return next(step.output for step in self.secrets if step.name == name)

    def _protection(self, sender: str) -> Protection:
        return Protection(self._suite, self._secret(f"{sender}_write_key"),
                          self._secret(f"{sender}_write_IV"))

    def _transcript_hash(self) -> bytes:
        return schedule12.hash_of(self._suite.hash_name, b"".join(self.transcript))

    def _verify_data(self, sender: str) -> bytes:
        return schedule12.verify_data(self._suite, self._secret("master_secret"), sender,
                                      self._transcript_hash())

    def _send_handshake(self, message: bytes) -> None:
        self.transcript.append(message)
        self._send(ContentType.handshake, message)

    def _send_alert(self, level: AlertLevel, alert: AlertDescription) -> None:
        self.alerts_sent.append(alert.name)
        self._send(ContentType.alert, bytes((level, alert)))

    def _send(self, kind: ContentType, plaintext: bytes) -> None:
        record = self._write.protect(kind, plaintext) if self._write else \
            Record(kind, TLS12, plaintext)
        self._out += record.bytes()


def _check_key_usage(leaf: x509.Certificate, key_exchange: str) -> None:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    allowed = usage.key_encipherment if key_exchange == "RSA" else usage.digital_signature
    if not allowed:
        raise TLSError(_A.unsupported_certificate,
                       f"the certificate's key usage does not allow {key_exchange} key exchange")

"""A TLS 1.2 client: bytes in, events and bytes out. No socket, no thread, no clock.

What may come when is the table in `states`; here is one method a message, in the order of the
handshake (RFC 5246 section 7.3). A broken rule raises TLSError, and the alert is waiting in
`data_to_send()`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hmac import compare_digest

from cryptography import x509

from helpers.tls import groups, messages, schedule12
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, Event, HandshakeComplete
from helpers.tls.offer import DEFAULT_GROUPS, DEFAULT_SUITES, make_offer
from helpers.tls.record import HandshakeBuffer, Protection, RecordLayer
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
from helpers.tls.signing import key_exchange_content, verify
from helpers.tls.states import State, next_state
from helpers.tls.trust import TrustStore, check_key

_A, _H = AlertDescription, HandshakeType
MAX_IDLE = 4  # warnings, HelloRequests and empty records: a peer that sends only those loiters


class Client:
    """One connection as its client. The ClientHello is ready in `data_to_send()` at once.

    `random(n)` gives n bytes; a seeded one makes the run repeat (RSA padding excepted).
    `secrets` lists every secret so far as a schedule12.Step; `transcript` the handshake messages.
    `alerts_sent` and `alerts_received` are names; close_notify, the usual goodbye, is not listed.

    Raises ValueError for a name that is not ASCII or an offer it could not keep (see Offer).
    Does not resume sessions, renegotiate, ask for OCSP, or look for RFC 9846's downgrade mark.
    """

    def __init__(self, server_name: str, trust: TrustStore, *,
                 cipher_suites: Sequence[int] = DEFAULT_SUITES,
                 groups: Sequence[int] = DEFAULT_GROUPS, alpn: Sequence[bytes] = (),
                 extended_master_secret: bool = True, random: Callable[[int], bytes] = os.urandom):
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
        self._offer = make_offer(tuple(cipher_suites), tuple(groups), tuple(alpn),
                                 extended_master_secret)
        self._layer, self._handshakes = RecordLayer(), HandshakeBuffer()
        self._suite = self._key_exchange = None
        self._server_share = None
        self._certificate_requested = False
        self._extended = False
        self._idle_count = 0
        self._send_client_hello()

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
        self._layer.feed(data)
        try:
            for kind, fragment in self._layer.fragments():
                self._receive_fragment(kind, fragment, events)
                if self.state is State.CLOSED:
                    break
        except TLSError as problem:
            self._send_alert(AlertLevel.fatal, problem.alert)
            self.state = State.CLOSED
            problem.events = events
            raise
        return events

    def data_to_send(self) -> bytes:
        """Everything that should go to the peer now; b"" if nothing."""
        return self._layer.take()

    def send(self, data: bytes) -> None:
        """Application data, once connected. Raises TLSError (fault "caller") before that."""
        if self.state is not State.CONNECTED:
            raise TLSError(_A.internal_error, "application data can be sent once both Finished "
                           f"messages were right; this client waits for {self.state.value}",
                           fault="caller")
        self._layer.send(ContentType.application_data, data)

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

    # --- what a record can bring ---------------------------------------------------------------

    def _receive_fragment(self, kind: int, fragment: bytes, events: list[Event]) -> None:
        if kind == ContentType.handshake:
            self._handshakes.feed(fragment)
            for data in self._handshakes.messages():
                self._receive_handshake(data, events)
        elif self._handshakes.waiting:
            raise TLSError(_A.unexpected_message, "another record came in the middle of a "
                           "handshake message")
        elif kind == ContentType.alert:
            self._on_alert(messages.parse_alert(fragment), events)
        elif kind == ContentType.change_cipher_spec:
            messages.parse_change_cipher_spec(fragment)
            self.state = next_state(self.state, "change_cipher_spec", None)
            self._layer.read = self._protection("server")
        else:
            self.state = next_state(self.state, "application_data", None)
            if fragment:
                events.append(ApplicationData(fragment))
            else:
                self._idle("empty records")

    def _receive_handshake(self, data: bytes, events: list[Event]) -> None:
        if data[0] == _H.hello_request:
            self._on_hello_request(data)
            return
        after = next_state(self.state, name_of(_H, data[0]), self._key_exchange)
        message = messages.parse_handshake(data, self._key_exchange)
        self._HANDLERS[data[0]](self, message, data)
        self.state = after
        if after is State.CONNECTED:
            events.append(HandshakeComplete(name_of(CipherSuite, self._cipher_suite), self.alpn))

    def _idle(self, what: str) -> None:
        self._idle_count += 1
        if self._idle_count > MAX_IDLE:
            raise TLSError(_A.unexpected_message, f"too many {what}")

    # --- one method a message, in the order of RFC 5246 section 7.3 -----------------------------

    def _send_client_hello(self) -> None:
        self._client_random = self._random(messages.RANDOM_LENGTH)
        self._send_handshake(messages.build_client_hello(
            self._client_random, self._offer.cipher_suites,
            self._offer.extensions(self.server_name)))

    def _on_server_hello(self, hello: messages.ServerHello, data: bytes) -> None:
        """RFC 5246 section 7.4.1.3: the server's choices, all from what was offered."""
        self._offer.check(hello)
        self._cipher_suite, self._suite = hello.cipher_suite, SUITES[hello.cipher_suite]
        self._key_exchange = self._suite.key_exchange
        self._server_random = hello.random
        self._extended = hello.extension(ExtensionType.extended_master_secret) is not None
        alpn = hello.extension(ExtensionType.application_layer_protocol_negotiation)
        self.alpn = alpn.value[0] if alpn else None
        self._layer.version = TLS12
        self.transcript.append(data)

    def _on_certificate(self, message: messages.Certificate, data: bytes) -> None:
        """RFC 5246 section 7.4.2: judged now, before anything is encrypted to its key."""
        self.certificate = self._trust.check(message.certificate_list, self.server_name)
        check_key(self.certificate, self._suite)
        self.transcript.append(data)

    def _on_server_key_exchange(self, message: messages.ServerKeyExchange, data: bytes) -> None:
        """RFC 8422 section 5.4: the signature covers both randoms and the parameters."""
        self._offer.check_group(message.named_curve)
        signed = key_exchange_content(self._client_random, self._server_random, message.params)
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
            self._send_handshake(messages.build_certificate(()))  # it has none
        self._send_client_key_exchange()
        self._layer.send(ContentType.change_cipher_spec, b"\x01")
        self._layer.write = self._protection("client")
        self._send_handshake(messages.build_finished(self._verify_data("client")))

    def _send_client_key_exchange(self) -> None:
        if self._key_exchange == "RSA":
            secret = groups.new_pre_master_secret(TLS12, self._random)
            keys = groups.encrypt_pre_master_secret(secret, self.certificate.public_key())
            formula, source = "client_version + 46 random bytes", "RFC 5246 section 8.1.1"
        else:
            share = groups.generate_share(self._server_share.named_curve, self._random)
            secret, keys = groups.shared_secret(share, self._server_share.public), share.public
            formula = f"ECDH({NamedGroup(share.group).name}: client private key, server share)"
            source = "RFC 8422 section 5.10"
        self._send_handshake(messages.build_client_key_exchange(keys, self._key_exchange))
        session_hash = self._transcript_hash() if self._extended else None
        master = schedule12.master_secret_step(self._suite, secret, self._client_random,
                                               self._server_random, session_hash)
        self.secrets += [
            schedule12.Step("pre_master_secret", formula, (), secret, source), master,
            *schedule12.key_block_steps(self._suite, master.output, self._client_random,
                                        self._server_random)]

    def _on_finished(self, message: messages.Finished, data: bytes) -> None:
        """RFC 5246 section 7.4.9: the server saw the same handshake, byte for byte."""
        if not compare_digest(message.verify_data, self._verify_data("server")):
            raise TLSError(_A.decrypt_error, "the server's Finished does not fit what this "
                           "client sent and saw")
        self.transcript.append(data)

    def _on_hello_request(self, data: bytes) -> None:
        """RFC 5246 section 7.4.1.1: ignored in a handshake, refused after it."""
        messages.parse_handshake(data)
        self._idle("HelloRequests")
        if self.state is State.CONNECTED:
            self._send_alert(AlertLevel.warning, _A.no_renegotiation)

    def _on_alert(self, alert: messages.Alert, events: list[Event]) -> None:
        """RFC 5246 section 7.2: a goodbye, a warning, or the end."""
        if alert.description == _A.close_notify:
            self.close()
            events.append(Closed())
            return
        name, fatal = name_of(_A, alert.description), alert.level == AlertLevel.fatal
        if not fatal and alert.level != AlertLevel.warning:
            raise TLSError(_A.illegal_parameter, f"an alert of level {alert.level}; there are "
                           "only warning (1) and fatal (2)")
        self.alerts_received.append(name)
        events.append(AlertReceived(name, fatal))
        if fatal:
            self.state = State.CLOSED
        else:
            self._idle("warnings")

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
        self._layer.send(ContentType.handshake, message)

    def _send_alert(self, level: AlertLevel, alert: AlertDescription) -> None:
        if alert != _A.close_notify:
            self.alerts_sent.append(alert.name)
        self._layer.send(ContentType.alert, bytes((level, alert)))

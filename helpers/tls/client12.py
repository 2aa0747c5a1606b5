"""The TLS 1.2 client from the ServerHello on, in the order of RFC 5246 section 7.3: one method a
message. `client` sent the ClientHello.
"""

from __future__ import annotations

from helpers.tls import build, groups, messages, signing
from helpers.tls.errors import TLSError
from helpers.tls.events import Event, NewTicket
from helpers.tls.handshake12 import Handshake12
from helpers.tls.psk import MAX_LIFETIME, Session
from helpers.tls.registry import (
    TLS12,
    AlertDescription,
    ExtensionType,
    HandshakeType,
    NamedGroup,
)
from helpers.tls.registry_cbc import ALL_SUITES
from helpers.tls.states import CLIENT12, Table
from helpers.tls.trust import check_key

_A, _E, _H = AlertDescription, ExtensionType, HandshakeType


class Client12(Handshake12):
    """`sent` are the extensions in the ClientHello, `session_id` the name in it."""

    table = Table(CLIENT12)

    def __init__(self, end: object, sent: frozenset[int], session_id: bytes):
        super().__init__(end)
        self._sent, self._session_id = sent, session_id
        self._share: messages.ServerKeyExchange | None = None
        self._server_key: object | None = None
        self._request: messages.CertificateRequest | None = None
        self._ticket: messages.NewSessionTicket | None = None

    def on_server_hello(self, hello: messages.ServerHello, data: bytes) -> None:
        """Section 7.4.1.3: the server's choices, all from what was offered."""
        end, session = self.end, self.end.session
        end.offer.check12(hello, self._sent)
        end.agree_on(TLS12, hello.cipher_suite, ALL_SUITES[hello.cipher_suite])
        end.alpn = end.offer.check_alpn(hello.extension(_E.application_layer_protocol_negotiation))
        self.facts.add(end.suite.key_exchange)
        self.server_random = hello.random
        self.extended = hello.extension(_E.extended_master_secret) is not None
        if hello.extension(_E.session_ticket) is not None:
            self.facts.add("new ticket")
        end.layer.version = TLS12
        end.transcript.append(data)
        if self._session_id and hello.session_id == self._session_id:
            self._resume(session)

    def _resume(self, session: Session | None) -> None:
        """RFC 5077 section 3.4: the server echoes the session_id, so it took the ticket. What both
        ends then have is the old master secret (RFC 5246 section 7.3)."""
        if session is None or session.version != TLS12:
            raise TLSError(_A.illegal_parameter, "the server resumes a session that was never made")
        if session.cipher_suite != self.end.cipher_suite:
            raise TLSError(_A.illegal_parameter, "a resumed session with another cipher suite")
        if session.extended != self.extended:
            raise TLSError(_A.handshake_failure, "a resumed session with another kind of master "
                           "secret (RFC 7627 section 5.3)")
        self.facts.add("resumed, new ticket" if "new ticket" in self.facts else "resumed")
        self.end.resumed = True
        self.take_master_secret(session.secret)

    def on_certificate(self, message: messages.Certificate, data: bytes,
                       events: list[Event]) -> None:
        """Section 7.4.2: judged now, before anything is encrypted to its key."""
        end = self.end
        end.certificate = end.verify(message.certificate_list, end.server_name)
        self._server_key = check_key(end.certificate, end.suite)
        end.transcript.append(data)

    def on_server_key_exchange(self, message: messages.ServerKeyExchange, data: bytes,
                               events: list[Event]) -> None:
        """RFC 8422 section 5.4: the signature covers both randoms and the parameters."""
        end = self.end
        end.offer.check_group(message.named_curve, groups.GROUPS12)
        signed = signing.key_exchange_content(end.client_random, self.server_random,
                                              message.params)
        signing.verify(self._server_key, message.signature_scheme, message.signature,
                       signed, allowed=end.offer.schemes)
        end.group = message.named_curve
        self._share = message
        end.transcript.append(data)

    def on_certificate_request(self, message: messages.CertificateRequest, data: bytes,
                               events: list[Event]) -> None:
        """Section 7.4.4: the server wants to know the client too."""
        if self._request is not None:
            raise TLSError(_A.unexpected_message, "certificate_request came twice")
        self._request = message
        self.end.transcript.append(data)

    def on_server_hello_done(self, message: messages.Empty, data: bytes,
                             events: list[Event]) -> None:
        """The client's whole second flight: sections 7.4.6 to 7.4.9."""
        end = self.end
        end.transcript.append(data)
        scheme = self._choose_scheme()
        if self._request is not None:
            end.say(build.certificate(end.identity.chain if scheme else ()))
        self._send_client_key_exchange()
        if scheme:
            content = b"".join(end.transcript)  # section 7.4.8: all that was said so far
            end.say(build.certificate_verify(scheme, signing.sign(end.identity.key, scheme,
                                                                  content)))
        self.send_finished()

    def _choose_scheme(self) -> int | None:
        """How to sign, None without a request or a key that the server would take."""
        if self._request is None or self.end.identity is None:
            return None
        return signing.choose_scheme(self.end.identity.key.public_key(),
                                     self._request.signature_algorithms, tls13=False)

    def _send_client_key_exchange(self) -> None:
        """Section 7.4.7."""
        end = self.end
        if end.suite.key_exchange == "RSA":
            secret = groups.new_pre_master_secret(TLS12, end.random)
            keys = groups.encrypt_pre_master_secret(secret, self._server_key)
            formula, source = "client_version + 46 random bytes", "RFC 5246 section 8.1.1"
        else:
            share = groups.generate_share(self._share.named_curve, end.random)
            secret, keys = groups.shared_secret(share, self._share.public), share.public
            formula = f"ECDH({NamedGroup(share.group).name}: client private key, server share)"
            source = "RFC 8422 section 5.10"
        end.say(build.client_key_exchange(keys, end.suite.key_exchange))
        self.derive(secret, formula, source)

    def on_new_session_ticket(self, message: messages.NewSessionTicket, data: bytes,
                              events: list[Event]) -> None:
        """RFC 5077 section 3.3; it counts once the server's Finished was right."""
        self._ticket = message if message.ticket else None
        self.end.transcript.append(data)

    def on_finished(self, message: messages.Finished, data: bytes, events: list[Event]) -> None:
        """Section 7.4.9: the server saw the same handshake, byte for byte."""
        end = self.end
        self.check_finished(message, data)
        if end.resumed:
            self.send_finished()
        if self._ticket is not None:
            lifetime = self._ticket.lifetime_hint or MAX_LIFETIME
            events.append(NewTicket(end.session_of(
                self.master_secret, min(lifetime, MAX_LIFETIME),
                ticket=self._ticket.ticket, extended=self.extended)))

    def on_hello_request(self, message: messages.Empty, data: bytes, events: list[Event]) -> None:
        """Section 7.4.1.1: ignored in a handshake, refused after it."""
        self.refuse_renegotiation("HelloRequests")

    handlers = {
        _H.certificate: on_certificate, _H.server_key_exchange: on_server_key_exchange,
        _H.certificate_request: on_certificate_request,
        _H.server_hello_done: on_server_hello_done,
        _H.new_session_ticket: on_new_session_ticket, _H.finished: on_finished,
    }
    asks_again = {_H.hello_request: on_hello_request}

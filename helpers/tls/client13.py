"""The TLS 1.3 client from the ServerHello on, in the order of RFC 9846 section 2: one method a
message. `client` sent the ClientHello.
"""

from __future__ import annotations

from helpers.tls import extensions, groups, messages, messages13, schedule13, signing
from helpers.tls.errors import TLSError, decode_error
from helpers.tls.events import EarlyDataAnswered, Event, NewTicket
from helpers.tls.handshake13 import HANDLERS, Handshake13, check_context
from helpers.tls.offer import check_name
from helpers.tls.psk import MAX_LIFETIME, Session
from helpers.tls.registry import AlertDescription, ExtensionType, HandshakeType
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.schedule13 import KeySchedule
from helpers.tls.states import CLIENT13, Table
from helpers.tls.trust import check_usage

_A, _E, _H = AlertDescription, ExtensionType, HandshakeType


class Client13(Handshake13):
    """`opening` is what `client` did so far: the shares, the extensions it sent, the PSK."""

    table = Table(CLIENT13)

    def __init__(self, end: object, opening: object, hello: messages.ServerHello, data: bytes):
        suite = SUITES13[hello.cipher_suite]
        extensions.check_answers(hello.extensions, opening.sent, extensions.ALLOWED13)
        psk = hello.extension(_E.pre_shared_key)
        if psk is not None:
            _check_psk(psk.value, end.session, suite)
        super().__init__(end)
        self.use(opening.schedule if psk else KeySchedule(suite))
        self.schedule.suite = suite  # a PSK binds the hash only
        self.opening = opening
        self._compatible = opening.dummy_sent
        self._request: messages13.CertificateRequest | None = None
        end.resumed = psk is not None
        if end.resumed:
            self.facts.add("resumed")
        end.agree_on(TLS13, hello.cipher_suite, suite)
        end.transcript.append(data)

    # --- section 4.2.3 -------------------------------------------------------------------------

    def on_server_hello(self, hello: messages.ServerHello) -> None:
        """The server's share makes the secret: from here on everything is sealed."""
        end, share = self.end, hello.extension(_E.key_share)
        if share is None:  # a PSK alone is not among the modes that were offered (4.3.11)
            raise TLSError(_A.illegal_parameter if end.resumed else _A.missing_extension,
                           "the ServerHello has no key_share")
        group, public = share.value
        if group not in self.opening.shares:
            raise TLSError(_A.illegal_parameter, f"the server answered with a share for the group "
                           f"{group}, for which none was sent")
        end.group = group
        secret = groups.shared_secret(self.opening.shares[group], public)
        self.schedule.add_shared_secret(secret, end.transcript_hash)
        self.read_with("handshake")
        if not end.early_data:  # else the early key stays in use up to EndOfEarlyData
            self.write_with("handshake")

    # --- section 4.4.1 -------------------------------------------------------------------------

    def on_encrypted_extensions(self, message: messages13.EncryptedExtensions, data: bytes,
                                events: list[Event]) -> None:
        """The server's answers that nobody else has to see."""
        end = self.end
        extensions.check_answers(message.extensions, self.opening.sent,
                                 extensions.ALLOWED_ENCRYPTED)
        check_name(message.extension(_E.server_name))
        end.alpn = end.offer.check_alpn(message.extension(
            _E.application_layer_protocol_negotiation))
        retry = message.extension(_E.encrypted_client_hello)
        if retry is not None:
            end.ech.told = retry.data
        accepted = message.extension(_E.early_data) is not None
        if accepted and not (end.resumed and end.cipher_suite == end.session.cipher_suite
                             and end.alpn == end.session.alpn):
            raise TLSError(_A.illegal_parameter, "the server accepts early data and changes what "
                           "it was made with")
        if end.early_data or self.opening.refused_early:
            events.append(EarlyDataAnswered(accepted))
        if accepted:
            self.facts.add("early data")
        elif end.early_data:
            self.write_with("handshake")
        end.transcript.append(data)

    # --- section 4.4.2 -------------------------------------------------------------------------

    def on_certificate_request(self, message: messages13.CertificateRequest, data: bytes,
                               events: list[Event]) -> None:
        """The server wants to know the client too; answered after its Finished."""
        check_context(message.certificate_request_context)
        extensions.check_place(message.extensions, extensions.NOT_IN_CERTIFICATE_REQUEST)
        if message.extension(_E.signature_algorithms) is None:
            raise TLSError(_A.missing_extension, "a CertificateRequest without "
                           "signature_algorithms")
        self._request = message
        self.end.transcript.append(data)

    # --- section 4.5: Certificate, CertificateVerify, Finished ----------------------------------

    def on_certificate(self, message: messages13.Certificate, data: bytes,
                       events: list[Event]) -> None:
        """Section 4.5.1: judged now."""
        end = self.end
        check_context(message.certificate_request_context)
        if not message.certificate_list:
            raise decode_error("the server sent no certificate")
        for entry in message.entry_extensions:
            extensions.check_answers(entry, self.opening.sent, ())
        end.certificate = end.verify(message.certificate_list, end.name_to_check)
        check_usage(end.certificate, "digital_signature")
        end.transcript.append(data)

    def on_certificate_verify(self, message: messages.CertificateVerify, data: bytes,
                              events: list[Event]) -> None:
        """Section 4.5.2: and the server has the key."""
        self.check_certificate_verify(message, data, self.end.offer.schemes)

    def on_finished(self, message: messages.Finished, data: bytes, events: list[Event]) -> None:
        """Section 4.5.3: the server is done. The client's whole second flight follows."""
        end = self.end
        self.check_finished(message, data)
        self.schedule.add_application(end.transcript_hash)
        self.read_with("application", "_0")
        self.send_dummy()
        if "early data" in self.facts:
            self.send_end_of_early_data()
            self.write_with("handshake")
        if self._request is not None:
            self._authenticate(self._request)
        self.send_finished()
        self.write_with("application", "_0")
        self.schedule.add_resumption(end.transcript_hash)
        if end.ech is not None:
            end.ech.finish(events)

    def _authenticate(self, request: messages13.CertificateRequest) -> None:
        """Section 4.5: an empty Certificate says that there is none to show."""
        identity = self.end.identity
        offered = request.extension(_E.signature_algorithms).value
        scheme = identity and signing.choose_scheme(identity.key.public_key(), offered, tls13=True)
        self.send_certificate(identity.chain if scheme else ())
        if scheme:
            self.send_certificate_verify(identity.key, scheme)

    # --- section 4.7.1 -------------------------------------------------------------------------

    def on_new_session_ticket(self, message: messages13.NewSessionTicket, data: bytes,
                              events: list[Event]) -> None:
        """Something to come back with; not part of the transcript."""
        end, lifetime = self.end, min(message.ticket_lifetime, MAX_LIFETIME)
        extensions.check_place(message.extensions, extensions.NOT_IN_NEW_SESSION_TICKET)
        early = message.extension(_E.early_data)
        self.end.idle("NewSessionTickets")
        if lifetime == 0:
            return
        step = schedule13.resumption_psk(end.suite, self.schedule["resumption_secret"],
                                         message.ticket_nonce)
        events.append(NewTicket(end.session_of(
            step.output, lifetime, ticket=message.ticket, age_add=message.ticket_age_add,
            max_early_data=early.value if early else 0)))

    handlers = HANDLERS | {
        _H.encrypted_extensions: on_encrypted_extensions,
        _H.certificate_request: on_certificate_request, _H.certificate: on_certificate,
        _H.certificate_verify: on_certificate_verify, _H.finished: on_finished,
        _H.new_session_ticket: on_new_session_ticket,
    }


def _check_psk(chosen: int, session: Session | None, suite: object) -> None:
    """Section 4.3.11: one of the offered PSKs (there was one), with its hash."""
    if session is None or chosen != 0:
        raise TLSError(_A.illegal_parameter, f"the server chose PSK {chosen}, which was not "
                       "offered")
    if SUITES13[session.cipher_suite].hash_name != suite.hash_name:
        raise TLSError(_A.illegal_parameter, "the cipher suite's hash is not the PSK's")

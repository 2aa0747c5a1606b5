"""The TLS 1.2 server from the ClientHello on, in the order of RFC 5246 section 7.3: one method a
message.
"""

from __future__ import annotations

from typing import NamedTuple

from helpers.tls import build, extensions, groups, messages, signing
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.groups import GROUPS12
from helpers.tls.handshake12 import Handshake12
from helpers.tls.psk import Session
from helpers.tls.registry import (
    TLS12,
    AlertDescription,
    CipherSuite,
    ClientCertificateType,
    ECPointFormat,
    ExtensionType,
    HandshakeType,
    NamedGroup,
    SuiteParameters,
)
from helpers.tls.registry13 import DOWNGRADED
from helpers.tls.registry_cbc import ALL_SUITES
from helpers.tls.states import SERVER12, State, Table

_A, _E, _H = AlertDescription, ExtensionType, HandshakeType
_KINDS = {"RSA": ("RSA",), "ECDSA": ("ECDSA", "Ed25519")}  # RFC 8422 section 5.10


class Choice(NamedTuple):
    """What a full handshake will use; `scheme` and `group` are not for RSA key exchange."""

    cipher_suite: int
    identity: object
    scheme: int | None
    group: int | None


class Server12(Handshake12):
    """`table` says what may come; each method below, what it does."""

    table = Table(SERVER12)

    def __init__(self, end: object):
        super().__init__(end)
        self._client_version = TLS12
        self._choice: Choice | None = None
        self._share: groups.Share | None = None
        self._gives_ticket = False

    # --- section 7.4.1.2 -----------------------------------------------------------------------

    def on_client_hello(self, hello: messages.ClientHello, data: bytes,
                        events: list[Event]) -> None:
        """Resumes, or sends the server's whole flight: sections 7.4.1.3 to 7.4.5."""
        end = self.end
        self._client_version = hello.client_version
        self._check(hello)
        self.extended = end.extended_master_secret and \
            hello.extension(_E.extended_master_secret) is not None
        end.alpn = end.choose_alpn(hello)
        end.transcript.append(data)
        end.layer.version = TLS12
        session = self._find_session(hello)
        if session is not None:
            self._resume(hello, session)
            return
        self._choice = self._choose(hello)
        self._gives_ticket = end.tickets is not None and \
            hello.extension(_E.session_ticket) is not None
        end.agree_on(TLS12, self._choice.cipher_suite, ALL_SUITES[self._choice.cipher_suite])
        self._send_server_hello(hello, b"")
        end.say(build.certificate(self._choice.identity.chain))
        if end.suite.key_exchange == "ECDHE":
            self._send_server_key_exchange()
        if end.check_client is not None:
            self.facts.add("certificate requested")
            types = (ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign)
            end.say(build.certificate_request(types, signing.SCHEMES))
        end.say(build.server_hello_done())

    def _check(self, hello: messages.ClientHello) -> None:
        formats = hello.extension(_E.ec_point_formats)
        if formats and ECPointFormat.uncompressed not in formats.value:
            raise TLSError(_A.illegal_parameter, "the client cannot read uncompressed points "
                           "(RFC 8422 section 5.1.2)")
        renegotiation = hello.extension(_E.renegotiation_info)
        if renegotiation and renegotiation.value:
            raise TLSError(_A.handshake_failure, "renegotiation_info is not empty in a first "
                           "handshake (RFC 5746 section 3.6)")

    def _choose(self, hello: messages.ClientHello) -> Choice:
        """The first of this server's suites for which everything is there."""
        said = hello.extension(_E.signature_algorithms)
        schemes = said.value if said else ()  # that means SHA-1: no longer (RFC 9155 section 3)
        named = hello.extension(_E.supported_groups)
        offered = named.value if named else (NamedGroup.secp256r1,)
        group = next((group for group in self.end.groups
                      if group in offered and group in GROUPS12), None)
        for suite in self.end.cipher_suites:
            if suite in ALL_SUITES and suite in hello.cipher_suites:
                choice = self._with_identity(suite, ALL_SUITES[suite], schemes, group, offered)
                if choice is not None:
                    return choice
        raise TLSError(_A.handshake_failure, "no cipher suite for which both ends have all they "
                       "need")

    def _with_identity(self, suite: int, parameters: SuiteParameters, schemes: tuple[int, ...],
                       group: int | None, offered: tuple[int, ...]) -> Choice | None:
        if parameters.key_exchange == "RSA":
            rsa = (item for item in self.end.identities
                   if signing.kind_of(item.key.public_key()) == "RSA")
            identity = next(rsa, None)
            return Choice(suite, identity, None, None) if identity else None
        found = self.end.choose_identity(schemes, tls13=False,
                                         kinds=_KINDS[parameters.authentication])
        if found is None or group is None:
            return None
        curve = getattr(found[0].key, "curve", None)
        if curve is not None and NamedGroup.__members__.get(curve.name) not in offered:
            return None  # the curve of the certificate's key must be one too (RFC 8422 section 5.1)
        return Choice(suite, *found, group)

    # --- sections 7.4.1.3 and 7.4.3 ------------------------------------------------------------

    def _send_server_hello(self, hello: messages.ClientHello, session_id: bytes) -> None:
        """Its random ends with a mark if this server could do better (RFC 9846 section 4.2.3)."""
        end = self.end
        self.server_random = end.random(messages.RANDOM_LENGTH)
        if end.versions[0] > TLS12:
            self.server_random = self.server_random[:-len(DOWNGRADED)] + DOWNGRADED
        added = []
        if hello.extension(_E.renegotiation_info) is not None or \
                CipherSuite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV in hello.cipher_suites:
            added.append(extensions.renegotiation_info())
        if self.extended:
            added.append(extensions.extended_master_secret())
        if end.alpn is not None:
            added.append(extensions.alpn((end.alpn,)))
        if self._gives_ticket:
            added.append(extensions.session_ticket())
        if hello.extension(_E.ec_point_formats) is not None and end.suite.key_exchange == "ECDHE":
            added.append(extensions.ec_point_formats())
        end.say(build.server_hello(self.server_random, session_id, end.cipher_suite, added))

    def _send_server_key_exchange(self) -> None:
        """RFC 8422 section 5.4: a fresh share, signed with the certificate's key."""
        end, choice = self.end, self._choice
        self._share = groups.generate_share(choice.group, end.random)
        end.group = choice.group
        params = build.ecdh_params(choice.group, self._share.public)
        content = signing.key_exchange_content(end.client_random, self.server_random, params)
        end.say(build.server_key_exchange(params, choice.scheme, signing.sign(
            choice.identity.key, choice.scheme, content)))

    # --- resumption: RFC 5077 section 3 ---------------------------------------------------------

    def _find_session(self, hello: messages.ClientHello) -> Session | None:
        """The session in the client's ticket, None if this server cannot or may not use it."""
        end, ticket = self.end, hello.extension(_E.session_ticket)
        if end.tickets is None or ticket is None or not ticket.value:
            return None
        session = end.tickets.open(ticket.value, end.clock())
        if session is None or session.version != TLS12 or session.server_name != end.server_name \
                or session.cipher_suite not in end.cipher_suites \
                or session.cipher_suite not in hello.cipher_suites:
            return None
        if session.extended and not self.extended:
            raise TLSError(_A.handshake_failure, "a session with an extended master secret comes "
                           "back without (RFC 7627 section 5.3)")
        return session if session.extended == self.extended else None

    def _resume(self, hello: messages.ClientHello, session: Session) -> None:
        """The echo of the session_id says yes; the server's Finished comes first."""
        end = self.end
        self.facts.add("resumed")
        end.resume(session)
        end.agree_on(TLS12, session.cipher_suite, ALL_SUITES[session.cipher_suite])
        self._send_server_hello(hello, hello.session_id)
        self.take_master_secret(session.secret)
        self.send_finished()

    # --- the client's flight: sections 7.4.6 to 7.4.9 -------------------------------------------

    def on_certificate(self, message: messages.Certificate, data: bytes,
                       events: list[Event]) -> None:
        """Section 7.4.6: empty if the client has none to show."""
        if self.end.judge(message.certificate_list, _A.handshake_failure):
            self.facts.add("certificate came")
        self.end.transcript.append(data)

    def on_client_key_exchange(self, message: messages.ClientKeyExchange, data: bytes,
                               events: list[Event]) -> None:
        """Section 7.4.7: the client's half; both ends can compute the keys."""
        end = self.end
        if end.suite.key_exchange == "RSA":
            secret = groups.received_pre_master_secret(
                message.exchange_keys, self._choice.identity.key, self._client_version, end.random)
            formula = "RSA-decrypt(encrypted_pre_master_secret)"
            source = "RFC 5246 section 8.1.1"
        else:
            secret = groups.shared_secret(self._share, message.exchange_keys)
            formula = f"ECDH({NamedGroup(end.group).name}: server private key, client share)"
            source = "RFC 8422 section 5.10"
        end.transcript.append(data)
        self.derive(secret, formula, source)

    def on_certificate_verify(self, message: messages.CertificateVerify, data: bytes,
                              events: list[Event]) -> None:
        """Section 7.4.8: and the client has the key. It signs all that was said so far."""
        end = self.end
        signing.verify(end.certificate.public_key(), message.signature_scheme, message.signature,
                       b"".join(end.transcript))
        end.transcript.append(data)

    def on_finished(self, message: messages.Finished, data: bytes, events: list[Event]) -> None:
        """Section 7.4.9: the client saw the same handshake, byte for byte."""
        self.check_finished(message, data)
        if self.end.resumed:
            return
        if self._gives_ticket:
            self._send_ticket()
        self.send_finished()

    def _send_ticket(self) -> None:
        """RFC 5077 section 3.3: the session, sealed."""
        end, tickets = self.end, self.end.tickets
        session = end.session_of(self.master_secret, tickets.lifetime,
                                 extended=self.extended)
        end.say(build.new_session_ticket(tickets.lifetime, tickets.seal(session, end.random)))

    def on_hello_again(self, message: messages.ClientHello, data: bytes,
                       events: list[Event]) -> None:
        """Section 7.4.1.2: a client that would start anew is told no."""
        if self.end.state is not State.CONNECTED:
            self.table.expect(self.end.state, "client_hello")
        self.refuse_renegotiation("ClientHellos")

    handlers = {
        _H.client_hello: on_client_hello, _H.certificate: on_certificate,
        _H.client_key_exchange: on_client_key_exchange,
        _H.certificate_verify: on_certificate_verify, _H.finished: on_finished,
    }
    asks_again = {_H.client_hello: on_hello_again}

"""A TLS client, 1.3 and 1.2: its ClientHello, and what the server's answer decides.

What follows the ServerHello is in `client13` and `client12`. Bytes in, events and bytes out: see
`endpoint`. What may come when is the table in `states`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography import x509

from helpers.tls import build, extensions, extensions13, groups, messages
from helpers.tls.client12 import Client12
from helpers.tls.client13 import Client13
from helpers.tls.ech_client import Grease, hide
from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.handshake13 import hash_message, is_middlebox_dummy
from helpers.tls.offer import DEFAULT_GROUPS, DEFAULT_SUITES, DEFAULT_VERSIONS, make_offer
from helpers.tls.psk import Session
from helpers.tls.record13 import Protection13
from helpers.tls.registry import (
    TLS12,
    AlertDescription,
    ContentType,
    ExtensionType,
    HandshakeType,
)
from helpers.tls.registry13 import (
    DOWNGRADED,
    DOWNGRADED_FURTHER,
    HELLO_RETRY_REQUEST_RANDOM,
    SUITES13,
    TLS13,
)
from helpers.tls.registry_cbc import ALL_SUITES
from helpers.tls.rules import Rules
from helpers.tls.schedule12 import hash_of
from helpers.tls.schedule13 import KeySchedule, verify_data
from helpers.tls.signing import SCHEMES
from helpers.tls.states import CLIENT13, State, Table
from helpers.tls.trust import is_address

_A, _E = AlertDescription, ExtensionType
Verify = Callable[[tuple[bytes, ...], str], x509.Certificate]
"""Judges a chain (DER, the leaf first) for a name: returns the leaf, or raises TLSError."""


class Client(Endpoint):
    """One connection as its client. The ClientHello is ready in `data_to_send()` at once.

    `trust` judges the server's certificates: a `trust.TrustStore`, or a function like `Verify`.
    `shares` are the groups for which a key share is sent at once (None: the best two).
    `identity` (with `.key` and `.chain`) is shown to a server that asks for a certificate.
    `session` is one that an event NewTicket brought: the client offers to resume it; `early_data`
    then goes out with the ClientHello, if the session allows it, before the server has answered.
    `ech` is the server's ECHConfigList: what this client asks for is then hidden (RFC 9849), TLS
    1.2 is not offered, and `ech.accepted` says whether the server read it; b"" only pretends.

    Raises ValueError for a name that is not ASCII, an offer that could not be kept (see Offer), a
    session of another server, early data that the session does not allow, or an `ech` that is no
    list or has a useless key.
    Does not renegotiate, and does not ask for OCSP.
    """

    role, peer = "client", "server"

    def __init__(self, server_name: str, trust: object, *,
                 versions: Sequence[int] = DEFAULT_VERSIONS,
                 cipher_suites: Sequence[int] = DEFAULT_SUITES,
                 groups: Sequence[int] = DEFAULT_GROUPS, shares: Sequence[int] | None = None,
                 schemes: Sequence[int] = SCHEMES, alpn: Sequence[bytes] = (),
                 extended_master_secret: bool = True, tickets: bool = True,
                 identity: object | None = None, session: Session | None = None,
                 early_data: bytes = b"", ech: bytes | None = None, **endpoint: object):
        super().__init__(State.WAIT_SERVER_HELLO, **endpoint)
        self.server_name = server_name
        self.identity = identity
        self.verify: Verify = getattr(trust, "check", trust)
        self.ech: Grease | None = None if ech is None else hide(self, ech)
        if self.ech is not None:
            versions = self.ech.versions(versions)
        self.offer = make_offer(tuple(versions), tuple(cipher_suites), tuple(groups),
                                None if shares is None else tuple(shares), tuple(schemes),
                                tuple(alpn), extended_master_secret, tickets)
        self.session = _fitting(session, self)
        self.early_data = early_data
        if early_data and (self.session is None or
                           len(early_data) > self.session.max_early_data):
            raise ValueError(f"{len(early_data)} bytes of early data need a session whose "
                             "max_early_data allows them")
        self.rules = Opening(self)

    @property
    def name_to_check(self) -> str:
        """For which the certificate must be: `server_name`, or the public name if the server could
        not read the real one."""
        return self.ech.name(self.server_name) if self.ech else self.server_name

    @property
    def keylog(self) -> list[str]:
        """The lines of any endpoint, and of Encrypted ClientHello."""
        return [*super().keylog, *(self.ech.keylog if self.ech else ())]


class Opening(Rules):
    """Before the version is known: the ClientHello (RFC 9846 section 4.2.2), and a second one if
    the server asks for it (section 4.2.4)."""

    table = Table(CLIENT13[:2])

    def __init__(self, end: Client):
        super().__init__(end)
        self.shares: dict[int, groups.Share] = {}
        self.sent: frozenset[int] = frozenset()
        self.retried_with: int | None = None
        self.schedule: KeySchedule | None = None  # of the session that is offered
        self.dummy_sent = False
        hybrid = TLS13 in end.offer.versions
        end.client_random = end.random(messages.RANDOM_LENGTH)
        # for middleboxes a TLS 1.3 handshake looks like a resumed session (appendix E.4); a TLS
        # 1.2 ticket comes with a made-up name, to see whether it was accepted (RFC 5077 3.4)
        named = (hybrid and end.middlebox_compat) or end.session is not None
        self.session_id = end.random(32) if named else b""
        if hybrid:
            self._make_shares(end.offer.shares)
        self._send_client_hello()
        if end.early_data:
            self._send_early_data()

    # --- ClientHello: RFC 9846 section 4.2.2 ----------------------------------------------------

    def _make_shares(self, wanted: Sequence[int]) -> None:
        """A fresh key pair for each group; none is ever used twice (section 4.3.8)."""
        self.shares = {group: groups.generate_share(group, self.end.random) for group in wanted}

    def _send_client_hello(self, cookie: bytes | None = None) -> None:
        end = self.end
        added = []
        name = end.name_to_check
        if name and not is_address(name):
            added.append(extensions.server_name(name))
        if TLS12 in end.offer.versions and end.offer.tickets:
            resumes12 = end.session is not None and end.session.version == TLS12
            added.append(extensions.session_ticket(end.session.ticket if resumes12 else b""))
        if TLS13 in end.offer.versions:
            added.append(extensions13.offer_shares(
                (share.group, share.public) for share in self.shares.values()))
        if cookie is not None:
            added.append(extensions13.send_cookie(cookie))
        psk = end.session is not None and end.session.version == TLS13
        if psk and end.early_data:
            added.append(extensions13.early_data())
        if end.ech is not None:
            added = end.ech.extensions(added, self._built)
        hello = self._with_binder(added) if psk else self._built(added)
        self.sent = end.offer.same_for_all[0].union(kind for kind, _ in added)
        if end.ech is None:
            end.say(hello)
        else:
            end.ech.say(end, hello)

    def _built(self, added: list[tuple[int, bytes]]) -> bytes:
        offer = self.end.offer
        return build.client_hello(self.end.client_random, offer.cipher_suites, added,
                                  session_id=self.session_id, written=offer.same_for_all[1])

    def _with_binder(self, added: list[tuple[int, bytes]]) -> bytes:
        """The binder proves that this client has the PSK. It covers the ClientHello up to the
        binders themselves, so it is put in last (section 4.3.11.2)."""
        session = self.end.session
        suite = SUITES13[session.cipher_suite]
        self.schedule = KeySchedule(suite, session.secret)
        key = self.schedule.binder_key()
        size = len(key)
        added.append(extensions13.offer_psk(
            session.ticket, session.obfuscated_age(self.end.clock()), bytes(size)))
        hello = self._built(added)[:-(2 + 1 + size)]
        covered = hash_of(suite.hash_name, b"".join((*self.end.transcript, hello)))
        binder = verify_data(key, covered, suite.hash_name)
        return hello + (1 + size).to_bytes(2, "big") + bytes((size,)) + binder

    def _send_early_data(self) -> None:
        """Section 2.3: sealed with a key that comes from the PSK alone."""
        end = self.end
        suite = self.schedule.suite
        self.schedule.add_early_data(hash_of(suite.hash_name, end.transcript[0]))
        end.schedule = self.schedule
        self._send_dummy()
        end.layer.write = Protection13(suite, end.secret("client_early_write_key"),
                                       end.secret("client_early_write_iv"), padding=end.padding)
        end.layer.send(ContentType.application_data, end.early_data)

    def _send_dummy(self) -> None:
        if self.end.middlebox_compat:
            self.end.layer.send_change_cipher_spec()
            self.dummy_sent = True

    # --- ServerHello: RFC 9846 section 4.2.3 ----------------------------------------------------

    def receive(self, data: bytes, events: list[Event]) -> None:
        if data[0] == HandshakeType.hello_request and TLS12 in self.end.offer.versions:
            self.parse(data)  # a TLS 1.2 server knocks, and is ignored (RFC 5246 section 7.4.1.1)
            self.end.idle("HelloRequests")
            return
        super().receive(data, events)

    def on_server_hello(self, hello: messages.ServerHello, data: bytes,
                        events: list[Event]) -> None:
        """Which version it is decides whose rules go on."""
        self.facts.discard("retry")
        if self._version_of(hello) == TLS12:
            if self.end.early_data or self.refused_early:
                raise TLSError(_A.protocol_version, "early data was sent, which TLS 1.2 knows "
                               "nothing of (RFC 9846 section 4.3.10)")
            if "dummy came" in self.facts:
                raise TLSError(_A.unexpected_message, "change_cipher_spec came before the keys")
            rules = self.end.rules = Client12(self.end, self.sent, self.session_id)
            rules.on_server_hello(hello, data)
        elif hello.random == HELLO_RETRY_REQUEST_RANDOM:
            self._on_hello_retry_request(hello, data)
        else:
            self._check_common(hello)
            if self.end.ech is not None:
                self.sent = self.end.ech.on_server_hello(self.end, hello, data, self.sent)
            rules = Client13(self.end, self, hello, data)
            self.end.rules = rules
            rules.on_server_hello(hello)

    def _version_of(self, hello: messages.ServerHello) -> int:
        """Raises TLSError: protocol_version for one that was not offered; illegal_parameter for
        one that is named where it must not be, or for the mark of a downgrade; missing_extension
        for a HelloRetryRequest that names none."""
        offered = self.end.offer.versions
        chosen = hello.extension(_E.supported_versions)
        if chosen is not None and _E.supported_versions in self.sent:
            if chosen.value != TLS13:
                raise TLSError(_A.illegal_parameter, "the server chose version "
                               f"0x{chosen.value:04x} in supported_versions")
            if hello.server_version != TLS12:
                raise TLSError(_A.protocol_version, "the frozen version of a TLS 1.3 ServerHello "
                               f"is 0x0303, not 0x{hello.server_version:04x}")
            return TLS13
        if TLS13 in offered and hello.random == HELLO_RETRY_REQUEST_RANDOM:
            raise TLSError(_A.missing_extension, "a HelloRetryRequest without supported_versions")
        if hello.server_version != TLS12 or TLS12 not in offered:
            raise TLSError(_A.protocol_version, f"the server chose version "
                           f"0x{hello.server_version:04x}, which this client does not offer")
        if self.retried_with is not None:
            raise TLSError(_A.illegal_parameter, "the version changed after a HelloRetryRequest")
        if TLS13 in offered and hello.random.endswith((DOWNGRADED, DOWNGRADED_FURTHER)):
            raise TLSError(_A.illegal_parameter, "the server's random says that it could do better "
                           "than TLS 1.2: somebody changed the ClientHello")
        return TLS12

    def _check_common(self, hello: messages.ServerHello) -> None:
        """What a ServerHello and a HelloRetryRequest have in common."""
        if hello.session_id != self.session_id:
            raise TLSError(_A.illegal_parameter, "the server did not echo the session_id")
        self.end.offer.check_suite(hello.cipher_suite, TLS13)
        if self.retried_with not in (None, hello.cipher_suite):
            raise TLSError(_A.illegal_parameter, "the cipher suite changed after a "
                           "HelloRetryRequest")
        if hello.compression_method != 0:
            raise TLSError(_A.illegal_parameter, "the server chose compression")

    def _on_hello_retry_request(self, hello: messages.ServerHello, data: bytes) -> None:
        """RFC 9846 section 4.2.4: the same again, with another share or with a cookie."""
        if self.retried_with is not None:
            raise TLSError(_A.unexpected_message, "a second HelloRetryRequest")
        self._check_common(hello)
        extensions.check_answers(hello.extensions, self.sent | {_E.cookie},
                                 extensions.ALLOWED_RETRY)
        share, cookie = hello.extension(_E.key_share), hello.extension(_E.cookie)
        if share is None and cookie is None:
            raise TLSError(_A.illegal_parameter, "a HelloRetryRequest that changes nothing")
        if self.end.ech is not None:
            self.end.ech.on_retry(self.end, hello, data)
        if share is not None:
            self.end.offer.check_group(share.value)
            if share.value in self.shares:
                raise TLSError(_A.illegal_parameter, "the server asks for a group whose share it "
                               "already has")
            self._make_shares((share.value,))
        self._say_hello_again(hello, data, cookie.value if cookie else None)

    def _say_hello_again(self, hello: messages.ServerHello, data: bytes,
                         cookie: bytes | None) -> None:
        end, suite = self.end, SUITES13[hello.cipher_suite]
        self.retried_with = hello.cipher_suite
        self.facts.add("retry")
        end.transcript[:] = [hash_message(hash_of(suite.hash_name, end.transcript[0])), data]
        end.suite = suite
        if end.session and SUITES13.get(end.session.cipher_suite, suite).hash_name != \
                suite.hash_name:
            end.session = None  # its binder would need another hash
        self.refused_early, end.early_data = bool(end.early_data), b""
        end.layer.write = None
        if not self.dummy_sent:
            self._send_dummy()
        self._send_client_hello(cookie)

    refused_early = False

    def on_change_cipher_spec(self, fragment: bytes, inside_message: bool) -> None:
        """A TLS 1.3 server may have sent one for middleboxes (RFC 9846 section 5)."""
        if TLS13 not in self.end.offer.versions or not is_middlebox_dummy(fragment):
            super().on_change_cipher_spec(fragment, inside_message)
        self.end.idle("ChangeCipherSpecs")
        self.facts.add("dummy came")

    handlers = {HandshakeType.server_hello: on_server_hello}


def _fitting(session: Session | None, end: Client) -> Session | None:
    """The session, None if it is too old or needs what this client does not offer. Raises
    ValueError if it belongs to another server."""
    if session is None:
        return None
    if session.server_name != (end.server_name or None):
        raise ValueError(f"this session was made with {session.server_name}, not with "
                         f"{end.server_name}.")
    known = SUITES13 if session.version == TLS13 else ALL_SUITES
    fits = session.version in end.offer.versions and end.offer.tickets and any(
        known[suite].hash_name == known[session.cipher_suite].hash_name
        for suite in end.offer.cipher_suites if suite in known)
    return session if fits and session.usable(end.clock()) else None

"""A TLS server, 1.3 and 1.2: its choices, and which version a ClientHello leads to.

What follows is in `server13` and `server12`. Bytes in, events and bytes out: see `endpoint`. What
may come when is the table in `states`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from cryptography import x509

from helpers.tls import messages, signing
from helpers.tls.ech import ECHKey
from helpers.tls.ech_server import Opener
from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.groups import GROUPS
from helpers.tls.offer import DEFAULT_SUITES, DEFAULT_VERSIONS, usable_versions
from helpers.tls.psk import Session, Tickets
from helpers.tls.registry import (
    TLS12,
    AlertDescription,
    CipherSuite,
    ExtensionType,
    HandshakeType,
)
from helpers.tls.registry13 import TLS13
from helpers.tls.rules import Rules
from helpers.tls.server12 import Server12
from helpers.tls.server13 import Server13
from helpers.tls.states import SERVER13, State, Table
from helpers.tls.trust import check_usage

_A, _E = AlertDescription, ExtensionType


class Server(Endpoint):
    """One connection as its server. It speaks once a ClientHello came.

    `identities` (each with `.key` and `.chain`, DER, the leaf first) are what it can show: the
    first whose key the client can check. All other choices are in order of preference. `tickets`
    (None: none) lets clients resume. With `client_trust` it asks for a certificate: an object with
    `check_client(chain)`, or such a function, returns the leaf or raises TLSError;
    `require_client_certificate` refuses clients without one. `cookie` is sent in a
    HelloRetryRequest to every TLS 1.3 client. With `ech` keys it reads encrypted ClientHellos
    (RFC 9849); the others are told of these keys.

    `server_name` is what the client asked for, None if nothing: it is not compared with anything.
    Raises ValueError for choices that the engine does not know. Does not renegotiate.
    """

    role, peer = "server", "client"

    def __init__(self, *identities: object, versions: Sequence[int] = DEFAULT_VERSIONS,
                 cipher_suites: Sequence[int] = DEFAULT_SUITES, groups: Sequence[int] = GROUPS,
                 alpn: Sequence[bytes] = (), extended_master_secret: bool = True,
                 tickets: Tickets | None = None, client_trust: object | None = None,
                 require_client_certificate: bool = False, cookie: bytes | None = None,
                 ech: Sequence[ECHKey] = (), **endpoint: object):
        super().__init__(State.WAIT_CLIENT_HELLO, **endpoint)
        if not identities:
            raise ValueError("a server needs an identity: a certificate and its key.")
        self.identities = identities
        self.versions = _checked(tuple(versions), tuple(cipher_suites), tuple(groups))
        self.cipher_suites, self.groups, self.alpn_choices = cipher_suites, groups, alpn
        self.extended_master_secret = extended_master_secret
        self.tickets, self.cookie = tickets, cookie
        self.check_client: Callable[[tuple[bytes, ...]], x509.Certificate] | None = getattr(
            client_trust, "check_client", client_trust)
        self.require_client_certificate = require_client_certificate
        self.ech = Opener(ech) if ech else None
        self.rules = Opening(self)

    # --- what both versions do alike -----------------------------------------------------------

    def resume(self, session: Session) -> None:
        """Takes up an old session: whose certificate it showed then, counts again."""
        self.session, self.resumed = session, True
        if session.certificate:
            self.certificate = x509.load_der_x509_certificate(session.certificate)

    def judge(self, chain: tuple[bytes, ...], missing: AlertDescription) -> bool:
        """True if the client showed a certificate, and it is a good one. Raises TLSError, with the
        alert `missing` if there is none and there must be."""
        if chain:
            self.certificate = self.check_client(chain)
            check_usage(self.certificate, "digital_signature")
        elif self.require_client_certificate:
            raise TLSError(missing, "this server talks only to clients that show a certificate")
        return bool(chain)

    def choose_alpn(self, hello: messages.ClientHello) -> bytes | None:
        """The first of this server's protocols that the client speaks; None if one of them does
        not care. Raises TLSError (no_application_protocol; RFC 7301 section 3.2)."""
        offered = hello.extension(_E.application_layer_protocol_negotiation)
        if offered is None or not self.alpn_choices:
            return None
        chosen = next((name for name in self.alpn_choices if name in offered.value), None)
        if chosen is None:
            raise TLSError(_A.no_application_protocol, "the client speaks none of this server's "
                           "protocols")
        return chosen

    def choose_identity(self, schemes: Sequence[int], *, tls13: bool,
                        kinds: Sequence[str] = ()) -> tuple[object, int] | None:
        """The first identity, its key one of these `kinds` if any are named, with the first scheme
        that it can sign with and the client can check; None if there is none."""
        for identity in self.identities:
            key = identity.key.public_key()
            if kinds and signing.kind_of(key) not in kinds:
                continue
            scheme = signing.choose_scheme(key, schemes, tls13=tls13)
            if scheme is not None:
                return identity, scheme
        return None


@lru_cache(maxsize=64)
def _checked(versions: tuple[int, ...], cipher_suites: tuple[int, ...],
             groups: tuple[int, ...]) -> tuple[int, ...]:
    """`usable_versions`, best first, worked out once: most connections choose alike."""
    return tuple(sorted(usable_versions(versions, cipher_suites, groups), reverse=True))


class Opening(Rules):
    """Before the version is known: what every ClientHello must be (RFC 9846 section 4.2.2)."""

    table = Table(SERVER13[:4])

    def on_client_hello(self, hello: messages.ClientHello, data: bytes,
                        events: list[Event]) -> None:
        """Chooses the version; its rules go on."""
        end = self.end
        if end.ech is not None:
            hello, data = end.ech.open(hello, data)
        version = self._choose_version(hello)
        if CipherSuite.TLS_FALLBACK_SCSV in hello.cipher_suites and version < end.versions[0]:
            raise TLSError(_A.inappropriate_fallback, "the client came back with an older version "
                           "than both ends speak (RFC 7507 section 3)")
        if 0 not in hello.compression_methods or (
                version == TLS13 and hello.compression_methods != (0,)):
            raise TLSError(_A.illegal_parameter, "the compression methods must be null" + (
                " alone" if version == TLS13 else ", among others"))
        name = hello.extension(_E.server_name)
        end.client_random, end.server_name = hello.random, name.value if name else None
        rules = end.rules = (Server13 if version == TLS13 else Server12)(end)
        rules.on_client_hello(hello, data, events)

    def _choose_version(self, hello: messages.ClientHello) -> int:
        """The best that both speak: of supported_versions where it came (RFC 9846 section 4.3.1),
        else by client_version. Raises TLSError (protocol_version)."""
        offered = hello.extension(_E.supported_versions)
        if offered is None:
            theirs = (TLS12,) if hello.client_version >= TLS12 else ()
        else:  # SSL 3.0's number is refused even there (appendix E.5)
            theirs = offered.value if hello.client_version > 0x0300 else ()
        version = next((version for version in self.end.versions if version in theirs), None)
        if version is None:
            raise TLSError(_A.protocol_version, "the client speaks no version of this server's")
        return version

    handlers = {HandshakeType.client_hello: on_client_hello}

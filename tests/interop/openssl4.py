"""OpenSSL 4, driven by pyOpenSSL in memory: a peer without a socket, and the stand-in for our
engine when the other drivers are tried out."""

from __future__ import annotations

from collections.abc import Callable

from OpenSSL import SSL, crypto

from helpers import lab
from helpers.pki.authority import Identity
from helpers.sources import contexts
from helpers.sources.openssl import OpenSSLEndpoint
from helpers.tls.events import EarlyData
from tests.interop import files
from tests.interop.case import Case, Heard
from tests.interop.names import OPENSSL_GROUPS, iana_suite, openssl_suite
from tests.interop.run import REQUEST, Earlier

NAME = "OpenSSL 4 (pyOpenSSL)"
_CHUNK = 2**14
_VERSION = {"1.2": SSL.TLS1_2_VERSION, "1.3": SSL.TLS1_3_VERSION}


def unable(case: Case, role: str) -> str | None:
    """OpenSSL 4 does all of it."""
    return None


class Endpoint4(OpenSSLEndpoint):
    """OpenSSL's endpoint that also tells what it agreed on."""

    def __init__(self, context: SSL.Context, name: str | None = None,
                 session: SSL.Session | None = None):
        trust = contexts.Trust((), name, files.NOW) if name else None
        self._early_session = session
        self.context = context
        super().__init__(context, trust=trust)

    @property
    def connection(self) -> SSL.Connection:
        return self._connection

    def heard(self) -> Heard:
        connection = self._connection
        group = connection.get_group_name() if hasattr(connection, "get_group_name") else None
        return Heard(
            version=connection.get_protocol_version_name().removeprefix("TLSv"),
            suite=iana_suite(connection.get_cipher_name()),
            group={"prime256v1": "secp256r1"}.get(group, group),
            resumed=bool(SSL._lib.SSL_session_reused(connection._ssl)),
            client_certificate=None,
            alpn=connection.get_alpn_proto_negotiated().decode() or None)


def _context(case: Case, groups: tuple[str, ...]) -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(_VERSION[case.version])
    context.set_max_proto_version(_VERSION[case.version])
    if case.version == "1.3":
        context.set_tls13_ciphersuites(case.suite.encode())
    else:
        context.set_cipher_list(openssl_suite(case.suite).encode())
    names = [OPENSSL_GROUPS[group] for group in groups]
    contexts._set_groups(context, ":".join(names))
    context.set_keylog_callback(contexts.keep_key)
    context.set_info_callback(contexts.on_info)
    store = context.get_cert_store()
    store.add_cert(crypto.X509.from_cryptography(files.root().certificate))
    return context


def _show(context: SSL.Context, identity: Identity) -> None:
    context.use_privatekey(identity.key)
    context.use_certificate(identity.certificate)
    for certificate in identity.intermediates:
        context.add_extra_chain_cert(certificate)


def client(case: Case, earlier: Earlier | None = None) -> Endpoint4:
    """`earlier` is the connection to resume."""
    if earlier is not None:
        before = earlier.endpoint
        return _Resuming(before.context, lab.HOST, before.connection.get_session())
    context = _context(case, case.offered_groups)
    context.set_session_cache_mode(SSL.SESS_CACHE_CLIENT)
    context.set_verify(SSL.VERIFY_PEER)
    if case.alpn:
        context.set_alpn_protos([b"h2", b"http/1.1"])
    if case.client_certificate:
        _show(context, files.client())
    return Endpoint4(context, lab.HOST)


class _Resuming(Endpoint4):
    """Offers the session before its ClientHello is made, which happens in the constructor, and
    sends early data if the session allows it (pyOpenSSL has no method for that)."""

    def _advance(self, events: list) -> None:
        if self._early_session is not None:
            session, self._early_session = self._early_session, None
            self._connection.set_session(session)
            if SSL._lib.SSL_SESSION_get_max_early_data(session._session):
                written = SSL._ffi.new("size_t *")
                SSL._lib.SSL_write_early_data(self._connection._ssl, REQUEST, len(REQUEST), written)
                assert written[0] == len(REQUEST)
        super()._advance(events)


class _Early(Endpoint4):
    """A server that reads early data before all else, and has nothing to do with it."""

    _FINISHED, _SUCCESS = 2, 1  # SSL_READ_EARLY_DATA_FINISH, ..._SUCCESS
    _reading = True

    def _advance(self, events: list) -> None:
        size, buffer = SSL._ffi.new("size_t *"), SSL._ffi.new("char[]", _CHUNK)
        while self._reading:
            state = SSL._lib.SSL_read_early_data(self._connection._ssl, buffer, _CHUNK, size)
            self._reading = state != self._FINISHED
            if state == self._SUCCESS:
                events.append(EarlyData(SSL._ffi.buffer(buffer, size[0])[:]))
            elif self._reading:  # it waits for more; had it stumbled, it would never connect
                SSL._lib.ERR_clear_error()
                return
        super()._advance(events)


def server(case: Case) -> Callable[[], Endpoint4]:
    """A maker of endpoints, one a connection; they share their session tickets' key."""
    groups = (case.group,) if case.group else ("x25519",)
    context = _context(case, groups)
    _show(context, files.server_of(case))
    context.set_session_id(b"interop")
    if case.alpn:
        context.set_alpn_select_callback(contexts._choose_http)
    if case.client_certificate:
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    if case.early:
        SSL._lib.SSL_CTX_set_max_early_data(context._context, _CHUNK)
        return lambda: _Early(context)
    return lambda: Endpoint4(context)

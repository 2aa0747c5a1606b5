"""Real OpenSSL as either end: the OpenSSL 4 inside the `cryptography` wheel, driven by pyOpenSSL
through memory, so there is no socket and every machine has the same peer.
"""

from __future__ import annotations

from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL, crypto

from helpers import lab
from helpers.conversation import Conversation, Tamper, exchange
from helpers.pki import authority
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, Event, HandshakeComplete
from helpers.tls.registry import AlertDescription, AlertLevel, name_of

RSA_SUITE = "AES128-GCM-SHA256"
ECDHE_SUITE = "ECDHE-RSA-AES128-GCM-SHA256"
ECDHE_ECDSA_SUITE = "ECDHE-ECDSA-AES128-GCM-SHA256"
OFFER = ("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
         "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
         "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
         "AES128-GCM-SHA256:AES256-GCM-SHA384")
"""What the lab's OpenSSL client offers: every suite the engine knows. The last two, with RSA key
exchange, are forbidden today (RFC 10015) and here to be looked at."""
REQUEST = f"GET / HTTP/1.1\r\nHost: {lab.HOST}\r\n\r\n".encode()
BODY = b"<h1>Hello over HTTPS</h1>\n"
RESPONSE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            b"Content-Length: %d\r\n\r\n" % len(BODY)) + BODY

_ALERT, _WRITE = 0x4000, 0x0008  # SSL_CB_ALERT, SSL_CB_WRITE
_NO_EXTENDED_MASTER_SECRET = 1  # SSL_OP_NO_EXTENDED_MASTER_SECRET
_CHUNK = 2**16
_SECURITY_LEVEL = ":@SECLEVEL=0"  # the lab also shows what OpenSSL switches off by default


class OpenSSLEndpoint:
    """An `SSL.Connection` with the methods of our own endpoints (see conversation.Endpoint)."""

    def __init__(self, context: SSL.Context, server_name: str | None = None):
        self.alerts_sent: list[str] = []
        self.alerts_received: list[str] = []
        self.keylog: list[str] = []
        self.connected = False
        self._over = False
        self._connection = SSL.Connection(context)
        self._connection.set_app_data(self)
        self._connection.set_info_callback(self._on_info)
        if server_name is None:
            self._connection.set_accept_state()
        else:
            self._connection.set_tlsext_host_name(server_name.encode())
            self._connection.set_connect_state()
            self._advance()  # makes the ClientHello

    def receive_data(self, data: bytes) -> list[Event]:
        """Raises TLSError with the alert that OpenSSL sent and OpenSSL's own reason."""
        if self._over:
            return []
        self._connection.bio_write(data)
        return self._advance()

    def data_to_send(self) -> bytes:
        """Everything OpenSSL wants to send now; b"" if nothing."""
        try:
            return self._connection.bio_read(_CHUNK)
        except (SSL.WantReadError, SSL.ZeroReturnError):
            return b""

    def send(self, data: bytes) -> None:
        """Application data. Raises TLSError (fault "caller") when OpenSSL will not send yet, or
        no longer."""
        try:
            self._connection.sendall(data)
        except SSL.Error:
            raise TLSError(AlertDescription.internal_error, "OpenSSL sends application data only "
                           "between the handshake and the goodbye", fault="caller") from None

    def close(self) -> None:
        """Sends close_notify."""
        if not self._over:
            self._connection.shutdown()
            self._over = True
            self.connected = False

    def _advance(self) -> list[Event]:
        events: list[Event] = []
        before = len(self.alerts_sent), len(self.alerts_received)
        try:
            if not self.connected:
                self._connection.do_handshake()
                self.connected = True
                events.append(self._complete())
            while True:
                events.append(ApplicationData(self._connection.recv(_CHUNK)))
        except SSL.WantReadError:
            return events
        except SSL.ZeroReturnError:
            self.close()
            return [*events, Closed()]
        except SSL.Error as problem:
            self._over, self.connected = True, False
            return [*events, self._explain(problem, before)]

    def _complete(self) -> HandshakeComplete:
        alpn = self._connection.get_alpn_proto_negotiated() or None
        suite = self._connection.get_cipher_name() or ""
        return HandshakeComplete(suite, alpn)

    def _explain(self, problem: SSL.Error, before: tuple[int, int]) -> AlertReceived:
        if len(self.alerts_sent) == before[0] and len(self.alerts_received) > before[1]:
            return AlertReceived(self.alerts_received[-1], True)
        sent = self.alerts_sent[before[0]:]
        alert = AlertDescription[sent[-1]] if sent else AlertDescription.internal_error
        reasons = [entry[-1] for entry in problem.args[0]] if problem.args else []
        raise TLSError(alert, f"OpenSSL says: {reasons[-1] if reasons else 'no reason'}") from None

    def _on_info(self, connection: SSL.Connection, where: int, value: int) -> None:
        if where & _ALERT:
            level, number = value >> 8, value & 0xFF
            alerts = self.alerts_sent if where & _WRITE else self.alerts_received
            if level == AlertLevel.fatal or number != AlertDescription.close_notify:
                alerts.append(name_of(AlertDescription, number))


def _keep_key(connection: SSL.Connection, line: bytes) -> None:
    connection.get_app_data().keylog.append(line.decode())


def _context(ciphers: str) -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_max_proto_version(SSL.TLS1_2_VERSION)
    context.set_cipher_list((ciphers + _SECURITY_LEVEL).encode())
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION)
    context.set_keylog_callback(_keep_key)
    return context


@cache
def _client_context(ciphers: str, trusted_root: str) -> SSL.Context:
    context = _context(ciphers)
    store = context.get_cert_store()
    store.add_cert(crypto.X509.from_cryptography(authority.root(trusted_root).certificate))
    store.set_time(lab.NOW.replace(tzinfo=None))
    context.set_verify(SSL.VERIFY_PEER)
    context.set_alpn_protos([b"h2", b"http/1.1"])
    return context


@cache
def _server_context(ciphers: str, kind: str, group: str | None, extended: bool) -> SSL.Context:
    context, identity = _context(ciphers), authority.server(kind)
    if not extended:
        context.set_options(_NO_EXTENDED_MASTER_SECRET)
    context.use_privatekey(identity.key)
    context.use_certificate(identity.certificate)
    for certificate in identity.intermediates:
        context.add_extra_chain_cert(certificate)
    if group == "secp256r1":
        context.set_tmp_ecdh(ec.SECP256R1())
    context.set_alpn_select_callback(_choose_http)
    return context


def _choose_http(connection: SSL.Connection, offered: list[bytes]) -> object:
    return b"http/1.1" if b"http/1.1" in offered else SSL.NO_OVERLAPPING_PROTOCOLS


def openssl_client(ciphers: str = OFFER, *, trusted_root: str = "root") -> OpenSSLEndpoint:
    """A TLS 1.2 client that trusts the lab's root (or "other_root", which signed nobody).

    `ciphers` in OpenSSL's names. Does not compare the certificate's name with the host.
    """
    return OpenSSLEndpoint(_client_context(ciphers, trusted_root), lab.HOST)


def openssl_server(ciphers: str = ECDHE_SUITE, *, kind: str = "rsa", group: str | None = None,
                   extended_master_secret: bool = True) -> OpenSSLEndpoint:
    """A TLS 1.2 server for shop.example, its key RSA-2048 ("rsa") or P-256 ("ecdsa"); `group`
    "secp256r1" makes ECDHE use that curve instead of x25519; without `extended_master_secret` it
    derives the master secret as RFC 5246 did. Sends no session tickets."""
    return OpenSSLEndpoint(_server_context(ciphers, kind, group, extended_master_secret))


LANES = {
    "RSA": {"ciphers": RSA_SUITE, "extended_master_secret": False},
    "ECDHE": {"ciphers": ECDHE_SUITE},
}
"""The two servers that lesson 08 compares: one as in 2008 (RSA key exchange, RFC 5246 to the
letter), one as TLS 1.2 is used today."""


def record_exchange(server: OpenSSLEndpoint, tamper: Tamper | None = None, *,
                    title: str = "") -> Conversation:
    """OpenSSL talks to OpenSSL: handshake, one HTTP request, its response, goodbye.

    The client offers OFFER, so the server decides the cipher suite."""
    return exchange(openssl_client(), server, tamper, request=REQUEST, response=RESPONSE,
                    title=title)

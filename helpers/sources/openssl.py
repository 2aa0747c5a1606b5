"""Real OpenSSL as either end: the OpenSSL 4 inside the `cryptography` wheel, driven by pyOpenSSL
through memory, so there is no socket and every machine has the same peer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from weakref import ref

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPResponse
from OpenSSL import SSL

from helpers import lab
from helpers.conversation import Conversation, Tamper, exchange
from helpers.pki.authority import Identity
from helpers.sources import contexts
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, Event, HandshakeComplete
from helpers.tls.registry import AlertDescription

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

_CHUNK = 2**16
_VAGUE = ("record layer failure", "ASN1 lib", "nested asn1 error", "bad object header")


class OpenSSLEndpoint:
    """An `SSL.Connection` with the methods of our own endpoints (see conversation.Endpoint)."""

    def __init__(self, context: SSL.Context, server_name: str | None = None,
                 version: str = "1.2", trust: contexts.Trust | None = None):
        self.version = version
        self.alerts_sent: list[str] = []
        self.alerts_received: list[str] = []
        self.keylog: list[str] = []
        self.connected = False
        self._over = False
        self._connection = SSL.Connection(context)
        self._connection.set_app_data(ref(self))  # weak: no cycle, so memory is freed at once
        if trust:
            contexts.expect_name(self._connection, trust.name)
            if trust.staple:
                self._connection.request_ocsp()
        elif server_name:
            self._connection.set_tlsext_host_name(server_name.encode())
        if trust or server_name:
            self._connection.set_connect_state()
            self._advance([])  # makes the ClientHello
        else:
            self._connection.set_accept_state()

    def receive_data(self, data: bytes) -> list[Event]:
        """Bytes from the peer, cut anywhere; ignored once the connection is over.

        Raises TLSError with OpenSSL's own reason and the alert it sent (internal_error if it sent
        none); what came of the bytes before is in the error's `events`."""
        events: list[Event] = []
        if data and not self._over:
            self._connection.bio_write(data)
            self._advance(events)
        return events

    def data_to_send(self) -> bytes:
        """Everything OpenSSL wants to send now; b"" if nothing."""
        data = b""
        try:
            while True:
                data += self._connection.bio_read(_CHUNK)
        except SSL.Error:  # WantReadError: that was all
            return data

    def send(self, data: bytes) -> None:
        """Application data, once connected. Raises TLSError (fault "caller") at other times."""
        if not self.connected:
            raise TLSError(AlertDescription.internal_error, "application data can be sent once "
                           "the handshake is done, and until the end", fault="caller")
        if data:
            self._connection.sendall(data)

    def close(self) -> None:
        """Sends close_notify (OpenSSL has no goodbye for a handshake that is still going on)."""
        if self.connected:
            self._connection.shutdown()
        self._over, self.connected = True, False

    @property
    def master_secret(self) -> bytes | None:
        """What this end computed, even if the handshake failed afterwards; None before that."""
        try:
            return self._connection.master_key()
        except SSL.Error:  # how pyOpenSSL says that there is none yet
            return None

    @property
    def said_of_chain(self) -> tuple[int, str]:
        """OpenSSL's verdict on the chain it was sent: its number (0 if good, and before it has
        seen one) and its words."""
        return contexts.said_of_chain(self._connection)

    def _advance(self, events: list[Event]) -> None:
        before = len(self.alerts_sent), len(self.alerts_received)
        try:
            if not self.connected:
                self._connection.do_handshake()
                self.connected = True
                events.append(self._complete())
            while True:
                events.append(ApplicationData(self._connection.recv(_CHUNK)))
        except SSL.WantReadError:
            return
        except SSL.ZeroReturnError:
            self.close()
            events.append(Closed())
        except SSL.Error as problem:
            self._over, self.connected = True, False
            self._explain(problem, before, events)

    def _complete(self) -> HandshakeComplete:
        alpn = self._connection.get_alpn_proto_negotiated() or None
        suite = self._connection.get_cipher_name() or ""
        return HandshakeComplete(suite, alpn)

    def _explain(self, problem: SSL.Error, before: tuple[int, int], events: list[Event]) -> None:
        sent, received = self.alerts_sent[before[0]:], self.alerts_received[before[1]:]
        if received and not sent:
            events.append(AlertReceived(received[-1], True))
            return
        name = sent[-1] if sent else "internal_error"
        alert = getattr(AlertDescription, name, AlertDescription.internal_error)
        error = TLSError(alert, f"OpenSSL says: {_reason(problem)}")
        error.events = events
        raise error from None


def _reason(problem: SSL.Error) -> str:
    """The last telling entry of OpenSSL's error queue, or whatever pyOpenSSL says instead."""
    queue = problem.args[0] if problem.args else None
    if isinstance(queue, list) and queue:
        reasons = [entry[-1] for entry in queue]
        return next((text for text in reversed(reasons) if text not in _VAGUE), reasons[-1])
    return " ".join(map(str, problem.args)) if queue else "no reason"


def openssl_client(ciphers: str | None = None, *, trusted_root: str = "root",
                   version: str = "1.2", group: str | None = None,
                   roots: Sequence[x509.Certificate] | None = None, name: str = lab.HOST,
                   time: datetime = lab.NOW,
                   crls: Sequence[x509.CertificateRevocationList] = (), strict: bool = True,
                   staple: Callable[[bytes], bool] | None = None,
                   verify: bool = True) -> OpenSSLEndpoint:
    """A client that trusts the lab's root (or "other_root", which signed nobody).

    `version` is "1.2", "1.3", or "any" for both, with the ClientHello that OpenSSL makes by itself.
    `ciphers` in OpenSSL's names: of TLS 1.2 (None: OFFER), else of TLS 1.3 (None: OpenSSL's own).
    `group` offers only that key exchange ("x25519"). Does not compare the certificate's name with
    the host, unless there are `roots`: then it trusts these alone, and judges as careful programs
    have OpenSSL do it, by `name`, `time`, `crls`, `strict` and `staple` (see `contexts.Trust`).
    Without `verify` it takes any certificate at all, and nobody should ever do that.
    """
    ciphers = ciphers or (OFFER if version == "1.2" else None)
    if roots is None or not verify:
        context = contexts.lab_client(ciphers, trusted_root, version, group, verify)
        return OpenSSLEndpoint(context, lab.HOST, version)
    trust = contexts.Trust(tuple(roots), name, time, tuple(crls), strict, staple)
    context = contexts.judging_client(ciphers, version, group, trust)
    return OpenSSLEndpoint(context, version=version, trust=trust)


def openssl_server(ciphers: str | None = None, *, kind: str = "rsa", group: str | None = None,
                   extended_master_secret: bool = True, session_ids: bool = False,
                   version: str = "1.2", identity: Identity | None = None,
                   staple: OCSPResponse | None = None) -> OpenSSLEndpoint:
    """A server for shop.example, its key RSA-2048 ("rsa") or P-256 ("ecdsa"). `version` as for
    the client; `ciphers` of TLS 1.2 (None: ECDHE_SUITE), else of TLS 1.3 (None: OpenSSL's own).
    `group` ("x25519", "secp256r1", "X25519MLKEM768") is the only key exchange it takes.

    For TLS 1.2, which sends no session tickets here: without `extended_master_secret` it derives
    the master secret as RFC 5246 did; with `session_ids` it gives each session a 32-byte name.

    With an `identity` it serves that one, good or bad, and all of `kind` to `session_ids` but the
    `group` is left as it is; `staple` is an OCSP answer to send along. Raises ValueError if
    OpenSSL cannot load the identity's key or certificate."""
    if identity is not None:
        answer = staple.public_bytes(Encoding.DER) if staple else b""
        ciphers = ciphers or (OFFER if version == "1.2" else None)
        context = contexts.chosen_server(ciphers, version, group, identity, answer)
        return OpenSSLEndpoint(context, version=version)
    ciphers = ciphers or (ECDHE_SUITE if version == "1.2" else None)
    context = contexts.lab_server(ciphers, kind, group, extended_master_secret, session_ids,
                                  version)
    return OpenSSLEndpoint(context, version=version)


LANES = {
    "RSA": {"ciphers": RSA_SUITE, "extended_master_secret": False},
    "ECDHE": {"ciphers": ECDHE_SUITE},
}
"""The two servers that lesson 08 compares: one as in 2008 (RSA key exchange, RFC 5246 to the
letter), one as TLS 1.2 is used today."""
LANE13 = {"version": "1.3"}
"""A server of today: TLS 1.3, with whatever key exchange the client prefers."""


def record_exchange(server: OpenSSLEndpoint, tamper: Tamper | None = None, *, title: str = "",
                    client: OpenSSLEndpoint | None = None, request: bytes = REQUEST,
                    response: bytes = RESPONSE) -> Conversation:
    """OpenSSL talks to OpenSSL: handshake, one HTTP request, its response, goodbye.

    Without a `client`, one that offers all the lab knows of the server's version, so that the
    server decides."""
    client = client or openssl_client(version=server.version)
    return exchange(client, server, tamper, request=request, response=response, title=title)

"""Every handshake message, written: the mirror of `messages` and `messages13`. Whatever is put in
is written down, sensible or not; numbers that do not fit their field raise OverflowError.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.tls.extensions import build_extensions, join_extensions, with_length
from helpers.tls.registry import TLS12, CompressionMethod, ECCurveType, HandshakeType
from helpers.wire import Writer

_H = HandshakeType
Pairs = Iterable[tuple[int, bytes]]
"""Extensions as (type, body) pairs."""


def handshake(kind: int, body: bytes) -> bytes:
    """The 4-byte header, then the body."""
    return bytes((kind,)) + len(body).to_bytes(3, "big") + body


def client_hello(random: bytes, cipher_suites: Sequence[int], extensions: Pairs, *,
                 client_version: int = TLS12, session_id: bytes = b"",
                 written: bytes = b"") -> bytes:
    """ClientHello: RFC 5246 section 7.4.1.2, RFC 9846 section 4.2.2. `written` are extensions that
    are bytes already; they come first."""
    body = Writer().uint(2, client_version).opaque(random).vector(1, session_id)
    body.uints(2, 2, cipher_suites).uints(1, 1, (CompressionMethod.null,))
    body.opaque(with_length(written + join_extensions(extensions)))
    return handshake(_H.client_hello, body.bytes())


def server_hello(random: bytes, session_id: bytes, cipher_suite: int, extensions: Pairs) -> bytes:
    """ServerHello, or a HelloRetryRequest if the random says so (RFC 9846 section 4.2.3)."""
    body = Writer().uint(2, TLS12).opaque(random).vector(1, session_id)
    body.uint(2, cipher_suite).uint(1, CompressionMethod.null)
    return handshake(_H.server_hello, body.opaque(build_extensions(extensions)).bytes())


# --- TLS 1.2 (RFC 5246 section 7.4) ---------------------------------------------------------------

def certificate(certificates: Iterable[bytes]) -> bytes:
    """A Certificate message; an empty list says "I have none"."""
    chain = Writer()
    for item in certificates:
        chain.vector(3, item)
    return handshake(_H.certificate, Writer().vector(3, chain.bytes()).bytes())


def ecdh_params(group: int, public: bytes) -> bytes:
    """The part of ServerKeyExchange that is signed (RFC 8422 section 5.4)."""
    return Writer().uint(1, ECCurveType.named_curve).uint(2, group).vector(1, public).bytes()


def server_key_exchange(params: bytes, scheme: int, signature: bytes) -> bytes:
    """The server's share and its signature."""
    body = Writer().opaque(params).uint(2, scheme).vector(2, signature)
    return handshake(_H.server_key_exchange, body.bytes())


def certificate_request(types: Sequence[int], schemes: Sequence[int]) -> bytes:
    """Asks the client for a certificate, from any authority."""
    body = Writer().uints(1, 1, types).uints(2, 2, schemes).vector(2, b"")
    return handshake(_H.certificate_request, body.bytes())


def server_hello_done() -> bytes:
    """Nothing but its header."""
    return handshake(_H.server_hello_done, b"")


def client_key_exchange(exchange_keys: bytes, key_exchange: str) -> bytes:
    """RSA: `exchange_keys` is the encrypted pre-master secret; ECDHE: the public share."""
    prefix = 2 if key_exchange == "RSA" else 1
    return handshake(_H.client_key_exchange, Writer().vector(prefix, exchange_keys).bytes())


def new_session_ticket(lifetime: int, ticket: bytes) -> bytes:
    """The ticket, and how many seconds it may be worth keeping (RFC 5077 section 3.3)."""
    return handshake(_H.new_session_ticket, Writer().uint(4, lifetime).vector(2, ticket).bytes())


# --- both ---------------------------------------------------------------------------------------

def certificate_verify(scheme: int, signature: bytes) -> bytes:
    """RFC 5246 section 7.4.8, RFC 9846 section 4.5.2."""
    return handshake(_H.certificate_verify,
                     Writer().uint(2, scheme).vector(2, signature).bytes())


def finished(verify_data: bytes) -> bytes:
    """A Finished message with its header."""
    return handshake(_H.finished, verify_data)


# --- TLS 1.3 (RFC 9846 section 4) -----------------------------------------------------------------

def encrypted_extensions(extensions: Pairs) -> bytes:
    """Section 4.4.1."""
    return handshake(_H.encrypted_extensions, build_extensions(extensions))


def certificate_request13(extensions: Pairs) -> bytes:
    """Section 4.4.2; its context is empty in a handshake."""
    return handshake(_H.certificate_request,
                     Writer().vector(1, b"").opaque(build_extensions(extensions)).bytes())


def certificate13(context: bytes, certificates: Iterable[bytes]) -> bytes:
    """Section 4.5.1; no certificate gets an extension."""
    chain = Writer()
    for item in certificates:
        chain.vector(3, item).vector(2, b"")
    return handshake(_H.certificate,
                     Writer().vector(1, context).vector(3, chain.bytes()).bytes())


def new_session_ticket13(lifetime: int, age_add: int, nonce: bytes, ticket: bytes,
                         extensions: Pairs) -> bytes:
    """Section 4.7.1; `lifetime` in seconds."""
    body = Writer().uint(4, lifetime).uint(4, age_add).vector(1, nonce).vector(2, ticket)
    return handshake(_H.new_session_ticket, body.opaque(build_extensions(extensions)).bytes())


def end_of_early_data() -> bytes:
    """Section 4.6: nothing but its header."""
    return handshake(_H.end_of_early_data, b"")


def key_update(request: int) -> bytes:
    """Section 4.7.3."""
    return handshake(_H.key_update, bytes((request,)))

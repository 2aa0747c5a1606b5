"""What exactly did the server sign? Pieces of a recorded handshake, put together as one likes and
shown to the real signature.

TLS 1.2 signs its key exchange (RFC 8422 section 5.4), TLS 1.3 the whole handshake so far
(RFC 9846 section 4.5.2). The recordings used here all hash with SHA-256.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography import x509

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.errors import TLSError
from helpers.tls.registry import ContentType, SignatureScheme
from helpers.tls.signing import verify

RECORDINGS = ("tls12_ecdhe", "tls12_ecdhe_ecdsa", "tls13_x25519", "tls13_ecdsa")
NOTHING = "nothing"
_CONTEXT = "TLS 1.3, {} CertificateVerify"


@dataclass(frozen=True)
class Assembly:
    """Pieces in the order chosen, how long they are together, and whether the signature fits.

    `belong` of the chosen pieces are signed at all, `placed` of these stand in their place;
    `needed` is how many there should be.
    """

    recording: str
    message: str
    scheme: str
    pieces: tuple[tuple[str, bytes], ...]
    fits: bool
    belong: int
    placed: int
    needed: int

    @property
    def content(self) -> bytes:
        return b"".join(piece for _, piece in self.pieces)


def signing_message(visit: Conversation) -> str:
    """The name of the message that carries the server's signature."""
    names = {message.name for message in visit.messages}
    return "certificate_verify" if "certificate_verify" in names else "server_key_exchange"


def leaf_key(visit: Conversation) -> object:
    """The public key in the server's certificate."""
    return visit_leaf(visit).public_key()


def visit_leaf(visit: Conversation) -> x509.Certificate:
    """The server's own certificate."""
    return x509.load_der_x509_certificate(visit.find("certificate").parsed.certificate_list[0])


def handshake_until(visit: Conversation, last: str) -> list[bytes]:
    """The handshake messages, with their 4-byte headers, up to the server's message `last`."""
    end = visit.find(last, "server").index + 1
    return [message.data for message in visit.messages[:end]
            if message.content_type == ContentType.handshake]


def transcript(visit: Conversation, last: str) -> bytes:
    """The SHA-256 transcript hash up to and including the server's message `last`."""
    return sha256(b"".join(handshake_until(visit, last))).digest()


@cache
def pieces(recording: str) -> dict[str, bytes]:
    """Everything one can put together for this recording, by name; "nothing" is empty."""
    visit = load(recording)
    hello, answer = visit.find("client_hello"), visit.find("server_hello")
    if signing_message(visit) == "server_key_exchange":
        exchange = visit.find("server_key_exchange")
        return {
            NOTHING: b"",
            "server random": answer.parsed.random,
            "share alone": exchange.parsed.public,
            "client random": hello.parsed.random,
            "header of the message": exchange.data[:4],
            "curve, length and share": exchange.parsed.params,
            "chosen cipher suite": answer.parsed.cipher_suite.to_bytes(2, "big"),
        }
    return {
        NOTHING: b"",
        "a zero byte": b"\0",
        "hash up to ServerHello": transcript(visit, "server_hello"),
        "the words for a client": _CONTEXT.format("client").encode(),
        "the words for a server": _CONTEXT.format("server").encode(),
        "hash up to Certificate": transcript(visit, "certificate"),
        "64 spaces": b" " * 64,
        "hash up to CertificateVerify": transcript(visit, "certificate_verify"),
    }


_SIGNED = {
    "server_key_exchange": ("client random", "server random", "curve, length and share"),
    "certificate_verify": ("64 spaces", "the words for a server", "a zero byte",
                           "hash up to Certificate"),
}  # fmt: skip


def put_together(recording: str, names: Sequence[str]) -> Assembly:
    """The named pieces joined in this order, held against the recorded signature with the key
    from the recorded certificate. Raises KeyError for a piece that there is not."""
    visit, known = load(recording), pieces(recording)
    carrier = visit.find(signing_message(visit))
    chosen = tuple((name, known[name]) for name in names if name != NOTHING)
    order = [name for name, _ in chosen]
    right = _SIGNED[carrier.name]
    scheme = carrier.parsed.signature_scheme
    content = b"".join(piece for _, piece in chosen)
    return Assembly(
        recording, carrier.title, SignatureScheme(scheme).name, chosen,
        fits(leaf_key(visit), scheme, carrier.parsed.signature, content),
        len(set(order) & set(right)),
        sum(one == other for one, other in zip(order, right, strict=False)), len(right),
    )  # fmt: skip


def fits(public_key: object, scheme: int, signature: bytes, content: bytes) -> bool:
    """Whether a signature of TLS fits these bytes under this key; False also where scheme and key
    do not go together."""
    try:
        verify(public_key, scheme, signature, content)
    except TLSError:
        return False
    return True

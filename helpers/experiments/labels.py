"""One secret, many keys: which label, context and length give which value of a real connection.

The secrets are those of a recorded TLS 1.3 conversation. What is derived here is compared with
everything that its two ends used; nothing is assumed about what should come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.schedule12 import hash_of

RECORDING = "tls13_x25519"
SECRETS = ("client_handshake_traffic_secret", "server_handshake_traffic_secret",
           "client_application_traffic_secret_0", "server_application_traffic_secret_0")
LABELS = ("key", "iv", "finished", "write key")
PREFIX = "tls13 "
LENGTHS = (12, 16, 32)
RIGHT_LENGTH = {"key": 16, "iv": 12, "finished": 32}
"""In a suite with AES-128-GCM and SHA-256."""


@cache
def recorded() -> Conversation:
    """The conversation whose values are looked for."""
    return load(RECORDING)


@dataclass(frozen=True)
class Derived:
    """What came out of one HKDF-Expand, and where the recorded connection used the same bytes.

    `info` is the HkdfLabel that went in, cut into its `parts` (name, start, end). `found` is the
    name of the recorded value, or empty.
    """

    secret: str
    label: str
    info: bytes
    parts: tuple[tuple[str, int, int], ...]
    output: bytes
    found: str
    why: str


@cache
def derive(secret: str, label: str, *, prefix: bool = True, hashed: bool = False,
           length: int = 16) -> Derived:
    """Expand one of the SECRETS with a label. `hashed` puts the transcript hash of both hellos in
    the place of the context, which is empty otherwise. KeyError for an unknown secret."""
    full = ((PREFIX if prefix else "") + label).encode()
    context = _hellos_hash() if hashed else b""
    pieces = (("length of the output", length.to_bytes(2, "big")),
              ("length of the label", len(full).to_bytes(1, "big")), ("label", full),
              ("length of the context", len(context).to_bytes(1, "big")), ("context", context))
    info = b"".join(piece for _, piece in pieces)
    output = HKDFExpand(SHA256(), length, info).derive(recorded().secret(secret))
    found = next((step.name for step in recorded().secrets if step.output == output), "")
    return Derived(secret, label, info, _places(pieces), output, found,
                   _why(secret, label, prefix=prefix, hashed=hashed, length=length))


def _hellos_hash() -> bytes:
    hellos = [recorded().find(name).data for name in ("client_hello", "server_hello")]
    return hash_of("SHA256", b"".join(hellos))


def _places(pieces: tuple[tuple[str, bytes], ...]) -> tuple[tuple[str, int, int], ...]:
    places, start = [], 0
    for name, piece in pieces:
        places.append((name, start, start + len(piece)))
        start += len(piece)
    return tuple(places)


def _why(secret: str, label: str, *, prefix: bool, hashed: bool, length: int) -> str:
    """The first thing that keeps these settings from being those of the connection; for right
    ones, what the value is for."""
    who, place = secret.split("_")[:2]
    if not prefix:
        return ("Every label of TLS 1.3 begins with “tls13 ” (six bytes, with the space). Without "
                "it other bytes come out, sound ones, that no end of this connection ever used.")
    if label not in RIGHT_LENGTH:
        return f"TLS 1.3 has no label “{label}”. HKDF does not mind: it expands with any."
    if label == "finished" and place == "application":
        return ("Right in form, but nobody uses it: Finished is made with the handshake traffic "
                "secrets, before there is application data.")
    if hashed:
        return ("Keys, IVs and the key of Finished have an empty context. The transcript hash "
                "went in earlier, when the traffic secret itself was made.")
    if length != RIGHT_LENGTH[label]:
        return (f"Everything fits but the length: for “{label}” this connection asks for "
                f"{RIGHT_LENGTH[label]} bytes. The length is written into the info, so another "
                "length changes every byte, not only how many there are.")
    used = {"key": f"encrypts the {who}'s {place} records",
            "iv": f"goes into the nonce of the {who}'s {place} records",
            "finished": f"is the key of the HMAC in the {who}'s Finished"}
    return f"This one {used[label]}."

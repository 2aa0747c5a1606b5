"""Lesson 04: the hybrid share of real TLS 1.3 Hellos, and the secret that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.experiments.hybrid import (
    CIPHERTEXT,
    ENCAPSULATION_KEY,
    HYBRID,
    VISITS,
    hybrid_answer,
    hybrid_keys,
    key_shares,
)
from helpers.sources import load

from .forms import BytesForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

# --- taking a share apart ----------------------------------------------------------------------


def _split_cases() -> list[Case]:
    openssl, ours = key_shares(load("tls13_mlkem")), key_shares(hybrid_answer("first"))
    shares = [(openssl["client"][HYBRID], "ClientHello of OpenSSL"),
              (openssl["server"][HYBRID], "ServerHello of OpenSSL"),
              (ours["server"][HYBRID], "another ServerHello")]
    return [Case((share[:-32], share[-32:]), (share,), label) for share, label in shares]


def _split_trouble(attempt: Attempt) -> str:
    (share,), given = attempt.case.args, attempt.given
    if type(given) is not tuple or len(given) != 2:
        return ("Return two pieces with a comma between them: the ML-KEM part, then the X25519 "
                "part.")
    first, second = given
    if len(first) + len(second) != len(share):
        return (f"Your pieces have {len(first):,} and {len(second):,} bytes; the share has "
                f"{len(share):,}. Every byte belongs to exactly one piece.")
    if first + second != share:
        return "The pieces are not the share any more: cut it, and change nothing."
    if abs(len(second) - 32) < 5:
        return "Almost: an X25519 share is exactly 32 bytes."
    return (f"You cut after {len(first):,} bytes. Only one of the two lengths is the same in both "
            "directions: that of the X25519 part, 32 bytes.")


SPLIT = Exercise(
    "04-split-share", "Take the hybrid share apart", "medium", 5,
    FunctionForm(ListForm(BytesForm(), what="two pieces"), ("share",)),
    _split_cases,
    [
        Wrong("name order", lambda share: (share[32:], share[:32]),
              "You took the X25519 part from the front, as the name suggests. The name is in the "
              "other order: ML-KEM comes first."),
        Wrong("X25519 in front", lambda share: (share[:32], share[32:]),
              "You cut off the first 32 bytes, in the order of the name. The 32 bytes of X25519 "
              "stand at the other end."),
        Wrong("returned in name order", lambda share: (share[-32:], share[:-32]),
              "Cut in the right place, returned in the wrong order: the ML-KEM part first."),
        Wrong("always 1184", lambda share: (share[:ENCAPSULATION_KEY],
                                            share[ENCAPSULATION_KEY:]),
              "That fits the client's share only. The server's ML-KEM part is a ciphertext and "
              "shorter; count the X25519 part from the end."),
        Wrong("always 1088", lambda share: (share[:CIPHERTEXT], share[CIPHERTEXT:]),
              "That is where the server's share is cut. The client's ML-KEM part is a public key "
              "and longer; count the X25519 part from the end."),
        Wrong("halves", lambda share: (share[:len(share) // 2], share[len(share) // 2:]),
              "Two halves of the same length, but the parts are of very different lengths: "
              "X25519's has 32 bytes."),
        Wrong("group kept", lambda share: (share[4:-32], share[-32:]),
              "You skipped 4 bytes. The group and the length are already gone: the share begins "
              "with its first byte."),
    ],
    "A single named group, two algorithms: no length field stands between them, so both ends must "
    "know the lengths.",
    "Return two slices of `share`.", _split_trouble)

# --- the shared secret -------------------------------------------------------------------------


def _parts(seed: bytes, private: bytes, ciphertext: bytes, share: bytes) -> tuple[bytes, bytes]:
    ml_kem = MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(ciphertext)
    x25519 = X25519PrivateKey.from_private_bytes(private)
    return ml_kem, x25519.exchange(X25519PublicKey.from_public_bytes(share))


def _both(seed: bytes, private: bytes, server_share: bytes) -> tuple[bytes, bytes]:
    return _parts(seed, private, server_share[:CIPHERTEXT], server_share[CIPHERTEXT:])


def _xored(seed: bytes, private: bytes, server_share: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(*_both(seed, private, server_share), strict=True))


def _hybrid_cases() -> list[Case]:
    cases = []
    for visit in VISITS:
        keys, share = hybrid_keys(visit), key_shares(hybrid_answer(visit))["server"][HYBRID]
        cases.append(Case(keys.secret(share), (keys.seed, keys.private, share),
                          f"{visit} answer of OpenSSL"))
    return cases


def _hybrid_trouble(attempt: Attempt) -> str:
    given, right = attempt.given, attempt.case.expected
    if attempt.error == "ValueError":
        return _wrong_length(attempt)
    if attempt.error == "TypeError" and "NoneType" in attempt.said:
        return ("Something in that line is None. Does it call a function of yours that returns "
                "nothing yet, such as split_share? Solve that first, or cut the share here.")
    if attempt.error == "TypeError" and "concat" in attempt.said:
        return "Both halves have to be bytes when they are joined: leave out .hex() and str()."
    if attempt.error == "TypeError" and "X25519" in attempt.said:
        return ("exchange wants a public key object: X25519PublicKey.from_public_bytes(...) makes "
                "one from the last 32 bytes of the share.")
    if not given:
        return ""
    if given[:32] == right[:32]:
        return ("The first half is right. The second 32 bytes are what X25519 gives for the last "
                "32 bytes of the share, with the key made from `private`.")
    if given[32:] == right[32:]:
        return ("The second half is right. The first 32 bytes come from decapsulating the first "
                "1,088 bytes of the share, with the key made from `seed`.")
    if len(given) != 64:
        return "The secret has 64 bytes: 32 from ML-KEM, then 32 from X25519."
    return ("Neither half is right. Cut the share first, and check which private key goes with "
            "which part.")


def _wrong_length(attempt: Attempt) -> str:
    """Which of the four things that check a length refused it: `cryptography` says so."""
    if "seed is" in attempt.said:
        return ("The seed of the ML-KEM key is the 64 bytes in `seed`, all of them. (`private` is "
                "the X25519 key.)")
    if "ML-KEM-768 public key" in attempt.said:
        return ("No ML-KEM public key comes from the server: the first part of its share is a "
                "ciphertext. Decapsulate it, with the key made from `seed`.")
    if "ciphertext" in attempt.said:
        return ("decapsulate got something of another length than a ciphertext. That is the first "
                "1,088 bytes of the share: all but X25519's 32 at the end.")
    if "X25519 public key" in attempt.said:
        return "X25519's share has 32 bytes, the last ones of server_share."
    if "X25519 private key" in attempt.said:
        return "X25519's private key is the 32 bytes in `private`."
    return ("Print the lengths of what you pass on: decapsulate wants 1,088 bytes, "
            "from_public_bytes 32, from_seed_bytes 64.")


@dataclass(frozen=True)
class Joined(BytesForm):
    """Bytes, with advice for those who return the two halves side by side."""

    def read(self, answer: Any) -> bytes:
        if type(answer) in (tuple, list) and len(answer) == 2:
            raise NotThisForm("This asks for one value of 64 bytes, and you gave two things. Join "
                              "the two halves with +.")
        return super().read(answer)


HYBRID_SECRET = Exercise(
    "04-hybrid-secret", "Put the hybrid secret together", "hard", 12,
    FunctionForm(Joined(64, mixed=True), ("seed", "private", "server_share")),
    _hybrid_cases,
    [
        Wrong("name order", lambda seed, private, server_share: b"".join(
            _both(seed, private, server_share)[::-1]),
            "Both halves are right, in the order of the name. Here, too, ML-KEM comes first."),
        Wrong("cut in name order", lambda seed, private, server_share: b"".join(
            _parts(seed, private, server_share[32:], server_share[:32])),
            "No error came, and yet both halves are wrong: you took the X25519 share from the "
            "front. ML-KEM does not complain about a ciphertext that does not fit."),
        Wrong("cut and joined in name order", lambda seed, private, server_share: b"".join(
            _parts(seed, private, server_share[32:], server_share[:32])[::-1]),
            "No error came, and yet both halves are wrong: you cut and joined in the order of the "
            "name. ML-KEM stands first in the share, and its half first in the secret."),
        Wrong("ML-KEM only", lambda seed, private, server_share: _both(
            seed, private, server_share)[0],
            "That is ML-KEM's half alone. Join X25519's half to it."),
        Wrong("X25519 only", lambda seed, private, server_share: _both(
            seed, private, server_share)[1],
            "That is X25519's half alone. ML-KEM's half goes in front of it."),
        Wrong("XOR", _xored,
              "You combined the halves with XOR. They are joined, one behind the other: 64 "
              "bytes."),
        Wrong("hashed", lambda seed, private, server_share: sha256(b"".join(
            _both(seed, private, server_share))).digest(),
            "You hashed the two halves. They go into the key schedule as they are, 64 bytes."),
    ],
    "A real OpenSSL server derived its keys from these 64 bytes.",
    "Cut the share in two, open each part with its own private key, join the results.",
    _hybrid_trouble)

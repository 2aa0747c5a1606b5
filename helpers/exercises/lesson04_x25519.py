"""Lesson 04: X25519 from `cryptography`, with its one refusal."""

from __future__ import annotations

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.toy import x25519_unchecked

from .forms import BytesForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

# RFC 7748 sections 6.1 (Alice's and Bob's private keys) and 5.2 (a scalar and a u-coordinate).
_ALICE = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
_BOB = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
_SHARED = bytes.fromhex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
_SCALAR = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
_POINT = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
_PRODUCT = bytes.fromhex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
_ZERO, _ONE = bytes(32), (1).to_bytes(32, "little")


def _public(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _exchange(private: bytes, share: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    return key.exchange(X25519PublicKey.from_public_bytes(share))


def _x25519_cases() -> list[Case]:
    return [
        Case(_SHARED, (_ALICE, _public(_BOB)), "RFC 7748 section 6.1, Alice's end"),
        Case(_SHARED, (_BOB, _public(_ALICE)), "RFC 7748 section 6.1, Bob's end"),
        Case(_PRODUCT, (_SCALAR, _POINT), "RFC 7748 section 5.2"),
        Case(b"", (_ALICE, _ZERO), "a share of zeros"),
        Case(b"", (_BOB, _ONE), "the share 1"),
    ]


def _zeros_only(private: bytes, share: bytes) -> bytes:
    return b"" if share == _ZERO else _exchange(private, share)


def _x25519_trouble(attempt: Attempt) -> str:
    private, share = attempt.case.args
    given, refused = attempt.given, not attempt.case.expected
    if attempt.error == "TypeError" and ("create" in attempt.said or "instantiate" in attempt.said):
        return ("Key objects are made with X25519PrivateKey.from_private_bytes(...) and "
                "X25519PublicKey.from_public_bytes(...).")
    if attempt.error == "TypeError" and "X25519" in attempt.said:
        return ("exchange wants a public key object: X25519PublicKey.from_public_bytes(share) "
                "makes one from the 32 bytes.")
    if attempt.error == "AttributeError" and "'bytes'" in attempt.said:
        return ("`private` and `share` are bytes, and bytes cannot exchange. Make the key objects "
                "first: X25519PrivateKey.from_private_bytes(private), and from_public_bytes for "
                "the share.")
    if attempt.error or given == attempt.case.expected[::-1]:
        return ""
    if refused:
        return ("This share has to be refused: return b\"\", nothing else. `cryptography` tells "
                "you by raising ValueError.")
    if given == sha256(attempt.case.expected).digest():
        return "You hashed the secret. Return it as exchange gives it."
    if given == b"":
        return ("This share is a good one and was refused. Catch ValueError around exchange, and "
                "nothing else.")
    if given in (private, share):
        return "That is one of the two inputs, unchanged. The secret is computed from both."
    if given == _exchange(share, private):
        return ("The two are swapped: the private key is `private`, and `share` is what came from "
                "the other end.")
    return ("That is not what `exchange` gives for these two. Make a private key object from "
            "`private`, a public key object from `share`, and return the result as it is.")


X25519 = Exercise(
    "04-x25519", "X25519, and its one refusal", "medium", 6,
    FunctionForm(BytesForm(mixed=True), ("private", "share")),
    _x25519_cases,
    [
        Wrong("only zeros refused", _zeros_only,
              "You refuse the share of zeros. There are other shares that give an all-zero "
              "secret, and this is one: it is the result that has to be checked, and "
              "`cryptography` does that with a ValueError."),
        Wrong("nothing refused", _exchange,
              "`cryptography` refused to compute this secret, with a ValueError. Catch it, and "
              "return b\"\": the other end sent a share that no honest end sends."),
        Wrong("zeros handed out", x25519_unchecked,
              "32 zero bytes are a secret that everybody knows. Return b\"\" instead."),
        Wrong("own share", lambda private, share: _public(private),
              "That is the public half of the private key: what one sends, not what one shares."),
        Wrong("share as a private key", lambda private, share: _exchange(
            share, _public(private)),
              "You made a private key of what came from the other end. `share` is public already: "
              "X25519PublicKey.from_public_bytes(share)."),
        Wrong("joined", lambda private, share: private + share,
              "You joined the two. `exchange` computes the secret from them."),
    ],
    "TLS 1.3 asks for exactly this check (RFC 9846 section 7.4.2): an all-zero secret ends the "
    "handshake.",
    "Make a private key object and a public key object from the bytes, and call exchange.",
    _x25519_trouble,
    silent="What is returned for a share that is refused? It has to be b\"\", empty bytes, and not "
    "None; for a good share, what exchange gives.")

"""Lesson 05: which letter was signed, and the right `verify` for each kind of key.

The signatures are those of real handshakes (data/recordings) and of RFC 8032 section 7.1.
"""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from helpers.experiments.signatures import letters, verifies
from helpers.experiments.signed import leaf_key
from helpers.sources import load
from helpers.tls import key_exchange_content

from .calling import Failed, call
from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong
from .recorded import randoms
from .truth import TruthForm
from .wording import FunctionForm

# --- which letter ------------------------------------------------------------------------------


def _which() -> int:
    found = letters()
    return next(place for place, text in enumerate(found.letters)
                if verifies(found.public_key, found.signature, text))


def _which_trouble(attempt: Attempt) -> str:
    said = attempt.answer
    if type(said) in (list, tuple) and said and all(type(one) is bool for one in said):
        return "That list says which ones verify. Give the place of the True, counted from 0."
    if type(said) in (bytes, str):
        return "Give the number of the letter: its place in the list, counted from 0."
    return ("There are five letters, number 0 to number 4. Ask verifies(...) about each of them: "
            "one says True.")


_REFUSED = "that letter does not verify. Ask verifies(...) about it"
WHICH = Exercise(
    "05-which-letter", "Which letter was signed?", "easy", 3, IntegerForm(),
    lambda: [Case(_which())],
    [
        Wrong("the first", 0, f"Number 0 says Anne; {_REFUSED}."),
        Wrong("capital E", 1, f"Number 1 has a capital E; {_REFUSED}."),
        Wrong("end of line", 3, f"Number 3 ends with a line feed, which one does not see; "
              f"{_REFUSED}."),
        Wrong("counted from one", 4, "Number 4 ends with a full stop, and it does not verify. "
              "(Did you count from 1? The first letter has the number 0.)"),
        Wrong("five", 5, "There is no number 5: the first letter has the number 0."),
    ],
    "One byte more or less is another message. That is what makes a signature worth something.",
    "Put the number of the letter, counted from 0, in place of None.", _which_trouble)

# --- the right verify --------------------------------------------------------------------------

_RSA, _ECDSA, _ED25519 = "rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256", "ed25519"
# RFC 8032, section 7.1, TEST 2 and TEST 3: public key, message, signature.
_TEST2 = ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
_TEST3 = ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")


def _exchange(name: str) -> tuple[Any, bytes, bytes]:
    """Key, signature and signed bytes of a recorded ServerKeyExchange."""
    visit = load(name)
    sent = visit.find("server_key_exchange").parsed
    return leaf_key(visit), sent.signature, key_exchange_content(*randoms(visit), sent.params)


def _accepts_cases() -> list[Case]:
    rsa_key, rsa_signature, rsa_text = _exchange("tls12_ecdhe")
    ec_key, ec_signature, ec_text = _exchange("tls12_ecdhe_ecdsa")
    (key2, text2, signature2), (_, text3, signature3) = [
        [bytes.fromhex(part) for part in test] for test in (_TEST2, _TEST3)]
    known = Ed25519PublicKey.from_public_bytes(key2)
    return [
        Case(True, (rsa_key, _RSA, rsa_signature, rsa_text), "RSA, a real handshake"),
        Case(True, (ec_key, _ECDSA, ec_signature, ec_text), "ECDSA, a real handshake"),
        Case(True, (known, _ED25519, signature2, text2), "Ed25519, RFC 8032"),
        Case(False, (rsa_key, _RSA, rsa_signature, rsa_text[:-1]), "RSA, a byte is missing"),
        Case(False, (ec_key, _ECDSA, ec_signature, rsa_text), "ECDSA, another handshake"),
        Case(False, (known, _ED25519, signature3, text3), "Ed25519, another's signature"),
    ]


class _Overheard:
    """A public key that takes notes of what its `verify` is told."""

    def __init__(self, key: Any, heard: list[tuple]) -> None:
        self._key, self._heard = key, heard

    def __deepcopy__(self, _: Any) -> _Overheard:
        return self

    def verify(self, *told: Any) -> None:
        self._heard.append(told)
        self._key.verify(*told)


def _heard(attempt: Attempt) -> list[tuple]:
    key, *rest = attempt.case.args
    heard: list[tuple] = []
    try:
        call(attempt.answer, (_Overheard(key, heard), *rest))
    except Failed:
        return heard  # expected: it may have failed the first time, too
    return heard


def _accepts_trouble(attempt: Attempt) -> str:
    _, scheme, signature, message = attempt.case.args
    if attempt.error == "InvalidSignature":
        return ("verify raises InvalidSignature when a signature does not fit. verifies(...) turns "
                "that into False: return what it gives.")
    heard = _heard(attempt)
    if not heard:
        return _not_asked(attempt.answer)
    first, second, *how = (*heard[-1], None, None)[:max(2, len(heard[-1]))]
    if attempt.given is not None and _verdict(attempt, heard[-1]) == attempt.case.expected:
        return "The key was asked in the right way. Return its verdict as it is."
    if (first, second) == (message, signature):
        return "The order: verifies(public_key, signature, message, ...), the signature first."
    if (first, second) != (signature, message):
        return ("Signature and message go into verifies as they are: no hash, no slice. verify "
                "hashes by itself.")
    return {_RSA: _rsa_trouble, _ECDSA: _ecdsa_trouble}.get(scheme, _ed25519_trouble)(how)


def _not_asked(function: Any) -> str:
    used = getattr(getattr(function, "__code__", None), "co_names", ())
    if "sign" in used:
        return ("You signed again and compared. Two signatures over one letter may differ and both "
                "be right: ask verifies(public_key, signature, message, ...).")
    if {"verify", "verifies"} & set(used):
        return ("You asked a key of your own. Ask the one that you are given: "
                "verifies(public_key, signature, message, ...).")
    return "The key was not asked. Hand it to verifies(...), and return what comes back."


def _verdict(attempt: Attempt, told: tuple) -> bool | None:
    """What the key said when it was told this; None where it could not be asked so."""
    try:
        return call(verifies, (attempt.case.args[0], *told))
    except Failed:
        return None


def _name(value: Any) -> str:
    return getattr(value, "name", "")


def _rsa_trouble(how: list[Any]) -> str:
    if any(isinstance(one, padding.PKCS1v15) for one in how):
        return ("PKCS1v15 is the older padding. The name of the scheme says pss: "
                "padding.PSS(padding.MGF1(hash), salt_length), then the hash.")
    if len(how) != 2 or not isinstance(how[0], padding.PSS):
        return ("verify of an RSA key is told two things more: the padding, "
                "padding.PSS(padding.MGF1(hash), salt_length), and then the hash.")
    if _name(how[1]) != "sha256" or _name(how[0].mgf._algorithm) != "sha256":
        return ("The scheme ends in sha256: that is the hash of the message and the one inside "
                "MGF1.")
    return ("The salt in TLS is as long as the hash: 32 bytes with SHA-256 "
            "(padding.PSS.DIGEST_LENGTH says the same).")


def _ecdsa_trouble(how: list[Any]) -> str:
    if len(how) != 1 or not isinstance(how[0], ec.ECDSA):
        return "verify of an elliptic-curve key is told one thing more: ec.ECDSA(hash)."
    if _name(how[0].algorithm) != "sha256":
        return "The scheme ends in sha256: ec.ECDSA(hashes.SHA256())."
    return ""


def _ed25519_trouble(how: list[Any]) -> str:
    if how:
        return "Ed25519 leaves nothing to choose: its verify is told signature and message only."
    return ""


def _pss() -> tuple[Any, ...]:
    return padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()


ACCEPTS = Exercise(
    "05-right-verify", "The right verify", "easy", 5,
    FunctionForm(TruthForm(), ("public_key", "scheme", "signature", "message")), _accepts_cases,
    [
        Wrong("always True", lambda public_key, scheme, signature, message: True,
              "This one does not fit, and you said True. The key has to be asked: return what "
              "verifies(...) gives."),
        Wrong("own names", lambda public_key, scheme, signature, message:
              {"RSA": _pss(), "ECDSA": (), "Ed25519": ()}[scheme],
              "A KeyError: your table has no such scheme. They are spelled rsa_pss_rsae_sha256, "
              "ecdsa_secp256r1_sha256 and ed25519."),
    ],
    "The name of a scheme fixes everything: kind of key, padding, hash. TLS sends it as two bytes "
    "before each signature.",
    "Look at `scheme`, and return verifies(public_key, signature, message, ...) with what that "
    "kind of key needs.", _accepts_trouble,
    silent="Two usual reasons. verify itself returns nothing when a signature fits (and raises "
    "when not): return verifies(...), which makes True and False of it. Or no branch was taken: "
    "the schemes are spelled rsa_pss_rsae_sha256, ecdsa_secp256r1_sha256 and ed25519.")

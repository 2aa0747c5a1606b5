"""Lesson 03: hybrid encryption built by the learner, and judged by opening it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers import lab
from helpers.experiments.rsa_auction import OAEP

from .lesson03_sealed import RIGHT, SealedForm, wrapped_badly
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_FOUR = ("public_key", "aes_key", "nonce", "page")
_AES = ("AESGCM takes the key when it is made, and the nonce as the first argument of encrypt: "
        "AESGCM(aes_key).encrypt(nonce, page, None).")
_PAGE = b"<h1>The shop</h1>\n"


def seal(public_key: Any, aes_key: bytes, nonce: bytes, page: bytes) -> bytes:
    """The right package."""
    return (public_key.encrypt(aes_key, OAEP) + nonce
            + AESGCM(aes_key).encrypt(nonce, page, None))  # fmt: skip


def _cases() -> list[Case]:
    made = []
    for owner, times, label in (("server_rsa", 1, "a short page"),
                                ("other_rsa", 3000, "a long page, another receiver")):
        random = lab.seeded(f"hybrid, {label}")
        args = (lab.key(owner).public_key(), random(16), random(12), _PAGE * times)
        made.append(Case(seal(*args), args, label))
    return made


def _order(*names: str) -> Callable[..., bytes]:
    """A package with its pieces in this order."""
    def answer(public_key: Any, aes_key: bytes, nonce: bytes, page: bytes) -> bytes:
        parts = {"wrapped key": public_key.encrypt(aes_key, OAEP), "nonce": nonce,
                 "sealed page": AESGCM(aes_key).encrypt(nonce, page, None)}
        return b"".join(parts[name] for name in names)

    return answer


def _old_padding(public_key: Any, aes_key: bytes, nonce: bytes, page: bytes) -> bytes:
    return public_key.encrypt(aes_key, padding.PKCS1v15()) + nonce + AESGCM(aes_key).encrypt(
        nonce, page, None)


def _trouble(attempt: Attempt) -> str:
    """What is the matter with a package that opens wrongly or not at all."""
    _, aes_key, nonce, page = attempt.case.args
    if attempt.error == "InvalidTag":
        return "Nothing has to be decrypted here: AESGCM(key).encrypt(nonce, page, None)."
    if attempt.error == "ValueError" and "Encryption" in attempt.said:
        return ("RSA with OAEP takes 190 bytes at most here. Encrypt the page with AES, and only "
                "the AES key with RSA.")
    if attempt.error in ("ValueError", "TypeError") and "AESGCM" in attempt.said:
        return _AES
    if attempt.error == "ValueError" and "Nonce" in attempt.said:
        return _AES
    found = attempt.given
    if found is None:
        return ""
    if not found.pieces:
        return _unopened(found.raw, aes_key, nonce, page)
    if found.key != aes_key:
        return ("It opens, with another AES key than the one given. Use aes_key both to wrap and "
                "to encrypt." if found.page else
                "Another key than aes_key is wrapped. The receiver needs the one that opens the "
                "page.")
    if found.raw:
        return _rest(found.raw, aes_key, nonce, page)
    if found.pieces != RIGHT:
        return f"The pieces are there, in another order: {', then '.join(found.pieces)}."
    if found.nonce != nonce:
        return "It opens, with another nonce than the one given. Use the argument."
    if found.page != page:
        return "It opens, but the page inside is not the one given, or not all of it."
    if found.padding != "OAEP":
        return "The AES key is wrapped with PKCS#1 v1.5. Use oaep."
    return "It opens, but not with the private key of the receiver whose public key was given."


def _rest(rest: bytes, aes_key: bytes, nonce: bytes, page: bytes) -> str:
    """What is the matter with what stands behind a key that is wrapped as it should be."""
    if page in rest:
        return ("The key is wrapped, but the page is in there in the clear. Encrypt it with "
                "AESGCM(aes_key).")
    if not rest.startswith(nonce):
        return ("The key is wrapped. Behind it come the 12 bytes of the nonce, as given, and then "
                "the encrypted page.")
    after, aes = rest[len(nonce):], AESGCM(aes_key)
    if after == aes.encrypt(nonce, page, nonce):
        return ("Key and nonce are right. But the third argument of encrypt was not None, so the "
                "receiver would have to know that, too.")
    if after == nonce + aes.encrypt(nonce, page, None):
        return "The nonce is in there twice. Once is enough."
    if after == aes.encrypt(nonce, page, None)[:-16]:
        return "The last 16 bytes are missing: they are the tag, and AES-GCM needs it."
    return ("Key and nonce are right. The page does not open with them: it should be "
            "AESGCM(aes_key).encrypt(nonce, page, None).")


def _unopened(raw: bytes, aes_key: bytes, nonce: bytes, page: bytes) -> str:
    sealed = AESGCM(aes_key).encrypt(nonce, page, None)
    if page in raw:
        return "The page is in there in the clear. Encrypt it with AESGCM."
    if aes_key in raw:
        return "The AES key is in there in the clear: anybody can open the page. Wrap it with RSA."
    if raw == sealed or raw == nonce + sealed:
        return ("The page is encrypted, but how does the receiver get the AES key? It has to be "
                "in the package, wrapped with the public key.")
    if len(raw) == 256:
        return ("That is one RSA ciphertext. The package has two pieces more: the nonce, and the "
                "page encrypted with AESGCM.")
    if sealed in raw:
        if said := wrapped_badly(raw[:256], aes_key):
            return said
        return ("The page is right, but what stands in front does not open it: 256 bytes of "
                "wrapped AES key, then the 12 bytes of the nonce.")
    return ("No key of the lab opens it. Wrap aes_key with public_key.encrypt(aes_key, oaep), "
            "encrypt the page with AESGCM(aes_key).encrypt(nonce, page, None), and join.")


HYBRID = Exercise(
    "03-hybrid", "Seal a page for a stranger", "hard", 15, FunctionForm(SealedForm(), _FOUR),
    _cases,
    [
        Wrong("without the nonce", _order("wrapped key", "sealed page"), "The nonce is missing. "
              "It is no secret, and without it the receiver cannot decrypt: put it in the middle."),
        Wrong("nonce first", _order("nonce", "wrapped key", "sealed page"), "All there, but the "
              "nonce stands first. Asked for is the wrapped key, then the nonce, then the page."),
        Wrong("nonce last", _order("wrapped key", "sealed page", "nonce"), "All there, but the "
              "nonce stands last. It belongs between the wrapped key and the page."),
        Wrong("page first", _order("sealed page", "nonce", "wrapped key"), "All there, the wrong "
              "way round: the wrapped key comes first."),
        Wrong("old padding", _old_padding, "That opens, but the AES key is wrapped with PKCS#1 "
              "v1.5. New applications use OAEP."),
    ],
    "This is how large things are encrypted to a public key: e-mail, files, backups. RSA carries "
    "16 bytes, AES does the work.",
    "Make the three pieces one after the other, and join them with +.", _trouble)  # fmt: skip

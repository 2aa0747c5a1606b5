"""Lesson 03: a form for hybrid encryption. OAEP is random, so a package is judged by opening it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers import lab
from helpers.experiments.rsa_auction import OAEP

from .forms import BytesForm, NotThisForm
from .words import counted, kind

WRAPPED, NONCE = 256, 12
OWNERS = ("server_rsa", "other_rsa")
RIGHT = ("wrapped key", "nonce", "sealed page")
_EMPTY = b""


@dataclass(frozen=True)
class Package:
    """What was found in a package: its pieces in their order, and what opening it gave.

    `pieces` is empty where none of the lab's keys opens it; then `raw` holds the bytes.
    """

    size: int
    pieces: tuple[str, ...] = ()
    owner: str = ""
    padding: str = ""
    key: bytes = _EMPTY
    nonce: bytes = _EMPTY
    page: bytes = _EMPTY
    raw: bytes = _EMPTY


@dataclass(frozen=True)
class SealedForm:
    """Bytes that the owner of a test key can open: wrapped AES key, nonce, sealed page."""

    def wanted(self) -> str:
        return "bytes: the wrapped key, the nonce and the sealed page, joined"

    def read(self, answer: Any) -> Package:
        if isinstance(answer, list | tuple):
            raise NotThisForm(f"This asks for {self.wanted()}, and you gave {kind(answer)}. Join "
                              "the three pieces with +.")
        return _opened(BytesForm().read(answer))

    def show(self, value: Package) -> str:
        return counted(value.size, "byte")

    def fits(self, value: Package) -> bool:
        return bool(value.pieces)

    def difference(self, expected: Package, got: Package) -> str:
        return ""


@lru_cache(32)
def _opened(data: bytes) -> Package:
    """Try every order of the pieces, both paddings and both keys."""
    for order in (RIGHT, *permutations(RIGHT), ("wrapped key", "sealed page")):
        places = _places(order, len(data))
        if places is None:
            continue
        cut = {name: data[start:end] for name, (start, end) in places.items()}
        for owner in OWNERS:
            found = _unwrapped(cut["wrapped key"], lab.key(owner))
            for how, key in found.items():
                page = _page(key, cut.get("nonce"), cut["sealed page"])
                if page is not None or "nonce" not in cut:
                    return Package(len(data), order, owner, how, key, cut.get("nonce", b""),
                                   page or b"", b"" if page is not None else cut["sealed page"])
    return Package(len(data), raw=data)


def _places(order: tuple[str, ...], size: int) -> dict[str, tuple[int, int]] | None:
    lengths = {"wrapped key": WRAPPED, "nonce": NONCE}
    lengths["sealed page"] = size - sum(lengths[name] for name in order if name in lengths)
    if lengths["sealed page"] < 16:
        return None
    places, at = {}, 0
    for name in order:
        places[name] = (at, at + lengths[name])
        at += lengths[name]
    return places


def _unwrapped(wrapped: bytes, private: rsa.RSAPrivateKey) -> dict[str, bytes]:
    """{"OAEP" or "PKCS#1 v1.5": an AES key}, as far as it can be one."""
    for how, scheme in (("OAEP", OAEP), ("PKCS#1 v1.5", padding.PKCS1v15())):
        try:
            key = private.decrypt(wrapped, scheme)
        except ValueError:
            continue  # not wrapped in this way, or not for this key
        return {how: key} if len(key) in (16, 24, 32) else {}
    return {}


def wrapped_badly(front: bytes, aes_key: bytes) -> str:
    """What is the matter with an RSA block that should hold just aes_key; "" if nobody can say."""
    old = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    for owner in OWNERS:
        private = lab.key(owner)
        numbers = private.private_numbers()
        bare = pow(int.from_bytes(front, "big"), numbers.d, numbers.public_numbers.n)
        if bare == int.from_bytes(aes_key, "big"):
            return "The AES key is encrypted without any padding. Use public_key.encrypt and oaep."
        for scheme in (OAEP, old, padding.PKCS1v15()):
            try:
                found = private.decrypt(front, scheme)
            except ValueError:
                continue
            if found == aes_key and scheme is old:
                return "The AES key is wrapped with another hash. Use oaep from the cell above."
            if found != aes_key and aes_key in found:
                return (f"{len(found)} bytes are wrapped. Wrap the {len(aes_key)} bytes of aes_key "
                        "and nothing else.")
    return ""


def _page(key: bytes, nonce: bytes | None, sealed: bytes) -> bytes | None:
    """The page, or None: where the tag does not fit, or the nonce is missing."""
    if nonce is None:
        return None
    try:
        return AESGCM(key).decrypt(nonce, sealed, None)
    except InvalidTag:
        return None

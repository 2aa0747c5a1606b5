"""Lesson 02: HMAC-SHA256 made by hand from hashes, with the vectors of RFC 4231."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from hashlib import md5, sha1, sha256, sha384, sha512

from helpers.lab import seeded

from .forms import BytesForm
from .lesson02_info import hash_object
from .lesson02_vectors import RFC4231
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

BLOCK, IPAD, OPAD = 64, 0x36, 0x5C


def _cases() -> list[Case]:
    """The published vectors, and keys around the length of a block, which they leave out."""
    found = [Case(one.tag, (one.key, one.message), f"RFC 4231, test case {one.case}")
             for one in RFC4231]
    for length in (BLOCK, BLOCK + 1):
        key, message = seeded(f"a key of {length}")(length), b"pay 20 to anna"
        found.append(Case(hmac.digest(key, message, "sha256"), (key, message),
                          f"a key of {length} bytes"))
    return found


def _turned(block: bytes, by: int) -> bytes:
    return bytes(byte ^ by for byte in block)


def _filled(key: bytes, size: int = BLOCK) -> bytes:
    """The key as HMAC uses it: hashed if it is too long, then filled up with zeros."""
    short = sha256(key).digest() if len(key) > size else key
    return short + bytes(size - len(short))


def _nested(inner_key: bytes, outer_key: bytes, message: bytes) -> bytes:
    return sha256(outer_key + sha256(inner_key + message).digest()).digest()


def _pads_swapped(key: bytes, message: bytes) -> bytes:
    block = _filled(key)
    return _nested(_turned(block, OPAD), _turned(block, IPAD), message)


def _not_filled(key: bytes, message: bytes) -> bytes:
    key = sha256(key).digest() if len(key) > BLOCK else key
    return _nested(_turned(key, IPAD), _turned(key, OPAD), message)


def _block_of_32(key: bytes, message: bytes) -> bytes:
    block = _filled(key, 32)
    return _nested(_turned(block, IPAD), _turned(block, OPAD), message)


def _hashed_once(key: bytes, message: bytes) -> bytes:
    return sha256(_turned(_filled(key), IPAD) + message).digest()


def _outer_without_key(key: bytes, message: bytes) -> bytes:
    return sha256(_hashed_once(key, message)).digest()


def _hex_inside(key: bytes, message: bytes) -> bytes:
    inner = _hashed_once(key, message).hex().encode()
    return sha256(_turned(_filled(key), OPAD) + inner).digest()


def _one_pad(key: bytes, message: bytes) -> bytes:
    inner = _turned(_filled(key), IPAD)
    return _nested(inner, inner, message)


def _mistakes(key: bytes, message: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, what this mistake makes) for usual mistakes that are not listed."""
    block = _filled(key)
    inner, outer = _turned(block, IPAD), _turned(block, OPAD)
    yield ("That is the inner hash with the key as it is. First XOR the filled key with ipad, and "
           "then comes the outer hash.", sha256(key + message).digest())
    yield ("That is one hash over the filled key and the message, without ipad, and without the "
           "outer hash.", sha256(block + message).digest())
    yield ("The key is filled up but not XORed with ipad and opad.", _nested(block, block, message))
    yield ("That is the key as it goes into the XOR, not yet a tag.", block)
    yield ("The inner hash has no key in it: inner (the key XOR ipad) stands in front of the "
           "message.", sha256(outer + sha256(message).digest()).digest())
    yield ("Inside, the key (XOR ipad) comes first and the message behind it.",
           sha256(outer + sha256(message + inner).digest()).digest())
    yield ("Outside, the key (XOR opad) comes first and the inner digest behind it.",
           sha256(sha256(inner + message).digest() + outer).digest())
    yield ("In the outer hash goes the digest of the inner one, not the message itself.",
           sha256(outer + inner + message).digest())
    yield ("The outer key is made from the filled key, not from the inner one: that was XORed "
           "once already.", _nested(inner, _turned(inner, OPAD), message))
    yield ("Two hashes, and the key is in both; but it goes in filled up to 64 bytes and XORed, "
           "with 0x36 inside and 0x5c outside.",
           sha256(key + sha256(key + message).digest()).digest())
    if len(key) > BLOCK:
        yield ("This key is longer than a block. A key of more than 64 bytes is hashed first: "
               "sha256(key).digest().", _nested(_turned(key, IPAD), _turned(key, OPAD), message))
    signs = key + b"0" * (BLOCK - len(key))
    yield ("The key is filled up with the sign “0”, which is the byte 30 in hex. Zeros are bytes "
           "with the value 0: bytes(n) makes n of them.",
           _nested(_turned(signs, IPAD), _turned(signs, OPAD), message))
    for pads in ((36, 5), (36, 92), (36, 0x36), (IPAD, 5), (3, 5), (IPAD, 0xC5), (0x63, 0xC5)):
        yield ("The pads are not right: ipad is 0x36 and opad is 0x5c, both in hex.",
               _nested(*(_turned(block, pad) for pad in pads), message))
    yield ("Zeros fill the key up behind, not in front.", _nested(
        *(_turned(block[len(key):] + key, pad) for pad in (IPAD, OPAD)), message))
    yield ("ipad is the byte 36 in hex and opad is 5c in hex: write 0x36 and 0x5c.",
           _nested(_turned(block, 36), _turned(block, 0x5C), message))
    cut = key[:BLOCK]
    yield ("A key longer than a block is hashed first, not cut off.",
           _nested(_turned(cut + bytes(BLOCK - len(cut)), IPAD),
                   _turned(cut + bytes(BLOCK - len(cut)), OPAD), message))
    hashed = sha256(key).digest() + bytes(32)
    yield ("Only a key that is *longer* than a block of 64 bytes is hashed first. This one goes in "
           "as it is.", _nested(_turned(hashed, IPAD), _turned(hashed, OPAD), message))
    yield ("opad goes outside only; the inner key is made with 0x36.",
           _nested(outer, outer, message))
    yield ("The outer key is not XORed: that block goes in front as it is.",
           _nested(inner, block, message))
    yield ("The inner key is not XORed: it takes 0x36.", _nested(block, outer, message))
    yield ("The two arguments are exchanged: the first is the key.",
           hmac.digest(message, key, "sha256"))
    yield ("The hashed key has 32 bytes: fill it up to a block of 64, too.",
           _nested(_turned(hashed[:32], IPAD), _turned(hashed[:32], OPAD), message))
    yield ("A block of SHA-256 has 64 bytes; you filled up to 128, which is SHA-512's.",
           _nested(_turned(_filled(key, 128), IPAD), _turned(_filled(key, 128), OPAD), message))


def hmac_trouble(attempt: Attempt) -> str:
    """Which mistake made this tag."""
    given, (key, message) = attempt.given, attempt.case.args
    if said := hash_object(attempt):
        return said
    if attempt.error == "ValueError" and len(key) > BLOCK:
        return ("This key is longer than a block, so there is nothing to fill up. A key of more "
                "than 64 bytes is hashed first: sha256(key).digest().")
    if given is None:
        return ""
    said = next((said for said, wrong in _mistakes(key, message) if wrong == given), "")
    if said or len(given) == 32:
        return said
    if given in {hmac.digest(key, message, name) for name in ("md5", "sha1", "sha384", "sha512")}:
        return "That is HMAC with another hash. This one uses SHA-256 inside and outside."
    if given in {one(key + message).digest() for one in (md5, sha1, sha384, sha512)}:
        return "Another hash, and only one of it: two of SHA-256 are wanted, one inside the other."
    if len(given) in (16, 20, 48, 64):
        return f"A digest of {len(given)} bytes is another hash's. This one uses SHA-256."
    return ""


HMAC = Exercise(
    "02-hmac", "HMAC by hand", "medium", 8,
    FunctionForm(BytesForm(32, mixed=True), ("key", "message")), _cases,
    [
        Wrong("pads swapped", _pads_swapped,
              "The two pads are exchanged: 0x36 (ipad) goes with the inner hash, 0x5c (opad) with "
              "the outer."),
        Wrong("key not filled up", _not_filled,
              "The key was not filled up. Zeros bring it to a block of 64 bytes *before* the XOR, "
              "so they are XORed, too."),
        Wrong("block of 32", _block_of_32,
              "You filled the key up to 32 bytes. That is the length of the digest; the block of "
              "SHA-256 is 64 bytes."),
        Wrong("hashed once", _hashed_once,
              "That is the inner hash. On its own it can be extended: the outer hash is what stops "
              "that."),
        Wrong("no key outside", _outer_without_key,
              "You hashed the inner digest again, but without the key (XOR opad) in front of it."),
        Wrong("hex inside", _hex_inside,
              "The inner digest went in as hex text. Use .digest() and not .hexdigest()."),
        Wrong("one pad twice", _one_pad,
              "You used ipad inside and outside. The outer key is made with 0x5c."),
    ],
    "Two hashes, one inside the other: the outer one hides the state that could be gone on with. "
    "(Did you call the module hmac? It is right, of course. By hand you see both hashes.)",
    "First bring the key to 64 bytes, then make the inner and the outer key.", hmac_trouble)

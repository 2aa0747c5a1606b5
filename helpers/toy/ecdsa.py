"""ECDSA with every number in sight, and with a nonce that the caller chooses.

`cryptography` chooses the nonce itself, and rightly so: whoever signs twice with one nonce gives
the private key away. Here that can be tried. On `SMALL` all numbers have three digits at most; on
`P256` it makes the very signatures of the real thing (tests/toy/test_ecdsa.py lets `cryptography`
verify them), slowly, and in a time that tells the key to whoever can measure it: never for a
secret. Formulas: SEC 1 version 2.0, sections 4.1.3 and 4.1.4; FIPS 186-5, section 6.4.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from helpers.toy.curve import INFINITY, SMALL, Curve, Group, Point

# SEC 2 version 2.0, section 2.4.2 (secp256r1).
P256 = Group(
    Curve(
        p=2**256 - 2**224 + 2**192 + 2**96 - 1,
        a=-3,
        b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    ),
    generator=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)
"""The curve that TLS calls secp256r1."""


class Signature(NamedTuple):
    """The two numbers of an ECDSA signature."""

    r: int
    s: int


def hash_number(message: bytes, group: Group = SMALL) -> int:
    """What is signed in a message's place: the first bits of its SHA-256, as many as the group's
    order has, read as a number."""
    digest = int.from_bytes(sha256(message).digest(), "big")
    return digest >> max(0, 256 - group.order.bit_length())


def public_key(private: int, group: Group = SMALL) -> Point:
    """The public point of a private number. ValueError unless it is from 1 to order - 1."""
    _check_range("private key", private, group)
    return group.curve.multiply(private, group.generator)


def sign(hashed: int, private: int, nonce: int, group: Group = SMALL) -> Signature:
    """The signature over a hash number with this private key and this nonce.

    ValueError for a key or nonce that is not from 1 to order - 1, and for the rare nonce that
    gives r = 0 or s = 0: a real signer then takes another.
    """
    _check_range("private key", private, group)
    _check_range("nonce", nonce, group)
    point = group.curve.multiply(nonce, group.generator)
    r = point[0] % group.order
    s = pow(nonce, -1, group.order) * (hashed + r * private) % group.order
    if not (r and s):
        raise ValueError(f"the nonce {nonce} gives r = {r} and s = {s}: take another")
    return Signature(r, s)


def verify(hashed: int, signature: Signature, public: Point, group: Group = SMALL) -> bool:
    """Whether the owner of `public` signed this hash number. Uses nothing secret."""
    r, s = signature
    if not (0 < r < group.order and 0 < s < group.order):
        return False
    inverse = pow(s, -1, group.order)
    curve = group.curve
    point = curve.add(
        curve.multiply(hashed * inverse % group.order, group.generator),
        curve.multiply(r * inverse % group.order, public),
    )
    return point is not INFINITY and point[0] % group.order == r


def private_from_nonce(
    hashed: int, signature: Signature, nonce: int, group: Group = SMALL
) -> int:
    """The private key, from one signature whose nonce is known."""
    r, s = signature
    return (s * nonce - hashed) * pow(r, -1, group.order) % group.order


def recover_private(
    hashed: int, signature: Signature, other_hashed: int, other: Signature, group: Group = SMALL
) -> int:
    """The private key, from two signatures over different hashes that were made with one nonce.

    ValueError when the two r differ (then the nonces do, too), or when the two signatures are
    the same and tell nothing new. It does not check the result: compare public keys.
    """
    if signature.r != other.r:
        raise ValueError("the two r differ, so these signatures do not share a nonce")
    if (signature.s - other.s) % group.order == 0:
        raise ValueError("both signatures are the same: one equation for two unknown numbers")
    nonce = (hashed - other_hashed) * pow(signature.s - other.s, -1, group.order) % group.order
    return private_from_nonce(hashed, signature, nonce, group)


def _check_range(what: str, number: int, group: Group) -> None:
    if not 0 < number < group.order:
        raise ValueError(f"a {what} is a number from 1 to {group.order - 1}, not {number}")

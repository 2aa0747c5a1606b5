"""Two ECDSA signatures, nonces of one's choice, and an attacker who does the sums.

Small numbers (helpers.toy): the attacker never tries keys one after the other, although with 102
of them that would be easy; only what also works with P-256's numbers is done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from helpers import lab
from helpers.toy import SMALL, ecdsa

PRIVATE = 61
"""The toy signer's private key: a test key, like all of ours."""
MESSAGES = (b"one box for Ann", b"two boxes for Bob")
KNOWS = ("signatures", "counter", "nonce")


class Signed(NamedTuple):
    """One message, the number that stands for it, its nonce, and its signature (None for a nonce
    that a signer has to skip, because r or s would be 0)."""

    message: bytes
    hashed: int
    nonce: int
    signature: ecdsa.Signature | None


@dataclass(frozen=True)
class Attack:
    """What the attacker saw, did, and got. `steps` are sentences; `key` is the number found, or
    None; `right` says whether its public key is the signer's."""

    signed: tuple[Signed, Signed]
    knows: str
    steps: tuple[str, ...]
    key: int | None

    @property
    def right(self) -> bool:
        return self.key == PRIVATE


def attack(first_nonce: int, second_nonce: int, knows: str = "signatures") -> Attack:
    """Sign MESSAGES with these nonces (1 to 102) and let the attacker try.

    `knows`, besides both messages and signatures: "signatures" nothing, "counter" assumes that
    the second nonce is the first plus 1, "nonce" knows the first nonce. ValueError for others.
    """
    if knows not in KNOWS:
        raise ValueError(f"{knows!r} is none of {', '.join(KNOWS)}")
    first, second = (_signed(message, nonce) for message, nonce in
                     zip(MESSAGES, (first_nonce, second_nonce), strict=True))
    if not (first.signature and second.signature):
        return Attack((first, second), knows, ("There are no two signatures to look at.",), None)
    steps, key = {"signatures": _from_signatures, "counter": _from_counter,
                  "nonce": _from_nonce}[knows](first, second)
    return Attack((first, second), knows, tuple(steps), key)


def _signed(message: bytes, nonce: int) -> Signed:
    hashed = ecdsa.hash_number(message)
    try:
        return Signed(message, hashed, nonce, ecdsa.sign(hashed, PRIVATE, nonce))
    except ValueError:
        if not 0 < nonce < SMALL.order:
            raise
        return Signed(message, hashed, nonce, None)


def _owner(key: int) -> bool:
    return 0 < key < SMALL.order and ecdsa.public_key(key) == ecdsa.public_key(PRIVATE)


def _from_nonce(first: Signed, second: Signed) -> tuple[list[str], int]:
    key = ecdsa.private_from_nonce(first.hashed, first.signature, first.nonce)
    return [f"In s1 = (z1 + r1 · d) / k1 only d is unknown now: d = {key}.",
            "Its public key is the signer's."], key


def _from_signatures(first: Signed, second: Signed) -> tuple[list[str], int | None]:
    (r1, s1), (r2, s2) = first.signature, second.signature
    if r1 != r2:
        return [f"r1 = {r1} and r2 = {r2} differ: two equations, three unknown numbers "
                "(k1, k2, d). There is nothing to compute."], None
    steps = [f"r1 = r2 = {r1}: the nonces are the same, up to their sign. Two equations, two "
             "unknown numbers (k, d)."]
    for words, sign in (("k2 = k1", 1), ("k2 = -k1", -1)):
        gap = (s1 - sign * s2) % SMALL.order
        if not gap:
            steps.append(f"With {words} both equations say the same: no answer.")
            continue
        nonce = (first.hashed - second.hashed) * pow(gap, -1, SMALL.order) % SMALL.order
        key = ecdsa.private_from_nonce(first.hashed, first.signature, nonce)
        said = f"With {words}: k1 = {nonce}, and from it d = {key}."
        if _owner(key):
            return [*steps, f"{said} Its public key is the signer's."], key
        steps.append(f"{said} Its public key is another.")
    return steps, None


def _from_counter(first: Signed, second: Signed) -> tuple[list[str], int | None]:
    """s1·k = z1 + r1·d and s2·(k + 1) = z2 + r2·d, solved for d."""
    order, (r1, s1), (r2, s2) = SMALL.order, first.signature, second.signature
    # Multiply the first by s2 and the second by s1, and subtract: k drops out.
    factor = (s2 * r1 - s1 * r2) % order
    steps = ["Assume k2 = k1 + 1: two equations, two unknown numbers (k1, d)."]
    if not factor:
        return [*steps, "Both equations say the same: no answer."], None
    key = (s1 * second.hashed - s2 * first.hashed - s1 * s2) * pow(factor, -1, order) % order
    said = f"d = {key}."
    if _owner(key):
        return [*steps, f"{said} Its public key is the signer's."], key
    return [*steps, f"{said} Its public key is another: the assumption was wrong."], None


# --- with real numbers -------------------------------------------------------------------------


class Observed(NamedTuple):
    """What anybody sees of one signature over P-256 with SHA-256; `der` is how it travels."""

    message: bytes
    hashed: int
    signature: ecdsa.Signature
    der: bytes


def broken_signer(*messages: bytes) -> tuple[ec.EllipticCurvePublicKey, list[Observed]]:
    """A signer whose random generator is stuck: the shop's real P-256 test key, and one nonce
    for all messages. Returns its public key and what anybody sees."""
    private = lab.key("server_ecdsa").private_numbers().private_value
    nonce = int.from_bytes(lab.seeded("a stuck generator")(32), "big") % ecdsa.P256.order
    seen = []
    for message in messages:
        hashed = ecdsa.hash_number(message, ecdsa.P256)
        signature = ecdsa.sign(hashed, private, nonce, ecdsa.P256)
        seen.append(Observed(message, hashed, signature, encode_dss_signature(*signature)))
    return lab.key("server_ecdsa").public_key(), seen


def what_a_stranger_learns(
    public_key: ec.EllipticCurvePublicKey, first: Observed, second: Observed
) -> dict[str, object]:
    """From two signatures over P-256 and nothing secret: what can be seen, and what computed.

    Numbers are shown by their first digits. `cryptography` makes a public key from the computed d:
    only if that is the signer's own is d the private key.
    """
    known = {"r1": _first_digits(first.signature.r), "r2": _first_digits(second.signature.r)}
    if first.signature.r != second.signature.r or first.signature.s == second.signature.s:
        return known
    key = ecdsa.recover_private(first.hashed, first.signature, second.hashed,
                                second.signature, ecdsa.P256)
    made = ec.derive_private_key(key, ec.SECP256R1()).public_key()
    return {**known, "d, computed": _first_digits(key),
            "d makes the victim's public key": made == public_key}


def _first_digits(number: int) -> str:
    return f"{number:064x}"[:16] + "..."

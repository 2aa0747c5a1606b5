"""Lesson 04: adding points of a curve, and X25519 with its one refusal."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.toy import SMALL, x25519_unchecked

from .forms import BytesForm, IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

Pair = tuple[int, int]


@dataclass(frozen=True)
class Remainder(IntegerForm):
    """A whole number, with `advice` for those who come with a fraction."""

    advice: str = ""

    def read(self, answer: Any) -> int:
        if type(answer) in (float, complex):
            raise NotThisForm(f"This asks for a whole number, and you gave {answer:.6g}. "
                              f"{self.advice}")
        return super().read(answer)


# --- adding two points -------------------------------------------------------------------------

_P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1


def _multiple_on_p256(times: int) -> Pair:
    """times * G on P-256, as `cryptography` computes it for a private key of `times`."""
    numbers = ec.derive_private_key(times, ec.SECP256R1()).public_key().public_numbers()
    return numbers.x, numbers.y


def _add_cases() -> list[Case]:
    curve, generator = SMALL.curve, SMALL.generator
    nine, twenty = curve.multiply(9, generator), curve.multiply(20, generator)
    one, two, three = (_multiple_on_p256(times) for times in (1, 2, 3))
    return [
        Case(curve.add(nine, twenty), (97, 3, nine, twenty), "two points of the small curve"),
        Case(curve.add(twenty, generator), (97, 3, twenty, generator), "two more points of it"),
        Case(curve.add(nine, nine), (97, 3, nine, nine), "a point added to itself"),
        Case(three, (_P256, -3, one, two), "G + 2G on the real curve P-256"),
        Case(two, (_P256, -3, one, one), "G + G on P-256"),
    ]


def _slope(prime: int, a: int, first: Pair, second: Pair) -> int:
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    return rise * pow(run, -1, prime) % prime


def _sum(prime: int, slope: int, first: Pair, second: Pair) -> Pair:
    x = (slope * slope - first[0] - second[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _third(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    x, y = _sum(prime, _slope(prime, a, first, second), first, second)
    return x, -y % prime


def _chord_only(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    rise, run = second[1] - first[1], second[0] - first[0]
    return _sum(prime, rise * pow(run, -1, prime), first, second)


def _tangent_without_a(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    return _sum(prime, _slope(prime, 0, first, second), first, second)


def _no_remainder(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    slope = _slope(prime, a, first, second)
    x = slope * slope - first[0] - second[0]
    return x, slope * (first[0] - x) - first[1]


def _one_x_short(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    slope = _slope(prime, a, first, second)
    x = (slope * slope - first[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _floor(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    return _sum(prime, rise // run, first, second)


def _caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """^ for a square, in x."""
    slope = _slope(prime, a, first, second)
    x = ((slope ^ 2) - first[0] - second[0]) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _loose_caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """The same as Python reads slope ^ 2 - x1 - x2."""
    slope = _slope(prime, a, first, second)
    x = (slope ^ (2 - first[0] - second[0])) % prime
    return x, (slope * (first[0] - x) - first[1]) % prime


def _long_caret(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """_loose_caret with a slope that was not reduced, as in the worked solution."""
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * y1) if first == second else (y2 - y1, x2 - x1)
    slope = rise * pow(run, -1, prime)
    x = (slope ^ (2 - x1 - x2)) % prime
    return x, (slope * (x1 - x) - y1) % prime


def _caret_in_the_rise(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """3 * x1 ^ 2 + a in the tangent, as Python reads it."""
    if first != second:
        return _sum(prime, _slope(prime, a, first, second), first, second)
    (x1, y1) = first
    slope = (3 * x1 ^ (2 + a)) * pow(2 * y1, -1, prime)
    return _sum(prime, slope, first, second)


def _half_a_run(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    """The tangent over 2 * x1 in place of 2 * y1."""
    (x1, y1), (x2, y2) = first, second
    rise, run = (3 * x1 * x1 + a, 2 * x1) if first == second else (y2 - y1, x2 - x1)
    return _sum(prime, rise * pow(run, -1, prime), first, second)


def _upside_down(prime: int, a: int, first: Pair, second: Pair) -> Pair:
    return _sum(prime, pow(_slope(prime, a, first, second), -1, prime), first, second)


def _add_trouble(attempt: Attempt) -> str:
    prime, _, first, second = attempt.case.args
    if type(attempt.given) is not tuple:
        return ""
    if len(attempt.given) != 2:
        return "A point has two coordinates: return x and y, with a comma between them."
    x, y = attempt.given
    expected_x, expected_y = attempt.case.expected
    if (x % prime, y % prime) == (expected_x, expected_y):
        return "Right, up to the last remainder: return both coordinates modulo the prime."
    if (x, y) == (expected_y, expected_x):
        return "The coordinates are swapped: x first, then y."
    if x == expected_x:
        return ("x is right. y is slope * (x1 - x) - y1, modulo the prime: x1 and y1 belong to "
                "the same point.")
    kind = "slope of the tangent" if first == second else "slope between the two points"
    return ("x is not right yet. It is slope * slope - x1 - x2, modulo the prime. Print your "
            f"{kind} and check it: slope * run has to be the rise, modulo the prime.")


_NO_FRACTIONS = ("Modulo p one divides by multiplying with the inverse, pow(run, -1, prime): not "
                 "with /, and not with a pow that lacks the prime.")
_SILENT = ("Is there a return x, y at the end, after both kinds of slope and not inside one of "
           "them?")
ADD_POINTS = Exercise(
    "04-add-points", "Add two points", "medium", 10,
    FunctionForm(ListForm(Remainder(advice=_NO_FRACTIONS), what="two numbers, x and y"),
                 ("prime", "a", "first", "second")),
    _add_cases,
    [
        Wrong("no mirror", _third,
              "That is the third point on the line. The sum is its mirror image: turn the sign "
              "of y round."),
        Wrong("chord only", _chord_only,
              "For a point added to itself, rise and run are both 0, and 0 has no inverse. Then "
              "take the tangent: (3 * x1 * x1 + a) over (2 * y1)."),
        Wrong("tangent without a", _tangent_without_a,
              "Two different points work. For a point added to itself the rise of the tangent is "
              "3 * x1 * x1 + a: the a is missing."),
        Wrong("no remainder", _no_remainder,
              "The right formulas, without the remainder: take both coordinates modulo the "
              "prime."),
        Wrong("one x short", _one_x_short,
              "From the square of the slope both x-coordinates are taken away, x1 and x2."),
        Wrong("slope upside down", _upside_down,
              "The slope is upside down: rise over run, so it is the run, the difference of the "
              "x-coordinates, that is inverted."),
        Wrong("divided with //", _floor,
              "You divided with //, which drops the rest. Modulo p one multiplies with the "
              "inverse: rise * pow(run, -1, prime)."),
        Wrong("^ for a square", _caret,
              "In Python ^ is XOR. A square is slope * slope, or slope ** 2."),
        Wrong("^ for a square, without precedence",
              _loose_caret,
              "In Python ^ is XOR, and comes after minus. A square is slope * slope."),
        Wrong("^ for a square, slope not reduced", _long_caret,
              "In Python ^ is XOR, and comes after minus. Square with slope * slope, or with **."),
        Wrong("^ in the tangent's rise", _caret_in_the_rise,
              "Two different points work. In the rise of the tangent, ^ is XOR in Python: write "
              "3 * x1 * x1 + a."),
        Wrong("tangent over 2 * x1", _half_a_run,
              "Two different points work. For a point added to itself the run of the tangent is "
              "2 * y1, with y."),
        Wrong("coordinates added", lambda prime, a, first, second: (
            (first[0] + second[0]) % prime, (first[1] + second[1]) % prime),
            "You added the coordinates one by one. That point is not even on the curve: the sum "
            "is found with the line through both."),
    ],
    "The same few lines added points of P-256, the curve in millions of certificates. Real code "
    "differs in what you cannot see: it takes the same time whatever the numbers are.",
    "First the slope (two cases), then x, then y.", _add_trouble, silent=_SILENT)

# --- X25519 ------------------------------------------------------------------------------------

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

"""Lesson 05: the private key out of two signatures that share a nonce.

Cases: the toy curve; the key and nonce that RFC 6979 publishes (appendix A.2.5); and the lab's
P-256 test key, with a generator that is stuck. The expected numbers are the private keys
themselves, and tests/exercises/test_lesson05.py asks `cryptography` for their public keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dis import get_instructions
from types import CodeType
from typing import Any

from helpers import lab
from helpers.experiments.nonces import PRIVATE, attack, broken_signer
from helpers.toy import SMALL, ecdsa

from .calling import Failed, call
from .forms import IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

# RFC 6979, appendix A.2.5: the private key, and the nonce for "sample" with SHA-256.
_RFC_KEY = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
_RFC_NONCE = 0xA6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60
_ORDER = ecdsa.P256.order
_SMALL_NONCE = 27  # with it every mistake on the toy curve comes to another number


def _cases() -> list[Case]:
    small = [(one.hashed, one.signature) for one in attack(_SMALL_NONCE, _SMALL_NONCE).signed]
    known = [(hashed, ecdsa.sign(hashed, _RFC_KEY, _RFC_NONCE, ecdsa.P256)) for hashed in (
        ecdsa.hash_number(text, ecdsa.P256) for text in (b"sample", b"test"))]
    _, seen = broken_signer(b"one visit", b"another visit")
    stuck = [(one.hashed, one.signature) for one in seen]
    own = lab.key("server_ecdsa").private_numbers().private_value
    return [
        _case(PRIVATE, small, SMALL.order, "the toy curve"),
        _case(_RFC_KEY, known, _ORDER, "P-256, the key of RFC 6979"),
        _case(own, stuck, _ORDER, "P-256, the shop's test key"),
    ]


def _case(private: int, signed: list, order: int, label: str) -> Case:
    (z1, first), (z2, second) = signed
    return Case(private, (z1, first.s, z2, second.s, first.r, order), label)


def _nonce(z1: int, s1: int, z2: int, s2: int, n: int) -> int:
    return (z1 - z2) * pow(s1 - s2, -1, n) % n


def _key(z1: int, s1: int, k: int, r: int, n: int) -> int:
    return (s1 * k - z1) * pow(r, -1, n) % n


_DIVIDE = ("Dividing modulo n is multiplying by pow(x, -1, n), with all three arguments: / and // "
           "leave the whole numbers modulo n.")


@dataclass(frozen=True)
class _Modulo(IntegerForm):
    """A whole number; one with a decimal point is told how to divide."""

    def read(self, answer: Any) -> int:
        if type(answer) is float:
            raise NotThisForm(f"A number with a decimal point came out. {_DIVIDE}")
        return super().read(answer)


def _signs(function: Any) -> set[str]:
    """The signs of arithmetic in it, such as "+" and "//"."""
    code = getattr(function, "__code__", None)
    if type(code) is not CodeType:
        return set()
    return {step.argrepr for step in get_instructions(code) if step.opname == "BINARY_OP"}


def _slips(z1: int, s1: int, z2: int, s2: int, r: int, n: int) -> Iterator[tuple[int, str]]:
    """What comes of mistakes in one of the two steps, each with its hint."""
    k = _nonce(z1, s1, z2, s2, n)
    for signs in ((1, -1), (-1, 1), (1, 1)):
        wrong = (z1 + signs[0] * z2) * pow(s1 + signs[1] * s2, -1, n)
        yield from _both(wrong, z1, s1, r, n, (
            "One equation minus the other leaves two differences, z1 - z2 and s1 - s2."))
    yield from _both(pow(k, -1, n), z1, s1, r, n, (
        "The nonce came out upside down: z1 - z2 is divided by s1 - s2, not the other way round."))
    yield from _both((z1 - z2) * (s1 - s2), z1, s1, r, n, (
        "You multiplied by s1 - s2. To divide by it, multiply by pow(s1 - s2, -1, n)."))
    not_divided = ("Nothing was divided by s1 - s2: the nonce came out as z1 - z2. The inverse is "
                   "pow(x, -1, n), or pow(x, n - 2, n); with n - 1 as exponent it is always 1.")
    yield from _both(z1 - z2, z1, s1, r, n, not_divided)
    yield (s1 * (z1 - z2) - z1) % n, not_divided
    yield _key(z1, s1, 0, r, n), (
        "The nonce came out as 0. The arguments of pow are in another order: pow(x, -1, n).")
    yield _key(z1, s2, k, r, n), "You mixed the two signatures: s1 belongs to z1, s2 to z2."
    yield (s1 * k - z1 * pow(r, -1, n)) % n, (
        "Only z1 was divided by r. Put brackets round s1 · k - z1: all of it is divided.")
    yield (s1 * k - z1) % n, "That is r · d. One step is missing: divide by r, modulo n."


def _both(nonce: int, z1: int, s1: int, r: int, n: int, hint: str) -> Iterator[tuple[int, str]]:
    yield nonce % n, hint
    yield _key(z1, s1, nonce, r, n), hint


def _slip(attempt: Attempt) -> str:
    """The mistake that explains the number. On the toy curve two mistakes may meet by accident,
    so the function is asked about P-256, too."""
    args, given = attempt.case.args, attempt.given
    if args[-1] != _ORDER:
        args = NONCE.made_cases()[1].args
        try:
            given = _Modulo().read(call(attempt.answer, args))
        except (Failed, NotThisForm):
            args, given = attempt.case.args, attempt.given
    return next((hint for number, hint in _slips(*args) if number == given), "")


def _trouble(attempt: Attempt) -> str:
    n = attempt.case.args[-1]
    given = attempt.given
    if attempt.error == "TooLong":
        return ("If you try every d: that works with 103 points. P-256 has about 2^256, and no "
                "machine gets through. Compute: the two equations give k, and k gives d.")
    signs = _signs(attempt.answer)
    if signs & {"^", "^="}:
        return "In Python ^ is XOR and no power. The inverse of x modulo n is pow(x, -1, n)."
    if signs & {"/", "//", "/=", "//="}:
        return _DIVIDE
    if attempt.error in ("OverflowError", "ZeroDivisionError"):
        return _DIVIDE
    if attempt.error == "ValueError":
        return ("pow(x, -1, n) found no inverse. Is the last argument n, and is what you divide by "
                "a difference that is not 0?")
    if given is None:
        return ""
    key = attempt.case.expected
    if given % n == key:
        return "The right number, but not reduced: take it modulo n, to get one from 1 to n - 1."
    if given % n == n - key:
        return "The right size with the wrong sign. Look at the order of a subtraction."
    if n == _ORDER and 0 <= given < SMALL.order:
        return ("On the toy curve it was right. These are the numbers of P-256, and yours is below "
                "103: is 103, or the answer itself, written into your function? Use n.")
    if said := _slip(attempt):
        return said
    if not 0 <= given < n:
        return ("Your number is not between 0 and n. Everything is done modulo n, and dividing by "
                "x is multiplying by pow(x, -1, n).")
    return ("Check both steps with the toy numbers, on paper if need be: first k, from the "
            "difference of the two equations, then d, from one of them. Each division is "
            "pow(x, -1, n).")


NONCE = Exercise(
    "05-nonce-reuse", "The private key from two signatures", "hard", 10,
    FunctionForm(_Modulo(), ("z1", "s1", "z2", "s2", "r", "n")), _cases,
    [
        Wrong("only the nonce", lambda z1, s1, z2, s2, r, n: _nonce(z1, s1, z2, s2, n),
              "That is the nonce k: half of the way. With it, one signature gives d."),
        Wrong("differences turned round", lambda z1, s1, z2, s2, r, n:
              _key(z1, s1, _nonce(z2, s1, z1, s2, n), r, n),
              "The nonce came out with the wrong sign: z1 - z2 goes with s1 - s2."),
        Wrong("times r", lambda z1, s1, z2, s2, r, n:
              (s1 * _nonce(z1, s1, z2, s2, n) - z1) * r % n,
              "You multiplied by r in the last step. There it says: divided by r."),
        Wrong("plus z1", lambda z1, s1, z2, s2, r, n:
              (s1 * _nonce(z1, s1, z2, s2, n) + z1) * pow(r, -1, n) % n,
              "In the last step z1 is taken away, not added: s1 · k = z1 + r · d."),
        Wrong("mixed signatures", lambda z1, s1, z2, s2, r, n:
              _key(z2, s1, _nonce(z1, s1, z2, s2, n), r, n),
              "You mixed the two signatures: s1 belongs to z1, s2 to z2."),
        Wrong("whole-number division", lambda z1, s1, z2, s2, r, n:
              (z1 - z2) // (s1 - s2) % n,
              "Whole-number division (//) rounds. Modulo n one divides exactly: multiply by "
              "pow(x, -1, n)."),
        Wrong("not multiplied by s", lambda z1, s1, z2, s2, r, n:
              (_nonce(z1, s1, z2, s2, n) - z1) * pow(r, -1, n) % n,
              "In the last step the nonce is multiplied by s1 first: s1 · k - z1."),
    ],
    "One repeated nonce, and whoever sees both signatures owns the key. So signers compute their "
    "nonces (RFC 6979, Ed25519) instead of hoping for a good generator.",
    "First the nonce from the two equations, then the key from one of them. pow(x, -1, n) divides.",
    _trouble)

"""Lesson 03: a message read by somebody who has only the public key.

The moduli to be factored are that of the paper of 1978, Jevons' number (1874) and 2 ** 32 + 1,
which Euler factored in 1732.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.toy import RsaKey

from .forms import IntegerForm
from .lesson03_power import PowerForm
from .lesson03_small import ABOVE, PAPER, PLAIN, WHOLE
from .model import Attempt, Case, Exercise, Wrong

JEVONS, EULER = RsaKey(89681, 96079, 17), RsaKey(641, 6700417, 17)


def _break_cases() -> list[Case]:
    made = ((PAPER, PLAIN[6], "the paper's key"),  # the others: too large to try every message
            (JEVONS, 7_000_001_874, "Jevons' number as a modulus"),
            (EULER, 4_000_001_732, "2 ** 32 + 1 as a modulus"))
    return [Case(message, (key.n, key.e, key.encrypt(message)), label)
            for key, message, label in made]


def _primes(n: int) -> tuple[int, int]:
    return next((key.p, key.q) for key in (PAPER, JEVONS, EULER) if key.n == n)


def _broken(change: str):
    """What breaking the key comes to with one mistake in it."""
    def answer(n: int, e: int, ciphertext: int) -> int:
        p, q = _primes(n)
        d = pow(e, -1, (p - 1) * (q - 1))
        return {"factor": p, "other factor": q, "d": d, "again": pow(ciphertext, e, n),
                "circle": (p - 1) * (q - 1), "modulo p": pow(ciphertext, d, p),
                "modulo circle": pow(ciphertext, d, (p - 1) * (q - 1)),
                "times d": ciphertext * d % n, "swapped": pow(d, ciphertext, n),
                "the d above": pow(ciphertext, PAPER.d, n),
                "key above": pow(ciphertext, PAPER.d, PAPER.n),
                "same": ciphertext}[change]  # fmt: skip

    return answer


def _with_circle(circle: Callable[[int, int], int]) -> Callable[[int, int, int], int]:
    """What breaking the key comes to with another circle, taken from p and q."""
    def answer(n: int, e: int, ciphertext: int) -> int:
        return pow(ciphertext, pow(e, -1, circle(*_primes(n))), n)

    return answer


def _break_trouble(attempt: Attempt) -> str:
    if attempt.error == "TooLong":
        return ("Do you try every message, or every divisor? There are as many messages as n is "
                "large, but a divisor is found below the root of n. And a search in steps of 2 has "
                "to begin at an odd number.")
    if "million digits" in attempt.said:
        return "Use pow with three arguments in its place: the message is taken modulo n."
    if attempt.error == "ValueError" and re.search("invertible|cannot be 0", attempt.said):
        if "decrypt(" in attempt.said:
            return ("There is no such inverse. In which order does your decrypt take its "
                    "arguments? In the exercise above it was ciphertext, p, q, e.")
        return ("There is no such inverse. Print p and q: a factor of 1 or of n itself is no use; "
                "the search begins at 2 and ends before n.")
    if attempt.error in ("StopIteration", "ZeroDivisionError"):
        return ("The search went past the factor. n % number is 0 exactly when number divides n; "
                "begin at 2.")
    if attempt.error == "OverflowError":
        return ("A division with / gives a number with a decimal point, and pow cannot use it. "
                "// divides whole numbers.")
    if attempt.error == "TypeError" and "pow()" in attempt.said:
        return WHOLE
    if type(attempt.given) is not int:
        return ""
    if not 0 <= attempt.given < attempt.case.args[0]:
        return "A message is a remainder modulo n: give pow n as its third argument."
    return ("Check the steps one by one with print: p * q must be n again, then d * e % "
            "((p - 1) * (q - 1)) must be 1. The message is the ciphertext to the power d, "
            "modulo n.")


BREAK = Exercise(
    "03-break", "Read it without the key", "medium", 8,
    PowerForm(IntegerForm(), ("n", "e", "ciphertext")), _break_cases,
    [
        Wrong("a factor", _broken("factor"), "That is one of the primes. The lock is open: now "
              "compute d as the owner does, and decrypt."),
        Wrong("the other factor", _broken("other factor"), "That is the larger prime. With both "
              "you can compute d, and with d the message."),
        Wrong("d", _broken("d"), "That is the private exponent, and nobody gave it to you. Now "
              "decrypt the ciphertext with it."),
        Wrong("the circle", _broken("circle"), "That is (p - 1) * (q - 1). Next comes d, the "
              "inverse of e modulo this number."),
        Wrong("encrypted again", _broken("again"), "You used e. To read you need d: find p and q "
              "first."),
        Wrong("circle of n - 1", _with_circle(lambda p, q: p * q - 1), "You took the inverse of e "
              "modulo n - 1, as if n were a prime. It is a product: (p - 1) * (q - 1)."),
        Wrong("circle of n", _with_circle(lambda p, q: p * q), "You took the inverse of e modulo "
              "n. Exponents go round in another circle: (p - 1) * (q - 1)."),
        Wrong("circle of p + 1", _with_circle(lambda p, q: (p + 1) * (q + 1)), "You used p + 1 and "
              "q + 1. It is one less, not one more."),
        Wrong("circle of n - 1 and p - 1", _with_circle(lambda p, q: (p - 1) * (p * q - 1)),
              "You used p - 1 and n - 1. The second prime is q = n // p, not n."),
        Wrong("modulo p", _broken("modulo p"), "d is right, but the message is taken modulo n, "
              "and you took it modulo one of the primes."),
        Wrong("modulo the circle", _broken("modulo circle"), "d is right. But messages are taken "
              "modulo n, only exponents modulo (p - 1) * (q - 1)."),
        Wrong("times d", _broken("times d"), "You multiplied by d. The ciphertext is taken to the "
              "power d."),
        Wrong("d as the base", _broken("swapped"), "You took d to the power of the ciphertext. The "
              "ciphertext is the base."),
        Wrong("the key above", _broken("key above"), ABOVE),
        Wrong("the d above", _broken("the d above"), "You took d = 157. That is right for the "
              "paper's key only: compute d from the p and q you found."),
        Wrong("nothing done", _broken("same"), "What comes out is the ciphertext itself. Find p "
              "and q, then d, and decrypt with d alone."),
        Wrong("sum", _with_circle(lambda p, q: (p - 1) + (q - 1)), "You added p - 1 and q - 1. "
              "Multiply them."),
    ],
    "A public key hides its private key behind one multiplication. For 2773 that is nothing, for "
    "2048 bits, well made, nobody has managed.",
    "Find a number that divides n, with a loop. Then do what the owner does.",
    _break_trouble)  # fmt: skip

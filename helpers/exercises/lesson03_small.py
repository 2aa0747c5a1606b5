"""Lesson 03: the exercises with small numbers: encrypt, decrypt, and read without the key.

The key and the ten blocks are the example of the paper that introduced RSA: Rivest, Shamir and
Adleman, Communications of the ACM 21 (1978), page 126. The moduli to be factored are Jevons'
number (1874) and 2 ** 32 + 1, which Euler factored in 1732.
"""

from __future__ import annotations

import re
from math import lcm

from helpers.toy import RsaKey

from .forms import IntegerForm
from .lesson03_power import PowerForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

PAPER = RsaKey(47, 59, 17)
PLAIN = (920, 1900, 112, 1200, 718, 505, 1100, 2015, 13, 500)
JEVONS, EULER = RsaKey(89681, 96079, 17), RsaKey(641, 6700417, 17)
_N, _E, _D = PAPER.n, PAPER.e, PAPER.d
_BLOCK = PLAIN[3]
_WHOLE = ("pow with three arguments wants whole numbers. A division with / gives one with a "
          "decimal point: n // p has none, and the inverse of e is pow(e, -1, ...).")

# --- encrypt -----------------------------------------------------------------------------------

def _encrypt_trouble(attempt: Attempt) -> str:
    said, given = attempt.answer, attempt.given
    if type(said) is str and re.search(r"pow|\*|%", said[:200]):
        return "Without the quotation marks Python computes this for you."
    if type(given) is not int:
        return "Put a whole number, or let Python compute one: pow(..., ..., ...)."
    if given < 0 or given >= _N:
        return ("A ciphertext is a remainder modulo n: it lies between 0 and n - 1. Take it with "
                "the third argument of pow.")
    if given in {PAPER.encrypt(block) for block in PLAIN}:
        return "That is the ciphertext of another of the ten blocks. Here it is block number 3."
    return ("Only three numbers go into it: the message, the public exponent and the modulus, in "
            "this order: pow(message, exponent, modulus).")


ENCRYPT = Exercise(
    "03-encrypt", "Encrypt a block", "easy", 3, IntegerForm(),
    lambda: [Case(PAPER.encrypt(_BLOCK))],
    [
        Wrong("the block itself", _BLOCK, "That is the block as it is. Raise it to the power e, "
              "and take the remainder modulo n."),
        Wrong("multiplied", _BLOCK * _E % _N, "That is the message times e. RSA takes it to the "
              "power e: pow(message, e, n)."),
        Wrong("multiplied, no remainder", _BLOCK * _E, "That is a product. RSA takes the message "
              "to the power e, and then the remainder modulo n."),
        Wrong("no remainder", _BLOCK**_E, "That is the whole power, without the remainder. pow has "
              "a third argument for the modulus."),
        Wrong("base and exponent swapped", pow(_E, _BLOCK, _N), "You took e to the power of the "
              "message. The message is the base: pow(message, e, n)."),
        Wrong("exponent and modulus swapped", pow(_BLOCK, _N, _E), "Exponent and modulus are in "
              "each other's place: the remainder is taken modulo n."),
        Wrong("floor division", _BLOCK**_E // _N, "That is how often n goes into the power. The "
              "remainder is what is left over: % or the third argument of pow."),
        Wrong("private exponent", pow(_BLOCK, _D, _N), "You used another exponent. To encrypt, "
              "everybody takes the public one, e = 17."),
        Wrong("the first block", PAPER.encrypt(PLAIN[0]), "That is the block in the cell above. "
              "Here another one is asked for."),
        Wrong("the letters' own numbers", pow(12, _E, _N), "You encrypted 12, one letter. A block "
              "is two letters: L is 12 and the blank is 00, together 1200."),
    ],
    "Nothing secret went into this. Whoever has the two public numbers can do it.",
    "Put pow(..., ..., ...) or a number in place of None.", _encrypt_trouble)  # fmt: skip

# --- decrypt -----------------------------------------------------------------------------------

_FOUR = ("ciphertext", "p", "q", "e")


def _decrypt_cases() -> list[Case]:
    paper = [Case(block, (PAPER.encrypt(block), PAPER.p, PAPER.q, PAPER.e),
                  f"block {at} of the paper of 1978") for at, block in enumerate(PLAIN[:4])]
    tiny, other = RsaKey(5, 11, 3), RsaKey(101, 113, 3533)
    return [*paper, Case(tiny.decrypt(9), (9, 5, 11, 3), "a tiny key"),
            Case(9726, (other.encrypt(9726), 101, 113, 3533), "a larger key")]


def _decrypt_trouble(attempt: Attempt) -> str:
    _, p, q, e = attempt.case.args
    if attempt.error == "TypeError" and "pow()" in attempt.said:
        return _WHOLE
    if attempt.error == "ValueError" and "invertible" in attempt.said:
        return ("There is no such inverse: modulo what did you take it? The private exponent is "
                "the inverse of e modulo (p - 1) * (q - 1).")
    if type(attempt.given) is not int:
        return ""
    if attempt.given == pow(e, -1, lcm(p - 1, q - 1)):
        return "That is a private exponent. Now use it on the ciphertext, modulo n."
    if not 0 <= attempt.given < p * q:
        return "A message is a remainder modulo n, so it lies between 0 and n - 1."
    return ("Two steps: the private exponent d = pow(e, -1, (p - 1) * (q - 1)), then the "
            "ciphertext to the power d modulo p * q.")


DECRYPT = Exercise(
    "03-decrypt", "Decrypt with the primes", "easy", 6, FunctionForm(IntegerForm(), _FOUR),
    _decrypt_cases,
    [
        Wrong("encrypted once more", lambda c, p, q, e: pow(c, e, p * q), "You used e again. That "
              "encrypts a second time; to undo it you need d, which you compute from p, q and e."),
        Wrong("minus e", lambda c, p, q, e: pow(c, -e, p * q), "pow with -e is one divided by the "
              "power: another number. The inverse is taken of the exponent e, not of the message."),
        Wrong("inverse modulo n", lambda c, p, q, e: pow(c, pow(e, -1, p * q), p * q),
              "You took the inverse of e modulo n. Exponents go round in another circle: "
              "(p - 1) * (q - 1)."),
        Wrong("inverse modulo n - 1", lambda c, p, q, e: pow(c, pow(e, -1, p * q - 1), p * q),
              "You took the inverse of e modulo n - 1. The circle is (p - 1) * (q - 1)."),
        Wrong("sum in place of the product", lambda c, p, q, e: pow(
            c, pow(e, -1, (p - 1) + (q - 1)), p * q),
              "You added p - 1 and q - 1. Multiply them."),
        Wrong("d itself", lambda c, p, q, e: pow(e, -1, (p - 1) * (q - 1)),
              "That is the private exponent. The message comes out when you use it: "
              "pow(ciphertext, d, n)."),
        Wrong("times d", lambda c, p, q, e: c * pow(e, -1, (p - 1) * (q - 1)) % (p * q),
              "You multiplied by d. The ciphertext is taken to the power d."),
        Wrong("d as the base", lambda c, p, q, e: pow(pow(e, -1, (p - 1) * (q - 1)), c, p * q),
              "You took d to the power of the ciphertext. The ciphertext is the base."),
        Wrong("modulo the circle", lambda c, p, q, e: pow(
            c, pow(e, -1, (p - 1) * (q - 1)), (p - 1) * (q - 1)),
              "The exponent is right. But messages are taken modulo n = p * q, only exponents "
              "modulo (p - 1) * (q - 1)."),
        Wrong("circle of p and q", lambda c, p, q, e: pow(
            c, pow(e, -1, (p + 1) * (q + 1)), p * q),
              "You used p + 1 and q + 1. It is one less, not one more."),
    ],
    "The owner knows p and q and needs two lines. Everybody else knows only their product.",
    "Compute d from e, p and q first; then return the message.", _decrypt_trouble)  # fmt: skip

# --- read without the key ----------------------------------------------------------------------

def _break_cases() -> list[Case]:
    made = ((PAPER, PLAIN[6], "the paper's key"), (JEVONS, 1874, "Jevons' number as a modulus"),
            (EULER, 1732, "2 ** 32 + 1 as a modulus"))
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
                "circle": (p - 1) * (q - 1),
                "d of n": pow(ciphertext, pow(e, -1, n - 1), n),
                "modulo p": pow(ciphertext, d, p), "sum": pow(
                    ciphertext, pow(e, -1, (p - 1) + (q - 1)), n)}[change]  # fmt: skip

    return answer


def _break_trouble(attempt: Attempt) -> str:
    if "never end" in attempt.said:
        return "Give pow its third argument: the message is taken modulo n."
    if attempt.error == "ValueError" and re.search("invertible|cannot be 0", attempt.said):
        return ("There is no such inverse. Print p and q: a factor of 1 or of n itself is no use; "
                "the search begins at 2 and ends before n.")
    if attempt.error in ("StopIteration", "ZeroDivisionError"):
        return ("The search went past the factor. n % number is 0 exactly when number divides n; "
                "begin at 2.")
    if attempt.error == "OverflowError":
        return ("A division with / gives a number with a decimal point, and pow cannot use it. "
                "// divides whole numbers.")
    if attempt.error == "TypeError" and "pow()" in attempt.said:
        return _WHOLE
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
        Wrong("circle of n - 1", _broken("d of n"), "You took the inverse of e modulo n - 1, as if "
              "n were a prime. It is a product: (p - 1) * (q - 1)."),
        Wrong("modulo p", _broken("modulo p"), "d is right, but the message is taken modulo n, "
              "and you took it modulo one of the primes."),
        Wrong("sum", _broken("sum"), "You added p - 1 and q - 1. Multiply them."),
    ],
    "A public key hides its private key behind one multiplication. For 2773 that is nothing, for "
    "2048 bits, well made, nobody has managed.",
    "Find a number that divides n, with a loop. Then do what the owner does.",
    _break_trouble)  # fmt: skip

"""Lesson 03: the exercises with small numbers: encrypt and decrypt.

The key and the ten blocks are the example of the paper that introduced RSA: Rivest, Shamir and
Adleman, Communications of the ACM 21 (1978), page 126.
"""

from __future__ import annotations

import re
from math import lcm

from helpers.toy import RsaKey

from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

PAPER = RsaKey(47, 59, 17)
PLAIN = (920, 1900, 112, 1200, 718, 505, 1100, 2015, 13, 500)
_N, _E, _D = PAPER.n, PAPER.e, PAPER.d
_BLOCK = PLAIN[3]
WHOLE = ("pow with three arguments wants whole numbers. A division with / gives one with a "
          "decimal point: n // p has none, and the inverse of e is pow(e, -1, ...).")

# --- encrypt -----------------------------------------------------------------------------------

def _encrypt_trouble(attempt: Attempt) -> str:
    said, given = attempt.answer, attempt.given
    if type(said) is str and re.search(r"pow|\*|%", said[:200]):
        return "Without the quotation marks Python computes this for you."
    if type(given) is not int:
        return "Put a whole number, or let Python compute one: pow(..., ..., ...)."
    if given == _BLOCK ^ _E:
        return "In Python ^ is no power. A power modulo n is pow(message, e, n)."
    if given < 0 or given >= _N:
        return ("A ciphertext is a remainder modulo n: it lies between 0 and n - 1. Take it with "
                "the third argument of pow.")
    if given in {PAPER.encrypt(block) for block in PLAIN}:
        return "That is the ciphertext of another of the ten blocks. Here it is 1200."
    if abs(given - PAPER.encrypt(_BLOCK)) == 1:
        return "One off: give what pow(message, e, n) comes to as it is."
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
        Wrong("the cell above", pow(PAPER.encrypt(PLAIN[0]), _E, _N), "That is 948 encrypted once "
              "more, as in the cell above. The message here is 1200."),
        Wrong("one factor too few", pow(_BLOCK, _E - 1, _N), "That is the power e - 1, one "
              "multiplication too few. The exponent is e itself."),
        Wrong("another modulus", pow(_BLOCK, _E, 33), "The remainder was taken modulo 33. This "
              "key's modulus is 2773."),
        Wrong("the letters' own numbers", pow(12, _E, _N), "You encrypted 12, one letter. A block "
              "is two letters: L is 12 and the blank is 00, together 1200."),
    ],
    "Nothing secret went into this. Whoever has the two public numbers can do it.",
    "Put pow(..., ..., ...) or a number in place of None.", _encrypt_trouble)  # fmt: skip

# --- decrypt -----------------------------------------------------------------------------------

_FOUR = ("ciphertext", "p", "q", "e")
ABOVE = ("You used the key of the cells above. This case brings numbers of its own: take them from "
          "the arguments.")


def _decrypt_cases() -> list[Case]:
    paper = [Case(block, (PAPER.encrypt(block), PAPER.p, PAPER.q, PAPER.e),
                  f"block {at} of the paper of 1978") for at, block in enumerate(PLAIN[:4], 1)]
    tiny, other = RsaKey(11, 23, 7), RsaKey(101, 113, 3533)
    return [*paper, Case(tiny.decrypt(6), (6, 11, 23, 7), "a smaller key"),
            Case(9726, (other.encrypt(9726), 101, 113, 3533), "a larger key")]


def _private(p: int, q: int, e: int) -> int:
    return pow(e, -1, (p - 1) * (q - 1))


def _decrypt_trouble(attempt: Attempt) -> str:
    _, p, q, e = attempt.case.args
    if attempt.error == "TypeError" and "pow()" in attempt.said:
        return WHOLE
    if attempt.error == "ValueError" and "invertible" in attempt.said:
        return ("There is no such inverse: modulo what did you take it? The private exponent is "
                "the inverse of e modulo (p - 1) * (q - 1).")
    if type(attempt.given) is not int:
        return ""
    if attempt.given == pow(e, -1, lcm(p - 1, q - 1)):
        return "That is a private exponent. Now use it on the ciphertext, modulo n."
    if not 0 <= attempt.given < p * q:
        return "A message is a remainder modulo n, so it lies between 0 and n - 1."
    return ("Check the steps with print: d * e % ((p - 1) * (q - 1)) must be 1. Then the "
            "ciphertext goes to the power d, and the remainder is taken modulo n, the product of "
            "p and q.")


DECRYPT = Exercise(
    "03-decrypt", "Decrypt with the primes", "easy", 6, FunctionForm(IntegerForm(), _FOUR),
    _decrypt_cases,
    [
        Wrong("the key above", lambda c, p, q, e: pow(c, _D, _N), ABOVE),
        Wrong("the d above", lambda c, p, q, e: pow(c, _D, p * q), "You took d = 157 of the cell "
              "above. That belongs to the paper's key: compute d from this p, q and e."),
        Wrong("the modulus above", lambda c, p, q, e: pow(c, _private(p, q, e), _N),
              "You took the remainder modulo 2773, the modulus of the cells above. This case has "
              "its own: p * q."),
        Wrong("no brackets round p * q", lambda c, p, q, e: pow(c, _private(p, q, e), p) * q,
              "x % p * q is (x % p) * q for Python, which goes from left to right. Put brackets: "
              "% (p * q)."),
        Wrong("^ for a power", lambda c, p, q, e: (c ^ _private(p, q, e)) % (p * q), "In Python ^ "
              "is XOR. A power is ** or, with a modulus, pow with three arguments."),
        Wrong("divided by e", lambda c, p, q, e: pow(c, ((p - 1) * (q - 1) + 1) // e, p * q),
              "((p - 1) * (q - 1) + 1) / e is a whole number for the paper's key, by luck. In "
              "general d is the inverse: pow(e, -1, (p - 1) * (q - 1))."),
        Wrong("without brackets", lambda c, p, q, e: pow(c, pow(e, -1, p - 1 * q - 1), p * q),
              "p - 1 * q - 1 is p - q - 1 for Python, which multiplies first. Put brackets: "
              "(p - 1) * (q - 1)."),
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

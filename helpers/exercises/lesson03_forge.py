"""Lesson 03: a ciphertext turned into another one by somebody who cannot read either."""

from __future__ import annotations

from helpers import lab
from helpers.experiments.rsa_auction import auction_key

from .lesson03_power import LargeForm, PowerForm
from .lesson03_small import PAPER
from .model import Attempt, Case, Exercise, Wrong

TIMES = 10


def _cases() -> list[Case]:
    """The last number is far too large to be guessed: it has to be multiplied unread."""
    aes_key = int.from_bytes(lab.seeded("an AES key for sale")(16), "big")
    made = ((PAPER, 123, "the paper's key"), (auction_key(65537), 320, "a real key, e = 65537"),
            (auction_key(3), 999, "a real key, e = 3"),
            (auction_key(65537), aes_key, "a number of 16 bytes in place of a bid"))
    return [Case(key.encrypt(TIMES * bid), (key.encrypt(bid), key.n, key.e), label)
            for key, bid, label in made]


def _key(n: int):
    return next(key for key in (PAPER, auction_key(65537), auction_key(3)) if key.n == n)


def _trouble(attempt: Attempt) -> str:
    """Decrypts the forgery: whoever forged it cannot, but we can say what the auctioneer reads."""
    if "million digits" in attempt.said:
        return "Use pow with three arguments in its place: only remainders modulo n are needed."
    if attempt.error == "TooLong":
        return ("Do you try every bid? One of these numbers has 16 bytes: nobody can guess it. It "
                "can be multiplied without being read.")
    if type(attempt.given) is not int:
        return ""
    ciphertext, n, _ = attempt.case.args
    if not 0 <= attempt.given < n:
        return ("A ciphertext is a number from 0 to n - 1: take the remainder modulo n at the "
                "end.")
    bid, read = (_key(n).decrypt(one) for one in (ciphertext, attempt.given))
    for times in (*range(2, 21), 100, 1000):
        if read == times * bid % n:
            return f"Decrypted, yours is the bid times {times}. Wanted is the bid times ten."
    if read == bid * bid % n:
        return "Decrypted, yours is the bid times itself. Wanted is the bid times ten."
    return ("Decrypted, yours is no multiple of the bid. Only one thing survives encryption: "
            "multiplying. What is multiplied with the ciphertext has to be a ciphertext too.")


FORGE = Exercise(
    "03-ten-times", "Ten times the bid", "medium", 6,
    PowerForm(LargeForm(), ("ciphertext", "n", "e")), _cases,
    [
        Wrong("ten times the ciphertext", lambda c, n, e: TIMES * c % n, "That is ten times the "
              "ciphertext. The auctioneer takes it to the power d, and 10 to the power d is not "
              "10. Encrypt the 10 first."),
        Wrong("ten times, no remainder", lambda c, n, e: TIMES * c, "That is ten times the "
              "ciphertext, and larger than n may be. The 10 has to be encrypted like the bid, and "
              "the product is taken modulo n."),
        Wrong("added", lambda c, n, e: (c + pow(TIMES, e, n)) % n, "You added the two "
              "ciphertexts. Adding does not survive a power; multiplying does."),
        Wrong("to the tenth power", lambda c, n, e: pow(c, TIMES, n), "That is the ciphertext of "
              "the bid to the tenth power, not of ten times the bid."),
        Wrong("no remainder", lambda c, n, e: c * pow(TIMES, e, n), "The right product, but it is "
              "larger than n: a ciphertext is a remainder modulo n."),
        Wrong("a bid of ten", lambda c, n, e: pow(TIMES, e, n), "That is the ciphertext of a bid "
              "of 10. Multiply it with the ciphertext you overheard."),
        Wrong("encrypted twice", lambda c, n, e: pow(TIMES * c, e, n), "You encrypted the "
              "ciphertext again. Encrypt only the 10, and multiply."),
        Wrong("read with the paper's key", lambda c, n, e: pow(TIMES * pow(c, 157, n), e, n),
              "You decrypted with d = 157. That is the paper's private exponent, and a rival has "
              "none: work with n and e alone."),
        Wrong("the same", lambda c, n, e: c, "That is the ciphertext you overheard: the "
              "auctioneer reads the same bid."),
        Wrong("exponents added", lambda c, n, e: c * TIMES * e % n, "You multiplied by e. The 10 "
              "is taken to the power e: pow(10, e, n)."),
    ],
    "The rival outbids everybody without knowing a single bid. Encryption alone does not protect "
    "against changes.",
    "The number 10 has to be encrypted, too. What do you do with the two ciphertexts?",
    _trouble)  # fmt: skip

"""Lesson 04, key exchange: its exercises with small numbers, and everything it exports.

Small cases are checked against themselves (a private number fits its share, both ends get the
same); real ones come from RFC 7748, from `cryptography` and from what OpenSSL answered.
"""

from __future__ import annotations

import math
import re

from .forms import IntegerForm
from .lesson04_hybrid import HYBRID_SECRET, SPLIT
from .lesson04_points import ADD_POINTS, Remainder
from .lesson04_questions import PREDICTIONS, QUIZ
from .lesson04_x25519 import X25519
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

# --- the secret of a small exchange ------------------------------------------------------------

PRIME, BASE, YOURS, BOBS = 467, 2, 173, 251
_BOBS_SHARE = pow(BASE, BOBS, PRIME)
_YOUR_SHARE = pow(BASE, YOURS, PRIME)


def _secret_trouble(attempt: Attempt) -> str:
    said, given = attempt.answer, attempt.given
    if type(said) is str and re.search(r"[*%^]|pow", said):
        return "Without the quotation marks Python computes this for you."
    if type(given) is not int:
        return "One number is wanted: Bob's share to the power of your private number, modulo p."
    if given >= PRIME or given < 0:
        return ("The secret is a remainder modulo the prime: it is smaller than the prime and not "
                "negative. pow takes the prime as its third argument.")
    if given in (YOURS, BOBS, BASE):
        return ("That is one of the numbers that went in. The secret is Bob's share, raised to "
                "your private number, modulo the prime.")
    if given in (pow(_BOBS_SHARE, YOURS, 23), pow(_BOBS_SHARE, 6, PRIME)):
        return ("alice_private and prime still hold the 6 and the 23 of the cells above. Here your "
                "number is 173, and the prime is 467.")
    return ("Which two numbers went in? The one that came from Bob, and the one that you keep. "
            "Bob's share is the base of the power, your number its exponent.")


SMALL_SECRET = Exercise(
    "04-small-secret", "Your end of the exchange", "easy", 3, IntegerForm(),
    lambda: [Case(pow(_BOBS_SHARE, YOURS, PRIME))],
    [
        Wrong("own share", _YOUR_SHARE,
              "That is your own share: what you would send to Bob. The secret is made from the "
              "share that you *got*."),
        Wrong("Bob's share", _BOBS_SHARE,
              "That is Bob's share as it came. Everybody saw it: your private number has to come "
              "into it."),
        Wrong("multiplied", _BOBS_SHARE * YOURS % PRIME,
              "You multiplied the share by your number. The secret is a *power* of the share."),
        Wrong("product of the shares", _BOBS_SHARE * _YOUR_SHARE % PRIME,
              "That is the product of the two shares, and any listener can compute it."),
        Wrong("turned round", pow(YOURS, _BOBS_SHARE, PRIME),
              "The other way round: the share is raised to the power of your number. (Or did you "
              "write alice_private and prime? They still hold 6 and 23, from above.)"),
        Wrong("base to the share", pow(BASE, _BOBS_SHARE, PRIME),
              "You raised g to Bob's share. Bob has already raised g, to his own number; raise "
              "what came out of that."),
        Wrong("no modulo", _BOBS_SHARE**YOURS,
              "The right power, without the remainder: the third argument of pow is the prime."),
        Wrong("xor", (_BOBS_SHARE ^ YOURS) % PRIME,
              "In Python ^ is XOR. A power is ** or pow(base, exponent, prime)."),
        Wrong("modulo p - 1", pow(_BOBS_SHARE, YOURS, PRIME - 1),
              "You took the remainder for one less than the prime."),
    ],
    "Bob raises your share to his number and gets the same. Neither private number ever crossed.",
    "Put the number, or the line of Python that computes it, in place of None.",
    _secret_trouble)

# --- the discrete logarithm --------------------------------------------------------------------

_SEARCHES = ((467, 2, 153), (23, 5, 6), (65267, 2, 41_414), (97, 5, 1), (23, 5, 22), (23, 2, 4))


def _counted(prime: int, base: int, share: int, start: int = 0) -> int:
    """As many multiplications as it takes, for a learner who counts from somewhere else."""
    power, count = base % prime, start
    while power != share:
        power, count = power * base % prime, count + 1
    return count


_ENDLESS = ("Does the exponent grow by 1 in every round, inside the loop? And is it pow(base, "
            "exponent, prime) that is compared? Without the remainder the power only grows, and "
            "may never meet the share.")
_NO_EXPONENT = (
    "Your function did not find one, or did not return it. Look at four things: return in place "
    "of print; exponents up to prime - 1, with no return that ends the loop in its first round; "
    "prime in pow, for what is compared is the remainder; and pow(base, exponent, prime) has the "
    "base first.")


def _private_trouble(attempt: Attempt) -> str:
    prime, base, share = attempt.case.args
    given = attempt.given
    if attempt.error == "TooLong":
        return _ENDLESS
    if type(given) is not int:
        return ""
    if given == 0 and share == 1:
        return ("Any number to the power of 0 is 1, but nobody keeps a 0: the smallest private "
                "number from 1 on is asked for.")
    if given == round(math.log(share, base)):
        return ("An ordinary logarithm knows nothing of the remainder: modulo p the powers jump, "
                "and there is no such short cut. Try one number after the other.")
    if 0 < given < prime**2 and pow(base, given, prime) == share:
        return "That fits, too, but a smaller number does as well. Begin with 1."
    if 0 < given < prime and pow(given, base, prime) == share:
        return ("Your number to the power of the base is the share. It is the other way round: "
                "pow(base, exponent, prime), with the base first.")
    if 0 < given < prime and base ^ given == share:
        return "In Python ^ is XOR. A power modulo the prime is pow(base, exponent, prime)."
    return ("Test your answer: pow(base, your_answer, prime) has to be the share, and it is "
            "something else.")


FIND_PRIVATE = Exercise(
    "04-find-private", "Be the listener", "medium", 6,
    FunctionForm(Remainder(advice="An ordinary logarithm knows nothing of the remainder: modulo p "
                           "the powers jump. Try one whole number after the other."),
                 ("prime", "base", "share")),
    lambda: [Case(private, (prime, base, pow(base, private, prime)), f"modulo {prime}")
             for prime, base, private in _SEARCHES],
    [
        Wrong("one too few", _counted,
              "One too small. The first power, with the exponent 1, is the base itself: begin to "
              "count at 1."),
        Wrong("one too many", lambda prime, base, share: _counted(prime, base, share, 2),
              "One too large. Do you look at the power before or after you add 1?"),
        Wrong("the share", lambda prime, base, share: share,
              "That is the share itself. Wanted is the exponent that was used to make it."),
        Wrong("another share", lambda prime, base, share: pow(base, share, prime),
              "You raised the base to the share. The exponent is what is being looked for."),
        Wrong("a root", lambda prime, base, share: math.isqrt(share),
              "A root undoes a power whose exponent is known. Here the base is known, and the "
              "exponent is not."),
        Wrong("share over base", lambda prime, base, share: max(1, share // base),
              "You divided the share by the base. The base was multiplied by itself many times, "
              "and a remainder taken each time."),
    ],
    "You broke Diffie-Hellman, in a second. With a prime of 2,048 bits the same loop would not "
    "end: size is the whole difference.",
    "Try 1, 2, 3, ... as exponents until pow(base, exponent, prime) is the share; return that "
    "exponent.", _private_trouble, silent=_NO_EXPONENT)

# --- Mallory -----------------------------------------------------------------------------------

_ATTACKS = ((467, 2, 350, 153, 289), (65267, 2, 31_337, 1_234, 56_789))


def _mallory(prime: int, base: int, private: int, alice: int, bob: int) -> tuple[int, int, int]:
    return pow(base, private, prime), pow(alice, private, prime), pow(bob, private, prime)


def _mallory_trouble(attempt: Attempt) -> str:
    given = attempt.given
    if type(given) is not tuple:
        return ("Return three numbers, with commas between them: the share she sends, the secret "
                "with Alice, the secret with Bob.")
    if len(given) != 3:
        return ("Three numbers are wanted: the share Mallory sends to both, the secret she has "
                "with Alice, the secret she has with Bob.")
    share, with_alice, with_bob = attempt.case.expected
    wrong = [name for name, one, other in zip(
        ("her share", "the secret with Alice", "the secret with Bob"), given,
        (share, with_alice, with_bob), strict=True) if one != other]
    prime, base, private, alice, bob = attempt.case.args
    with_caret = {(base ^ private, alice ^ private, bob ^ private),
                  tuple((one ^ private) % prime for one in (base, alice, bob))}
    if given == _mallory(prime - 1, base, private, alice, bob):
        return "You took the remainders for one less than the prime."
    if with_caret & {given, tuple(number % prime for number in given)}:
        return "In Python ^ is XOR. A power is pow(base, exponent, prime)."
    if sorted(given) == sorted((share, with_alice, with_bob)):
        return ("The right three numbers in another order: her share, then the secret with Alice, "
                "then the secret with Bob.")
    if share == given[0] and given[1] == given[2]:
        return ("You gave the same secret twice. Each end has a share of its own, so Mallory has "
                "one secret with Alice and another with Bob.")
    if any(number >= prime for number in given):
        return "One of them is too large: every number is a remainder modulo the prime."
    return (f"Wrong so far: {', '.join(wrong)}. Mallory does what any honest end does, once with "
            "each of them: her share is base to her number, each secret is the share she got to "
            "her number.")


MALLORY = Exercise(
    "04-mallory", "Be the man in the middle", "medium", 6,
    FunctionForm(ListForm(IntegerForm(), what="three numbers"),
                 ("prime", "base", "private", "alice_share", "bob_share")),
    lambda: [Case(_mallory(prime, base, private, pow(base, alice, prime), pow(base, bob, prime)),
                  (prime, base, private, pow(base, alice, prime), pow(base, bob, prime)),
                  f"modulo {prime}") for prime, base, private, alice, bob in _ATTACKS],
    [
        Wrong("secrets swapped", lambda prime, base, private, alice_share, bob_share: (
            pow(base, private, prime), pow(bob_share, private, prime),
            pow(alice_share, private, prime)),
            "The two secrets are in the wrong order: with Alice first, then with Bob."),
        Wrong("shares passed on", lambda prime, base, private, alice_share, bob_share: (
            alice_share, pow(alice_share, private, prime), pow(bob_share, private, prime)),
            "You pass Alice's share on to Bob. Then Bob's secret depends on Alice's number, which "
            "Mallory does not have. She sends a share of her own."),
        Wrong("her private number sent", lambda prime, base, private, alice_share, bob_share: (
            private, pow(alice_share, private, prime), pow(bob_share, private, prime)),
            "She would send her private number itself. What crosses is a share made from it."),
        Wrong("one secret for all", lambda prime, base, private, alice_share, bob_share: (
            pow(base, private, prime), *[pow(alice_share * bob_share, private, prime)] * 2),
            "Alice and Bob never get a secret in common here. Mallory has one with each of them, "
            "and they differ."),
        Wrong("own share to her number", lambda prime, base, private, alice_share, bob_share: (
            pow(base, private, prime), *[pow(base, private * private, prime)] * 2),
            "You raised her own share. A secret is made from the share that came from the other "
            "end."),
        Wrong("products", lambda prime, base, private, alice_share, bob_share: (
            pow(base, private, prime), alice_share * private % prime,
            bob_share * private % prime),
            "You multiplied the shares by her number; a secret is a power."),
    ],
    "Nothing in the numbers says whose share it is. Only a signature, or something else that "
    "Mallory cannot make, does.",
    "Return three numbers: Mallory's share, her secret with Alice, her secret with Bob.",
    _mallory_trouble)

EXERCISES = [SMALL_SECRET, FIND_PRIVATE, MALLORY, ADD_POINTS, X25519, SPLIT, HYBRID_SECRET]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

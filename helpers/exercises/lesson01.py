"""Lesson 01, symmetric encryption: its first exercises, and everything it exports.

Cases come from NIST's and the RFCs' published vectors, from recorded connections, or are sealed by
`cryptography`; tests/exercises/test_lesson01.py checks each against the real cipher.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from helpers.experiments import intercepted, penguin
from helpers.experiments.modes import encrypt

from .calling import Failed, call
from .forms import IntegerForm
from .lesson01_change import CHANGE
from .lesson01_questions import PREDICTIONS, QUIZ
from .lesson01_records import NONCE, OPEN
from .model import Attempt, Case, Exercise, Wrong
from .watching import names_used
from .wording import FunctionForm, TextForm, plain

_FIRST, _SECOND, _KNOWN = intercepted()


def _xor(*texts: bytes) -> bytes:
    whole = bytes(len(texts[0]))
    for text in texts:
        whole = bytes(a ^ b for a, b in zip(whole, text, strict=True))
    return whole


# --- the second message ------------------------------------------------------------------------

_HIDDEN = _xor(_FIRST, _SECOND, _KNOWN)


class _MessageForm(TextForm):
    """A text, also as the list of its bytes' numbers."""

    def read(self, answer: Any) -> str:
        if type(answer) in (list, tuple) and answer and all(
                type(item) is int and 0 <= item < 256 for item in answer):
            answer = bytes(answer)
        return super().read(answer)


def _second_trouble(attempt: Attempt) -> str:
    if callable(attempt.answer):
        return "That is a function itself. Call it, with its two things in parentheses."
    if type(attempt.given) is not str:
        return ("One index gives a number, zip and a list give many: xor(...) from the first "
                "section gives bytes." if type(attempt.answer) in (list, tuple, int) else "")
    given, hidden = attempt.given, plain(_HIDDEN.decode())
    if len(given) > 2 and given in hidden:
        return "That is a part of it. XOR all 40 bytes, and hand in the whole message."
    if not given.isascii() or not given.isprintable():
        return ("Those bytes are no text. Start with the XOR of the two ciphertexts, and then "
                "take away the one message that you know.")
    return ("It does not come from guessing: xor takes two things of bytes at a time, so you need "
            "it twice, with both ciphertexts and the known text.")


_SECOND_MESSAGE = Exercise(
    "01-second-message", "Read the second message", "easy", 2,
    _MessageForm("the second message, as text or bytes",
                 {repr(_HIDDEN): _HIDDEN.decode(), _HIDDEN.hex(): _HIDDEN.decode()}),
    lambda: [Case(_HIDDEN.decode())],
    [
        Wrong("only the ciphertexts", _xor(_FIRST, _SECOND),
              "The pad is gone, and both messages lie on top of each other. XOR the one you know "
              "away, too."),
        Wrong("the pad", _xor(_FIRST, _KNOWN),
              "That is the pad. Now use it: XOR it with the second ciphertext."),
        Wrong("no first ciphertext", _xor(_SECOND, _KNOWN),
              "You took the known text off the second ciphertext, but that one holds another "
              "text and the pad. The first ciphertext is missing."),
        Wrong("the known text", _KNOWN,
              "That is the first message, which you knew. What does the second one say?"),
        Wrong("still encrypted", _SECOND,
              "That is the second ciphertext, still encrypted. The pad can be taken off with the "
              "first one."),
        Wrong("the first ciphertext", _FIRST,
              "That is the first ciphertext. XOR it with the text it holds: what is left?"),
    ],
    "One known message opened another. With three under one pad it would have opened two.",
    "Put a call of xor in place of None: it takes two things of bytes.", _second_trouble)

# --- how much is one bit -----------------------------------------------------------------------

_SHORT, _LONG = 40, 56


def _hours_trouble(attempt: Attempt) -> str:
    said, given, right = attempt.answer, attempt.given, 2 ** (_LONG - _SHORT)
    if type(said) in (int, float):
        for unit, hours in (("days", 24), ("weeks", 168), ("years", 8766)):
            if hours * 0.99 < right / said < hours * 1.01 if said > 0 else False:
                return f"The right time, but in {unit}. The question is in hours."
    if type(said) is float and said < 3:
        return ("You took the ratio of the two lengths. Count keys instead: with one bit more "
                "there are twice as many.")
    if type(said) is str and ("*" in said or "/" in said):
        return "Without the quotation marks Python computes this for you."
    if type(said) is str and not any(letter.isdigit() for letter in said):
        return "Put a number, written in digits, or let Python compute it: without quotation marks."
    if type(given) is not int:
        return ""
    if given in (2**_LONG, 2**_SHORT):
        return ("That is how many keys there are of one length. How many times as many are there "
                "of the other? That many hours.")
    if given > 2**_LONG - 2**_SHORT - 2:
        return "The difference of the numbers of keys is not asked for, but how many times as many."
    if given > 2**20:
        return "Too many doublings: it is one for each *further* bit, and 40 bits take one hour."
    if given < 100:
        return ("Far too few. Each further bit doubles the number of keys: 41 bits take two hours, "
                "42 bits take four, and so on up to 56.")
    return ("Go on doubling: 41 bits take two hours, 42 bits take four. How many doublings are "
            "there up to 56?")


_KEY_BITS = Exercise(
    "01-key-bits", "What is one bit worth?", "easy", 3, IntegerForm(units=("hours", "hour", "h")),
    lambda: [Case(2 ** (_LONG - _SHORT))],
    [
        Wrong("an hour a bit", _LONG - _SHORT,
              "You took one hour more for each bit. But a bit more means twice as many keys, "
              "and so twice the time."),
        Wrong("twice the bits", 2 * (_LONG - _SHORT),
              "You multiplied by 2 once for all bits together. Each single one of them doubles "
              "the time."),
        Wrong("a hat", 2 ^ (_LONG - _SHORT),
              "In Python ^ is XOR, as in this lesson. To the power of is written **."),
        Wrong("squared", (_LONG - _SHORT) ** 2,
              "You multiplied the number of bits by itself. It is 2 that is multiplied by itself, "
              "once for each further bit."),
        Wrong("on average", 2 ** (_LONG - _SHORT - 1),
              "That is one doubling too few; or did you think of the average search, which ends "
              "half-way? Here all keys are tried."),
        Wrong("one too many", 2 ** (_LONG - _SHORT + 1),
              "One doubling too many: from 40 to 41 bits is the first."),
        Wrong("hours", _LONG, "Those are the bits of the longer key. Start with one hour for 40 "
              "bits, and double it for each bit more."),
        Wrong("in minutes", 60 * 2 ** (_LONG - _SHORT),
              "That looks like minutes. The question is in hours."),
    ],
    "56 bits were the length of DES, the standard before AES: its keys have long been in reach of "
    "a search (RFC 4772). 128 bits are 72 doublings further on.",
    "Put a number of hours in place of None.", _hours_trouble)

# --- how many blocks are different -------------------------------------------------------------

_NIST_ECB = bytes.fromhex("3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf"
                          "43b1cd7f598ece23881b00e3ed030688 7b0c785e27e8ad3f8223207104725dd4")
_A, _B, _C = (bytes(15) + bytes([last]) for last in (1, 2, 3))
_D = b"\1" + _A[1:]


def _cut(data: bytes, size: int, step: int | None = None) -> list[bytes]:
    return [data[at:at + size] for at in range(0, len(data), step or size)]


def _blocks_cases() -> list[Case]:
    texts = [
        ("the penguin in ECB", encrypt("ECB", "B", penguin())),
        ("NIST SP 800-38A, example F.1.1 (ECB-AES128)", _NIST_ECB),
        ("500 blocks of the penguin in CTR", encrypt("CTR", "B", penguin())[:8000]),
        ("blocks that differ in one byte", _A + _B + _A + _C + _D + _C + _B),
        ("one block twice", _B + _B),
    ]
    return [Case(len(set(_cut(text, 16))), (text,), label) for label, text in texts]


_STUMBLES = (
    ("be interpreted as an integer", "range wants numbers: how far it goes is len(ciphertext)."),
    ("unhashable type", "A set cannot hold lists. A slice of bytes can go into it as it is."),
    ("indices must be integers or slices", "A slice has a colon between its two ends: text[7:8]."),
)


def _blocks_trouble(attempt: Attempt) -> str:
    (text,), given = attempt.case.args, attempt.given
    if attempt.error == "TypeError":
        return next((hint for part, hint in _STUMBLES if part in attempt.said), "")
    if type(given) is not int:
        return ""
    if _ignores_its_input(attempt.answer, given):
        return ("Your function gives this number for every ciphertext, even for an empty one. Let "
                "it count in the `ciphertext` that is handed in.")
    if "hex" in names_used(attempt.answer):
        return ("In hex a byte has two digits. Leave out .hex(), and cut the bytes themselves into "
                "blocks of 16.")
    if given in {len({text[at:at + 16] for at in range(end)})
                 for end in (len(text), len(text) - 15, len(text) // 16, 16)}:
        return ("Your blocks overlap: they begin at 0, 1, 2 ... From one block to the next it is a "
                "step of 16, as in range(0, len(ciphertext), 16).")
    blocks = _cut(text, 16)
    if given == len(set(blocks)) - 1:
        return "One too few: is the first block counted, and the last one?"
    if given in {extra + sum(one != other for one, other in pairwise(blocks)) for extra in (0, 1)}:
        return ("You compared each block with its neighbour only. The same block may come again "
                "further on.")
    if given == len(set(blocks)) + 1:
        return ("One too many: does your last piece begin at len(ciphertext)? It is empty, and "
                "counts as one more.")
    if given in {len(set(_cut(text, size))) for size in (15, 17)}:
        return "Your pieces are not of 16 bytes: text[0:16] holds the bytes 0 to 15."
    if given in {len({text[at:at + size] for at in range(0, len(text), 16)}) for size in (1, 15)}:
        return "You compare only a part of each block: a block goes from `at` to at + 16."
    if given == len(set(_cut(text, 8))) or given == len(set(_cut(text, 4))):
        return "Your pieces are shorter than a block: AES has blocks of 16 bytes."
    if given == len(set(_cut(text, 32))):
        return "Your pieces are longer than a block: AES has blocks of 16 bytes."
    return ("Cut the bytes into pieces text[0:16], text[16:32] and so on. How many different ones "
            "are there? A set keeps each only once.")


def _ignores_its_input(function: Any, given: int) -> bool:
    """Whether it gives the same for no block and for two."""
    try:
        results = [call(function, (text,)) for text in (b"", bytes(16) + b"a" * 16)]
    except Failed:
        return False
    return all(type(result) is int and result == given for result in results)


_BLOCKS = Exercise(
    "01-equal-blocks", "How many blocks are different?", "medium", 5,
    FunctionForm(IntegerForm(), ("ciphertext",)), _blocks_cases,
    [
        Wrong("different bytes", lambda text: len(set(text)),
              "You counted different *bytes*, of which there are at most 256. Cut the text into "
              "blocks first."),
        Wrong("all blocks", lambda text: len(text) // 16,
              "That is how many blocks there are. How many of them are different from each "
              "other?"),
        Wrong("the repeats", lambda text: len(text) // 16 - len(set(_cut(text, 16))),
              "You counted the blocks that had been there before. The other ones are asked for."),
        Wrong("bytes", len, "That is the number of bytes."),
        Wrong("only once", lambda text: list(Counter(_cut(text, 16)).values()).count(1),
              "You counted blocks that come exactly once. One that comes five times counts, too: "
              "once."),
    ],
    "Fewer different blocks than blocks, and you know without any key: it was ECB, and where the "
    "message repeats itself.",
    "Cut the ciphertext into blocks, and return how many different ones there are.",
    _blocks_trouble)

EXERCISES = [_SECOND_MESSAGE, _KEY_BITS, _BLOCKS, CHANGE, NONCE, OPEN]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

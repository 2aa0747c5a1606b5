"""Lesson 02, hashes, MACs and key derivation: its first exercises, and everything it exports.

The cases are published vectors (RFC 4231, RFC 5869, RFC 8448) and what OpenSSL used in recorded
conversations; tests/exercises/test_lesson02.py computes each of them in another way.
"""

from __future__ import annotations

from hashlib import md5, sha1, sha256
from typing import Any

from helpers.experiments.digests import every_pin, stolen_digest

from .lesson02_already import ALREADY
from .lesson02_expand import EXPAND
from .lesson02_finished import FINISHED
from .lesson02_forge import FORGE
from .lesson02_hmac import HMAC
from .lesson02_label import LABEL
from .lesson02_questions import PREDICTIONS, QUIZ
from .model import Attempt, Case, Exercise, Lazy, Wrong
from .wording import TextForm

# --- a PIN behind a hash -----------------------------------------------------------------------

class PinForm(TextForm):
    """Four digits: as text, as bytes or as a number."""

    def read(self, answer: Any) -> str:
        """Digits as text. Raises NotThisForm, as TextForm does."""
        number = type(answer) is int and 0 <= answer <= 9999
        return super().read(f"{answer:04}" if number else answer)


def _pin() -> str:
    """Found the way the learner finds it."""
    return next(pin for pin in every_pin() if sha256(pin.encode()).digest() == stolen_digest())


def _pin_trouble(attempt: Attempt) -> str:
    said = attempt.given if attempt.given is not None else attempt.answer
    if type(attempt.answer) is bytes and attempt.answer == stolen_digest():
        return "That is a digest. The PIN is what went in: four digits."
    if type(said) is not str:
        return "The PIN is four digits, such as \"1234\"."
    if len(said) == 64:
        return "That is a digest. The PIN is what went in: four digits."
    if not said.isdigit() or len(said) != 4:
        return "A PIN of four digits, such as \"1234\": there are 10,000 of them."
    wanted, made = stolen_digest().hex()[:4], sha256(said.encode()).hexdigest()[:4]
    if md5(said.encode()).hexdigest().startswith(wanted) or sha1(
            said.encode()).hexdigest().startswith(wanted):
        return "Another hash: the digest was made with SHA-256."
    return (f"The digest of that PIN begins with {made}, the stolen one with {wanted}. Let a loop "
            "try all of them: \"0000\" to \"9999\".")


_PIN = Exercise(
    "02-pin", "Whose PIN is it?", "easy", 2, PinForm("a PIN of four digits"),
    lambda: [Case(_pin())],
    [
        Wrong("cut from the digest", Lazy(lambda: stolen_digest().hex()[:4]),
              "Those are the first signs of the digest. Nothing of the PIN stands in there: hash "
              "every PIN and compare."),
        Wrong("the last of the digest", Lazy(lambda: stolen_digest().hex()[-4:]),
              "Those are the last signs of the digest. Nothing of the PIN stands in there: hash "
              "every PIN and compare whole digests."),
        Wrong("one too far", Lazy(lambda: f"{int(_pin()) + 1:04}"),
              "One too many: your loop had already gone on when you read its number."),
        Wrong("gave up", "0000",
              "That is where a search begins. Go on until a digest is the stolen one."),
        Wrong("the last one", "9999",
              "That is where a search ends. Stop the loop when the digest is the stolen one."),
    ],
    "Nobody inverted the hash: you hashed all that could have gone in. Where there is little to "
    "choose from, a hash hides nothing.",
    "Hash every PIN from \"0000\" to \"9999\" and compare with the stolen digest.", _pin_trouble)

EXERCISES = [_PIN, ALREADY, FORGE, HMAC, EXPAND, LABEL, FINISHED]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

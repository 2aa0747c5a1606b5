"""Lesson 06, certificates: everything it exports.

The reference answers are checked in tests/exercises/test_lesson06.py against `cryptography`, its
own test certificates and published values.
"""

from __future__ import annotations

from .lesson06_acme import ACME
from .lesson06_chain import CHAIN
from .lesson06_inside import INSIDE, LENGTH
from .lesson06_issuer import ISSUER
from .lesson06_questions import PREDICTIONS
from .lesson06_quiz import QUIZ
from .lesson06_sct import SCT
from .lesson06_sign import SIGN

EXERCISES = [INSIDE, LENGTH, ISSUER, ACME, SCT, SIGN, CHAIN]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

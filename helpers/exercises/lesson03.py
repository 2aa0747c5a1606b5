"""Lesson 03, asymmetric encryption: its exercises, predictions and quiz.

The numbers are published ones (the paper of 1978, a textbook's key, Jevons, Euler), the message
to open is OpenSSL's, and the learner's own encryption is judged by opening it. The reference
answers are checked in tests/exercises/test_lesson03.py.
"""

from __future__ import annotations

from .lesson03_break import BREAK
from .lesson03_forge import FORGE
from .lesson03_hybrid import HYBRID
from .lesson03_open import OPEN
from .lesson03_questions import PREDICTIONS, QUIZ
from .lesson03_small import DECRYPT, ENCRYPT

EXERCISES = [ENCRYPT, DECRYPT, BREAK, FORGE, OPEN, HYBRID]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

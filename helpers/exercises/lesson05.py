"""Lesson 05, signatures: everything it exports.

The reference answers are checked in tests/exercises/test_lesson05.py against what OpenSSL signed
and against published numbers (RFC 6979, RFC 8032).
"""

from __future__ import annotations

from .lesson05_collision import COLLISION
from .lesson05_letters import ACCEPTS, WHICH
from .lesson05_nonce import NONCE
from .lesson05_possession import POSSESSION
from .lesson05_questions import PREDICTIONS
from .lesson05_quiz import QUIZ
from .lesson05_tls import CONTENT, EXCHANGE

EXERCISES = [WHICH, ACCEPTS, COLLISION, EXCHANGE, CONTENT, NONCE, POSSESSION]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

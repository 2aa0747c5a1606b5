"""Lesson 10, the first byte: what it exports.

Cases come from real Conversations (recordings, or our two ends with seeded randomness), from the
traces published in RFC 8448, and from the rules of RFC 6797 and RFC 8470. The reference answers
are checked against the engine and the latency model in tests/exercises/test_lesson10.py.
"""

from __future__ import annotations

from .lesson10_binder import BINDER
from .lesson10_early import EARLY
from .lesson10_hsts import HSTS
from .lesson10_questions import PREDICTIONS
from .lesson10_quiz import QUIZ
from .lesson10_ticket import FRESH
from .lesson10_window import FIRST_BYTE
from .lesson10_wire import DETOUR, ON_THE_WIRE

EXERCISES = [ON_THE_WIRE, DETOUR, HSTS, FRESH, EARLY, BINDER, FIRST_BYTE]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

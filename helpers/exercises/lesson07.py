"""Lesson 07, when trust fails: everything it exports.

The reference answers are checked in tests/exercises/test_lesson07.py against the validators.
"""

from __future__ import annotations

from .lesson07_careless import CARELESS
from .lesson07_crl import CRL
from .lesson07_dates import DATES
from .lesson07_host import HOST
from .lesson07_length import LENGTH
from .lesson07_path import BUILD
from .lesson07_questions import PREDICTIONS
from .lesson07_quiz import QUIZ
from .lesson07_renewals import RENEWALS

EXERCISES = [DATES, HOST, LENGTH, BUILD, CARELESS, RENEWALS, CRL]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

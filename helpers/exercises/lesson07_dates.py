"""Lesson 07, first exercise: is a certificate valid at this moment? (RFC 5280 section 4.1.2.5)"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from helpers import lab
from helpers.pki import authority

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .wording import FunctionForm

_SECOND = timedelta(seconds=1)


def _cases() -> list[Case]:
    leaf, ca = authority.server("rsa").certificate, authority.intermediate().certificate
    first, last = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    return [
        Case(True, (leaf, lab.NOW), "in the middle"),
        Case(False, (leaf, last + timedelta(days=1)), "a day too late"),
        Case(False, (leaf, first - timedelta(days=1)), "a day too early"),
        Case(True, (leaf, first), "in its first second"),
        Case(True, (leaf, last), "in its last second"),
        Case(False, (leaf, last + _SECOND), "one second too late"),
        Case(False, (leaf, first - _SECOND), "one second too early"),
        Case(True, (ca, last + _SECOND), "another certificate"),
    ]


def in_dates(certificate: Any, time: datetime) -> bool:
    """The reference answer."""
    return certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc


_HINTS = {
    "a day too late": "This one expired a day ago. Compare with not_valid_after_utc, too.",
    "a day too early": "This one is not valid yet. Compare with not_valid_before_utc, too.",
    "in the middle": "In the middle of its life it is valid, and you say False: a comparison (or "
                     "the answer) is the wrong way round.",
    "in its first second": "The first moment belongs to it: both ends are inclusive. <= instead "
                           "of <.",
    "another certificate": "This is another certificate, with other dates. Take them from "
                           "`certificate`, in the function.",
}


def _trouble(attempt: Attempt) -> str:
    if "offset-naive" in attempt.said or "naïve" in attempt.said:
        return ("One of the two knows its time zone and the other does not. Take the attributes "
                "that end in _utc.")
    if "not callable" in attempt.said:
        return "The two moments are attributes, not methods: write them without parentheses."
    if attempt.error == "TypeError":
        return ("Moments can only be compared with moments: no str(...), no .timestamp() on one "
                "side alone.")
    if attempt.error == "AttributeError":
        return "The two moments are called not_valid_before_utc and not_valid_after_utc."
    if attempt.error or attempt.given is None:
        return ""
    code = getattr(attempt.answer, "__code__", None)
    if {"now", "today", "utcnow"} & set(getattr(code, "co_names", ())):
        return ("You ask the clock of this machine. The moment that counts is the second "
                "argument: `time`.")
    return (alike(attempt, DATES.made_cases(), _MISTAKES)
            or _HINTS.get(attempt.case.label, ""))


_MISTAKES = (
    (lambda certificate, time: True,
     "You take every certificate. Compare `time` with both of its moments."),
    (lambda certificate, time: in_dates(certificate, lab.NOW),
     "You never look at `time`: the moment to ask about is the second argument."),
    (lambda certificate, time: certificate.not_valid_before_utc < time
     < certificate.not_valid_after_utc,
     "Right but for the ends: the first and the last moment belong to the time in between. That "
     "is <=, twice."),
)


DATES = Exercise(
    "07-dates", "Is it valid at this moment?", "easy", 3,
    FunctionForm(TruthForm(), ("certificate", "time")), _cases,
    [
        Wrong("without the last moment", lambda certificate, time:
              certificate.not_valid_before_utc <= time < certificate.not_valid_after_utc,
              "The last moment still belongs to it: both ends are inclusive. <= instead of <."),
        Wrong("whole days", lambda certificate, time: certificate.not_valid_before_utc.date()
              <= time.date() <= certificate.not_valid_after_utc.date(),
              "Whole days are too coarse: one second decides. Compare the moments themselves."),
    ],
    "Two comparisons, and both ends count. Most certificate failures that people meet are this "
    "one check.",
    "Compare `time` with certificate.not_valid_before_utc and certificate.not_valid_after_utc.",
    _trouble,
    silent="The comparison itself is the answer: return certificate... <= time <= certificate...")

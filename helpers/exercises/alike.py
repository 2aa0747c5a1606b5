"""Recognises a mistake by everything it answers, where one answer alone (True, False) is too little
to tell mistakes apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .calling import Failed, call
from .model import Attempt, Case

_LIMIT = 2.0  # seconds for a case: a hint is not worth a longer wait
Mistake = tuple[Callable[..., Any], str]


def answers(function: Any, cases: Iterable[Case]) -> list[Any]:
    """What `function` gives for each case; an exception's name where it raises."""
    found: list[Any] = []
    for case in cases:
        try:
            found.append(call(function, case.args, _LIMIT))
        except Failed as failed:
            found.append(failed.kind)
            if failed.kind == "TooLong":
                break  # one wait is enough
    return found


def alike(attempt: Attempt, cases: Sequence[Case], mistakes: Sequence[Mistake]) -> str:
    """The hint of the mistake that answers every case as the learner's function does, or ""."""
    if attempt.error == "TooLong":
        return ""
    given = answers(attempt.answer, cases)
    return next((hint for function, hint in mistakes if _same(given, answers(function, cases))), "")


def _same(given: list[Any], mistaken: list[Any]) -> bool:
    """Never raises: what a learner's function gives may raise whatever it likes at a touch."""
    try:
        return bool(mistaken == given)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return False

"""Finds the hint for a wrong answer: a listed mistake, the exercise's own diagnosis, Python's
error, and last how near the bytes are."""

from __future__ import annotations

from . import nearness, stumbles
from .calling import Failed, call
from .forms import BytesForm, NotThisForm
from .model import Attempt, Exercise, Lazy, Wrong

_MIXED = (
    "One wrong bit that goes into a hash changes every byte that comes out, so these bytes tell "
    "nothing. Look at what goes in, in which order, and at what you cut out."
)


def hint_for(exercise: Exercise, attempt: Attempt) -> str:
    """The most particular help there is for `attempt`, or an empty text."""
    return (
        _listed(exercise, attempt)
        or (exercise.diagnose(attempt) if exercise.diagnose else "")
        or stumbles.after(attempt.error, attempt.said)
        or _near(exercise, attempt)
    )


def _listed(exercise: Exercise, attempt: Attempt) -> str:
    fits = _raises if attempt.error else _gives
    if attempt.given is None and not attempt.error:
        return ""
    return next((one.hint for one in exercise.wrong if fits(one, exercise, attempt)), "")


def _gives(wrong: Wrong, exercise: Exercise, attempt: Attempt) -> bool:
    """Whether what was handed in is what this mistake gives on this case."""
    try:
        if exercise.is_function:
            result = call(wrong.answer, attempt.case.args)
            return exercise.form.returns.read(result) == attempt.given
        answer = wrong.answer.value if isinstance(wrong.answer, Lazy) else wrong.answer
        return exercise.form.read(answer) == attempt.given
    except (Failed, NotThisForm):
        return False  # a mistake need not give an answer on every case


def _raises(wrong: Wrong, exercise: Exercise, attempt: Attempt) -> bool:
    """Whether this mistake stops with the same kind of error."""
    try:
        call(wrong.answer, attempt.case.args)
    except Failed as failed:
        return failed.kind == attempt.error
    return False


def _near(exercise: Exercise, attempt: Attempt) -> str:
    form = exercise.form.returns if exercise.is_function else exercise.form
    if not isinstance(form, BytesForm) or attempt.given is None:
        return ""
    names = exercise.form.parameters if exercise.is_function else ()
    inputs = {
        name: value
        for name, value in zip(names, attempt.case.args, strict=False)
        if isinstance(value, bytes)
    }
    said = nearness.near(form.read(attempt.case.expected), attempt.given, inputs)
    return said or (_MIXED if form.mixed else "")

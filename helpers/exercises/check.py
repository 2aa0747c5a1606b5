"""`check("08-...", answer)`: is this right, and if not, what is the next thing to look at?

Nothing that a learner hands in makes it raise, and no message contains the right answer.
"""

from dis import get_instructions
from types import CodeType
from typing import Any

from . import catalogue
from .calling import Failed, call, check_parameters
from .forms import Form, NotThisForm
from .hints import hint_for
from .model import Attempt, Exercise
from .progress import remember
from .report import Report
from .words import error_words, hex_bytes, kind, quoted, shorten

_NOTHING_DONE = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


def check(slug: str, answer: Any = ...) -> Report:
    """Look at `answer` for the exercise `slug`; the Report says how far it is.

    Not started: None, `...`, or a function with nothing in it yet, or one that returns `...`. Only
    KeyboardInterrupt escapes, when the learner stops a function of theirs that does not end.
    """
    try:
        exercise = catalogue.exercise(slug)
    except catalogue.Unknown as unknown:
        return Report("not started", "no such exercise", (("", str(unknown)),))
    except Exception as error:
        return _fault("exercises", error)
    try:
        report = look(exercise, answer)
    except Exception as error:
        return _fault(exercise.title, error)
    remember("exercises", exercise.slug, report.state)
    return report


def look(exercise: Exercise, answer: Any) -> Report:
    """The same for an Exercise at hand, without remembering. Raises only for a faulty exercise."""
    if answer is None or answer is ...:
        return _not_started(exercise)
    try:
        given = _read(exercise.form, answer)
    except NotThisForm as wrong:
        hint = "" if exercise.is_function else _hint_for_unread(exercise, answer)
        return _refused(exercise, str(wrong), hint)
    if exercise.is_function:
        return _look_at_function(exercise, given)
    return _look_at_value(exercise, answer, given)


def _look_at_value(exercise: Exercise, answer: Any, given: Any) -> Report:
    for number, case in enumerate(exercise.made_cases()):
        if given != exercise.form.read(case.expected):
            return _not_yet(exercise, number, answer, Attempt(answer, case, given))
    return _passed(exercise)


def _look_at_function(exercise: Exercise, function: Any) -> Report:
    cases, empty, dots, first = exercise.made_cases(), 0, 0, None
    try:
        check_parameters(function, exercise.form.parameters)
    except Failed as failed:
        return _refused(exercise, str(failed))
    for number, case in enumerate(cases):
        try:
            result = call(function, case.args, exercise.patience)
        except Failed as failed:
            first = first or _stopped(exercise, number, function, failed)
            break
        if result is None or result is ...:
            empty += 1
            dots += result is ...  # what a starter with a gap in it returns
            said = "Your function returned nothing (None): is there a return on every path?"
            first = first or _failed(exercise, number, said, exercise.silent)
            continue
        first = first or _judged(exercise, number, function, result)
        if first:
            break
    if empty == len(cases):
        untouched = dots == empty or _blank(function)
        return _not_started(exercise) if untouched else _silent(exercise)
    return first or _passed(exercise)


def _judged(exercise: Exercise, number: int, function: Any, result: Any) -> Report | None:
    """None when `result` is right for case `number`."""
    try:
        given = _read(exercise.form.returns, result)
    except NotThisForm as wrong:
        return _failed(exercise, number, f"Look at what your function returns. {wrong}")
    if given == exercise.form.returns.read(exercise.made_cases()[number].expected):
        return None
    attempt = Attempt(function, exercise.made_cases()[number], given)
    return _not_yet(exercise, number, result, attempt)


def _read(form: Form, answer: Any) -> Any:
    """`answer` in its form, or NotThisForm, whatever the thing does when it is touched."""
    try:
        return form.read(answer)
    except (NotThisForm, KeyboardInterrupt):
        raise
    except BaseException:
        raise NotThisForm(
            f"This asks for {form.wanted()}, and {kind(answer)} could not be read as that."
        ) from None


def _not_started(exercise: Exercise) -> Report:
    said = exercise.start
    if exercise.is_function:
        said += " (Your function returns nothing so far; an answer leaves it through return.)"
    return Report("not started", exercise.title, (("", said),))


def _blank(function: Any) -> bool:
    """Whether there is nothing in it but a docstring, `...`, `pass` or `return None`."""
    code = getattr(function, "__code__", None)
    if type(code) is not CodeType:
        return True
    return {step.opname for step in get_instructions(code)} <= _NOTHING_DONE


def _silent(exercise: Exercise) -> Report:
    """For a function that does something and never returns anything: that is a start."""
    said = "Your function returns nothing (None): is there a return on every path?"
    return Report("not yet", exercise.title, (("", said),), exercise.silent or exercise.start)


def _passed(exercise: Exercise) -> Report:
    count = len(exercise.made_cases())
    cases = {1: "Right.", 2: "Right in both cases."}.get(count, f"Right in all {count} cases.")
    return Report("passed", exercise.title, (("", cases), ("Why it matters", exercise.why)))


def _refused(exercise: Exercise, said: str, hint: str = "") -> Report:
    return Report("not yet", exercise.title, (("", said),), hint)


def _hint_for_unread(exercise: Exercise, answer: Any) -> str:
    return hint_for(exercise, Attempt(answer, exercise.made_cases()[0]))


def _stopped(exercise: Exercise, number: int, function: Any, failed: Failed) -> Report:
    case = exercise.made_cases()[number]
    attempt = Attempt(function, case, error=failed.kind, said=str(failed))
    return _failed(exercise, number, str(failed), hint_for(exercise, attempt))


def _failed(exercise: Exercise, number: int, said: str, hint: str = "") -> Report:
    details = (*_situation(exercise, number, expected=True), ("Yours", said))
    return Report("not yet", exercise.title, details, hint)


def _not_yet(exercise: Exercise, number: int, answer: Any, attempt: Attempt) -> Report:
    """What `answer` is still missing in case `number`. The form is told only if it is wrong."""
    form, case, given = exercise.form, attempt.case, attempt.given
    inner = form.returns if exercise.is_function else form
    words = type(answer) is str and isinstance(given, str)  # shown as they were written
    yours = quoted(answer) if words and given else form.show(given)
    told = _situation(exercise, number, expected=not form.fits(given))
    details = [*told, ("Yours", yours)]
    if where := form.difference(inner.read(case.expected), given):
        details.append(("Where", where))
    return Report("not yet", exercise.title, tuple(details), hint_for(exercise, attempt))


def _situation(exercise: Exercise, number: int, *, expected: bool) -> list[tuple[str, str]]:
    """Which case it is, what went in, and if `expected`, what form should come out."""
    cases, case, form = exercise.made_cases(), exercise.made_cases()[number], exercise.form
    lines = []
    if len(cases) > 1 or case.label:
        place = f"{number + 1} of {len(cases)}"
        lines.append(("Case", f"{place}, {case.label}" if case.label else place))
    if exercise.is_function:
        pairs = zip(form.parameters, case.args, strict=True)
        lines.append(("Input", "; ".join(f"{name} = {_shown(value)}" for name, value in pairs)))
    if expected:
        wanted = form.returns.wanted() if exercise.is_function else form.wanted()
        lines.append(("Expected", wanted))
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return hex_bytes(value)
    if type(value) is tuple and all(type(item) is int and item < 2**64 for item in value):
        return shorten(str(value), 80)
    return shorten(kind(value), 160)


def _fault(title: str, error: Exception) -> Report:
    said = (
        "The course itself stumbled here; this is not about your answer. "
        f"Run the notebook from the top; if it stays, please report this: {error_words(error)}"
    )
    return Report("not yet", title, (("", said),), fault=True)

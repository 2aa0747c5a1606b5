"""What is proved of every exercise and question, besides running it in its notebook.

`prove(exercise)` and `prove_question(question)` fail with the slug and the reason.
tests/exercises/test_lessons.py applies them to all lessons there are.
"""

from html import unescape
from typing import Any

from helpers.exercises import BytesForm, Case, Exercise, IntegerForm, Lazy, Question
from helpers.exercises.check import look

TRIVIAL: tuple[Any, ...] = (b"", "", 0, 1, -1, [], {}, "0", b"\x00", "x", object())
EMPTY_HANDED = (lambda *args: b"", lambda *args: 0, lambda *args: "", lambda *args: args[:1])


def prove(exercise: Exercise) -> None:
    """Everything that must hold of an exercise."""
    cases = exercise.made_cases()
    assert cases, f"{exercise.slug}: no cases"
    for untouched in _untouched(exercise):
        assert look(exercise, untouched).state == "not started", exercise.slug
    prove_right(exercise, cases)
    prove_wrong(exercise)
    prove_trivial(exercise)


def prove_right(exercise: Exercise, cases: list[Case]) -> None:
    """The expected answers pass, in other forms too."""
    rights = (
        [_answering(cases, write) for write in _writings(exercise.form.returns)]
        if (exercise.is_function)
        else [write(cases[0].expected) for write in _writings(exercise.form)]
    )
    for right in rights:
        report = look(exercise, right)
        assert report.state == "passed", f"{exercise.slug}: a right answer got\n{report}"
        assert exercise.why in report.text


def prove_wrong(exercise: Exercise) -> None:
    """Every listed mistake is not yet right and meets its own hint, which is no other's."""
    hints = [wrong.hint for wrong in exercise.wrong]
    assert len(set(hints)) == len(hints) >= 2, f"{exercise.slug}: two mistakes share a hint"
    for wrong in exercise.wrong:
        answer = wrong.answer.value if isinstance(wrong.answer, Lazy) else wrong.answer
        report = look(exercise, answer)
        assert report.state == "not yet", f"{exercise.slug}, {wrong.name}: {report}"
        assert report.hint == wrong.hint, f"{exercise.slug}, {wrong.name}: another hint\n{report}"
        assert wrong.hint in unescape(report.html)
        for case in exercise.made_cases():
            reveals(exercise, case, wrong.hint)


def prove_trivial(exercise: Exercise) -> None:
    """Nothing that takes no thought passes."""
    answers = [*TRIVIAL, *EMPTY_HANDED] if exercise.is_function else TRIVIAL
    for answer in answers:
        report = look(exercise, answer)
        assert report.state != "passed", f"{exercise.slug}: {answer!r} passed"
        assert not report.fault, f"{exercise.slug}: {report}"


def reveals(exercise: Exercise, case: Case, said: str) -> None:
    """Fail when `said` contains the expected bytes, text or long number of `case`."""
    compact = said.lower().replace(" ", "").replace(":", "")
    form = exercise.form.returns if exercise.is_function else exercise.form
    expected = form.read(case.expected)
    if isinstance(expected, bytes) and len(expected) >= 2:
        assert expected.hex() not in compact, f"{exercise.slug}: the answer is given away"
    if isinstance(expected, int) and expected > 99:
        assert str(expected) not in compact, f"{exercise.slug}: the answer is given away"
        assert f"{expected:x}" not in compact, f"{exercise.slug}: the answer is given away"


def prove_question(question: Question) -> None:
    """Every option has its feedback and nothing is empty (the rest is checked when it is made)."""
    assert question.prompt.strip(), question.slug
    for option in question.options:
        assert option.text.strip(), question.slug
        assert len(option.feedback) > 10, f"{question.slug}: say more about {option.text!r}"


def _untouched(exercise: Exercise) -> list[Any]:
    starters: list[Any] = [None, ...]
    if exercise.is_function:
        starters += [lambda *args: None, lambda *args: ...]
    return starters


def _writings(form: Any) -> list[Any]:
    """Ways of writing one answer of this form."""
    same = [lambda value: value]
    if isinstance(form, BytesForm):
        return [
            *same,
            bytearray,
            list,
            lambda value: value.hex(),
            lambda value: value.hex(":").upper(),
            lambda value: f" {value.hex(' ')}\n",
        ]
    if isinstance(form, IntegerForm):
        return [*same, str, hex]
    return same


def _answering(cases: list[Case], write: Any) -> Any:
    """A function that looks the answer up, written in another way."""

    def answer(*args: Any) -> Any:
        return next(write(case.expected) for case in cases if case.args == args)

    return answer

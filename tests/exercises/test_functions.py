"""`check` with functions: whatever they do, the learner reads one sentence about it."""

import asyncio
import functools
import sys

import pytest

from helpers.exercises import check
from helpers.exercises.check import look
from tests.exercises import sample

pytestmark = pytest.mark.usefixtures("lesson_99")


def function_report(function):
    report = check("99-nonce", function)
    assert not report.fault
    return report


def test_a_function_that_raises_is_told_as_a_sentence_with_its_line():
    def record_nonce(iv, sequence):
        parts = {}
        return parts["missing"]

    report = function_report(record_nonce)
    assert report.state == "not yet"
    assert "KeyError: 'missing'" in report.text
    line = record_nonce.__code__.co_firstlineno + 2
    assert f'line {line} of its cell: return parts["missing"]' in report.text
    assert "Traceback" not in report.text


@pytest.mark.parametrize("error", [SystemExit, GeneratorExit, asyncio.CancelledError, MemoryError])
def test_a_function_cannot_stop_the_kernel(error):
    def stop(iv, sequence):
        raise error

    assert error.__name__ in function_report(stop).text


def test_stop_is_stop():
    def endless(iv, sequence):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("99-nonce", endless)


def test_a_function_without_an_end_is_named():
    def again(iv, sequence):
        return again(iv, sequence)

    assert "calls itself again and again" in function_report(again).text


class Unspeakable(Exception):
    def __str__(self):
        raise ValueError


def test_an_error_whose_message_raises_is_told():
    def unspeakable(iv, sequence):
        raise Unspeakable

    assert "Unspeakable: (its message could not be read)" in function_report(unspeakable).text


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda: b"", "it has none"),
        (lambda iv: b"", "it has 1 (iv)"),
        (lambda a, b, c: b"", "2 parameters (iv, sequence); it has 3 (a, b, c)"),
        (lambda iv, *, sequence: b"", "it has 2 (iv, sequence)"),
        (max, "Your function stopped with TypeError"),
    ],
)
def test_wrong_parameters_are_counted(function, said):
    assert said in function_report(function).text


@pytest.mark.parametrize(
    "function", [sample.nonce, functools.partial(sample.nonce),
                 lambda *args: bytearray(sample.nonce(*args)),
                 lambda iv, sequence, extra=1: sample.nonce(iv, sequence).hex()]
)  # fmt: skip
def test_anything_that_can_be_called_will_do(function):
    assert function_report(function).state == "passed"


def test_a_case_cannot_be_spoilt_by_changing_its_input():
    seen = []
    exercise = sample.Exercise(
        slug="99-change",
        title="Sum",
        level="easy",
        minutes=1,
        form=sample.FunctionForm(returns=sample.IntegerForm(), parameters=("items",)),
        cases=lambda: [sample.Case(6, ([1, 2, 3],)), sample.Case(6, ([3, 2, 1],))],
        wrong=[sample.Wrong("last", lambda items: items[-1], "That is only the last."),
               sample.Wrong("count", lambda items: len(items) + 1, "You counted.")],
        why="w",
        start="s",
    )  # fmt: skip

    def emptying(items):
        seen.append(list(items))
        total = sum(items)
        items.clear()
        return total

    assert look(exercise, emptying).state == look(exercise, emptying).state == "passed"
    assert seen == [[1, 2, 3], [3, 2, 1]] * 2


def test_a_whole_attempt_that_returns_nothing_is_a_start():
    def searching(iv, sequence):
        for byte in iv:
            if byte > 255:
                return byte

    def forgetful(iv, sequence):
        sample.nonce(iv, sequence)

    for function in (searching, forgetful):
        report = function_report(function)
        assert report.state == "not yet"
        assert "returns nothing (None)" in report.text
        assert report.hint

    def untouched(iv, sequence):
        """Only this."""

    def given_up(iv, sequence):
        return None

    for function in (untouched, given_up, lambda iv, sequence: ..., lambda *args: None):
        assert function_report(function).state == "not started"


def test_a_function_may_print(capsys):
    def chatty(iv, sequence):
        sys.stdout.write("thinking\n")
        return sample.nonce(iv, sequence)

    assert function_report(chatty).state == "passed"
    assert capsys.readouterr().out == "thinking\n" * 2


def test_async_and_generators_are_explained():
    async def later(iv, sequence):
        return b""

    def piecemeal(iv, sequence):
        yield b""

    assert "plain def" in function_report(later).text
    assert "return instead of yield" in function_report(piecemeal).text


def test_returning_nothing_sometimes_is_not_the_same_as_not_started():
    def sometimes(iv, sequence):
        return sample.nonce(iv, sequence) if sequence > 1 else None

    report = function_report(sometimes)
    assert report.state == "not yet"
    assert "return on every path" in report.text


def test_the_first_failing_case_is_told_with_its_input():
    report = function_report(lambda iv, sequence: sample.nonce(iv, 1))
    assert "Case: 2 of 2" in report.text
    assert "iv = 12 bytes: 00 01 02" in report.text
    assert "Expected" not in report.text, "the form was right"
    assert "Expected: 12 bytes" in function_report(lambda iv, sequence: iv[1:]).text

"""`check` and whatever a learner may hand to it."""

import asyncio
import functools
import sys

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.exercises import check
from helpers.exercises.check import look
from tests.exercises import sample
from tests.exercises.proof import prove, prove_question, reveals

pytestmark = pytest.mark.usefixtures("lesson_99")
SUITE, NUMBER, NAME, NONCE = sample.EXERCISES
STATES = ("not started", "not yet", "passed")


class Prickly:
    """Raises at every touch."""

    def _raise(self, *args):
        raise SystemExit("do not touch")

    __eq__ = __repr__ = __str__ = __bytes__ = __index__ = __int__ = __len__ = __iter__ = _raise
    __hash__ = __bool__ = __getitem__ = __class_getitem__ = __deepcopy__ = _raise

    @property
    def __class__(self):
        raise ZeroDivisionError


class PricklyBytes(bytes):
    def __eq__(self, other):
        raise ValueError

    __bytes__ = __iter__ = __len__ = __repr__ = lambda self: 1 // 0
    __hash__ = None


class PricklyText(str):
    __slots__ = ()
    __str__ = __repr__ = __len__ = lambda self: 1 // 0


class PricklyNumber(int):
    def __eq__(self, other):
        raise ValueError

    __repr__ = __index__ = __format__ = lambda self, *_: 1 // 0
    __hash__ = None


ODD = [
    True, 0, -1, 3.5, float("nan"), float("inf"), 10**5000, -(10**5000), 1j,
    "", "x" * 10_000_000, "0x", "c0 2", "\ud800", "\0", "9" * 5000,
    b"", b"\xff" * 2_000_000, bytearray(b"ab"), memoryview(b"ab"), memoryview(b"abcd")[::2],
    [], [1, 2, 300], [True, False], ["c0", "2f"], [[]], (), {}, set(), frozenset({1}), range(3),
    Prickly(), [Prickly()], PricklyBytes(b"ab"), PricklyText("c02f"), PricklyNumber(3), object(),
    Prickly, int, type, len, print, sys, Exception("x"), (n for n in range(3)), iter([]),
    numpy.array([0xC0, 0x2F], dtype=numpy.uint8), numpy.array([1.5]), numpy.zeros((2, 2)),
    numpy.int64(3), numpy.bool_(True), numpy.array([]), numpy.array(["a", None], dtype=object),
]  # fmt: skip


@pytest.mark.parametrize("exercise", sample.EXERCISES, ids=lambda exercise: exercise.slug)
def test_the_sample_exercises_prove(exercise):
    prove(exercise)


@pytest.mark.parametrize("question", [*sample.PREDICTIONS, *sample.QUIZ], ids=lambda q: q.slug)
def test_the_sample_questions_prove(question):
    prove_question(question)


@pytest.mark.parametrize("place", range(len(ODD)), ids=lambda place: type(ODD[place]).__name__)
def test_no_odd_answer_gets_out_as_an_exception(place):
    answer = ODD[place]  # by place: pytest itself cannot hold some of these
    for slug in ("99-suite", "99-number", "99-name", "99-nonce"):
        report = check(slug, answer)
        assert report.state in STATES
        assert not report.fault, report.text
        assert len(report.text) < 700
        assert " at 0x" not in report.text
        given_back = check("99-nonce", lambda iv, sequence: answer)
        assert given_back.state in STATES
        assert not given_back.fault, given_back.text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sample.EXERCISES),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
        max_leaves=8,
    ),
)
def test_no_answer_at_all_is_a_fault_or_gives_the_answer_away(exercise, answer):
    for handed in (answer, lambda iv, sequence: answer):
        report = look(exercise, handed)
        assert report.state in STATES
        assert report.html.count("<div") == report.html.count("</div>")
        said = " ".join(text for label, text in report.lines if label not in ("Yours", "Input"))
        if report.state != "passed":
            for case in exercise.made_cases():
                reveals(exercise, case, said)


@pytest.mark.parametrize(
    "answer",
    [b"\xc0\x2f", "c02f", "C0 2F", "c0:2f", "0xC0, 0x2f", " C02F\n", "0xc02f", [192, 47],
     (0xC0, 0x2F), bytearray(b"\xc0\x2f"), memoryview(b"\xc0\x2f"),
     numpy.array([192, 47]), numpy.array([192, 47], dtype=numpy.uint8),
     [numpy.uint8(192), numpy.int64(47)]],
)  # fmt: skip
def test_bytes_in_many_forms_pass(answer):
    assert check("99-suite", answer).state == "passed"


@pytest.mark.parametrize(
    "answer", [123456, "123456", "0x1E240", "123,456", " 123_456 ", 123456.0, numpy.int64(123456),
               "0b11110001001000000"]
)  # fmt: skip
def test_numbers_in_many_forms_pass(answer):
    assert check("99-number", answer).state == "passed"


@pytest.mark.parametrize(
    "answer", ["client_hello", "ClientHello", "CLIENT HELLO", " client-hello. ", b"client_hello",
               "hello of the client", '"Client Hello"']
)  # fmt: skip
def test_words_in_many_forms_pass(answer):
    assert check("99-name", answer).state == "passed", answer


@pytest.mark.parametrize(
    ("slug", "answer", "said"),
    [
        ("99-suite", 49199, ".to_bytes("),
        ("99-suite", "c0 2", "odd number of them, 3"),
        ("99-suite", "cafe!", "not hexadecimal"),
        ("99-suite", [300], "from 0 to 255"),
        ("99-suite", b"\xc0", "You gave 1 byte where 2 are wanted"),
        ("99-suite", b"\xc0\x30", "first difference is at offset 1"),
        ("99-suite", b"\x00\x30", "first byte (offset 0)"),
        ("99-number", b"\x01", "int.from_bytes"),
        ("99-number", True, "truth value"),
        ("99-number", "many", "begins with 0x"),
        ("99-number", 2.5, "the number 2.5"),
        ("99-name", 3, "a message name"),
        ("99-nonce", bytes(12), "without parentheses"),
    ],
)
def test_another_form_gets_a_helpful_sentence(slug, answer, said):
    report = check(slug, answer)
    assert report.state == "not yet"
    assert said in report.text


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
    assert look(exercise, lambda items: items.clear()).state == "not started"


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
    assert "Expected: 12 bytes" in report.text


@pytest.mark.parametrize("slug", ["99-nance", "", "zz", None, 3, [], Prickly, "9" * 10_000])
def test_an_unknown_slug_is_one_sentence(slug):
    slug = Prickly() if slug is Prickly else slug
    report = check(slug, b"")
    assert report.state == "not started"
    assert len(report.text) < 400
    if type(slug) is str and slug == "99-nance":
        assert "Did you mean 99-nonce" in report.text


def test_a_fault_of_the_course_is_not_blamed_on_the_learner():
    broken = sample.Exercise(
        slug="99-broken", title="Broken", level="easy", minutes=1, form=sample.IntegerForm(),
        cases=lambda: 1 // 0, wrong=SUITE.wrong, why="w", start="s",
    )  # fmt: skip
    sample.EXERCISES.append(broken)
    try:
        report = check("99-broken", 3)
    finally:
        sample.EXERCISES.remove(broken)
    assert report.fault
    assert "not about your answer" in report.text


@pytest.mark.parametrize("slug", ["99-suite", "99-nonce"])
def test_reports_are_the_same_every_time_and_in_both_forms(slug):
    one, two = check(slug, object()), check(slug, object())
    assert one._repr_mimebundle_() == two._repr_mimebundle_()
    assert set(one._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert one.title in one.html
    assert repr(one) == one.text


def test_an_answer_is_escaped():
    assert "<script>" not in check("99-name", "<script>alert(1)</script>").html


def test_authors_are_told_about_incomplete_exercises():
    with pytest.raises(ValueError, match="two mistakes"):
        sample.Exercise("99-x", "x", "easy", 1, sample.IntegerForm(), list, [], "w", "s")
    with pytest.raises(ValueError, match="level"):
        sample.Exercise("99-x", "x", "tiny", 1, sample.IntegerForm(), list, SUITE.wrong, "w", "s")
    with pytest.raises(ValueError, match="exactly one"):
        sample.Question("99-x", "?", [sample.Option("a", "b"), sample.Option("c", "d")])
    with pytest.raises(ValueError, match="feedback"):
        sample.Question("99-x", "?", [sample.Option("a", "b", right=True), sample.Option("c", "b")])

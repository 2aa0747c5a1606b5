"""`check`: right answers in many forms, helpful sentences for the others."""

import numpy
import pytest

from helpers.exercises import check
from tests.exercises import sample
from tests.exercises.proof import prove, prove_question

pytestmark = pytest.mark.usefixtures("lesson_99")
SUITE = sample.EXERCISES[0]


@pytest.mark.parametrize("exercise", sample.EXERCISES, ids=lambda exercise: exercise.slug)
def test_the_sample_exercises_prove(exercise):
    prove(exercise)


@pytest.mark.parametrize("question", [*sample.PREDICTIONS, *sample.QUIZ], ids=lambda q: q.slug)
def test_the_sample_questions_prove(question):
    prove_question(question)


@pytest.mark.parametrize(
    "answer",
    [b"\xc0\x2f", "c02f", "C0 2F", "c0:2f", "0xC0, 0x2f", " C02F\n", "0xc02f", [192, 47],
     (0xC0, 0x2F), bytearray(b"\xc0\x2f"), memoryview(b"\xc0\x2f"), 49199,
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
        ("99-suite", 70_000, ".to_bytes("),
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


@pytest.mark.parametrize("slug", ["99-nance", "", "zz", None, 3, [], "9" * 10_000])
def test_an_unknown_slug_is_one_sentence(slug):
    report = check(slug, b"")
    assert report.state == "not started"
    assert len(report.text) < 400
    if slug == "99-nance":
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

"""Nothing a learner can hand in comes out of `check` as an exception, or brings the answer out."""

import sys

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.exercises import check
from helpers.exercises.check import look
from tests.exercises import sample
from tests.exercises.proof import reveals

pytestmark = pytest.mark.usefixtures("lesson_99")
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


def test_an_odd_slug_is_one_sentence():
    assert "is the name of the exercise" in check(Prickly(), b"").text

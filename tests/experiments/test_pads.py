"""Dragging a guess along two messages under one pad."""

import pytest

from helpers.experiments.pads import FIRST, SECOND, drag, sealed_twice


def test_the_pad_cancels_out():
    one, two = sealed_twice()
    assert len(FIRST) == len(SECOND) == len(one) == len(two)
    assert bytes(a ^ b ^ c for a, b, c in zip(one, two, FIRST, strict=True)) == SECOND
    assert one not in (FIRST, SECOND)


@pytest.mark.parametrize(("known", "other"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_a_right_guess_shows_the_other_message(known, other):
    for start in range(0, len(known), 5):
        found = drag(known[start:start + 7].decode(), start)
        assert found.other == other[start:start + 7]
        assert found.ordinary == len(found.other)


def test_the_question_has_two_answers_that_read_as_text():
    """' the ' fits where it stands in one of the messages; a few other places look odd."""
    places = [at for at in range(len(FIRST)) if drag(" the ", at).guess == b" the "
              and drag(" the ", at).other in FIRST + b"|" + SECOND]
    assert places == [10, 15]
    assert all(FIRST[at:at + 5] == b" the " or SECOND[at:at + 5] == b" the " for at in places)


def test_what_does_not_fit_is_cut_off_and_odd_letters_stand_as_marks():
    assert drag("abcdef", len(FIRST) - 2).guess == b"ab"
    assert drag("é", 0).guess == b"?"
    assert drag("", 3).other == b""

"""Controls as plain data: dependencies, settling, combinations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.explore import Choice, Number, Toggle, Typed
from helpers.explore.combine import combinations
from helpers.explore.controls import NOTHING_YET, settle

SIZES = {"RSA": {"hello": 5, "finished": 2}, "ECDHE": {"hello": 4, "exchange": 9}}
FLIP = {
    "lane": Choice("Lane", list(SIZES)),
    "message": Choice("Message", lambda earlier: list(SIZES[earlier["lane"]])),
    "offset": Number("Offset", 0, lambda e: SIZES[e["lane"]][e["message"]] - 1),
    "mask": Number("Mask", 1, 255, 127),
}
ODD = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary())


def allowed(values: dict) -> bool:
    size = SIZES[values["lane"]].get(values["message"], 0)
    return 0 <= values["offset"] < size and values["mask"] in (1, 128, 255)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(FLIP)), ODD | st.sampled_from(["RSA", "ECDHE", "hello"]))
)
def test_whatever_is_wished_for_becomes_something_allowed(wanted):
    values = settle(FLIP, wanted)
    assert list(values) == list(FLIP)
    assert allowed(values)


@settings(deadline=None)
@given(st.sampled_from(list(combinations(FLIP))))
def test_what_is_allowed_stays(values):
    assert settle(FLIP, values) == values


def test_combinations_honour_what_depends_on_what():
    every = list(combinations(FLIP))
    assert len(every) == (5 + 2 + 4 + 9) * 3
    assert all(allowed(values) for values in every)
    assert len({tuple(values.items()) for values in every}) == len(every)


@pytest.mark.parametrize("limit", [1, 7, 20, 59, 60, 1000])
def test_a_limit_keeps_to_about_that_many_and_to_allowed_values(limit):
    some = list(combinations(FLIP, limit))
    assert 0 < len(some) <= limit
    assert all(allowed(values) for values in some)


def test_thinned_numbers_keep_both_ends_and_choices_keep_all():
    big = {"lane": Choice("l", ["a", "b", "c"]), "at": Number("n", 0, 100_000)}
    some = list(combinations(big, 50))
    assert {values["lane"] for values in some} == {"a", "b", "c"}
    assert {0, 100_000} <= {values["at"] for values in some}


def test_an_unchosen_choice_is_met_too():
    radio = Choice("Guess", ["a", "b"], style="radio", value=None)
    assert radio.start({}) is None
    assert radio.domain({}) == [None, "a", "b"]
    assert radio.read(None, {}) == NOTHING_YET
    assert radio.settle("c", {}) is None


def test_labels_stand_for_values():
    choice = Choice("Suite", {"first": 1, "second": 2}, value=2)
    assert choice.start({}) == 2
    assert choice.read(2, {}) == "second"
    assert "first; second" in choice.about({})


def test_a_choice_without_options_is_nothing_yet():
    choice = Choice("Empty", lambda earlier: [])
    assert choice.domain({}) == [None]
    assert choice.read(choice.start({}), {}) == NOTHING_YET


@pytest.mark.parametrize(
    ("number", "wish", "gets"),
    [
        (Number("n", 0, 10), 99, 10),
        (Number("n", 0, 10), -1, 0),
        (Number("n", 0, 10, 5), 4, 5),
        (Number("n", 1, 8, 3), 8, 7),
        (Number("n", 0.0, 1.0, 0.1), 0.33, 0.3),
        (Number("n", 5, lambda earlier: 2), 9, 5),
        (Number("n", 0, 10, value=4), "x", 4),
        (Number("n", 0, 10, value=4), float("nan"), 4),
        (Number("n", 0, 10, value=4), float("inf"), 10),
        (Number("n", 0, 10, value=4), True, 4),
    ],
)
def test_numbers_settle_on_the_nearest(number, wish, gets):
    assert number.settle(wish, {}) == gets


def test_toggle_and_text():
    assert Toggle("t").domain({}) == [False, True]
    assert Toggle("t", True).settle(None, {}) is True
    assert Typed("t", "a", ["b", "a"]).domain({}) == ["a", "b", ""]
    assert Typed("t").read("", {}) == "empty"


def test_mistakes_of_an_author_are_named():
    with pytest.raises(ValueError, match="style"):
        Choice("c", [1], style="tabs")
    with pytest.raises(ValueError, match="step"):
        Number("n", 0, 1, 0)
    with pytest.raises(ValueError, match="read the same"):
        Choice("c", [1, "1"]).pairs({})

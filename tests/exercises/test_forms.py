"""The forms of answers: what they read, and what they say about a difference."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.exercises import BytesForm, ChoiceForm, FunctionForm, IntegerForm, ListForm, TextForm
from helpers.exercises.forms import NotThisForm
from helpers.exercises.words import kind, shorten

READS_BYTES = BytesForm()


@settings(deadline=None)
@given(st.binary(max_size=40), st.sampled_from(["", " ", ":", ", ", "\n", "-"]), st.booleans())
def test_hex_text_reads_as_the_bytes_it_writes(value, between, upper):
    text = between.join(f"{byte:02x}" for byte in value)
    assert READS_BYTES.read(text.upper() if upper else text) == value
    assert READS_BYTES.read(f"0x{text}") == value
    assert READS_BYTES.read(list(value)) == value


@settings(deadline=None)
@given(st.integers())
def test_numbers_read_in_decimal_and_hexadecimal(value):
    assert IntegerForm().read(str(value)) == value
    if value >= 0:
        assert IntegerForm().read(hex(value)) == value


@settings(deadline=None)
@given(st.binary(max_size=8), st.binary(max_size=8))
def test_the_difference_is_where_it_is(expected, got):
    said = READS_BYTES.difference(expected, got)
    same = 0
    while same < min(len(expected), len(got)) and expected[same] == got[same]:
        same += 1
    if expected != got:
        assert any(
            words in said for words in (f"offset {same}", f"({same} byte)", f"({same} bytes)")
        )


def test_a_list_in_order_and_a_set_in_any():
    messages = TextForm("a message name")
    ordered, free = ListForm(messages), ListForm(messages, ordered=False)
    assert ordered.read(["Client Hello", "server_hello"]) == ("clienthello", "serverhello")
    assert ordered.difference(("a", "b", "c"), ("a", "c", "b")) == (
        "The first difference is at item 1 (the first item is item 0)."
    )
    assert "too early" in ordered.difference(("a", "b"), ("a",))
    assert "too long" in ordered.difference(("a",), ("a", "b"))
    assert free.read({"b", "a"}) == free.read(("A", "b", "a"))
    said = free.difference(free.read(["a", "b"]), free.read(["b", "c", "d"]))
    assert said == "2 of your items do not belong; 1 are missing."
    assert free.show(free.read(["b", "a"])) == "2 items: “a”, “b”"
    with pytest.raises(NotThisForm, match="a list, each item a message name"):
        ordered.read({"a"})
    with pytest.raises(NotThisForm, match="a message name"):
        ordered.read([3])


def test_a_choice_names_its_options():
    form = ChoiceForm(["client", "server", "both of them"])
    assert form.read("Both_of them") == "bothofthem"
    with pytest.raises(NotThisForm, match="one of: client, server, both of them"):
        form.read("nobody")


def test_a_function_says_what_it_should_be():
    form = FunctionForm(returns=BytesForm(length=12), parameters=("iv", "sequence"))
    assert form.wanted() == "a function (iv, sequence) that returns 12 bytes"


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (None, "nothing (None)"),
        (True, "the truth value True"),
        (7, "the number 7"),
        (49199, "the number 49199 (0xc02f)"),
        (1 << 99, "a whole number of 100 bits"),
        ("", "an empty text"),
        ("x" * 99, f"the text “{'x' * 39}…”"),
        (b"", "no bytes at all"),
        (b"\x01", "1 byte: 01"),
        (bytes(17), "17 bytes: " + "00 " * 16 + "…"),
        ([1], "a list of 1 item"),
        ({}, "a dict of 0 items"),
        (object(), "something of type object"),
    ],
)
def test_words_for_things(thing, words):
    assert kind(thing) == words


@settings(deadline=None)
@given(st.text(), st.integers(1, 80))
def test_shortened_text_is_one_short_line(text, most):
    assert len(shorten(text, most)) <= most
    assert "\n" not in shorten(text, most)

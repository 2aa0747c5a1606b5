"""The table of dated facts; the facts themselves are tested in tests/tools/test_facts.py."""

import pytest

from helpers.show import dated_facts


def test_the_table_holds_what_was_asked_for():
    text = dated_facts("rsa-key-exchange", "tls12-frozen").text
    assert "RFC 10015" in text
    assert "RFC 9851" in text
    assert "RFC 8446" not in text


def test_an_unknown_fact_is_an_error():
    with pytest.raises(KeyError):
        dated_facts("the-moon")


def test_a_date_does_not_break_over_two_lines():
    text = dated_facts("rsa-key-exchange").text
    assert "2026\N{NON-BREAKING HYPHEN}07" in text
    assert "2026-" not in text

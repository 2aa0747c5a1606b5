"""The charts of the listener's search and of what a key exchange costs."""

from helpers.experiments import steps_by_size
from helpers.show import exchange_chart, search_chart


def test_the_two_sizes_of_the_question_are_marked_and_told():
    text = search_chart(steps_by_size()).text
    assert "508" in text
    assert "524,170" in text
    assert "size of p (bits)" in text


def test_a_search_without_these_sizes_has_no_marks():
    assert "16 bits" in search_chart({"try": [(8, 112), (16, 32_632)]}).text


def test_every_way_is_told():
    text = exchange_chart({"X25519": 5e-5, "RSA": 1e-3}).text
    assert "X25519" in text
    assert "RSA" in text

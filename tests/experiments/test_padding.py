"""Padding costs and hides what is counted."""

import pytest

from helpers.experiments import lookalikes, padded_pages
from helpers.experiments.padding import PAGES, POLICIES


def test_the_question_of_the_widget_has_an_answer():
    tested = "a test result: positive"
    alike = {name: lookalikes(padded_pages(multiple), tested)
             for name, multiple in POLICIES.items()}
    hiding = [name for name, pages in alike.items() if "a test result: negative" in pages]
    assert hiding == ["to a multiple of 256", "to a multiple of 1,024", "to a multiple of 2,048"]
    assert [name for name, pages in alike.items() if len(pages) == len(PAGES)] == [
        "to a multiple of 2,048"]
    costs = [sum(page.zeros for page in padded_pages(multiple)) for multiple in POLICIES.values()]
    assert costs == sorted(costs)
    assert costs[0] == 0


def test_lengths_add_up():
    for multiple in POLICIES.values():
        for page in padded_pages(multiple):
            assert page.record == 5 + page.length + 1 + page.zeros + 16
            assert not multiple or (page.length + 1 + page.zeros) % multiple == 0
    with pytest.raises(ValueError, match="at least 1"):
        padded_pages(-1)

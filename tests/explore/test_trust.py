"""The gallery's widget: a guess is about one chain, and another chain waits for its own."""

from helpers.experiments.gallery import numbered
from helpers.explore import guess_the_check

WAITS = "First choose the check that fails"


def test_another_chain_waits_for_a_guess_of_its_own():
    explorer = guess_the_check()
    for slug in numbered().values():
        explorer.set("number", slug)
        assert explorer.values == {"number": slug, "guess": None}
        assert WAITS in explorer.value_html
        assert "Three validators" not in explorer.value_html
        explorer.set("guess", (slug, "dates"))
        assert "Three validators" in explorer.value_html
        assert WAITS not in explorer.value_html


def test_a_guess_about_another_chain_is_none():
    explorer = guess_the_check()
    explorer.set("number", "expired")
    explorer.set("guess", ("weak_key", "dates"))
    assert explorer.values["guess"] is None
    assert WAITS in explorer.value_html


def test_going_back_to_a_chain_asks_again():
    explorer = guess_the_check()
    explorer.set("number", "expired")
    explorer.set("guess", ("expired", "dates"))
    explorer.set("number", "weak_key")
    explorer.set("number", "expired")
    assert WAITS in explorer.value_html

"""The pictures of an agreement say the numbers, in words, too."""

import pytest

from helpers.experiments.agree import agree
from helpers.experiments.middle import FORWARD, SIGNING, between
from helpers.show import agreement_view, middle_view


def test_every_number_that_crosses_is_told():
    view = agreement_view(agree(23, 5, 6, 15))
    for words in (
        "Alice keeps 6 and sends 8",
        "Bob keeps 15 and sends 19",
        "both compute 2",
        "22 different secrets",
        "after 6 tries",
        "as good as",
    ):
        assert words in view.text
    assert view.html.count("<img") == 1


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((23, 1, 6, 15), "Every power of 1 is 1"),
        ((23, 22, 6, 15), "only 2 different powers"),
        ((23, 5, 22, 15), "A share of 1 makes the secret 1"),
        ((23, 5, 0, 15), "A share of 1"),
        ((467, 2, 2, 400), "found at once"),
    ],
)
def test_weak_numbers_are_called_weak(numbers, words):
    view = agreement_view(agree(*numbers))
    assert "weak" in view.text
    assert words in view.text


@pytest.mark.parametrize("to_bob", FORWARD)
@pytest.mark.parametrize("to_alice", FORWARD)
@pytest.mark.parametrize("signing", SIGNING)
def test_every_way_has_one_verdict(to_bob, to_alice, signing):
    for checked in (False, True):
        went = between(to_bob, to_alice, signing=signing, checked=checked)
        view = middle_view(went)
        verdicts = [
            word
            for word in ("stopped:", "broken:", "noticed:", "safe:")
            if f"\n{word}" in view.text
        ]
        assert len(verdicts) == 1
        assert (verdicts == ["broken:"]) == went.succeeded
        assert "None" not in view.text


def test_both_protections_are_told():
    stolen = middle_view(between("own", "own", checked=True, signing="stolen")).text
    assert "Both ends check the shares" in stolen
    assert "With Bob's stolen key Mallory signs the shares that Alice saw, 224 and 341" in stolen
    assert "for Alice it fits" in stolen
    signed = middle_view(between("own", "own", signing="bob")).text
    assert "Bob signs the shares that he saw, 341 and 77; Alice saw 224 and 341: it does" in signed
    assert "Nobody checks the shares. Nobody signs." in middle_view(between("own", "own")).text
    early = middle_view(between("one", "own", checked=True, signing="bob")).text
    assert "signs" not in early


def test_half_of_the_powers_is_called_half():
    view = agreement_view(agree(23, 2, 6, 15))
    assert "half of what could be: 11 of 22 secrets" in view.text
    assert "1 secret is possible" in agreement_view(agree(23, 1, 6, 15)).text


def test_what_was_read_stands_there():
    assert "reads: pay 100 to Carol" in middle_view(between("own", "own")).text
    assert "Bob reads: pay 900 to Mallory" in middle_view(between("own", "own")).text
    assert "Bob refuses the share 1" in middle_view(between("one", "own", checked=True)).text

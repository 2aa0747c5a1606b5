"""Who gets a certificate for shop.example by which challenge."""

import pytest

from helpers.experiments.name_control import ANSWERS, HOLDS, NAMES, apply_for
from helpers.pki.acme import CHALLENGES

PASSES = {"nothing": set(), "uploads": set(), "files": {"http-01"},
          "server": {"http-01", "tls-alpn-01"}, "dns": set(CHALLENGES)}


@pytest.mark.parametrize("holds", HOLDS)
def test_who_passes_which_challenge(holds):
    passed = {challenge for challenge in CHALLENGES if apply_for(holds, challenge).issued}
    assert passed == PASSES[holds]


def test_the_wildcard_takes_the_zone_and_dns():
    got = [(holds, challenge) for holds in HOLDS for challenge in CHALLENGES
           if apply_for(holds, challenge, "own", NAMES[1]).issued]
    assert got == [("dns", "dns-01")]


@pytest.mark.parametrize("answer", ["token", "copied"])
@pytest.mark.parametrize("name", NAMES)
def test_other_answers_are_never_taken(answer, name):
    tried = [apply_for(holds, challenge, answer, name)
             for holds in HOLDS for challenge in CHALLENGES]
    assert not any(one.issued for one in tried)
    assert all(one.why for one in tried)


def test_the_reason_fits_what_the_ca_saw():
    assert "thumbprint" in apply_for("dns", "dns-01", "token").why
    assert "another account" in apply_for("server", "tls-alpn-01", "copied").why
    assert apply_for("uploads", "http-01").found == "nothing"
    assert "/uploads/" in apply_for("uploads", "http-01").why
    assert "wildcard" in apply_for("server", "http-01", "own", NAMES[1]).why


@pytest.mark.parametrize("which", [("keys", "dns-01"), ("dns", "mail-01"), ("dns", "dns-01", "no"),
                                   ("dns", "dns-01", "own", "bank.example")])
def test_unknown_words_are_refused(which):
    with pytest.raises(ValueError, match="is none of"):
        apply_for(*which)


def test_all_answers_are_known():
    assert set(ANSWERS) == {"own", "token", "copied"}

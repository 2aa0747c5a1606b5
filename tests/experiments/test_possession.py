"""Who gets past which check: twelve impostors."""

import pytest

from helpers.experiments.possession import CERTIFICATES, RANDOMS, SIGNATURES, pretend

CAUGHT = {
    ("copied", "own key", "fresh"): "signature",
    ("copied", "own key", "repeated"): "signature",
    ("copied", "played back", "fresh"): "signature",
    ("copied", "played back", "repeated"): "Finished",
    ("copied", "stolen key", "fresh"): "",
    ("copied", "stolen key", "repeated"): "",
}


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("random", RANDOMS)
def test_who_is_caught_by_what(signature, random):
    assert pretend("copied", signature, random).caught == CAUGHT["copied", signature, random]
    assert pretend("own", signature, random).caught == "certificate"


def test_a_self_made_certificate_with_a_fitting_signature():
    visit = pretend("own", "own key", "fresh")
    assert [one.passed for one in visit.checks] == [False, True, True]
    assert "unknown_ca" in visit.checks[0].why


def test_other_words():
    with pytest.raises(ValueError, match="none of"):
        pretend("borrowed", SIGNATURES[0], RANDOMS[0])
    assert len(CERTIFICATES) * len(SIGNATURES) * len(RANDOMS) == 12

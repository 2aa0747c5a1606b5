"""The view of a downgrade says what was changed, what was chosen, who noticed."""

import pytest

from helpers.experiments import downgrade
from helpers.experiments.downgrade import ATTACKS
from helpers.show import downgrade_view


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("exchange", ["ECDHE", "RSA"])
def test_everything_is_said(attack, exchange):
    result = downgrade(attack, exchange)
    text = downgrade_view(result).text
    assert text.startswith(f"{result.sentence} {result.why}")
    for tail in result.tails:
        assert tail.hex(" ") in text
    assert ("DOWNGRD" in text.partition("An attempt")[2]) == result.marked
    assert ("TLS 1.3, X25519MLKEM768" in text) == (attack == "nothing")
    assert text.count("changed: ") == (attack == "marker")

"""What was stolen, as a learner reads it."""

import pytest

from helpers.experiments import steal
from helpers.experiments.eavesdrop import THEFTS
from helpers.show import theft_view
from helpers.sources import load
from tests.explore.proof import complaints


@pytest.mark.parametrize("name", ["tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa"])
@pytest.mark.parametrize("what", THEFTS)
def test_a_theft_shows_plaintext_exactly_where_there_is_some(name, what):
    theft = steal(load(name), what)
    view = theft_view(theft)
    assert ("GET / HTTP/1.1" in view.text) == bool(theft.request)
    assert view.text.count("locked") == len(theft.closed)
    assert f"{len(theft.opened)} of 6 records open" in view.text
    assert "GET / HTTP/1.1" in view.html or not theft.request
    assert not complaints(view.html)

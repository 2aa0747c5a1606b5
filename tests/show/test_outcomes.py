"""What was stolen and what was agreed on, as a learner reads it."""

import pytest

from helpers.experiments import negotiate, steal
from helpers.experiments.eavesdrop import THEFTS
from helpers.experiments.negotiate import KINDS, PREFERENCES
from helpers.show import negotiation_view, theft_view
from helpers.sources import load
from tests.explore.proof import complaints

LISTS = list(PREFERENCES.values())


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_negotiation_marks_the_chosen_suite_and_no_other(kind):
    for client in LISTS:
        for server in LISTS:
            result = negotiate(client, server, kind=kind)
            view = negotiation_view(result)
            assert view.text.count("chosen: ") == (result.chosen is not None)
            assert ("handshake_failure" in view.text) == (result.chosen is None)
            assert result.why in view.text
            assert not complaints(view.html)

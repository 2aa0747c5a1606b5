"""The who-knows-what table says what the rules say, in both its forms."""

import re

import pytest

from helpers.experiments import knowledge
from helpers.show import who_knows
from helpers.sources import load
from tests.explore.proof import complaints

RECORDINGS = ("tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa")


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("stolen", [(), ("server_private_key",), ("master_secret",)])
def test_every_fact_is_shown_once_for_each_who_learns_it(name, stolen):
    recording = load(name)
    view = who_knows(recording, stolen)
    facts = [fact for row in knowledge(recording, stolen) for new in row.new.values()
             for fact in new]
    assert view.text.count("+ ") - 1 == len(facts)  # one is in the caption
    assert view.html.count("+ ") - 1 == len(facts)
    assert not complaints(view.html)


@pytest.mark.parametrize("name", RECORDINGS)
def test_it_is_short_and_accessible(name):
    view = who_knows(load(name))
    assert len(view.text.splitlines()) <= 16
    assert "<caption" in view.html
    assert all("scope=" in tag for tag in re.findall(r"<th\b[^>]*>", view.html))


def test_a_stolen_key_shows_what_it_opens():
    assert "bytes, encrypted" in who_knows(load("tls12_rsa")).text
    stolen = who_knows(load("tls12_rsa"), ["server_private_key"])
    assert "bytes, decrypted" in stolen.text
    assert "has stolen: server's private key" in stolen.text
    assert "bytes, decrypted" not in who_knows(load("tls12_ecdhe"), ["server_private_key"]).text

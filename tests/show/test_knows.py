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
    for shown in (view.text, view.html):
        body = shown.replace("+ is", "").replace("= is", "")  # the signs in the caption
        assert len(re.findall(r"[+=] (?=\w)", body)) == len(facts)
    assert not complaints(view.html)


@pytest.mark.parametrize("name", RECORDINGS)
def test_it_is_short_and_accessible(name):
    view = who_knows(load(name))
    assert len(view.text.splitlines()) <= 16
    assert "<caption" in view.html
    assert all("scope=" in tag for tag in re.findall(r"<th\b[^>]*>", view.html))


@pytest.mark.parametrize("name", RECORDINGS)
def test_what_is_computed_is_told_from_what_crossed(name):
    text = who_knows(load(name)).text
    for sign, words in (("=", "master secret *"), ("=", "keys *"), ("+", "client random"),
                        ("+", "HTTP request *")):
        shown = set(re.findall(rf"([+=]) {re.escape(words)}", text.replace("\u00a0", " ")))
        assert shown == {sign}, words
    signs = set(re.findall("([+=]) pre-master", text))
    assert signs == ({"+", "="} if name == "tls12_rsa" else {"="})


def test_a_row_has_one_sender():
    rows = who_knows(load("tls12_ecdhe")).text.splitlines()
    assert not [row for row in rows if "client:" in row and "server:" in row]
    assert any("record of 45 bytes, encrypted" in row for row in rows)
    assert not [row for row in rows if "session hash" in row]


def test_a_stolen_key_shows_what_it_opens():
    assert "bytes, encrypted" in who_knows(load("tls12_rsa")).text
    stolen = who_knows(load("tls12_rsa"), ["server_private_key"])
    assert "bytes, decrypted" in stolen.text
    assert "has stolen: server's private key" in stolen.text
    assert "bytes, decrypted" not in who_knows(load("tls12_ecdhe"), ["server_private_key"]).text


def test_tls_13_has_two_sets_of_keys_and_a_dark_certificate():
    text = who_knows(load("tls13_x25519")).text
    assert "handshake keys\u00a0*" in text
    assert "application keys\u00a0*" in text
    assert "record of 1240 bytes, encrypted" in text
    assert "decrypted" not in text
    stolen = who_knows(load("tls13_x25519"), "client_ephemeral_key").text
    assert "bytes, decrypted" in stolen
    assert "bytes, decrypted" not in who_knows(load("tls13_x25519"), "server_private_key").text
    with pytest.raises(ValueError, match="holds no key log"):
        who_knows(load("tls13_x25519").without_secrets())


"""The key figures show the very bytes of the derivation."""

import re
from base64 import b64decode

import pytest

from helpers.show import key_tree
from helpers.sources import load

RECORDINGS = ("tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa")


def picture(figure):
    return b64decode(re.search(r'base64,([^"]+)"', figure.html).group(1)).decode()


@pytest.mark.parametrize("name", RECORDINGS)
def test_every_step_is_in_the_picture_and_in_the_words(name):
    recording = load(name)
    figure = key_tree(recording)
    svg = picture(figure)
    for step in recording.secrets:
        assert step.name in svg
        assert step.name in figure.text
        assert step.output[:4].hex(" ") in svg
        assert step.output[:4].hex(" ") in figure.text
        assert step.formula in figure.text


def test_a_pre_master_secret_that_nobody_logged_is_said_to_be_unknown():
    assert "not in the key log" in key_tree(load("tls12_ecdhe")).text
    assert "not in the key log" in picture(key_tree(load("tls12_ecdhe")))
    assert "not in the key log" not in key_tree(load("tls12_rsa")).text


def test_tls_13_is_refused_in_words():
    with pytest.raises(ValueError, match=r"TLS 1\.3.*draws TLS 1\.2 only"):
        key_tree(load("tls13_x25519"))


def test_without_secrets_there_is_one_clear_sentence():
    with pytest.raises(ValueError, match="holds no secret"):
        key_tree(load("tls12_rsa").without_secrets())

"""The key figures show the very bytes of the derivation."""

import re
from base64 import b64decode

import pytest

from helpers.show import key_block_map, key_tree
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


@pytest.mark.parametrize("name", RECORDINGS)
def test_the_cuts_of_the_key_block(name):
    recording = load(name)
    block = recording.secret("key_block")
    svg = picture(key_block_map(recording))
    cuts = re.findall(r"(\w+_write_\w+), bytes (\d+) to (\d+)", svg)
    assert len(cuts) == 4
    for secret, first, last in cuts:
        assert block[int(first):int(last) + 1] == recording.secret(secret)
    assert int(cuts[-1][2]) == len(block) - 1


@pytest.mark.parametrize("draw", [key_tree, key_block_map])
def test_without_secrets_there_is_one_clear_sentence(draw):
    with pytest.raises(ValueError, match="holds no secret"):
        draw(load("tls12_rsa").without_secrets())

"""The modes against NIST's and the RFC's own vectors, and what one changed byte does in each."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from helpers.experiments.modes import (
    BLOCK,
    MODES,
    SEALING,
    TAG,
    decrypt,
    deliver,
    encrypt,
    key_and_nonce,
)

TEXT = bytes(range(48))


@pytest.mark.parametrize("mode", MODES)
def test_there_and_back(mode):
    sealed = encrypt(mode, "A", TEXT)
    assert decrypt(mode, "A", sealed) == TEXT
    assert len(sealed) == len(TEXT) + (TAG if mode in SEALING else 0)
    assert sealed != encrypt(mode, "B", TEXT)


def test_gcm_is_ctr_with_a_tag():
    """SP 800-38D section 7.1: the counter starts at 2 for the text."""
    key, nonce = key_and_nonce("A")
    counter = nonce[:12] + b"\0\0\0\2"
    ctr = Cipher(algorithms.AES(key), modes.CTR(counter)).encryptor().update(TEXT)
    assert encrypt("AES-GCM", "A", TEXT)[:-TAG] == ctr


@pytest.mark.parametrize("position", [0, 20, 47])
def test_ctr_changes_what_was_changed(position):
    found = deliver("CTR", "A", TEXT, position, 8)
    assert found.touched == (position,)
    assert found.read[position] == TEXT[position] ^ 8


def test_cbc_spoils_a_block_and_changes_the_next():
    found = deliver("CBC", "A", TEXT, 4, 8)
    assert set(found.touched) <= {*range(BLOCK), BLOCK + 4}
    assert BLOCK + 4 in found.touched
    assert found.read[BLOCK + 4] == TEXT[BLOCK + 4] ^ 8
    assert len(found.touched) > 8


def test_ecb_spoils_a_block():
    found = deliver("ECB", "A", TEXT, 20, 8)
    assert set(found.touched) <= set(range(16, 32))
    assert len(found.touched) > 8


@pytest.mark.parametrize("mode", SEALING)
@pytest.mark.parametrize("position", [0, 47, 48, 63])
def test_a_tag_refuses_every_change(mode, position):
    found = deliver(mode, "A", TEXT, position, 1)
    assert found.refused
    assert found.touched == ()
    with pytest.raises(InvalidTag):
        decrypt(mode, "A", found.arrived)
    assert deliver(mode, "A", TEXT, position, 0).read == TEXT


def test_what_is_not_there():
    with pytest.raises(ValueError, match="no mode 'OFB'; there are: ECB"):
        encrypt("OFB", "A", TEXT)
    with pytest.raises(IndexError):
        deliver("CTR", "A", TEXT, 48, 1)
    with pytest.raises(ValueError, match="block length"):
        encrypt("CBC", "A", b"short")

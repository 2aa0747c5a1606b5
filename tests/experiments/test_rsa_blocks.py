"""What is shown of a block is what `cryptography` opens."""

import pytest

from helpers.experiments.rsa_blocks import PADDINGS, seal_block


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize("which", [1, 2])
def test_the_message_comes_out_again(padding, which):
    sealed = seal_block(padding, b"pre-master secret", which)
    assert sealed.opened == b"pre-master secret"
    assert len(sealed.ciphertext) == len(sealed.block.content) == 256


@pytest.mark.parametrize(("padding", "differs"), [*zip(PADDINGS, (False, True, True), strict=True)])
def test_the_second_time(padding, differs):
    first, second = (seal_block(padding, b"again", which) for which in (1, 2))
    assert (first.ciphertext != second.ciphertext) is differs
    assert seal_block(padding, b"again", 1).ciphertext == first.ciphertext


@pytest.mark.parametrize(("padding", "most"), [("PKCS#1 v1.5", 245), ("OAEP", 190)])
def test_what_does_not_fit(padding, most):
    assert not seal_block(padding, bytes(most)).refused
    refused = seal_block(padding, bytes(most + 1))
    assert refused.block is None
    assert f"at most {most}" in refused.refused


def test_a_number_above_the_modulus_does_not_fit_either():
    assert "larger than the modulus" in seal_block("none", b"\xff" * 256).refused


def test_behind_the_mask():
    inside = dict(seal_block("OAEP", b"again").inside)
    assert inside["message"] == b"again"
    assert len(inside["seed"]) == 32
    assert set(inside["zeros"]) == {0}
    assert sum(map(len, inside.values())) == 255

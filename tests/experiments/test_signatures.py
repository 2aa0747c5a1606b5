"""Signing and tampering: what `cryptography` accepts is computed, never assumed."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from helpers.experiments.signatures import (
    ALGORITHMS,
    CHANGES,
    LETTER,
    ed25519_key,
    letters,
    original,
    tamper_with,
    verifies,
)

# RFC 8032, section 7.1: (private, public, message, signature).
VECTORS = [
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize(("private", "public", "message", "signature"), VECTORS)
def test_verifies_says_what_rfc_8032_says(private, public, message, signature):
    known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    signed = bytes.fromhex(signature)
    assert verifies(known, signed, bytes.fromhex(message))
    assert not verifies(known, signed, bytes.fromhex(message) + b"\0")
    made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)).sign(bytes.fromhex(message))
    assert made == signed


def test_a_wrong_question_is_an_error_and_no_verdict():
    with pytest.raises(TypeError):
        verifies(ed25519_key().public_key(), "text", LETTER)


def test_one_letter_was_signed():
    found = letters()
    right = [verifies(found.public_key, found.signature, one) for one in found.letters]
    assert right.count(True) == 1
    assert len(set(found.letters)) == len(found.letters) == 5


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_only_the_owner_and_only_this_letter(algorithm):
    accepted = {change: tamper_with(algorithm, change).accepted for change in CHANGES}
    assert accepted.pop("nothing")
    assert accepted.pop("twin") == (algorithm == "ecdsa_secp256r1_sha256")
    assert not any(accepted.values())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_flipped_bit_goes_unnoticed(algorithm):
    for change, length in (("message", len(LETTER)), ("signature", len(original(algorithm)))):
        cases = [tamper_with(algorithm, change, place) for place in range(length)]
        assert not any(case.accepted for case in cases)
        assert {case.place for case in cases} == set(range(length))


def test_the_twin_is_other_bytes_for_the_same_letter():
    case = tamper_with("ecdsa_secp256r1_sha256", "twin")
    assert case.message == LETTER
    assert case.signature != original("ecdsa_secp256r1_sha256")
    assert case.place is None


def test_what_there_is_not():
    with pytest.raises(ValueError, match="no such case"):
        tamper_with("md5", "nothing")
    with pytest.raises(ValueError, match="no byte 64"):
        tamper_with("ed25519", "signature", 64)

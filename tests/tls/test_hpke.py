"""HPKE: the numbers of RFC 9180 appendix A.1.1, and `cryptography`'s own HPKE as the other end."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from helpers import lab
from helpers.tls import hpke

EPHEMERAL, PRIVATE, PUBLIC, ENC = map(bytes.fromhex, (
    "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
    "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"))
INFO, PLAINTEXT = b"Ode on a Grecian Urn", b"Beauty is truth, truth beauty"
SEALED = (
    "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
    "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84",
    "498dfcabd92e8acedc281e85af1cb4e3e31c7dc394a1ca20e173cb72516491588d96a19ad4a683518973dcc180")
KEY = X25519PrivateKey.from_private_bytes(PRIVATE)
THEIRS = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


def test_the_published_numbers():
    enc, sealing = hpke.sender(PUBLIC, INFO, lambda _: EPHEMERAL)
    opening = hpke.receiver(enc, KEY, INFO)
    assert enc == ENC
    for context in (sealing, opening):
        assert context.shared_secret.hex() == (
            "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc")
        assert context.key.hex() == "4531685d41d65f03dc48f6b8302c05b0"
        assert context.base_nonce.hex() == "56d890e5accaaf011cff4b7d"
    for number, wanted in enumerate(SEALED):
        associated = f"Count-{number}".encode()
        assert sealing.seal(associated, PLAINTEXT).hex() == wanted
        assert opening.open(associated, bytes.fromhex(wanted)) == PLAINTEXT


def test_cryptography_opens_what_we_seal_and_the_other_way_round():
    enc, context = hpke.sender(PUBLIC, INFO, lab.seeded("hpke"))
    assert THEIRS.decrypt(enc + context.seal(b"", PLAINTEXT), KEY, INFO) == PLAINTEXT
    theirs = THEIRS.encrypt(PLAINTEXT, KEY.public_key(), INFO)
    opening = hpke.receiver(theirs[:hpke.ENC_LENGTH], KEY, INFO)
    assert opening.open(b"", theirs[hpke.ENC_LENGTH:]) == PLAINTEXT


def test_nothing_else_opens_it():
    enc, context = hpke.sender(PUBLIC, INFO, lab.seeded("hpke"))
    sealed = context.seal(b"outside", PLAINTEXT)
    assert len(sealed) == len(PLAINTEXT) + hpke.TAG_LENGTH
    other = X25519PrivateKey.from_private_bytes(EPHEMERAL)
    for key, info, associated, payload in (
            (other, INFO, b"outside", sealed), (KEY, b"", b"outside", sealed),
            (KEY, INFO, b"", sealed), (KEY, INFO, b"outside", sealed[:-1] + b"?")):
        opening = hpke.receiver(enc, key, info)
        with pytest.raises(InvalidTag):
            opening.open(associated, payload)
        assert opening.sequence_number == 0
    opening = hpke.receiver(enc, KEY, INFO)
    assert opening.open(b"outside", sealed) == PLAINTEXT
    with pytest.raises(InvalidTag):
        opening.open(b"outside", sealed)  # each message once, and in order


@pytest.mark.parametrize("useless", [b"", bytes(31), bytes(32), bytes(33)])
def test_useless_keys(useless):
    with pytest.raises(ValueError, match="key"):
        hpke.receiver(useless, KEY, INFO)
    with pytest.raises(ValueError, match="key"):
        hpke.sender(useless, INFO, lab.seeded("hpke"))

"""Keys and algorithms: what the Baseline Requirements take, and everything else."""

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, rsa

from helpers import pki
from helpers.pki import encode, strength
from helpers.pki.facts import facts_of
from tests.pki.ground import HOST, failure, ground


def rsa_public(bits, exponent=65537):
    """A number of that many bits: no key that anybody could use, and nobody has to."""
    return rsa.RSAPublicNumbers(exponent, (1 << bits) - 1 if bits % 2 else (1 << bits) - 3
                                ).public_key()


@pytest.mark.parametrize(("key", "name"), [
    ("rsa2048", "RSA-2048"), ("rsa3072", "RSA-3072"), ("p384", "P-384"),
    (ec.derive_private_key(7, ec.SECP521R1()), "P-521"), (None, "P-256"),
])
def test_keys_that_the_web_takes(key, name):
    found = ground(leaf={"key": key})
    assert found.judge().good
    assert strength.key_name(facts_of(found.leaf.certificate)) == name
    line = next(line for line in found.judge().lines if line.check == "strength")
    assert f"{HOST}: {name} key" in line.reason


@pytest.mark.parametrize(("key", "said"), [
    ("rsa1024", "1024 bits"), ("ed25519", "Ed25519"),
    (ed448.Ed448PrivateKey.from_private_bytes(b"k" * 57), "Ed448"),
    (ec.derive_private_key(7, ec.SECP256K1()), "another elliptic curve"),
    (ec.derive_private_key(7, ec.SECP192R1()), "another elliptic curve"),
    (ec.derive_private_key(7, ec.SECP224R1()), "another elliptic curve"),
    (rsa_public(2047), "2047 bits"), (rsa_public(2049), "no multiple of 8"),
    (rsa_public(2052), "no multiple of 8"),
])
def test_keys_that_it_does_not_take(key, said):
    slug, reason, _ = failure(leaf={"key": key})
    assert slug == "strength"
    assert said in reason
    assert failure(leaf={"key": key}, policy=pki.RFC5280) is None


@pytest.mark.parametrize("key", ["rsa1024", "ed25519"])
@pytest.mark.parametrize("who", ["ca", "root"])
def test_keys_of_cas(who, key):
    assert failure(**{who: {"key": key}})[0] == "strength"


def test_a_dsa_key():
    numbers = dsa.DSAPublicNumbers(4, dsa.DSAParameterNumbers(p=(1 << 2048) - 1942289,
                                                              q=(1 << 256) - 189, g=2))
    slug, reason, _ = failure(leaf={"key": numbers.public_key()})
    assert slug == "strength"
    assert "DSA" in reason


@pytest.mark.parametrize("hash", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("key", ["rsa2048", "p384"])
def test_signatures_that_the_web_takes(key, hash):
    assert failure(ca={"key": key}, leaf={"hash": hash}) is None


@pytest.mark.parametrize(("key", "hash"), [
    ("rsa2048", "sha1"), ("rsa2048", "md5"), ("rsa2048", "sha224"), (None, "sha1"),
    (None, "sha224"),
])
def test_signatures_that_it_does_not_take(key, hash):
    slug, reason, source = failure(ca={"key": key}, leaf={"hash": hash})
    assert slug == "strength"
    assert {"sha1": "SHA-1", "md5": "MD5", "sha224": "SHA-224"}[hash] in reason
    assert source == "CA/B Baseline Requirements section 7.1.3.2"
    verdict = ground(ca={"key": key}, leaf={"hash": hash}).judge(policy=pki.RFC5280)
    assert verdict.good
    assert any(reason in text for text in verdict.differs)


def test_an_algorithm_is_compared_by_its_bytes():
    assert len(strength.SIGNATURES) == 9
    assert len(strength.KEYS) == 4
    assert set(strength.SIGNATURES).isdisjoint(strength.KEYS)

    def without_null(parts):
        parts["signature"] = encode.sequence(encode.oid("1.2.840.113549.1.1.11"))
    leaf = facts_of(pki.issue(HOST, by=pki.issue("CA", ca=True, key="rsa2048"),
                              raw=without_null).certificate)
    assert leaf.inner_algorithm not in strength.SIGNATURES


def test_a_key_that_cannot_be_read():
    def off_the_curve(parts):
        key = bytearray(parts["subjectPublicKeyInfo"])
        key[-1] ^= 1
        parts["subjectPublicKeyInfo"] = bytes(key)
    slug, reason, _ = failure(leaf={"raw": off_the_curve})
    assert slug == "strength"
    assert "cannot be read" in reason
    assert failure(ca={"raw": off_the_curve})[0] == "signature"



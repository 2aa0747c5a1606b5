"""Signatures, also of kinds that the web has given up, and by names that differ in bytes."""

import pytest
from cryptography import x509

from helpers import pki
from helpers.pki.facts import facts_of
from helpers.pki.signed import verify
from tests.pki.ground import HOST


def pair(key, **fields):
    ca = pki.issue("CA", ca=True, key=key)
    return facts_of(pki.issue(HOST, by=ca, **fields).certificate), facts_of(ca.certificate)


@pytest.mark.parametrize(("key", "hash"), [
    ("rsa2048", "sha256"), ("rsa2048", "sha1"), ("rsa2048", "md5"), ("p384", "sha384"),
    ("p384", "sha1"), ("p384", "sha224"), ("ed25519", "sha256"), (None, "sha256"),
])
def test_a_signature_fits(key, hash):
    leaf, ca = pair(key, hash=hash)
    assert verify(leaf, ca) == ""
    other = facts_of(pki.issue("CA", ca=True, key=pki.test_key("another")).certificate)
    assert verify(leaf, other)


@pytest.mark.parametrize("key", ["rsa2048", None, "ed25519"])
def test_the_name_in_other_bytes(key):
    plain = pki.issue("CA", ca=True, key=key)
    capitals = x509.Name([x509.NameAttribute(item.oid, item.value.upper())
                          for item in plain.certificate.subject])
    leaf = facts_of(pki.issue(HOST, by=plain, issuer=capitals).certificate)
    assert verify(leaf, facts_of(plain.certificate)) == ""
    forged = facts_of(pki.issue(HOST, by=plain, issuer=capitals,
                                sign_with=pki.test_key("forger")).certificate)
    assert verify(forged, facts_of(plain.certificate))


def test_what_is_said():
    leaf, ca = pair(None, sign_with=pki.test_key("forger"))
    assert verify(leaf, ca) == "its signature does not fit the key of CA"
    leaf, ca = pair(None, outer="sha384")
    assert "inside" in verify(leaf, ca)
    leaf, ca = pair("rsa2048", hash="sha1", sign_with=pki.test_key("forger"))
    assert "of another kind" in verify(leaf, ca) or "fit" in verify(leaf, ca)


def test_a_key_that_cannot_be_read():
    def off_the_curve(parts):
        parts["subjectPublicKeyInfo"] = parts["subjectPublicKeyInfo"][:-1] + b"\0"
    broken = facts_of(pki.issue("CA", ca=True, raw=off_the_curve).certificate)
    leaf, _ = pair(None)
    assert verify(leaf, broken).startswith("the key of CA cannot be read")

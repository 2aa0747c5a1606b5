"""Who signed which certificate, what a changed bit does, and what Mallory can forge."""

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki
from helpers.experiments.certificate_bits import (
    VERDICTS,
    counted,
    every_bit,
    flip_certificate,
)
from helpers.experiments.certificate_forgery import (
    CHANGES,
    MALLORY,
    SIGNERS,
    STARTS,
    fake_ca,
    forge,
    mallory,
)
from helpers.experiments.certificates import (
    chain_to_root,
    handshake_signature,
    issued,
    shop_parts,
    signed_by,
)
from helpers.experiments.signed import fits
from helpers.sources import load

LEAF, ISSUER = pki.real_chain()


def cryptography_says(certificate, candidate):
    try:
        certificate.verify_directly_issued_by(candidate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def lab_certificates():
    return [LEAF, ISSUER, pki.server("rsa").certificate, pki.server("ecdsa").certificate,
            pki.intermediate().certificate, pki.root().certificate,
            pki.root("other_root").certificate, fake_ca().certificate, mallory().certificate,
            pki.issue("ed.example", key="ed25519", by=pki.issue(
                "TEST ONLY Ed", ca=True, key="ed25519")).certificate,
            pki.issue("TEST ONLY Ed", ca=True, key="ed25519").certificate]


def test_issued_agrees_with_cryptography():
    pairs = [(one, other) for one in lab_certificates() for other in lab_certificates()]
    assert [issued(*pair) for pair in pairs] == [cryptography_says(*pair) for pair in pairs]
    assert sum(issued(*pair) for pair in pairs) >= 8


def test_a_signature_needs_no_name():
    renamed = pki.issue("TEST ONLY Another", ca=True, key=pki.intermediate().key).certificate
    shop = pki.server("ecdsa").certificate
    assert signed_by(shop, renamed)
    assert not issued(shop, renamed)


def test_a_chain_in_any_order_and_none_without_a_root():
    shop, ca = pki.server("rsa").certificate, pki.intermediate().certificate
    root, other = pki.root().certificate, pki.root("other_root").certificate
    assert chain_to_root(shop, [other, ca], [other, root]) == [shop, ca, root]
    assert chain_to_root(shop, [ca, root], [other]) == []
    assert chain_to_root(ca, [], [root]) == [ca, root]
    assert chain_to_root(shop, [], []) == []


def test_what_is_in_the_shops_certificate():
    certificate, parts = shop_parts()
    assert x509.load_der_x509_certificate(certificate) == pki.server("rsa").certificate
    inside = [name for name, part in parts.items() if part in certificate]
    assert inside == ["host name", "public modulus n", "issuer's name", "issuer's signature"]
    assert parts["issuer's public key"] in pki.intermediate().certificate.public_bytes(Encoding.DER)
    assert parts["root's name"] in pki.root().certificate.public_bytes(Encoding.DER)


@pytest.mark.parametrize("name", ["tls13_ecdsa", "tls13_x25519"])
def test_the_handshakes_signature_fits_the_certificates_key(name):
    visit = load(name)
    signature, content = handshake_signature(visit)
    sent = visit.find("certificate").parsed.certificate_list[0]
    key, scheme = x509.load_der_x509_certificate(sent).public_key(), visit.find(
        "certificate_verify").parsed.signature_scheme
    assert fits(key, scheme, signature, content)
    assert not fits(key, scheme, signature, content[:-1])


def test_no_changed_bit_is_accepted():
    """As the lesson says, of each of the 12,408 bits of the real certificate."""
    found = counted(every_bit(LEAF, ISSUER))
    assert list(found) == list(VERDICTS)
    assert sum(found.values()) == 8 * 1551
    assert found["accepted"] == 0
    assert found["signature"] > 10_000
    assert min(found[name] for name in ("unreadable", "stranger", "mismatch")) > 100


def test_an_untouched_certificate_is_accepted():
    assert flip_certificate(LEAF, ISSUER, 100, 0).verdict == "accepted"
    assert flip_certificate(LEAF, ISSUER, 1550).verdict == "signature"
    assert flip_certificate(LEAF, ISSUER, 1).verdict == "unreadable"


@pytest.mark.parametrize(("offset", "mask"), [(-1, 1), (1551, 1), (0, 256), (0, -1)])
def test_an_offset_outside_is_refused(offset, mask):
    with pytest.raises(ValueError, match="outside"):
        flip_certificate(LEAF, ISSUER, offset, mask)


ALL = [(start, change, signer) for start in STARTS for change in CHANGES for signer in SIGNERS]


def test_what_stops_which_forgery():
    alone = {forge(*which).failed[0]: which for which in ALL if len(forge(*which).failed) == 1}
    assert set(alone) == {"issuer's signature", "name", "handshake's signature"}
    assert [which for which in ALL if not forge(*which).failed] == [
        ("shop", "key", "stolen"), ("own", "name", "stolen")]
    assert forge("shop", "nothing", "old").failed == ("handshake's signature",)
    assert forge("own", "nothing", "old").failed == ("name",)
    assert forge("shop", "key", "own").failed == ("issuer's signature",)
    assert forge("own", "name", "fake_ca").stopped_by == "issuer's signature"


def test_a_forgery_has_a_reason_for_each_check():
    for which in ALL:
        assert len({one.check for one in forge(*which).checks}) == 3
        assert all(one.why for one in forge(*which).checks)


def test_mallory_has_a_genuine_certificate_and_a_false_ca():
    assert len(MALLORY) == len(lab.HOST)
    assert issued(mallory().certificate, pki.intermediate().certificate)
    assert fake_ca().certificate.subject == pki.intermediate().certificate.subject
    assert not signed_by(fake_ca().certificate, pki.root().certificate)


@pytest.mark.parametrize("which", [("bank", "key", "own"), ("shop", "date", "own"),
                                   ("shop", "key", "nobody")])
def test_unknown_words_are_refused(which):
    with pytest.raises(ValueError, match="is none of"):
        forge(*which)

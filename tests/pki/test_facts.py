"""What is read of a certificate, and that nothing of it can raise."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki
from helpers.pki import facts
from tests.pki.ground import HOST
from tests.pki.vectors import FOLDER


def test_the_fields_are_those_of_cryptography():
    item = pki.server().certificate
    found = facts.facts_of(item)
    assert found.version == 3
    assert found.serial_number == item.serial_number
    assert found.issuer == item.issuer.public_bytes()
    assert found.subject == item.subject.public_bytes()
    assert found.inner_algorithm == found.outer_algorithm
    assert found.der == item.public_bytes(Encoding.DER)
    assert (found.starts, found.ends) == (item.not_valid_before_utc, item.not_valid_after_utc)
    assert found.key_id == item.extensions.get_extension_for_class(
        x509.SubjectKeyIdentifier).value.digest
    assert found.label == HOST
    assert found.malformed == ""
    assert not found.self_issued
    assert found.spki.endswith(found.key.public_bytes(
        Encoding.DER, __import__("cryptography").hazmat.primitives.serialization.PublicFormat
        .SubjectPublicKeyInfo)[-40:])
    assert facts.facts_of(item) is found


def test_every_published_certificate_can_be_asked_anything():
    paths = sorted([*FOLDER.glob("**/*.der"), *FOLDER.glob("**/*.crt")])
    assert len(paths) > 100
    names = [name for name in dir(facts.Facts) if not name.startswith("_")]
    read = 0
    for path in paths:
        found = facts.read(path.read_bytes())
        if isinstance(found, str):
            assert found
            continue
        read += 1
        for name in names:
            getattr(found, name)
    assert read > 100


def test_a_label_for_everybody():
    def label(subject, **fields):
        return facts.facts_of(pki.issue(subject, **fields).certificate).label
    assert label("A CA", ca=True) == "A CA"
    assert label(x509.Name([]), names=["a.example"]) == "a.example"
    assert label(x509.Name([]), ca=True) == "(no name)"
    organization = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Only an organization")
    assert label(x509.Name([organization]), ca=True) == "Only an organization"
    assert label("x" * 64, ca=True) == "x" * 60 + "..."


def test_what_is_shown_of_strangers_words():
    assert facts.shown("plain") == "plain"
    assert facts.shown("a\x1b[2J\u202eb") == "a?[2J?b"
    assert len(facts.shown("x" * 10_000)) == 63
    assert facts.shown(ValueError("reason")) == "reason"


def test_reading():
    der = pki.server().chain[0]
    assert facts.read(der) is facts.read(der)
    assert "too long" in facts.read(b"\0" * (facts.CAP + 1))
    assert isinstance(facts.read(b""), str)
    with pytest.raises(TypeError, match="not int"):
        facts.read(7)
    good, bad = facts.read_all([der, der, b"rubbish", der])
    assert len(good) == 1
    assert len(bad) == 1


def test_odd_serial_numbers_warn_nobody():
    der = pki.certificate_der(HOST, serial=-7)  # warnings are errors in these tests
    good, _ = facts.read_all([der])
    assert good[0].serial_number == -7
    assert not pki.judge([der], roots=[der], name=HOST, time=lab.NOW).good


def test_elements():
    data = b"\x30\x03\x02\x01\x05" + b"\x04\x81\x80" + b"x" * 128
    assert facts.element(data, 0) == (0x30, 2, 5)
    assert facts.element(data, 2) == (0x02, 4, 5)
    assert facts.element(data, 5) == (0x04, 8, 136)


def test_names_are_normal():
    def name(text):
        return facts.normal(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]))
    assert name("Ä  b") == name(" ä B")
    assert name("a b") != name("ab")

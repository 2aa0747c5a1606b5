"""Notes: every field of the lab's certificates and of a real one has one, and none is in vain."""

import re

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import pki
from helpers.pki import der
from helpers.pki.der import Element, der_fields
from helpers.pki.notes import NOTES, note
from tests.pki.vectors import found

WITHOUT = {  # their owner says why; these hold a type's name, or the thing itself
    "value", "bytes", "length", "Extensions", "GeneralSubtree", "KeyPurposeId", "AccessDescription",
    "accessMethod", "PolicyInformation", "PolicyQualifierInfo", "policyQualifierId", "cPSuri",
    "userNotice", "explicitText", "AttributeTypeAndValue", "RSAPublicKey",
}


def trees():
    yield from (der_fields(item, "certificate") for item in pki.server().chain)
    yield der_fields(pki.server("ecdsa").chain[0])
    yield from (der_fields(one.public_bytes(Encoding.DER)) for one in pki.real_chain())


def is_a_type(name: str) -> bool:
    """The contents of an extension or string carry the name of their type: SubjectAltName."""
    return name[:1].isupper()


def test_every_field_has_its_reason():
    bare = {field.name for tree in trees() for depth, path, field in tree.walk()
            if depth and note(path) is None}
    assert not {name for name in bare if not is_a_type(name)} - WITHOUT


def used() -> set[str]:
    """The key of the note of every field in all the vectors."""
    by_note = {id(said): key for key, said in NOTES.items()}
    paths = {path for item in found() for _, path, _ in der_fields(item.der, item.kind).walk()}
    return {by_note[id(said)] for path in paths if (said := note(path))}


def test_every_note_belongs_to_a_field():
    rare = {"noRevAvail", "acmeIdentifier"}  # too young for the vectors
    assert set(NOTES) - used() == rare


@pytest.mark.parametrize("key", NOTES)
def test_a_note_is_a_sentence_with_a_source(key):
    said = NOTES[key]
    assert re.search(r"[.\")]$", said.why), said.why
    assert 15 <= len(said.why) <= 240
    assert re.match(r"RFC \d{4} (section|appendix) [\dA-Z.]+$|ITU-T X\.690 section [\d.]+$|"
                    r"Netscape", said.source), said.source


def test_the_longest_ending_wins():
    assert note("certificate.tbsCertificate.signature") is NOTES["tbsCertificate.signature"]
    assert note("crl.tbsCertList.issuer") is NOTES["tbsCertList.issuer"]
    assert note("certificate.tbsCertificate.issuer") is NOTES["issuer"]
    assert note("nothing.like.it") is None


def test_extensions_that_browsers_read_have_a_note():
    for name in ("subjectAltName", "basicConstraints", "keyUsage", "extKeyUsage", "nameConstraints",
                 "signedCertificateTimestampList", "authorityInfoAccess", "noRevAvail"):
        assert NOTES[name].why


def test_the_names_of_types_are_not_mistaken_for_fields():
    """`is_a_type` above excuses names in capitals: they must be those of strings opened."""
    leaf = der_fields(pki.server().chain[0])
    inside = {child.name for _, _, one in leaf.walk() if isinstance(one, Element)
              and one.kind in (der.OCTET_STRING, der.BIT_STRING) for child in one.elements}
    assert inside == {"RSAPublicKey", "BasicConstraints", "KeyUsage", "ExtKeyUsageSyntax",
                      "SubjectAltName", "SubjectKeyIdentifier", "AuthorityKeyIdentifier",
                      "Ecdsa-Sig-Value"}

"""Mozilla's roots, the real certificate in data/, and what certificates say about themselves."""

import warnings
from pathlib import Path

import certifi
import cryptography_vectors
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key
from cryptography.hazmat.primitives.serialization import PublicFormat as Public

from helpers import lab, pki
from helpers.pki.der import DERError
from helpers.pki.store import describe, mozilla_roots, real_chain, roots_source
from tests.pki.vectors import of_kind


def test_the_roots_are_all_of_certifi():
    text = Path(certifi.where()).read_text(encoding="utf-8")
    assert len(mozilla_roots()) == text.count("-----BEGIN CERTIFICATE-----") > 100
    assert roots_source() == f"certifi {certifi.__version__.replace('.0', '.')}"


def test_every_root_is_described_as_what_it_is():
    for root in mozilla_roots():
        said = describe(root)
        assert said.ca, said.subject
        assert said.self_issued
        assert said.not_before == root.not_valid_before_utc
        assert said.not_after == root.not_valid_after_utc
        assert said.key.startswith(("rsaEncryption, ", "id-ecPublicKey, secp"))


def test_the_real_certificate_is_the_packages_and_its_issuer_signed_it():
    leaf, issuer = real_chain()
    folder = Path(cryptography_vectors.__file__).parent / "x509"
    for certificate, name in ((leaf, "cryptography-scts.pem"), (issuer, "letsencryptx3.pem")):
        assert certificate == x509.load_pem_x509_certificate((folder / name).read_bytes())
    leaf.verify_directly_issued_by(issuer)
    assert describe(leaf).names == ("cryptography.io",)
    assert "signedCertificateTimestampList" in describe(leaf).extensions


def test_the_provenance_names_every_file():
    folder = lab.DATA / "certificates"
    text = (folder / "PROVENANCE.md").read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} - {"PROVENANCE.md"} == {
        line.split("|")[1].strip() for line in text.splitlines() if ".pem |" in line}


def test_a_leaf_and_a_ca():
    leaf = describe(pki.server().certificate)
    assert (leaf.names, leaf.days) == (("shop.example",), 100)
    assert (leaf.ca, leaf.path_length) == (False, None)
    assert (leaf.key_usage, leaf.purposes) == ("digitalSignature, keyEncipherment", "serverAuth")
    assert leaf.version == "v3"
    assert not leaf.self_issued
    ca = describe(pki.intermediate().certificate.public_bytes(Encoding.DER))
    assert (ca.names, ca.ca, ca.path_length) == ((), True, 0)


def test_it_agrees_with_cryptography_on_every_vector():
    seen = 0
    for item in of_kind("certificate"):
        said = describe(item.der)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                theirs = x509.load_der_x509_certificate(item.der)
                limits = theirs.extensions.get_extension_for_class(x509.BasicConstraints).value
                dates = theirs.not_valid_before_utc, theirs.not_valid_after_utc
            except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension,
                    x509.UnsupportedGeneralNameType, x509.InvalidVersion):
                continue
        seen += 1
        assert (said.ca, said.path_length) == (limits.ca, limits.path_length), item.name
        assert (said.not_before, said.not_after) == dates, item.name
    assert seen > 200


def test_what_is_no_certificate():
    with pytest.raises(DERError):
        describe(b"rubbish")
    with pytest.raises(KeyError, match="tbsCertificate"):
        describe(b"\x30\x00")
    key = load_pem_public_key(pki.server().key.public_key().public_bytes(
        Encoding.PEM, Public.SubjectPublicKeyInfo)).public_bytes(
            Encoding.DER, Public.SubjectPublicKeyInfo)
    with pytest.raises(KeyError):
        describe(key)

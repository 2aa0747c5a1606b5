"""The schema: what is found under which name, in every structure that it knows."""

from pathlib import Path

import cryptography_vectors
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers import pki
from helpers.pki.der import TYPES, Element, der_fields
from tests.pki.vectors import found

FOLDER = Path(cryptography_vectors.__file__).parent / "x509"


def read(name: str, kind: str = "certificate") -> Element:
    data = (FOLDER / name).read_bytes()
    return der_fields(pki.pem_to_der(data)[0] if name.endswith("pem") else data, kind)


def said(tree: Element, *names: str) -> list[str]:
    return [tree.find(name).words for name in names]


@pytest.mark.parametrize(("name", "path", "words"), [
    ("custom/nc_permitted_excluded.pem", "permittedSubtrees",
     "2: iPAddress 192.168.0.0/24, iPAddress ff::/96"),
    ("custom/nc_single_ip_netmask.pem", "iPAddress", "ff::/128"),
    ("custom/san_ipaddr.pem", "iPAddress", "127.0.0.1"),
    ("custom/san_registered_id.pem", "registeredID", "1.2.3.4"),
    ("custom/policy_constraints_explicit.pem", "requireExplicitPolicy", "1"),
    ("custom/all_key_usages.pem", "KeyUsage",
     "digitalSignature, nonRepudiation, keyEncipherment, dataEncipherment, keyAgreement, "
     "keyCertSign, cRLSign, encipherOnly, decipherOnly"),
    ("custom/bc_path_length_zero.pem", "BasicConstraints", "cA TRUE, pathLenConstraint 0"),
    ("custom/inhibit_any_policy_5.pem", "InhibitAnyPolicy", "5"),
    ("tls-feature-ocsp-staple.pem", "Features", "5 (status_request)"),
    ("custom/cdp_all_reasons.pem", "reasons",
     "keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation, "
     "certificateHold, privilegeWithdrawn, aACompromise"),
    ("custom/rsa_pss.pem", "saltLength", "32"),
    ("custom/private_key_usage_period_both_dates.pem", "PrivateKeyUsagePeriod",
     "2024-01-01 00:00:00 UTC to 2024-12-31 23:59:59 UTC, 366 days"),
])
def test_a_field_of_a_vector(name, path, words):
    found_words = read(name).find(path).words
    assert found_words == words


def test_names_relative_to_the_issuer_of_a_list():
    tree = read("custom/crl_idp_relativename_only.pem", "crl")
    assert "O=PyCA" in tree.find("distributionPoint").words


def test_a_request_and_its_wishes():
    tree = read("requests/san_rsa_sha1.der", "request")
    assert said(tree, "extensionRequest", "subjectAltName")
    assert tree.find("dNSName").words == '"cryptography.io"'
    assert [part.name for part in tree.elements] == [
        "certificationRequestInfo", "signatureAlgorithm", "signature"]


def test_a_revocation_list():
    tree = read("custom/crl_all_reasons.pem", "crl")
    data = x509.load_pem_x509_crl((FOLDER / "custom/crl_all_reasons.pem").read_bytes())
    listed = tree.find("revokedCertificates").elements
    assert [one.find("userCertificate").value for one in listed] == [
        one.serial_number for one in data]
    assert said(tree, "version", "cRLReason")[0] == "1 (v2)"


def test_an_ocsp_response_is_opened_to_the_bottom():
    tree = read("ocsp/resp-revoked-reason.der", "ocsp_response")
    assert tree.find("responseStatus").words == "0 (successful)"
    assert tree.find("revocationReason").words == "4 (superseded)"
    assert tree.find("SingleResponse").find("certID").find("serialNumber").value > 2**64


def test_a_key_and_a_name():
    public = pki.server().key.public_key()
    key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert der_fields(key, "public_key").words == "rsaEncryption, 2048 bits"
    name = pki.server().certificate.subject.public_bytes()
    assert der_fields(name, "name").words.endswith("CN=shop.example")


def test_an_extension_given_twice_stands_there_twice():
    tree = read("custom/two_basic_constraints.pem")
    assert [one.name for one in tree.find("extensions").elements].count("basicConstraints") == 2


def test_an_unknown_extension_and_its_number():
    one = read("custom/unsupported_extension_critical.pem").find("extension")
    assert one.words.startswith("critical; 1.2.3.4: ")
    assert one.elements[-1].value == b"value"


def test_a_malformed_extension_stays_closed():
    tree = read("custom/malformed-san.pem")
    assert tree.find("subjectAltName").elements[-1].name == "extnValue"


def test_almost_nothing_in_the_vectors_is_without_a_name():
    """Elements that kept the name of their ASN.1 type, in structures of the RFCs."""
    kept, all_of_them = 0, 0
    for item in found():
        if item.kind == "der":
            continue
        names = [one.name for _, _, one in der_fields(item.der, item.kind).walk()
                 if isinstance(one, Element)]
        all_of_them += len(names)
        kept += sum(1 for name in names if name in TYPES.values())
    assert kept / all_of_them < 0.02

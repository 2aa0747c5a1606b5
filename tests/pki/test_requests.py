"""Asking for a certificate, and what a CA takes of it."""

import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki
from tests.optional import need


def names_in(identity: pki.Identity) -> list[str]:
    return identity.certificate.extensions.get_extension_for_class(
        x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)


@pytest.mark.parametrize("key", [None, "p384", "ed25519", "rsa2048"])
def test_a_request(key):
    csr = pki.request(lab.HOST, key)
    assert csr.is_signature_valid
    assert pki.names_asked(csr) == (lab.HOST,)
    assert csr == pki.request(lab.HOST, key)
    expected = lab.key(key) if key else pki.test_key(lab.HOST)
    assert csr.public_key() == expected.public_key()


def test_the_openssl_command_reads_it(tmp_path):
    path = tmp_path / "request.pem"
    path.write_bytes(pki.request(lab.HOST, names=["a.example", "192.0.2.7"])
                     .public_bytes(Encoding.PEM))
    run = subprocess.run([need("openssl"), "req", "-in", path, "-noout", "-text", "-verify"],
                         capture_output=True, text=True, timeout=60, check=True)
    assert "verify OK" in run.stdout + run.stderr
    assert "DNS:a.example, IP Address:192.0.2.7" in run.stdout


def test_from_request_to_server():
    key = pki.test_key("the shop")
    signed = pki.sign_request(pki.request(lab.HOST, key), pki.intermediate())
    assert signed.key is None
    ready = pki.with_key(key, signed)
    assert ready.key is key
    assert pki.judge(ready.chain, roots=[pki.root().certificate], name=lab.HOST).good
    with pytest.raises(ValueError, match="this private key does not belong to the key"):
        pki.with_key(pki.test_key("somebody else"), signed)


def test_the_ca_takes_only_what_is_proven():
    csr = pki.request(lab.HOST, names=[lab.HOST, "bank.example"], ca=True)
    signed = pki.sign_request(csr, pki.intermediate(), proven=[lab.HOST, "never.asked.example"])
    assert names_in(signed) == [lab.HOST]
    basic = signed.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert csr.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not basic.ca
    assert names_in(pki.sign_request(csr, pki.intermediate())) == [lab.HOST, "bank.example"]


def test_the_ca_refuses():
    csr = pki.request(lab.HOST)
    with pytest.raises(pki.RequestRefused, match="no name that was asked for is proven: asked for "
                                                 r"shop\.example, proven bank\.example"):
        pki.sign_request(csr, pki.intermediate(), proven=["bank.example"])
    with pytest.raises(pki.RequestRefused, match="asked for none, proven none"):
        pki.sign_request(pki.request(lab.HOST, names=()), pki.intermediate())
    der = csr.public_bytes(Encoding.DER).replace(b"shop.example", b"shap.example")
    with pytest.raises(pki.RequestRefused, match="signature does not fit the key in it"):
        pki.sign_request(x509.load_der_x509_csr(der), pki.intermediate())


def test_the_ca_decides_the_rest():
    signed = pki.sign_request(pki.request(lab.HOST), pki.intermediate(), days=47, extended=["any"])
    lived = signed.certificate.not_valid_after_utc - signed.certificate.not_valid_before_utc
    assert lived.days == 46  # and all seconds of the 47th but one


def test_a_cross_signed_ca():
    ca, other = pki.intermediate(), pki.root("other_root")
    crossed = pki.cross_sign(ca, other)
    assert crossed.certificate.subject == ca.certificate.subject
    assert crossed.certificate.public_key() == ca.certificate.public_key()
    assert crossed.certificate.issuer == other.certificate.subject
    basic = [item.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
             for item in (ca, crossed)]
    assert basic[0] == basic[1]
    leaf = pki.issue(lab.HOST, by=ca).certificate
    for root, middle in ((pki.root(), ca), (other, crossed)):
        assert pki.judge([leaf, middle.certificate], roots=[root.certificate],
                         name=lab.HOST).good
    assert not pki.judge([leaf, ca.certificate], roots=[other.certificate], name=lab.HOST).good
    both = [leaf, ca.certificate, crossed.certificate]
    assert pki.judge(both, roots=[other.certificate], name=lab.HOST).good

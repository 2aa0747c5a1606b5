"""Lists of the revoked, and answers: cryptography and OpenSSL read what we write."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from helpers import lab, pki
from tests.optional import need


def leaf() -> x509.Certificate:
    return pki.issue(lab.HOST, by=pki.intermediate()).certificate


def test_a_list():
    date = datetime(2026, 8, 3, tzinfo=UTC)
    found = pki.crl(pki.intermediate(), [leaf(), 5, (77, date, "key_compromise"),
                                         (78, None, None)], number=9)
    assert found.is_signature_valid(pki.intermediate().key.public_key())
    assert found.issuer == pki.intermediate().certificate.subject
    assert [item.serial_number for item in found] == [leaf().serial_number, 5, 77, 78]
    assert found[2].revocation_date_utc == date
    assert found[2].extensions[0].value.reason is x509.ReasonFlags.key_compromise
    assert found[1].revocation_date_utc == found.last_update_utc == lab.NOW - timedelta(days=1)
    assert not list(found[1].extensions)
    assert found.next_update_utc == found.last_update_utc + timedelta(days=7)
    assert found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 9


@pytest.mark.parametrize("name", ["ed25519", "rsa2048", "p384"])
def test_lists_and_answers_by_every_kind_of_key(name):
    ca = pki.issue("TEST ONLY Some CA", ca=True, key=name)
    assert pki.crl(ca, [3]).is_signature_valid(ca.key.public_key())
    assert pki.crl(ca, [3]) == pki.crl(ca, [3])
    certificate = pki.issue(lab.HOST, by=ca).certificate
    assert pki.ocsp_response(certificate, ca).public_bytes(Encoding.DER) == \
        pki.ocsp_response(certificate, ca).public_bytes(Encoding.DER)


def test_a_forged_list():
    forged = pki.crl(pki.intermediate(), [], sign_with=pki.test_key("Mallory"))
    assert not forged.is_signature_valid(pki.intermediate().key.public_key())


@pytest.mark.parametrize("make", [
    lambda: pki.crl(pki.root(), [(5, None, "boredom")]),
    lambda: pki.ocsp_response(leaf(), pki.intermediate(), "revoked", reason="boredom")])
def test_reasons_are_those_of_the_rfc(make):
    with pytest.raises(ValueError, match="'boredom' is no reason of RFC 5280; choose one of"):
        make()


def answered(status: str, **fields) -> ocsp.OCSPResponse:
    return pki.ocsp_response(leaf(), pki.intermediate(), status, **fields)


@pytest.mark.parametrize("status", ["good", "revoked", "unknown"])
def test_an_answer(status):
    found = answered(status)
    assert found.certificate_status is ocsp.OCSPCertStatus[status.upper()]
    assert found.serial_number == leaf().serial_number
    assert found.produced_at_utc == found.this_update_utc == lab.NOW - timedelta(days=1)
    assert found.next_update_utc == lab.NOW + timedelta(days=3)
    pki.intermediate().key.public_key().verify(found.signature, found.tbs_response_bytes,
                                               ec.ECDSA(hashes.SHA256()))
    assert found.responder_name == pki.intermediate().certificate.subject


def test_a_status_that_does_not_exist():
    with pytest.raises(ValueError, match="status is 'fine'; choose good, revoked or unknown"):
        answered("fine")


def test_when_and_why():
    date = datetime(2026, 8, 3, tzinfo=UTC)
    found = answered("revoked", revoked_at=date, reason="superseded")
    assert found.revocation_time_utc == date
    assert found.revocation_reason is x509.ReasonFlags.superseded
    assert answered("revoked").revocation_reason is None


@pytest.mark.parametrize("status", [ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.UNKNOWN,
                                    ocsp.OCSPCertStatus.REVOKED])
def test_cryptography_would_write_the_same(status):
    """Everything but producedAt (it takes the clock's) and the signature, which follows from it."""
    start = lab.NOW - timedelta(days=1)
    revoked = status is ocsp.OCSPCertStatus.REVOKED
    issuer = pki.intermediate()
    theirs = (ocsp.OCSPResponseBuilder()
              .add_response(leaf(), issuer.certificate, hashes.SHA1(), status, start,
                            start + timedelta(days=4), start if revoked else None,
                            x509.ReasonFlags.key_compromise if revoked else None)
              .responder_id(ocsp.OCSPResponderEncoding.NAME, issuer.certificate)
              .sign(issuer.key, hashes.SHA256()))
    ours = answered(status.name.lower(), reason="key_compromise" if revoked else None)
    clock = f"{theirs.produced_at_utc:%Y%m%d%H%M%SZ}".encode()
    assert theirs.tbs_response_bytes.replace(clock, b"20260831120000Z", 1) == \
        ours.tbs_response_bytes


def test_a_responder_of_its_own():
    responder = pki.issue("TEST ONLY Responder", by=pki.intermediate(), extended=["ocsp"])
    found = answered("good", responder=responder)
    assert found.certificates == [responder.certificate]
    assert found.responder_name == responder.certificate.subject
    responder.key.public_key().verify(found.signature, found.tbs_response_bytes,
                                      ec.ECDSA(hashes.SHA256()))


def test_the_openssl_command_believes_them(tmp_path):
    """A second reader of every byte: `openssl ocsp` checks signature, issuer and dates."""
    openssl = need("openssl")
    names = {"root": pki.root().certificate, "ca": pki.intermediate().certificate, "leaf": leaf()}
    for name, certificate in names.items():
        (tmp_path / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    for status in ("good", "revoked", "unknown"):
        (tmp_path / "answer.der").write_bytes(answered(status).public_bytes(Encoding.DER))
        run = subprocess.run(
            [openssl, "ocsp", "-respin", "answer.der", "-issuer", "ca.pem", "-cert", "leaf.pem",
             "-CAfile", "root.pem", "-verify_other", "ca.pem", "-no_nonce", "-attime",
             str(int(lab.NOW.timestamp())), "-validity_period", "1000000000"],  # it takes today
            cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert "Response verify OK" in run.stderr + run.stdout
        assert f"leaf.pem: {status}" in run.stdout

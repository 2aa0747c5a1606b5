"""What strangers may hand in: receipts and requests that are rubbish are refused in one way."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import lab, pki
from helpers.pki import encode

OID = ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS
LOG = pki.Log("Alder")
STAMP = LOG.add(pki.intermediate().certificate, pki.root().certificate).to_bytes()
REQUEST = pki.request(lab.HOST, names=[lab.HOST, "192.0.2.7"]).public_bytes(Encoding.DER)


def judged(value: bytes) -> tuple:
    receipts = x509.UnrecognizedExtension(OID, value)
    certificate = pki.issue(lab.HOST, by=pki.intermediate(), extensions=[receipts]).certificate
    return pki.check_scts(certificate, pki.intermediate().certificate, [LOG])


def listed(*stamps: bytes) -> bytes:
    items = b"".join(len(stamp).to_bytes(2) + stamp for stamp in stamps)
    return encode.tlv(encode.OCTET_STRING, len(items).to_bytes(2) + items)


@given(st.binary(max_size=150) | st.binary(max_size=150).map(listed)
       | st.tuples(st.integers(0, len(STAMP) - 1), st.integers(0, 255)).map(
           lambda at: listed(STAMP[:at[0]] + bytes([at[1]]) + STAMP[at[0] + 1:]))
       | st.integers(0, len(STAMP)).map(lambda cut: listed(STAMP[:cut])))
@settings(max_examples=300, deadline=None)
def test_receipts(value):
    try:
        found = judged(value)
    except ValueError:
        return
    assert not any(item.good for item in found)


def test_receipts_twice():
    receipts = x509.UnrecognizedExtension(OID, listed(STAMP))
    twice = pki.issue(lab.HOST, by=pki.intermediate(), extensions=[receipts, receipts])
    with pytest.raises(ValueError, match="the receipts cannot be read: Duplicate"):
        pki.check_scts(twice.certificate, pki.intermediate().certificate, [LOG])


def test_a_receipt_of_another_age():
    late = STAMP[:33] + b"\xff" * 8 + STAMP[41:]
    with pytest.raises(ValueError, match=r".+"):
        judged(listed(late))


@given(st.integers(0, len(REQUEST) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_requests(place, change):
    der = bytearray(REQUEST)
    der[place] ^= change
    try:
        csr = x509.load_der_x509_csr(bytes(der))
    except (ValueError, x509.InvalidVersion):
        return
    with pytest.raises(pki.RequestRefused):
        pki.sign_request(csr, pki.intermediate())


def test_a_request_for_other_kinds_of_names():
    names = [lab.HOST, "a@shop.example", x509.DirectoryName(x509.Name([])),
             x509.OtherName(x509.ObjectIdentifier("1.2.3"), b"\x05\x00")]
    csr = pki.request(lab.HOST, names=names)
    assert pki.names_asked(csr) == (lab.HOST,)

"""Timestamps of logs: the same as `cryptography` reads, and closed where they are malformed."""

from datetime import UTC

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import pki
from helpers.pki.der import der_fields
from tests.pki.vectors import of_kind

LEAF = pki.real_chain()[0]
DER = LEAF.public_bytes(Encoding.DER)


def test_the_timestamps_are_those_that_cryptography_reads():
    theirs = LEAF.extensions.get_extension_for_class(
        x509.PrecertificateSignedCertificateTimestamps).value
    ours = der_fields(DER).find("sct_list").elements
    assert len(ours) == len(theirs) == 2
    for one, other in zip(ours, theirs, strict=True):
        when = other.timestamp.replace(tzinfo=UTC)
        assert one.find("log_id").value == other.log_id
        assert one.find("timestamp").value == round(when.timestamp() * 1000)
        thousandths = when.microsecond // 1000
        assert one.find("timestamp").words == f"{when:%Y-%m-%d %H:%M:%S} UTC and {thousandths} ms"
        assert one.find("sct_signature").value == other.signature
        assert one.find("hash").words == "4 (sha256)"
        assert one.find("signature_algorithm").words == "3 (ecdsa)"


@pytest.mark.parametrize("name", ["invalid-sct-length.der", "invalid-sct-version.der"])
def test_a_malformed_list_stays_closed(name):
    (item,) = [item for item in of_kind("certificate") if item.name == f"x509/custom/{name}"]
    held = der_fields(item.der).find("SignedCertificateTimestampList")
    assert held.elements == []
    assert held.value


def test_a_timestamp_after_the_year_9999():
    at = der_fields(DER).find("timestamp").start
    data = DER[:at] + b"\xff" * 8 + DER[at + 8:]
    assert der_fields(data).find("timestamp").words.endswith("which is no date")

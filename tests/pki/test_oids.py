"""OIDs: the same numbers and names as `cryptography` has."""

import pytest
from cryptography import x509
from cryptography.hazmat._oid import _OID_NAMES
from hypothesis import given
from hypothesis import strategies as st

from helpers import pki
from helpers.pki.der import der_fields
from helpers.pki.oids import NAMES, dotted

OTHERWISE = {  # what the two lists call differently: ours says what the RFC says
    "id-dsa": "dsaEncryption", "extKeyUsage": "extendedKeyUsage", "admission": "Admissions",
    "microsoftSmartcardLogon": "msSmartcardLogin", "precertificatePoison": "ctPoison",
    "microsoftCertificateTemplate": "msCertificateTemplate", "id-ad-ocsp": "OCSP",
    "id-ad-caIssuers": "caIssuers", "id-ad-caRepository": "caRepository",
    "ocspSignedCertificateTimestampList": "signedCertificateTimestampList",
}


def plain(name: str) -> str:
    """Without case, prefix and punctuation."""
    return "".join(letter for letter in name.lower() if letter.isalnum()).removeprefix("id")


def test_the_names_are_those_of_cryptography():
    both = {oid.dotted_string: name for oid, name in _OID_NAMES.items()
            if oid.dotted_string in NAMES}
    assert len(both) > 95
    assert not {oid: name for oid, name in both.items()
                if plain(OTHERWISE.get(NAMES[oid], NAMES[oid])) != plain(name)}


def test_an_unknown_oid_is_its_own_name():
    assert pki.oid_name("2.5.4.3") == "commonName"
    assert pki.oid_name("1.2.3.4") == "1.2.3.4"


ARCS = st.integers(0, 2**130)


@given(first=st.integers(0, 2), second=st.integers(0, 39), rest=st.lists(ARCS, max_size=6))
def test_the_numbers_are_read_as_cryptography_reads_them(first, second, rest):
    text = ".".join(map(str, (first, second, *rest, 1)))
    try:
        name = x509.Name([x509.NameAttribute(x509.ObjectIdentifier(text), "x")])
    except ValueError:
        return  # more than cryptography takes
    held = der_fields(name.public_bytes(), "name").find("type")
    assert dotted(held.value) == text


@pytest.mark.parametrize("content", [
    b"", b"\x80", b"\x55\x84", b"\x55\x80\x01", b"\x2a" + b"\xff" * 60 + b"\x01",
    b"\x2a" + b"\x01" * 400])
def test_what_is_no_oid(content):
    assert dotted(content) == ""


def test_the_second_number_may_be_large_under_2():
    assert dotted(b"\x88\x37\x03") == "2.999.3"  # the example of X.690 section 8.19

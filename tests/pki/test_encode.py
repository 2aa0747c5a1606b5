"""DER written by hand, read back by cryptography and by our own reader."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec
from hypothesis import given
from hypothesis import strategies as st

from helpers import lab, pki
from helpers.pki import encode


@given(st.integers(-(1 << 300), 1 << 300))
def test_integers(value):
    tree = pki.der_fields(encode.integer(value), "der")
    assert tree.value == value
    again = value.to_bytes(len(encode.integer(value)) - 2, signed=True)
    assert encode.integer(value)[2:] == again
    if len(again) > 1:  # no shorter form says the same
        assert not (-(1 << 8 * len(again) - 9) <= value < 1 << 8 * len(again) - 9)


@given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 1 << 64), max_size=8))
def test_object_identifiers(first, second, rest):
    dotted = ".".join(map(str, (first, second, *rest)))
    usage = x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.2.3.4")])
    assert encode.sequence(encode.oid("1.2.3.4")) == usage.public_bytes()
    assert pki.der_fields(encode.oid(dotted), "der").words.endswith(
        pki.oid_name(dotted)) or dotted in pki.der_fields(encode.oid(dotted), "der").words


@given(st.binary(max_size=70_000) | st.sampled_from([bytes(127), bytes(128), bytes(65_536)]))
def test_lengths(data):
    der = encode.tlv(encode.OCTET_STRING, data)
    assert pki.der_fields(der, "der").value == data
    assert der.endswith(data)


@pytest.mark.parametrize(("moment", "written"), [
    (datetime(2026, 9, 1, 12, tzinfo=UTC), b"\x17\x0d260901120000Z"),
    (datetime(1950, 1, 1, tzinfo=UTC), b"\x17\x0d500101000000Z"),
    (datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC), b"\x17\x0d491231235959Z"),
    (datetime(2050, 1, 1, tzinfo=UTC), b"\x18\x0f20500101000000Z"),
    (datetime(1949, 12, 31, tzinfo=UTC), b"\x18\x0f19491231000000Z"),
    (datetime(2026, 9, 1, 14, tzinfo=timezone(timedelta(hours=2))), b"\x17\x0d260901120000Z"),
])
def test_times(moment, written):
    assert encode.time(moment) == written


def test_a_default_is_left_out():
    """DER section 11.5: an extension that is not critical does not say so."""
    assert b"\x01\x01" not in encode.extension("1.2.3", False, b"\x05\x00")
    assert encode.extension("1.2.3", True, b"\x05\x00").hex() == "300b06022a030101ff04020500"


@pytest.mark.parametrize("key", ["p256", "rsa2048", "ed25519"])
def test_signed_by(key):
    made = pki.issue("x", key=key).certificate
    assert encode.is_signed_by(made, lab.key(key).public_key())
    for other in ("p384", "rsa3072", "p256", "rsa2048", "ed25519"):
        assert encode.is_signed_by(made, lab.key(other).public_key()) == (other == key)


def test_dsa_too():
    key = dsa.generate_private_key(2048)
    made = pki.issue("x", key=key).certificate
    assert encode.is_signed_by(made, key.public_key())
    made.verify_directly_issued_by(made)


def test_what_cannot_sign():
    with pytest.raises(ValueError, match="str cannot sign certificates"):
        encode.algorithm("key", "sha256")
    with pytest.raises(ValueError, match="there is no signature algorithm with the hash 'md4'"):
        encode.algorithm(ec.derive_private_key(3, ec.SECP256R1()), "md4")

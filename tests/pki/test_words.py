"""Values in words: dates, numbers, names; and nothing an attacker writes can hide."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.pki import der, words
from helpers.pki.authority import server
from helpers.pki.der import UTC_TIME, Element, der_fields

LEAF = der_fields(server("rsa").chain[0])


@pytest.mark.parametrize(("path", "said"), [
    ("issuer", "O=TEST ONLY How HTTPS Works, CN=TEST ONLY Intermediate CA"),
    ("validity", "2026-08-22 12:00:00 UTC to 2026-11-30 12:00:00 UTC, 100 days"),
    ("subjectPublicKeyInfo", "rsaEncryption, 2048 bits"),
    ("signatureAlgorithm", "ecdsa-with-SHA256"),
    ("version", "2 (v3)"), ("serialNumber", "3"),
    ("keyUsage", "critical; digitalSignature, keyEncipherment"),
    ("extKeyUsage", "serverAuth"), ("basicConstraints", "critical; empty, so cA is FALSE"),
    ("subjectAltName", 'dNSName "shop.example"'),
    ("extensions", "6: basicConstraints, keyUsage, extKeyUsage, subjectAltName and 2 more"),
])
def test_the_leaf_in_words(path, said):
    assert LEAF.find(path).words == said


@pytest.mark.parametrize(("raw", "kind", "moment"), [
    (b"260901120000Z", UTC_TIME, datetime(2026, 9, 1, 12, tzinfo=UTC)),
    (b"500101000000Z", UTC_TIME, datetime(1950, 1, 1, tzinfo=UTC)),
    (b"491231235959Z", UTC_TIME, datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)),
    (b"20500101000000Z", der.GENERALIZED_TIME, datetime(2050, 1, 1, tzinfo=UTC)),
    (b"99991231235959Z", der.GENERALIZED_TIME, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    (b"261301120000Z", UTC_TIME, None), (b"2609011200Z", UTC_TIME, None),
    (b"260901120000+0100", UTC_TIME, None), (b"20500101000000.5Z", der.GENERALIZED_TIME, None),
    (b"", UTC_TIME, None), (b"\xff" * 13, UTC_TIME, None), (b"0000010100000Z", UTC_TIME, None),
    (b"00000101000000Z", der.GENERALIZED_TIME, None),
])
def test_times(raw, kind, moment):
    assert words.when(raw, kind) == moment
    assert words.time(raw, kind).endswith("UTC" if moment else "which is no time by RFC 5280")


@pytest.mark.parametrize(("number", "said"), [
    (0, "0"), (-1, "-1"), (65537, "65537"), (2**64 - 1, str(2**64 - 1)),
    (2**64, "0x010000000000000000 (65 bits)"), (-(2**64), "-0x010000000000000000 (65 bits)"),
    (0xABCD << 2032, "0xabcd0000… (2048 bits)"),
])
def test_integers(number, said):
    assert words.integer(number) == said


def test_a_comma_in_a_name_is_no_new_attribute():
    bad = server("rsa", "shop.example, O=Bank").certificate.subject.public_bytes()
    assert der_fields(bad, "name").words.endswith("CN=shop.example\\, O=Bank")


def test_what_cannot_be_seen_is_escaped():
    assert words.quoted("a\u202eb\x00".encode(), der.UTF8) == '"a\\x202eb\\x00"'
    assert words.quoted(b"\xff", der.UTF8) == '"\\xff"'
    assert words.quoted(b"\x00A\x00B", der.BMP) == '"AB"'
    assert len(words.quoted(b"x" * 5000, der.UTF8)) < 110


@given(kind=st.sampled_from([0, *der.TYPES]), content=st.binary(max_size=40),
       tag=st.sampled_from([0, 0x80, 0x40]))
def test_any_primitive_has_words(kind, content, tag):
    data = bytes([tag | kind & 0x1F, len(content)]) + content
    if data[0] & 0x20 == 0 and data[0] & 0x1F != 0x1F:
        found = der_fields(data, "der")
        assert isinstance(found, Element)
        assert 0 < len(found.words) < 400

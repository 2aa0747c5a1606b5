"""TLS 1.3 record protection: RFC 8448's records, round trips, and what must not open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tls.errors import TLSError
from helpers.tls.record import MAX_PLAINTEXT, Record
from helpers.tls.record13 import Protection13
from helpers.tls.registry import ContentType
from helpers.tls.registry13 import SUITES13
from tests.tls import rfc8448


def protection(suite: int = 0x1301) -> Protection13:
    parameters = SUITES13[suite]
    return Protection13(parameters, b"k" * parameters.key_length, b"i" * 12)


def record_of(data: bytes) -> Record:
    return Record(data[0], int.from_bytes(data[1:3], "big"), data[5:])


def test_the_records_of_rfc_8448():
    key, iv = (bytes.fromhex(rfc8448.SECRETS[f"client_application_write_{name}_0"])
               for name in ("key", "iv"))
    ours = Protection13(rfc8448.SUITE, key, iv)
    assert ours.unprotect(record_of(rfc8448.CLIENT_DATA_RECORD)) == (23, bytes(range(50)))
    again = Protection13(rfc8448.SUITE, key, iv)
    assert again.protect(23, bytes(range(50))).bytes() == rfc8448.CLIENT_DATA_RECORD


@given(st.sampled_from(sorted(SUITES13)),
       st.lists(st.tuples(st.sampled_from([21, 22, 23]), st.binary(max_size=60),
                          st.integers(0, 40)), max_size=5))
def test_seal_then_open(suite, records):
    sender, receiver = protection(suite), protection(suite)
    for number, (kind, content, padding) in enumerate(records):
        record = sender.protect(kind, content, padding)
        assert (record.type, record.version) == (ContentType.application_data, 0x0303)
        assert len(record.fragment) == len(content) + 1 + padding + 16
        assert receiver.sequence_number == number
        assert receiver.unprotect(record) == (kind, content)


@pytest.mark.parametrize("at", range(5 + 21))
def test_every_byte_counts_even_the_headers(at):
    """The header is the additional data: also its length and its version."""
    data = bytearray(protection().protect(23, b"data").bytes())
    data[at] ^= 1
    receiver = protection()
    with pytest.raises(TLSError, match="bad_record_mac"):
        receiver.unprotect(record_of(bytes(data)) if at not in (3, 4) else
                           Record(23, 0x0303, bytes(data[5:]) + b"x"))
    assert receiver.sequence_number == 0


def test_a_record_out_of_order_does_not_open():
    sender, receiver = protection(), protection()
    first, second = sender.protect(23, b"one"), sender.protect(23, b"two")
    with pytest.raises(TLSError, match="record 0 does not fit"):
        receiver.unprotect(second)
    assert receiver.unprotect(first) == (23, b"one")
    with pytest.raises(TLSError, match="bad_record_mac"):
        receiver.unprotect(first)
    assert receiver.unprotect(second) == (23, b"two")


@pytest.mark.parametrize("fragment", [b"", b"x", bytes(16), bytes(17)])
def test_short_records(fragment):
    with pytest.raises(TLSError, match="bad_record_mac"):
        protection().unprotect(Record(23, 0x0303, fragment))


@pytest.mark.parametrize(("kind", "content", "alert"), [
    (0, b"", "unexpected_message"), (0, bytes(40), "unexpected_message"),
    (20, b"\x01", "unexpected_message"), (99, b"x", "unexpected_message"),
    (23, bytes(MAX_PLAINTEXT + 1), "record_overflow")])
def test_sealed_and_against_the_rules(kind, content, alert):
    record = protection().protect(kind, content)
    with pytest.raises(TLSError, match=alert):
        protection().unprotect(record)


def test_the_longest_record_that_is_allowed():
    record = protection().protect(23, bytes(MAX_PLAINTEXT))
    assert protection().unprotect(record) == (23, bytes(MAX_PLAINTEXT))

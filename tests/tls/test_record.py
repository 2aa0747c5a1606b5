"""Records: cutting, joining, sealing, opening."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from helpers.tls.errors import TLSError
from helpers.tls.record import (
    MAX_HANDSHAKE,
    MAX_PLAINTEXT,
    HandshakeBuffer,
    Protection,
    Record,
    RecordBuffer,
    RecordLayer,
)
from helpers.tls.registry import SUITES, CipherSuite

GCM = SUITES[CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
CHACHA = SUITES[CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256]
KEYS = {GCM: (b"k" * 16, b"salt"), CHACHA: (b"k" * 32, b"i" * 12)}


def test_gcm_as_rfc_5288_says():
    sealed = Protection(GCM, *KEYS[GCM]).protect(23, b"text")
    assert sealed.fragment[:8] == bytes(8)
    additional = bytes(8) + b"\x17\x03\x03\x00\x04"
    assert AESGCM(b"k" * 16).decrypt(b"salt" + bytes(8), sealed.fragment[8:], additional) == b"text"


def test_chacha_as_rfc_7905_says():
    protection = Protection(CHACHA, *KEYS[CHACHA])
    protection.protect(23, b"first")
    sealed = protection.protect(23, b"text")
    nonce = b"i" * 11 + bytes([ord("i") ^ 1])
    additional = bytes(7) + b"\x01\x17\x03\x03\x00\x04"
    assert ChaCha20Poly1305(b"k" * 32).decrypt(nonce, sealed.fragment, additional) == b"text"


@pytest.mark.parametrize("suite", [GCM, CHACHA])
def test_seal_then_open(suite):
    one, two = Protection(suite, *KEYS[suite]), Protection(suite, *KEYS[suite])
    for number, text in enumerate([b"", b"a", bytes(MAX_PLAINTEXT)]):
        assert two.unprotect(one.protect(23, text)) == text
        assert one.sequence_number == two.sequence_number == number + 1


@pytest.mark.parametrize("suite", [GCM, CHACHA])
def test_what_the_tag_covers(suite):
    record = Protection(suite, *KEYS[suite]).protect(23, b"text")
    changed = bytearray(record.fragment)
    changed[-1] ^= 1
    for wrong in (Record(22, 0x0303, record.fragment), Record(23, 0x0302, record.fragment),
                  Record(23, 0x0303, bytes(changed)), Record(23, 0x0303, record.fragment[:-1]),
                  Record(23, 0x0303, b"")):
        with pytest.raises(TLSError, match="bad_record_mac"):
            Protection(suite, *KEYS[suite]).unprotect(wrong)


def test_a_gcm_sender_may_choose_its_explicit_nonce():
    """RFC 5288 section 3: it must differ each time, and need not be the sequence number."""
    fragment = b"NONCE123" + AESGCM(b"k" * 16).encrypt(
        b"saltNONCE123", b"text", bytes(8) + b"\x17\x03\x03\x00\x04")
    assert Protection(GCM, *KEYS[GCM]).unprotect(Record(23, 0x0303, fragment)) == b"text"


records = st.lists(st.builds(Record, st.sampled_from([20, 21, 22, 23]),
                             st.sampled_from([0x0301, 0x0303]), st.binary(max_size=40)),
                   max_size=6)


@given(records, st.data())
def test_records_cut_anywhere(items, data):
    stream = b"".join(item.bytes() for item in items)
    buffer, found = RecordBuffer(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        buffer.feed(stream[:size])
        found += buffer.records()
        stream = stream[size:]
    assert found == items
    assert buffer.header == b""


def test_a_long_text_takes_several_records():
    layer = RecordLayer()
    layer.send(23, bytes(2 * MAX_PLAINTEXT + 1))
    buffer = RecordBuffer()
    buffer.feed(layer.take())
    assert [len(item.fragment) for item in buffer.records()] == [MAX_PLAINTEXT, MAX_PLAINTEXT, 1]
    assert layer.take() == b""


def test_a_handshake_message_has_a_limit():
    """A peer that announces 16 MB is not waited for."""
    buffer = HandshakeBuffer()
    buffer.feed(b"\x0b" + (MAX_HANDSHAKE + 1).to_bytes(3, "big"))
    with pytest.raises(TLSError, match="decode_error"):
        list(buffer.messages())


def test_handshake_messages_joined():
    buffer = HandshakeBuffer()
    buffer.feed(b"\x0e\x00\x00\x00\x0b\x00\x00")
    assert list(buffer.messages()) == [b"\x0e\x00\x00\x00"]
    assert buffer.waiting == 3
    buffer.feed(b"\x01x")
    assert list(buffer.messages()) == [b"\x0b\x00\x00\x01x"]
    assert buffer.waiting == 0

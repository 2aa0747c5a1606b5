"""The record view's parser says what the connection's own does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sources import load, names
from helpers.tls.envelope import parse_record, record_fields
from helpers.tls.errors import TLSError
from helpers.tls.record import RecordBuffer

RECORDS = [(message.wire, message.encrypted, message.aead)
           for name in names() for message in load(name).messages]


def cut(data: bytes):
    buffer = RecordBuffer()
    buffer.feed(data)
    return next(buffer.records())


@pytest.mark.parametrize(("data", "sealed", "aead"), RECORDS)
def test_agrees_with_the_connection(data, sealed, aead):
    assert parse_record(data, sealed=sealed, aead=aead) == cut(data)


@pytest.mark.parametrize(("data", "sealed", "aead"), RECORDS)
def test_covers_every_byte_once(data, sealed, aead):
    leaves = list(record_fields(data, sealed=sealed, aead=aead).leaves())
    assert b"".join(data[leaf.start:leaf.end] for leaf in leaves) == data


@pytest.mark.parametrize(("aead", "inside"), [
    ("AES-GCM", ["nonce_explicit", "ciphertext", "tag"]),
    ("CHACHA20-POLY1305", ["ciphertext", "tag"]), (None, ["ciphertext"])])
def test_lays_out_a_sealed_fragment(aead, inside):
    tree = record_fields(bytes([23, 3, 3, 0, 30]) + bytes(30), sealed=True, aead=aead)
    assert [field.name for field in tree.children[3:]] == inside


@pytest.mark.parametrize("length", [0, 8, 15, 16, 23, 24, 25])
def test_a_short_sealed_fragment_is_still_shown(length):
    data = bytes([22, 3, 3, 0, length]) + bytes(length)
    leaves = record_fields(data, sealed=True, aead="AES-GCM").leaves()
    assert sum(leaf.end - leaf.start for leaf in leaves) == len(data)


def test_refuses_a_length_that_does_not_fit():
    with pytest.raises(TLSError, match="the record says 9 bytes, 2 came"):
        parse_record(bytes([22, 3, 3, 0, 9, 1, 2]))


@given(st.binary(max_size=60), st.booleans(), st.sampled_from(["AES-GCM", None]))
def test_any_bytes_become_one_tree(data, sealed, aead):
    tree = record_fields(data, sealed=sealed, aead=aead)
    assert b"".join(data[leaf.start:leaf.end] for leaf in tree.leaves()) == data


@pytest.mark.parametrize(("name", "aead"), [("tls12_rsa", "AES-GCM"),
                                            ("tls12_ecdhe_ecdsa", "CHACHA20-POLY1305")])
def test_a_message_knows_how_its_record_is_sealed(name, aead):
    for conversation in (load(name), load(name).without_secrets()):
        known = {(message.encrypted, message.aead) for message in conversation.messages}
        assert known == {(True, aead), (False, None)}


def test_tls_13_carries_no_nonce():
    message = load("tls13_x25519").find("finished")
    tree = record_fields(message.wire, sealed=True, aead="AES-GCM", version=message.version)
    assert tree.name == "tls13.record"
    assert [field.name for field in tree.children] == ["content_type", "version", "length",
                                                       "ciphertext", "tag"]
    plain = record_fields(message.wire, sealed=False, version=message.version)
    assert plain.name == "record"

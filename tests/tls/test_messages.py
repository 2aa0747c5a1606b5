"""Every message: each byte has one name, parse and build are mirrors, broken bytes are refused."""

from itertools import pairwise

import pytest

from helpers.conversation import exchange
from helpers.sources import load, names, openssl_client, openssl_server
from helpers.sources.openssl import OFFER, REQUEST, RESPONSE
from helpers.tls import build, extensions, messages
from helpers.tls.errors import TLSError
from helpers.tls.passive import Message
from helpers.wire import Field
from tests.tls.hand_server import client


def live() -> list[Message]:
    """Messages of other handshakes: ours with OpenSSL, tampered ones, failed ones."""
    def turn_round(packet):
        last = packet.data[-1] ^ (packet.number == 3)
        return packet.data[:-1] + bytes([last])

    talks = [exchange(client(alpn=(b"h2",)), openssl_server(), request=REQUEST, response=RESPONSE),
             exchange(client(), openssl_server("AES256-GCM-SHA384"), turn_round),
             exchange(openssl_client(trusted_root="other_root"), openssl_server(OFFER))]
    return [message for talk in talks for message in talk.messages]


RECORDED = [message for name in names() for message in load(name).messages]
ALL = [*RECORDED, *(message for name in names()
                    for message in load(name).without_secrets().messages), *live()]


def test_there_is_something_to_look_at():
    assert {"client_hello", "server_hello", "certificate", "server_key_exchange",
            "server_hello_done", "client_key_exchange", "change_cipher_spec", "finished", "alert",
            "application_data", "encrypted_handshake"} <= {message.name for message in ALL}


@pytest.mark.parametrize("message", ALL, ids=lambda message: f"{message.index}-{message.name}")
def test_every_byte_belongs_to_exactly_one_leaf(message):
    data = message.wire if message.data is None else message.data
    leaves = list(message.fields.leaves())
    assert leaves[0].start == 0
    assert leaves[-1].end == len(data)
    assert all(one.end == two.start for one, two in pairwise(leaves))
    assert all(leaf.start < leaf.end for leaf in leaves)
    for _, _, field in message.fields.walk():
        value = data[field.start:field.end]
        if isinstance(field.value, bytes):
            assert field.value in (value, value[1:], value[2:], value[3:])  # after its length
        elif field.value is not None:
            assert field.value == int.from_bytes(value, "big")
        if field.children:
            assert (field.children[0].start, field.children[-1].end) == (field.start, field.end)


@pytest.mark.parametrize("message", RECORDED, ids=lambda message: message.name)
def test_fields_do_not_change_what_is_read(message):
    if message.content_type == 22:
        with_fields = Field("", 0, 0, children=[])
        assert message._parse(with_fields.children) == message.parsed
        assert with_fields.children


def test_build_then_parse():
    for message in RECORDED:
        said = message.parsed
        if isinstance(said, messages.ClientHello):
            built = build.client_hello(
                said.random, said.cipher_suites,
                [(item.type, item.data) for item in said.extensions],
                client_version=said.client_version, session_id=said.session_id)
        elif isinstance(said, messages.Certificate):
            built = build.certificate(said.certificate_list)
        elif isinstance(said, messages.ClientKeyExchange):
            built = build.client_key_exchange(said.exchange_keys, message.key_exchange)
        elif isinstance(said, messages.Finished) and message.version is None:
            built = build.finished(said.verify_data)
        else:
            continue
        assert built == message.data


def test_build_then_parse_extensions():
    offered = [extensions.server_name("a.example"), extensions.supported_groups([29, 23]),
               extensions.ec_point_formats(), extensions.signature_algorithms([0x0403, 0x0804]),
               extensions.alpn([b"h2", b"http/1.1"]), extensions.extended_master_secret(),
               extensions.renegotiation_info()]
    hello = messages.parse_handshake(build.client_hello(bytes(32), (0xC02F,), offered))
    assert [item.value for item in hello.extensions] == [
        "a.example", (29, 23), (0,), (0x0403, 0x0804), (b"h2", b"http/1.1"), None, b""]


HELLO = load("tls12_ecdhe").find("client_hello").data


@pytest.mark.parametrize("end", range(len(HELLO)))
def test_a_hello_cut_short(end):
    with pytest.raises(TLSError, match="decode_error"):
        messages.parse_handshake(HELLO[:end])


def hello_with(*added: tuple[int, bytes]) -> bytes:
    return build.client_hello(bytes(32), (0xC02F,), list(added))


@pytest.mark.parametrize(("data", "alert"), [
    (hello_with((0, b"\x00\x01")), "decode_error"),
    (hello_with((0, b"\x00\x07\x00\x00\x04b\xc3\xb6s")), "illegal_parameter"),
    (hello_with((10, b"\x00\x00")), "decode_error"),
    (hello_with((10, b"\x00\x03\x00\x1d\x00")), "decode_error"),
    (hello_with((16, b"\x00\x01\x00")), "decode_error"),
    (hello_with((23, b"x")), "decode_error"),
    (hello_with((51, b"\x00\x04\x00\x1d\x00\x01")), "decode_error"),
    (hello_with((43, b"\x03\x03\x04\x03")), "decode_error"),
    (hello_with((23, b""), (23, b"")), "illegal_parameter"),
    (build.client_hello(bytes(32), (), []), "decode_error"),
    (build.client_hello(bytes(32), (1,), [], session_id=bytes(33)), "decode_error"),
    (HELLO + b"x", "decode_error"),
    (b"\x14\x00\x00\x0bshort finis", "decode_error"),
    (b"\x0e\x00\x00\x01x", "decode_error"),
])
def test_broken_messages(data, alert):
    with pytest.raises(TLSError) as caught:
        messages.parse_handshake(data)
    assert caught.value.alert.name == alert


def test_key_exchange_messages_need_the_key_exchange():
    data = load("tls12_rsa").find("client_key_exchange").data
    assert len(messages.parse_handshake(data, "RSA").exchange_keys) == 256
    assert messages.parse_handshake(data) == messages.Opaque(data[4:])
    with pytest.raises(TLSError, match="decode_error"):
        messages.parse_handshake(data, "ECDHE")


def test_a_hello_of_tls_13_can_be_read():
    """Its extensions are known, so that an offer of both versions can be explained."""
    share = b"\x00\x24\x00\x1d\x00\x20" + bytes(32)
    hello = messages.parse_handshake(hello_with(
        (43, b"\x04\x03\x04\x03\x03"), (45, b"\x01\x01"), (51, share), (0x0A0A, b""),
        (5, b"\x01\x00\x00\x00\x00")))
    assert [item.value for item in hello.extensions] == [
        (0x0304, 0x0303), (1,), ((29, bytes(32)),), b"", 1]

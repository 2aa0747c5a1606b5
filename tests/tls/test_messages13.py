"""TLS 1.3 messages: what real OpenSSL and RFC 8448 wrote is read, broken bytes are refused."""

import pytest

from helpers.sources import load
from helpers.tls import build, messages, messages13
from helpers.tls.errors import TLSError
from helpers.tls.extensions import build_extensions
from helpers.tls.extensions13 import OfferedPsks
from helpers.tls.messages13 import parse_handshake13
from helpers.tls.registry import HandshakeType, NamedGroup, SignatureScheme
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, TLS13
from helpers.wire import Field, Writer
from tests.tls import rfc8448

MLKEM, X25519 = load("tls13_mlkem"), load("tls13_x25519")


def message(kind: int, body: bytes) -> bytes:
    return Writer().uint(1, kind).vector(3, body).bytes()


def server_hello(random: bytes, extensions: list[tuple[int, bytes]]) -> bytes:
    body = Writer().uint(2, 0x0303).opaque(random).vector(1, b"").uint(2, 0x1301).uint(1, 0)
    return message(HandshakeType.server_hello, body.opaque(build_extensions(extensions)).bytes())


def client_hello(*extensions: tuple[int, bytes]) -> bytes:
    return build.client_hello(bytes(32), (0x1301,), list(extensions))


def tree(data: bytes) -> Field:
    fields: list[Field] = []
    parse_handshake13(data, fields)
    return Field("message", 0, len(data), children=fields)


def test_the_hellos_of_rfc_8448():
    hello = messages.parse_handshake(rfc8448.CLIENT_HELLO)
    assert hello.extension(43).value == (TLS13,)
    (group, share), = hello.extension(51).value
    assert (group, len(share)) == (NamedGroup.x25519, 32)
    assert hello.extension(45).value == (1,)
    answer = messages.parse_handshake(rfc8448.SERVER_HELLO)
    assert answer.extension(43).value == TLS13
    assert answer.extension(51).value[0] == NamedGroup.x25519
    assert answer.extension(99) is None


def test_the_encrypted_messages_of_rfc_8448():
    assert [item.type for item in
            parse_handshake13(rfc8448.ENCRYPTED_EXTENSIONS).extensions] == [10, 28, 0]
    certificate = parse_handshake13(rfc8448.CERTIFICATE)
    assert (certificate.certificate_request_context, certificate.entry_extensions) == (b"", ((),))
    assert len(certificate.certificate_list[0]) == 432
    verify = parse_handshake13(rfc8448.CERTIFICATE_VERIFY)
    assert verify.signature_scheme == SignatureScheme.rsa_pss_rsae_sha256
    assert verify.signature == rfc8448.CERTIFICATE_VERIFY[8:]
    assert parse_handshake13(rfc8448.SERVER_FINISHED).verify_data == rfc8448.SERVER_FINISHED[4:]


def test_the_hybrid_shares_are_split_in_the_order_of_the_rfc():
    """ML-KEM first, in both directions (RFC 10024)."""
    hello = MLKEM.find("client_hello")
    share = dict(hello.parsed.extension(51).value)[NamedGroup.X25519MLKEM768]
    first = hello.fields.find("mlkem_encapsulation_key")
    second = hello.fields.find("x25519_share")
    assert (first.end - first.start, second.end - second.start) == (1184, 32)
    assert share == first.value + second.value
    answer = MLKEM.find("server_hello")
    group, share = answer.parsed.extension(51).value
    first, second = answer.fields.find("mlkem_ciphertext"), answer.fields.find("x25519_share")
    assert group == NamedGroup.X25519MLKEM768
    assert (first.end - first.start, second.end - second.start) == (1088, 32)
    assert share == first.value + second.value


def test_a_hybrid_share_of_another_length_stays_in_one_piece():
    entry = Writer().uint(2, NamedGroup.X25519MLKEM768).vector(2, bytes(1215)).bytes()
    data = client_hello((51, Writer().vector(2, entry).bytes()))
    assert tree(data).find("key_exchange").children[1].name == "bytes"
    assert parse_handshake13(data).extension(51).value == ((4588, bytes(1215)),)


def test_a_plain_share_is_not_split():
    field = X25519.find("client_hello").fields.find("key_share_entry").find("key_exchange")
    assert [inside.name for inside in field.children] == ["length", "bytes"]


def test_a_hello_retry_request_is_told_by_its_random():
    group = (51, NamedGroup.secp256r1.to_bytes(2, "big"))
    retry = server_hello(HELLO_RETRY_REQUEST_RANDOM, [(43, b"\x03\x04"), group, (44, b"\0\x01c")])
    said = messages.parse_handshake(retry)
    assert said.extension(51).value == NamedGroup.secp256r1
    assert said.extension(44).value == b"c"
    with pytest.raises(TLSError, match="decode_error"):
        messages.parse_handshake(server_hello(bytes(32), [(43, b"\x03\x04"), group]))


def test_tickets():
    ticket = X25519.find("new_session_ticket").parsed
    assert ticket.ticket_lifetime == 7200
    assert ticket.extensions == ()
    assert len(ticket.ticket_nonce) == 8
    early = Writer().uint(4, 7).uint(4, 8).vector(1, b"n").vector(2, b"t").opaque(
        build_extensions([(42, bytes((0, 0, 0x40, 0)))]))
    said = parse_handshake13(message(HandshakeType.new_session_ticket, early.bytes()))
    assert (said.ticket_lifetime, said.ticket_age_add, said.ticket_nonce, said.ticket) == (
        7, 8, b"n", b"t")
    assert said.extension(42).value == 2**14


def test_the_offer_of_a_ticket():
    offer = Writer().vector(2, Writer().vector(2, b"ticket").uint(4, 9).bytes())
    offer.vector(2, Writer().vector(1, b"b" * 32).bytes())
    said = parse_handshake13(client_hello((41, offer.bytes()))).extension(41).value
    assert said == OfferedPsks((b"ticket",), (9,), (b"b" * 32,))


@pytest.mark.parametrize("value", [0, 1])
def test_a_key_update(value):
    assert parse_handshake13(bytes((24, 0, 0, 1, value))) == messages13.KeyUpdate(value)


def test_what_tls_13_no_longer_has_is_not_read():
    data = load("tls12_ecdhe").find("server_key_exchange").data
    assert parse_handshake13(data) == messages.Opaque(data[4:])


@pytest.mark.parametrize("data", [
    b"\x14\0\0\x1f" + bytes(31), b"\x14\0\0\x0c" + bytes(12), b"\x14\0\0\0", b"\x18\0\0\0",
    b"\x18\0\0\x02\0\0", b"\x05\0\0\x01x", b"\x08\0\0\0", b"\x0f\0\0\x01\x08",
    message(11, b"\0" + b"\0\0\x05" + b"\0\0\x01x" + b"\0"),
    message(11, b"\0" + b"\0\0\x05" + b"\0\0\0" + b"\0\0"),
    message(11, b"\0" + b"\0\0\x02" + b"\0\0"),
    message(4, bytes(9) + b"\0\0" + b"\0\0"),
    client_hello((41, b"\0\0")), client_hello((51, b"\0\x05\0\x1d\0\x02x")),
    client_hello((51, b"\0\x04\0\x1d\0\0")), client_hello((44, b"\0\0")),
    server_hello(bytes(32), [(43, b"\x03")]), server_hello(bytes(32), [(51, b"\0\x1d")]),
])
def test_broken_messages(data):
    with pytest.raises(TLSError, match="decode_error"):
        parse_handshake13(data)


def test_an_extension_that_comes_twice():
    with pytest.raises(TLSError, match="illegal_parameter"):
        parse_handshake13(message(8, build_extensions([(10, b"\0\x02\0\x1d")] * 2)))


@pytest.mark.parametrize("name", ["encrypted_extensions", "certificate", "certificate_verify",
                                  "finished", "new_session_ticket", "server_hello"])
def test_a_message_cut_short(name):
    data = MLKEM.find(name).data
    for end in range(min(len(data), 300)):
        with pytest.raises(TLSError, match="decode_error"):
            parse_handshake13(data[:end])

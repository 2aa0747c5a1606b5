"""Every field that a parser names has a note, and every note belongs to a field."""

import re
from functools import cache

import pytest

from helpers.sources import load, names
from helpers.tls import build, ech
from helpers.tls.envelope import record_fields
from helpers.tls.extensions import build_extensions
from helpers.tls.notes import NOTES, key_of, note
from helpers.tls.passive import Message
from helpers.tls.registry import ContentType, ExtensionType, HandshakeType, name_of
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, TLS13
from helpers.wire import Field, Writer

GREASE, NO_SUCH_EXTENSION, NO_SUCH_MESSAGE = 0x1A1A, 0x1234, 99
SHARE = Writer().uint(2, 29).vector(2, bytes(32)).bytes()
EXTENSIONS_OF_TODAY = {
    ExtensionType.session_ticket: b"ticket",
    ExtensionType.signature_algorithms_cert: Writer().uints(2, 2, [0x0403]).bytes(),
    ExtensionType.status_request: b"\x01" + Writer().vector(2, b"").vector(2, b"").bytes(),
    ExtensionType.supported_versions: Writer().uints(1, 2, [0x0304]).bytes(),
    ExtensionType.key_share: Writer().vector(2, SHARE).bytes(),
    ExtensionType.psk_key_exchange_modes: Writer().uints(1, 1, [1]).bytes(),
    ExtensionType.cookie: Writer().vector(2, b"cookie").bytes(),
    ExtensionType.early_data: b"", ExtensionType.post_handshake_auth: b"",
    ExtensionType.pre_shared_key: Writer().vector(
        2, Writer().vector(2, b"ticket").uint(4, 1).bytes()).vector(
        2, Writer().vector(1, bytes(32)).bytes()).bytes(),
    ExtensionType.encrypted_client_hello: ech.outer(1, b"key", b"sealed")[1],
    ExtensionType.ech_outer_extensions: ech.take_from_outer([51])[1],
    GREASE: b"", NO_SUCH_EXTENSION: b"body",
}
OPAQUE_EXTENSIONS = (ExtensionType.max_fragment_length, ExtensionType.padding,
                     ExtensionType.signed_certificate_timestamp)


def handshake(kind: int, body: bytes) -> Message:
    data = Writer().uint(1, kind).vector(3, body).bytes()
    return Message(0, "client", 1, name_of(HandshakeType, kind), ContentType.handshake, b"", data)


def handshake13(kind: int, writer: Writer, name: str = "") -> Message:
    data = Writer().uint(1, kind).vector(3, writer.bytes()).bytes()
    return Message(0, "server", 1, name or name_of(HandshakeType, kind), ContentType.handshake,
                   b"", data, True, version=TLS13)


def plain(name: str, version: int | None = None) -> Message:
    return Message(0, "server", 1, name, ContentType.handshake, b"\x00", None, version=version)


def built() -> list[Message]:
    """What no recording of the lab contains: today's extensions and rarer messages."""
    body = {**EXTENSIONS_OF_TODAY, **dict.fromkeys(OPAQUE_EXTENSIONS, b"body")}
    hello = build.client_hello(bytes(32), (0x1301,), list(body.items()),
                               session_id=bytes(32))
    answer = Writer().uint(2, 0x0303).opaque(bytes(32)).vector(1, b"").uint(2, 0x009C)
    answer.uint(1, 0).opaque(build_extensions([(ExtensionType.server_name, b"")]))
    request = Writer().uints(1, 1, [1]).uints(2, 2, [0x0403])
    request.vector(2, Writer().vector(2, b"0").bytes())
    return [
        Message(0, "client", 1, "client_hello", ContentType.handshake, b"", hello),
        handshake(HandshakeType.server_hello, answer.bytes()),
        handshake(HandshakeType.certificate_request, request.bytes()),
        handshake(HandshakeType.new_session_ticket,
                  Writer().uint(4, 7200).vector(2, b"ticket").bytes()),
        handshake(HandshakeType.certificate_verify,
                  Writer().uint(2, 0x0403).vector(2, b"signature").bytes()),
        *(handshake(kind, b"body") for kind in (
            HandshakeType.certificate_status,
            HandshakeType.encrypted_extensions, NO_SUCH_MESSAGE)),
        handshake(HandshakeType.hello_request, b""),
        *(plain(name) for name in ("encrypted_handshake", "encrypted_alert", "malformed")),
        plain("encrypted_record", TLS13), *built13(),
    ]


def built13() -> list[Message]:
    """Messages and extensions of TLS 1.3 that the recordings lack."""
    names = Writer().vector(2, Writer().vector(1, b"h2").bytes()).bytes()
    entry = Writer().vector(3, b"certificate").opaque(build_extensions(
        [(ExtensionType.status_request, b"ocsp"),
         (ExtensionType.signed_certificate_timestamp, b"list")]))
    schemes = (ExtensionType.signature_algorithms, Writer().uints(2, 2, [0x0403]).bytes())
    return [
        hello13(bytes(32), (ExtensionType.pre_shared_key, b"\0\0")),
        hello13(HELLO_RETRY_REQUEST_RANDOM, (ExtensionType.key_share, b"\0\x1d"),
                (ExtensionType.encrypted_client_hello, bytes(8)),
                (ExtensionType.cookie, Writer().vector(2, b"cookie").bytes())),
        handshake13(HandshakeType.encrypted_extensions, Writer().opaque(build_extensions(
            [(ExtensionType.server_name, b""),
             (ExtensionType.application_layer_protocol_negotiation, names),
             (ExtensionType.early_data, b""),
             (ExtensionType.encrypted_client_hello, configs())]))),
        handshake13(HandshakeType.certificate_request,
                    Writer().vector(1, b"").opaque(build_extensions([schemes]))),
        handshake13(HandshakeType.certificate,
                    Writer().vector(1, b"context").vector(3, entry.bytes())),
        handshake13(HandshakeType.new_session_ticket, Writer().uint(4, 1).uint(4, 2).vector(
            1, b"nonce").vector(2, b"ticket").opaque(build_extensions(
                [(ExtensionType.early_data, bytes(4))]))),
        handshake13(HandshakeType.key_update, Writer().uint(1, 1)),
        handshake13(HandshakeType.end_of_early_data, Writer()),
    ]


def configs() -> bytes:
    """An ECHConfigList with a config extension, and a config of another version."""
    config = Writer().uint(1, 7).uint(2, 32).vector(2, bytes(32))
    config.vector(2, Writer().uint(2, 1).uint(2, 1).bytes()).uint(1, 0).vector(1, b"public.example")
    config.vector(2, Writer().uint(2, 0x1A1A).vector(2, b"data").bytes())
    return Writer().vector(2, Writer().uint(2, ech.VERSION).vector(2, config.bytes()).uint(
        2, 0x1A1A).vector(2, b"contents").bytes()).bytes()


def hello13(random: bytes, *extensions: tuple[int, bytes]) -> Message:
    version = (ExtensionType.supported_versions, b"\x03\x04")
    body = Writer().uint(2, 0x0303).opaque(random).vector(1, b"").uint(2, 0x1301).uint(1, 0)
    body.opaque(build_extensions([version, *extensions]))
    retry = random == HELLO_RETRY_REQUEST_RANDOM
    return handshake13(HandshakeType.server_hello, body,
                       "hello_retry_request" if retry else "server_hello")


def trees() -> list[Field]:
    recorded = [message for name in names() for message in load(name).messages]
    envelopes = [record_fields(message.wire, sealed=message.encrypted, aead=message.aead,
                               version=message.version) for message in recorded]
    return [*(message.fields for message in [*recorded, *built()]), *envelopes,
            record_fields(bytes([23, 3, 3, 0, 40]) + bytes(40), sealed=True)]


@cache
def paths() -> frozenset[str]:
    return frozenset(path for tree in trees() for _, path, _ in tree.walk())


def test_every_field_has_a_note():
    assert len(paths()) > 100
    assert not {path for path in paths() if note(path) is None}


def test_no_extension_is_served_by_a_note_about_something_else():
    """An extension the course can name says why it is there, and not only what follows."""
    named = {member.name for member in ExtensionType}
    groups = {path for path in paths() if path.split(".")[-2:-1] == ["extensions"]}
    assert {path.split(".")[-1] for path in groups} == named | {"GREASE", "unknown", "length"}
    assert not {path for path in groups if not path.endswith(".length")
                and key_of(path).split(".")[-1] != path.split(".")[-1]}


def test_every_note_serves_a_field():
    assert {key_of(path) for path in paths()} == NOTES.keys()


@pytest.mark.parametrize(("path", "key"), [
    ("client_hello.random", "client_hello.random"),
    ("client_hello.length", "*.length"),
    ("record.length", "record.length"),
    ("client_hello.extensions.length", "length"),
    ("certificate.certificate_list.certificate", "certificate_list.certificate"),
    ("server_hello.extensions.server_name", "server_hello.extensions.server_name"),
    ("tls13.finished.verify_data", "tls13.finished.verify_data"),
    ("tls13.finished.length", "*.length"), ("tls13.alert.description", "alert.description"),
    ("tls13.server_hello.random", "server_hello.random"), ("tls13", None),
    ("something.else.entirely", None), ("", None), ("....", None)])
def test_the_longest_ending_wins(path, key):
    assert key_of(path) == key


@pytest.mark.parametrize("key", sorted(NOTES))
def test_notes_are_short_and_sourced(key):
    assert 10 < len(NOTES[key].why) <= 220
    assert NOTES[key].why.rstrip('"').endswith((".", "?", ")"))
    for source in NOTES[key].source.split("; "):
        assert re.fullmatch(r"RFC \d{4,5}( (section \d+(\.\d+)*|appendix [A-Z](\.\d+)*))?", source)


@pytest.mark.parametrize(("path", "fact"), [
    ("server_hello.random", "not a prime"), ("client_hello.random", "they are no secret"),
    ("record", "not part of the handshake transcript"),
    ("client_hello.client_version", "legacy_version"),
    ("record.version", "not of the conversation"),
    ("certificate.certificate_list.certificate", "private key is not in it"),
    ("server_hello_done", "Nothing is encrypted yet"),
    ("client_key_exchange", "with RSA key exchange a secret, encrypted"),
    ("server_key_exchange", "With RSA key exchange there is no such message"),
    ("finished.verify_data", "not the record headers"),
    ("tls13.finished.verify_data", "not the record headers"),
    ("tls13.record.ciphertext", "No nonce travels"),
    ("tls13.change_cipher_spec", "means nothing"),
    ("tls13.client_hello.cipher_suites.cipher_suite", "only the encryption and the hash")])
def test_misconceptions_are_met(path, fact):
    assert fact in note(path).why


def test_no_note_looks_like_the_address_of_an_object():
    """ "at 0x" in a committed output is taken for one."""
    assert not [key for key, text in NOTES.items() if "at 0x" in text.why]

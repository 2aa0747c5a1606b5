"""Every TLS 1.2 handshake message: a dataclass, and how it is read (`build` writes them).

The functions that read are the ones the handshake runs on; given a list for the fields they
also name each byte. Structures: RFC 5246 section 7.4, RFC 8422 section 5 for elliptic curves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.tls.errors import TLSError, decode_error
from helpers.tls.extensions import (
    IN_CLIENT_HELLO,
    IN_HELLO_RETRY_REQUEST,
    IN_SERVER_HELLO,
    Extension,
    TLSReader,
    WithExtensions,
    parse_extensions,
)
from helpers.tls.registry import (
    AlertDescription,
    AlertLevel,
    CipherSuite,
    ClientCertificateType,
    CompressionMethod,
    ECCurveType,
    HandshakeType,
    NamedGroup,
    ProtocolVersion,
    SignatureScheme,
    name_of,
)
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM
from helpers.wire import Field, Reader

HEADER_LENGTH, RANDOM_LENGTH = 4, 32  # a header is msg_type (1) and length (3)


@dataclass(frozen=True, slots=True)
class ClientHello(WithExtensions):
    """What the client can do (RFC 5246 section 7.4.1.2). RFC 9846 calls the version legacy."""

    client_version: int
    random: bytes
    session_id: bytes
    cipher_suites: tuple[int, ...]
    compression_methods: tuple[int, ...]
    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class ServerHello(WithExtensions):
    """What the server chose (RFC 5246 section 7.4.1.3)."""

    server_version: int
    random: bytes
    session_id: bytes
    cipher_suite: int
    compression_method: int
    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """The sender's certificate first, then those that lead to a root: DER (section 7.4.2)."""

    certificate_list: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ServerKeyExchange:
    """The server's ECDHE share and its signature (RFC 8422 section 5.4).

    `params` are the bytes that the signature covers, after the two randoms.
    """

    named_curve: int
    public: bytes
    params: bytes
    signature_scheme: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """The server asks the client for a certificate too (RFC 5246 section 7.4.4)."""

    certificate_types: tuple[int, ...]
    signature_algorithms: tuple[int, ...]
    certificate_authorities: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ClientKeyExchange:
    """RSA: the encrypted pre-master secret; ECDHE: the client's share (section 7.4.7)."""

    exchange_keys: bytes


@dataclass(frozen=True, slots=True)
class Finished:
    """12 bytes that only someone with the master secret can compute (section 7.4.9)."""

    verify_data: bytes


@dataclass(frozen=True, slots=True)
class CertificateVerify:
    """A signature over the handshake so far, with the key of the sender's certificate: RFC 5246
    section 7.4.8 (the client's only), RFC 9846 section 4.5.2."""

    signature_scheme: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class NewSessionTicket:
    """The session's secrets, encrypted to the server itself (RFC 5077 section 3.3)."""

    lifetime_hint: int
    ticket: bytes


@dataclass(frozen=True, slots=True)
class Empty:
    """ServerHelloDone or HelloRequest: the type says it all."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A message the course has no structure for."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Alert:
    """Two bytes: how bad, and why (RFC 5246 section 7.2)."""

    level: int
    description: int


@dataclass(frozen=True, slots=True)
class ChangeCipherSpec:
    """One byte, always 1: from the next record on, this direction is encrypted (section 7.1)."""

    type: int


def _client_hello(reader: Reader, key_exchange: str | None) -> ClientHello:
    version = reader.uint(2, "client_version", ProtocolVersion)
    random = reader.opaque(RANDOM_LENGTH, "random")
    session_id = reader.vector(1, "session_id", 0, 32)
    suites = reader.uints(2, 2, "cipher_suites", "cipher_suite", CipherSuite, 2)
    methods = reader.uints(1, 1, "compression_methods", "compression_method",
                           CompressionMethod, 1)
    extensions = parse_extensions(reader, IN_CLIENT_HELLO) if reader.more() else ()
    return ClientHello(version, random, session_id, suites, methods, extensions)


def _server_hello(reader: Reader, key_exchange: str | None) -> ServerHello:
    version = reader.uint(2, "server_version", ProtocolVersion)
    random = reader.opaque(RANDOM_LENGTH, "random")
    session_id = reader.vector(1, "session_id", 0, 32)
    suite = reader.uint(2, "cipher_suite", CipherSuite)
    method = reader.uint(1, "compression_method", CompressionMethod)
    retry = random == HELLO_RETRY_REQUEST_RANDOM
    parsers = IN_HELLO_RETRY_REQUEST if retry else IN_SERVER_HELLO
    extensions = parse_extensions(reader, parsers) if reader.more() else ()
    return ServerHello(version, random, session_id, suite, method, extensions)


def _certificate(reader: Reader, key_exchange: str | None) -> Certificate:
    block = reader.block(3, "certificate_list")
    found = []
    while block.more():
        found.append(block.vector(3, "certificate", 1))
    return Certificate(tuple(found))


def _server_key_exchange(reader: Reader, key_exchange: str | None) -> ServerKeyExchange | Opaque:
    if key_exchange != "ECDHE":
        return Opaque(reader.rest("body"))
    start = reader.pos
    curve_type = reader.uint(1, "curve_type", ECCurveType)
    if curve_type != ECCurveType.named_curve:
        raise TLSError(AlertDescription.illegal_parameter,
                       f"curve_type is {curve_type}; only named_curve (3) is allowed")
    curve = reader.uint(2, "named_curve", NamedGroup)
    public = reader.vector(1, "public", 1)
    params = reader.data[start:reader.pos]
    scheme = reader.uint(2, "signature_algorithm", SignatureScheme)
    return ServerKeyExchange(curve, public, params, scheme, reader.vector(2, "signature"))


def _certificate_request(reader: Reader, key_exchange: str | None) -> CertificateRequest:
    types = reader.uints(1, 1, "certificate_types", "certificate_type", ClientCertificateType, 1)
    schemes = reader.uints(2, 2, "supported_signature_algorithms", "signature_scheme",
                           SignatureScheme, 2)
    block = reader.block(2, "certificate_authorities")
    names = []
    while block.more():
        names.append(block.vector(2, "distinguished_name", 1))
    return CertificateRequest(types, schemes, tuple(names))


def _client_key_exchange(reader: Reader, key_exchange: str | None) -> ClientKeyExchange | Opaque:
    if key_exchange == "RSA":
        return ClientKeyExchange(reader.vector(2, "encrypted_pre_master_secret"))
    if key_exchange == "ECDHE":
        return ClientKeyExchange(reader.vector(1, "ecdh_public", 1))
    return Opaque(reader.rest("body"))


def certificate_verify(reader: Reader, key_exchange: str | None) -> CertificateVerify:
    """The body of a CertificateVerify: the same in both versions."""
    scheme = reader.uint(2, "signature_algorithm", SignatureScheme)
    return CertificateVerify(scheme, reader.vector(2, "signature"))


def _opaque(reader: Reader, key_exchange: str | None) -> Opaque:
    return Opaque(reader.rest("body"))


_H = HandshakeType
BODIES: dict[int, Callable[[Reader, str | None], object]] = {
    _H.hello_request: lambda reader, _: Empty(),
    _H.client_hello: _client_hello, _H.server_hello: _server_hello,
    _H.new_session_ticket: lambda reader, _: NewSessionTicket(
        reader.uint(4, "ticket_lifetime_hint"), reader.vector(2, "ticket")),
    _H.certificate: _certificate, _H.server_key_exchange: _server_key_exchange,
    _H.certificate_request: _certificate_request,
    _H.server_hello_done: lambda reader, _: Empty(),
    _H.client_key_exchange: _client_key_exchange, _H.certificate_verify: certificate_verify,
    _H.finished: lambda reader, _: Finished(reader.opaque(12, "verify_data")),
}


def parse_handshake(data: bytes, key_exchange: str | None = None,
                    fields: list[Field] | None = None, bodies: dict = BODIES) -> object:
    """One whole handshake message, header included, as its dataclass.

    `key_exchange` ("RSA", "ECDHE" or None before it is known) decides how the two key exchange
    messages are read: their bytes do not say. `bodies` are the structures to read by. Raises
    TLSError (decode_error or illegal_parameter). Does not check that the message makes sense now.
    """
    if fields is None and len(data) >= HEADER_LENGTH:  # the short way, where nobody watches
        reader = TLSReader(data, HEADER_LENGTH)
        kind, length = data[0], int.from_bytes(data[1:HEADER_LENGTH], "big")
    else:
        reader = TLSReader(data, 0, None, fields)
        kind, length = reader.uint(1, "msg_type", HandshakeType), reader.uint(3, "length")
    if length != len(data) - HEADER_LENGTH:
        raise decode_error(f"the length says {length} bytes, {len(data) - HEADER_LENGTH} came")
    message = bodies.get(kind, _opaque)(reader, key_exchange)
    if reader.pos != reader.end:
        reader.finish(name_of(HandshakeType, kind))
    return message


def parse_alert(data: bytes, fields: list[Field] | None = None) -> Alert:
    """The two bytes of an alert record. Raises TLSError (decode_error)."""
    reader = TLSReader(data, 0, None, fields)
    level = reader.uint(1, "level", AlertLevel)
    description = reader.uint(1, "description", AlertDescription)
    reader.finish("the alert")
    return Alert(level, description)


def parse_change_cipher_spec(data: bytes, fields: list[Field] | None = None) -> ChangeCipherSpec:
    """The one byte of a ChangeCipherSpec record. Raises TLSError (decode_error, or
    unexpected_message when the byte is not 1)."""
    reader = TLSReader(data, 0, None, fields)
    value = reader.uint(1, "type")
    reader.finish("ChangeCipherSpec")
    if value != 1:
        raise TLSError(AlertDescription.unexpected_message,
                       f"ChangeCipherSpec says {value}; only 1 exists")
    return ChangeCipherSpec(value)

"""Handshake messages as TLS 1.3 writes them after the ServerHello (RFC 9846 sections 4.4 to 4.7).

The two Hellos are in `messages`: their bytes come before anybody knows which version it will be.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.tls import messages
from helpers.tls.errors import decode_error
from helpers.tls.extensions import (
    IN_CERTIFICATE,
    IN_CERTIFICATE_REQUEST,
    IN_ENCRYPTED_EXTENSIONS,
    IN_NEW_SESSION_TICKET,
    Extension,
    WithExtensions,
    parse_extensions,
)
from helpers.tls.messages import Empty, Finished
from helpers.tls.registry import HandshakeType
from helpers.tls.registry13 import KeyUpdateRequest
from helpers.wire import Field, Reader

FINISHED_LENGTHS = (32, 48)  # of SHA-256 and SHA-384: the bytes do not say which


@dataclass(frozen=True, slots=True)
class EncryptedExtensions(WithExtensions):
    """The server's answers that need not be seen by others (section 4.4.1)."""

    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class CertificateRequest(WithExtensions):
    """The server asks for a certificate too; what it accepts is in extensions (section 4.4.2)."""

    certificate_request_context: bytes
    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """The sender's certificate first, in DER, as in TLS 1.2; each with its own extensions
    (section 4.5.1)."""

    certificate_request_context: bytes
    certificate_list: tuple[bytes, ...]
    entry_extensions: tuple[tuple[Extension, ...], ...]


@dataclass(frozen=True, slots=True)
class NewSessionTicket(WithExtensions):
    """With this a client can resume later (section 4.7.1); times in seconds."""

    ticket_lifetime: int
    ticket_age_add: int
    ticket_nonce: bytes
    ticket: bytes
    extensions: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class KeyUpdate:
    """From the next record on, the sender uses a new key (section 4.7.3)."""

    request_update: int


def _encrypted_extensions(reader: Reader, _: None) -> EncryptedExtensions:
    return EncryptedExtensions(parse_extensions(reader, IN_ENCRYPTED_EXTENSIONS))


def _certificate_request(reader: Reader, _: None) -> CertificateRequest:
    context = reader.vector(1, "certificate_request_context")
    return CertificateRequest(context, parse_extensions(reader, IN_CERTIFICATE_REQUEST))


def _certificate(reader: Reader, _: None) -> Certificate:
    context = reader.vector(1, "certificate_request_context")
    block = reader.block(3, "certificate_list")
    certificates, extensions = [], []
    while block.more():
        size = block.peek(0, 3)
        entry = block.group("certificate_entry", 5 + size + block.peek(3 + size, 2))
        certificates.append(entry.vector(3, "cert_data", 1))
        extensions.append(parse_extensions(entry, IN_CERTIFICATE))
    return Certificate(context, tuple(certificates), tuple(extensions))


def _finished(reader: Reader, _: None) -> Finished:
    length = reader.end - reader.pos
    if length not in FINISHED_LENGTHS:
        raise decode_error(f"verify_data has {length} bytes; it must have 32 or 48")
    return Finished(reader.opaque(length, "verify_data"))


def _new_session_ticket(reader: Reader, _: None) -> NewSessionTicket:
    return NewSessionTicket(
        reader.uint(4, "ticket_lifetime"), reader.uint(4, "ticket_age_add"),
        reader.vector(1, "ticket_nonce"), reader.vector(2, "ticket", 1),
        parse_extensions(reader, IN_NEW_SESSION_TICKET))


def _key_update(reader: Reader, _: None) -> KeyUpdate:
    return KeyUpdate(reader.uint(1, "request_update", KeyUpdateRequest))


_H = HandshakeType
_BODIES = {
    _H.client_hello: messages.BODIES[_H.client_hello],
    _H.server_hello: messages.BODIES[_H.server_hello],
    _H.new_session_ticket: _new_session_ticket,
    _H.end_of_early_data: lambda reader, _: Empty(),
    _H.encrypted_extensions: _encrypted_extensions, _H.certificate: _certificate,
    _H.certificate_request: _certificate_request,
    _H.certificate_verify: messages.certificate_verify,
    _H.finished: _finished, _H.key_update: _key_update,
}


def parse_handshake13(data: bytes, fields: list[Field] | None = None) -> object:
    """One whole handshake message of TLS 1.3, header included, as its dataclass.

    Raises TLSError (decode_error or illegal_parameter). Does not check that the message makes
    sense at this moment, nor that a value is one that exists.
    """
    return messages.parse_handshake(data, None, fields, _BODIES)

"""Extensions: what the Hellos say beyond the fixed fields (RFC 9846 section 4.3, RFC 6066).

One small parse function per body. What has no function here keeps its bytes as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import lru_cache
from struct import Struct
from typing import Any, NamedTuple

from helpers.tls import ech, extensions13
from helpers.tls.errors import TLSError, decode_error
from helpers.tls.registry import (
    AlertDescription,
    CertificateStatusType,
    ECPointFormat,
    ExtensionType,
    NamedGroup,
    NameType,
    SignatureScheme,
    name_of,
)
from helpers.wire import Reader, Writer

_HEAD = Struct(">HH")  # extension_type and length

_A = AlertDescription


class TLSReader(Reader):
    """A Reader whose complaint is a TLSError with the alert decode_error."""

    __slots__ = ()
    malformed = staticmethod(decode_error)


class Extension(NamedTuple):
    """`value` is the parsed body: see the parse functions below; bytes where there is none."""

    type: int
    data: bytes
    value: Any


class WithExtensions:
    """A message with a tuple of `extensions`."""

    __slots__ = ()

    def extension(self, kind: int) -> Extension | None:
        """The extension of that type, or None."""
        for item in self.extensions:
            if item.type == kind:
                return item
        return None


def _answered_name(reader: Reader) -> str | None:
    """A server that used the name answers with an empty body."""
    return _server_name(reader) if reader.more() else None


def _server_name(reader: Reader) -> str | None:
    """The host name; names of other types, which nobody uses, all have the same shape (RFC 6066
    section 3)."""
    names, found = reader.block(2, "server_name_list", 1), None
    while names.more():
        if names.uint(1, "name_type", NameType) != NameType.host_name:
            names.vector(2, "name", 1)
            continue
        host = names.vector(2, "host_name", 1)
        if found is not None or not host.isascii() or b"\0" in host:
            raise TLSError(_A.illegal_parameter, "there are two host_names, or one is not ASCII")
        found = host.decode("ascii")
    return found


def _groups(reader: Reader) -> tuple[int, ...]:
    return reader.uints(2, 2, "named_group_list", "named_group", NamedGroup, 2)


def _point_formats(reader: Reader) -> tuple[int, ...]:
    return reader.uints(1, 1, "ec_point_format_list", "ec_point_format", ECPointFormat, 1)


def _schemes(reader: Reader) -> tuple[int, ...]:
    return reader.uints(2, 2, "supported_signature_algorithms", "signature_scheme",
                        SignatureScheme, 2)


def _alpn(reader: Reader) -> tuple[bytes, ...]:
    names = reader.block(2, "protocol_name_list", 2)
    found = []
    while names.more():
        found.append(names.vector(1, "protocol_name", 1))
    return tuple(found)


def _renegotiation(reader: Reader) -> bytes:
    return reader.vector(1, "renegotiated_connection")


def _empty(reader: Reader) -> None:
    return None


def _rest(reader: Reader) -> bytes:
    return reader.rest("bytes")


def _status_request(reader: Reader) -> int | None:
    if not reader.more():
        return None
    kind = reader.uint(1, "status_type", CertificateStatusType)
    if kind == CertificateStatusType.ocsp:
        reader.vector(2, "responder_id_list")
        reader.vector(2, "request_extensions")
    else:
        reader.rest("request")
    return kind


_Parse = Callable[[Reader], Any]
_E = ExtensionType
_ANYWHERE: dict[int, _Parse] = {
    _E.server_name: _answered_name, _E.supported_groups: _groups,
    _E.ec_point_formats: _point_formats, _E.application_layer_protocol_negotiation: _alpn,
    _E.renegotiation_info: _renegotiation, _E.extended_master_secret: _empty,
    _E.encrypt_then_mac: _empty, _E.session_ticket: _rest, _E.signature_algorithms: _schemes,
    _E.signature_algorithms_cert: _schemes, _E.status_request: _status_request,
}
IN_CLIENT_HELLO: dict[int, _Parse] = _ANYWHERE | {
    _E.server_name: _server_name,
    _E.supported_versions: extensions13.versions, _E.key_share: extensions13.client_shares,
    _E.psk_key_exchange_modes: extensions13.psk_modes, _E.cookie: extensions13.cookie,
    _E.pre_shared_key: extensions13.offered_psks, _E.early_data: _empty,
    _E.post_handshake_auth: _empty,
    _E.encrypted_client_hello: ech.in_client_hello, _E.ech_outer_extensions: ech.outer_extensions,
}
IN_SERVER_HELLO: dict[int, _Parse] = _ANYWHERE | {
    _E.supported_versions: extensions13.selected_version,
    _E.key_share: extensions13.server_share, _E.pre_shared_key: extensions13.selected_identity,
}
IN_HELLO_RETRY_REQUEST: dict[int, _Parse] = IN_SERVER_HELLO | {
    _E.key_share: extensions13.selected_group, _E.cookie: extensions13.cookie,
    _E.encrypted_client_hello: ech.in_retry,
}
IN_ENCRYPTED_EXTENSIONS: dict[int, _Parse] = _ANYWHERE | {
    _E.early_data: _empty, _E.encrypted_client_hello: ech.configs,
}
IN_CERTIFICATE_REQUEST: dict[int, _Parse] = _ANYWHERE
IN_CERTIFICATE: dict[int, _Parse] = {}  # an OCSP answer or SCTs: their bytes stay as they are
IN_NEW_SESSION_TICKET: dict[int, _Parse] = {_E.early_data: extensions13.max_early_data}


ALLOWED12 = frozenset((_E.server_name, _E.supported_groups, _E.ec_point_formats,
                       _E.application_layer_protocol_negotiation, _E.extended_master_secret,
                       _E.session_ticket, _E.renegotiation_info))
"""What a TLS 1.2 ServerHello may answer. It may not name groups, but some did (RFC 8422)."""
ALLOWED13 = frozenset((_E.supported_versions, _E.key_share, _E.pre_shared_key))
"""What a TLS 1.3 ServerHello may answer; the rest is in EncryptedExtensions (RFC 9846 section
4.3)."""
ALLOWED_RETRY = frozenset((_E.supported_versions, _E.key_share, _E.cookie,
                           _E.encrypted_client_hello))
ALLOWED_ENCRYPTED = frozenset((_E.server_name, _E.supported_groups, _E.early_data,
                               _E.application_layer_protocol_negotiation,
                               _E.encrypted_client_hello))

NOT_IN_CERTIFICATE_REQUEST = frozenset(_E) - {
    _E.server_name, _E.status_request, _E.signature_algorithms, _E.signed_certificate_timestamp,
    _E.signature_algorithms_cert}
"""A CertificateRequest answers nothing: what nobody knows is skipped, what belongs elsewhere is
not."""
NOT_IN_NEW_SESSION_TICKET = frozenset(_E) - {_E.early_data}
"""Nor does a NewSessionTicket."""


def check_answers(answers: Iterable[Extension], sent: Container[int],
                  allowed: Container[int]) -> None:
    """Answers only to what was `sent`, and only in the message where they belong (RFC 9846 section
    4.3, RFC 5246 section 7.4.1.4). Raises TLSError: unsupported_extension or illegal_parameter."""
    for item in answers:
        if item.type not in sent:
            raise TLSError(_A.unsupported_extension, "the server answered an extension that was "
                           f"not offered: {name_of(_E, item.type)} ({item.type})")
        if item.type not in allowed:
            raise _misplaced(item)


def check_place(found: Iterable[Extension], forbidden: Container[int]) -> None:
    """For messages that answer nothing: raises TLSError (illegal_parameter) for an extension that
    is known, and belongs into other messages (RFC 9846 section 4.3)."""
    for item in found:
        if item.type in forbidden:
            raise _misplaced(item)


def _misplaced(item: Extension) -> TLSError:
    return TLSError(_A.illegal_parameter, f"the extension {name_of(_E, item.type)} does not belong "
                    "into this message")


def parse_extensions(reader: Reader, parsers: dict[int, _Parse]) -> tuple[Extension, ...]:
    """The extension block of a Hello. Each type at most once, each body used up to its end.

    Raises TLSError: decode_error for a broken body, illegal_parameter for a repeated type.
    """
    block = reader.block(2, "extensions")
    found: dict[int, Extension] = {}
    while block.pos < block.end:
        kind, item = _next_item(block)
        data = item.data[item.pos:item.end]
        value = parsers.get(kind, _rest)(item)
        if item.pos != item.end:
            item.finish(f"the extension {name_of(ExtensionType, kind)}")
        if kind in found:
            raise TLSError(AlertDescription.illegal_parameter,
                           f"the extension {name_of(ExtensionType, kind)} came twice")
        found[kind] = Extension(kind, data, value)
    return tuple(found.values())


def _next_item(block: Reader) -> tuple[int, Reader]:
    """The next extension's type, and a Reader that stands at its body."""
    start = block.pos
    if block.fields is None and start + 4 <= block.end:  # the short way, where nobody watches
        kind, size = _HEAD.unpack_from(block.data, start)
        if start + 4 + size <= block.end:
            block.pos = start + 4 + size
            return kind, TLSReader(block.data, start + 4, block.pos)
    size = 4 + block.peek(2, 2)
    item = block.group("extension", size)
    kind = item.uint(2, "extension_type", ExtensionType)
    item.uint(2, "length")
    if block.fields is not None:
        block.fields[-1].name = name_of(ExtensionType, kind)
    return kind, item


def build_extensions(extensions: Iterable[tuple[int, bytes]]) -> bytes:
    """The block for (type, body) pairs, with its own length in front."""
    return with_length(join_extensions(extensions))


def join_extensions(extensions: Iterable[tuple[int, bytes]]) -> bytes:
    """(type, body) pairs, each written with its length, in a row."""
    return b"".join([kind.to_bytes(2, "big") + len(data).to_bytes(2, "big") + data
                     for kind, data in extensions])


def with_length(block: bytes) -> bytes:
    """The length of the whole block in front of it."""
    return len(block).to_bytes(2, "big") + block


@lru_cache(maxsize=64)
def server_name(host: str) -> tuple[int, bytes]:
    """SNI: which of the sites at this address is wanted (RFC 6066 section 3)."""
    entry = Writer().uint(1, NameType.host_name).vector(2, host.encode("ascii")).bytes()
    return _E.server_name, Writer().vector(2, entry).bytes()


def supported_groups(groups: Iterable[int]) -> tuple[int, bytes]:
    """The curves this end can use, best first (RFC 8422 section 5.1.1)."""
    return _E.supported_groups, Writer().uints(2, 2, list(groups)).bytes()


def ec_point_formats() -> tuple[int, bytes]:
    """Uncompressed points only (RFC 8422 section 5.1.2)."""
    return _E.ec_point_formats, Writer().uints(1, 1, [ECPointFormat.uncompressed]).bytes()


def signature_algorithms(schemes: Iterable[int]) -> tuple[int, bytes]:
    """The signatures this end can check, best first (RFC 5246 section 7.4.1.4.1)."""
    return _E.signature_algorithms, Writer().uints(2, 2, list(schemes)).bytes()


def alpn(protocols: Iterable[bytes]) -> tuple[int, bytes]:
    """The application protocols this end speaks (RFC 7301 section 3.1)."""
    names = Writer()
    for protocol in protocols:
        names.vector(1, protocol)
    return _E.application_layer_protocol_negotiation, Writer().vector(2, names.bytes()).bytes()


def extended_master_secret() -> tuple[int, bytes]:
    """Tie the master secret to the whole handshake (RFC 7627 section 5.1)."""
    return _E.extended_master_secret, b""


def renegotiation_info() -> tuple[int, bytes]:
    """A first handshake, not a hidden second one (RFC 5746 section 3.4)."""
    return _E.renegotiation_info, Writer().vector(1, b"").bytes()


def session_ticket(ticket: bytes = b"") -> tuple[int, bytes]:
    """TLS 1.2: a ticket to resume with, or, empty, the wish for one (RFC 5077 section 3.2)."""
    return _E.session_ticket, ticket

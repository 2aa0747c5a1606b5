"""The two ClientHellos of Encrypted ClientHello: how the inner one is packed to be sealed, how it
is unpacked, and how a server confirms that it read it (RFC 9849 sections 5.1, 5.2 and 7.2).
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from helpers.tls import build, ech, messages
from helpers.tls.errors import TLSError
from helpers.tls.extensions import TLSReader
from helpers.tls.hkdf13 import hkdf_expand_label, hkdf_extract
from helpers.tls.messages import HEADER_LENGTH, ClientHello
from helpers.tls.registry import TLS12, AlertDescription, ExtensionType, HandshakeType
from helpers.tls.schedule12 import HASHES, hash_of

_A, _E = AlertDescription, ExtensionType
_BLOCK = 32  # bytes: a packed ClientHello has a multiple of it (section 6.1.3)
_NAME_AROUND = 9  # bytes of a server_name extension without the name
_RANDOM_ENDS = HEADER_LENGTH + 2 + messages.RANDOM_LENGTH  # in a ServerHello
_NEVER_OUTSIDE = frozenset((_E.encrypted_client_hello, _E.ech_outer_extensions))


def pack(hello: ClientHello, outside: Container[int], maximum_name_length: int) -> bytes:
    """EncodedClientHelloInner (section 5.1): without header and session id, the extensions that
    are `outside` too named and not repeated (they must stand together), and padded so that its
    length says little about the name (section 6.1.3)."""
    kept: list[tuple[int, bytes]] = []
    named = [item.type for item in hello.extensions if item.type in outside]
    for item in hello.extensions:
        if item.type not in outside:
            kept.append((item.type, item.data))
        elif item.type == named[0]:
            kept.append(ech.take_from_outer(named))
    message = build.client_hello(hello.random, hello.cipher_suites, kept)[HEADER_LENGTH:]
    name = hello.extension(_E.server_name)
    padding = maximum_name_length + _NAME_AROUND if name is None else max(
        0, maximum_name_length - len(name.value))
    padding += -(len(message) + padding) % _BLOCK
    return message + bytes(padding)


def unpack(packed: bytes, outer: ClientHello) -> bytes:
    """The inner ClientHello, header included (section 5.1).

    Raises TLSError: illegal_parameter for padding that is not zero, for extensions that are not
    outside, or not once and in that order, and for what no inner ClientHello may be (section 7.1);
    decode_error for what is no ClientHello."""
    reader = TLSReader(packed)
    short = messages.BODIES[HandshakeType.client_hello](reader, None)
    if any(reader.rest("padding")):
        raise _illegal("its padding is not zero")
    if short.compression_methods != (0,) or short.client_version != TLS12:
        raise _illegal("it is none of TLS 1.3")
    hello = build.client_hello(short.random, short.cipher_suites, _expanded(short, outer),
                               session_id=outer.session_id)
    _check_inner(messages.parse_handshake(hello))
    return hello


def _expanded(short: ClientHello, outer: ClientHello) -> list[tuple[int, bytes]]:
    """Each extension outside is passed once, from left to right: so none can be taken twice, and
    the work stays small whatever was named (section 10.12.4)."""
    found, outside = [], iter(outer.extensions)
    for item in short.extensions:
        if item.type != _E.ech_outer_extensions:
            found.append((item.type, item.data))
            continue
        for kind in item.value:
            taken = next((other for other in outside if other.type == kind), None)
            if taken is None or kind in _NEVER_OUTSIDE:
                raise _illegal(f"it takes extension {kind} from outside, where it is not, or not "
                               "in that order, or not for this")
            found.append((kind, taken.data))
    return found


def _check_inner(hello: ClientHello) -> None:
    """Section 7.1: it says that it is one, and offers no version that would not do."""
    said, versions = hello.extension(_E.encrypted_client_hello), hello.extension(
        _E.supported_versions)
    if said is None or said.value is not None:
        raise _illegal("its encrypted_client_hello does not say inner")
    if versions is None or any(0x0300 <= version <= TLS12 for version in versions.value):
        raise _illegal("it offers TLS 1.2 or older")


def _illegal(reason: str) -> TLSError:
    return TLSError(_A.illegal_parameter, f"the sealed ClientHello: {reason}")


def associated(data: bytes, sealed: ech.Sealed) -> bytes:
    """ClientHelloOuterAAD (section 5.2): an outer ClientHello without header, zeros for payload.
    It is sealed with the inner one: so nobody can put that into another."""
    end = sealed.start + len(sealed.payload)
    return data[HEADER_LENGTH:sealed.start] + bytes(len(sealed.payload)) + data[end:]


def confirm(message: bytes, transcript: Sequence[bytes], inner_random: bytes, hash_name: str,
            at: int | None = None) -> bytes:
    """A ServerHello whose random ends in the 8 bytes that only somebody could compute who has read
    the inner ClientHello (section 7.2); or a HelloRetryRequest that has them at the byte `at`
    (section 7.2.1). What stood there does not matter. `transcript` is what was said before."""
    label = "ech accept confirmation" if at is None else "hrr ech accept confirmation"
    length = ech.CONFIRMATION_LENGTH
    at = _RANDOM_ENDS - length if at is None else at
    before, after = message[:at], message[at + length:]
    digest = hash_of(hash_name, b"".join((*transcript, before, bytes(length), after)))
    secret = hkdf_extract(bytes(HASHES[hash_name].digest_size), inner_random, hash_name)
    return before + hkdf_expand_label(secret, label, digest, length, hash_name) + after

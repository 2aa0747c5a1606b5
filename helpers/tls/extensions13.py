"""Bodies of the extensions that TLS 1.3 brought (RFC 9846 section 4.3): one function each.

`extensions` puts them into its tables; several have one form in the ClientHello and another in
the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from helpers.tls.registry import ExtensionType, NamedGroup, ProtocolVersion, PskKeyExchangeMode
from helpers.wire import Reader, Writer

X25519_LENGTH = 32
ENCAPSULATION_KEY_LENGTH, CIPHERTEXT_LENGTH = 1184, 1088  # of ML-KEM-768 (FIPS 203 section 8)

Share = tuple[int, bytes]
"""A NamedGroup and what is sent for it."""


class OfferedPsks(NamedTuple):
    """Tickets that the client would resume with, and a proof for each that it has the secret."""

    identities: tuple[bytes, ...]
    ticket_ages: tuple[int, ...]
    binders: tuple[bytes, ...]


def versions(reader: Reader) -> tuple[int, ...]:
    """supported_versions in a ClientHello."""
    return reader.uints(1, 2, "versions", "version", ProtocolVersion, 2)


def selected_version(reader: Reader) -> int:
    """supported_versions in a ServerHello."""
    return reader.uint(2, "selected_version", ProtocolVersion)


def psk_modes(reader: Reader) -> tuple[int, ...]:
    """psk_key_exchange_modes."""
    return reader.uints(1, 1, "ke_modes", "ke_mode", PskKeyExchangeMode, 1)


def client_shares(reader: Reader) -> tuple[Share, ...]:
    """key_share in a ClientHello."""
    shares = reader.block(2, "client_shares")
    found = []
    while shares.more():
        entry = shares.group("key_share_entry", 4 + shares.peek(2, 2))
        found.append(_share(entry, "mlkem_encapsulation_key", ENCAPSULATION_KEY_LENGTH))
    return tuple(found)


def server_share(reader: Reader) -> Share:
    """key_share in a ServerHello."""
    size = 4 + reader.peek(2, 2)
    return _share(reader.group("server_share", size), "mlkem_ciphertext", CIPHERTEXT_LENGTH)


def selected_group(reader: Reader) -> int:
    """key_share in a HelloRetryRequest."""
    return reader.uint(2, "selected_group", NamedGroup)


def _share(entry: Reader, mlkem_name: str, mlkem_length: int) -> Share:
    """X25519MLKEM768 has two shares in one, ML-KEM's first (RFC 10024). One whose length is wrong
    stays in one piece: whether a share is of any use is not checked here."""
    group = entry.uint(2, "group", NamedGroup)
    inside = entry.block(2, "key_exchange", 1)
    start = inside.pos
    both = mlkem_length + X25519_LENGTH
    if group == NamedGroup.X25519MLKEM768 and inside.end - start == both:
        inside.opaque(mlkem_length, mlkem_name)
        inside.opaque(X25519_LENGTH, "x25519_share")
    else:
        inside.rest("bytes")
    return group, inside.data[start:inside.end]


def cookie(reader: Reader) -> bytes:
    """cookie, in a HelloRetryRequest and the ClientHello after it."""
    return reader.vector(2, "cookie_value", 1)


def max_early_data(reader: Reader) -> int:
    """early_data in a NewSessionTicket; elsewhere it is empty."""
    return reader.uint(4, "max_early_data_size")


def offered_psks(reader: Reader) -> OfferedPsks:
    """pre_shared_key in a ClientHello, always the last extension."""
    block = reader.block(2, "identities", 7)
    identities, ages, binders = [], [], []
    while block.more():
        entry = block.group("psk_identity", 6 + block.peek(0, 2))
        identities.append(entry.vector(2, "identity", 1))
        ages.append(entry.uint(4, "obfuscated_ticket_age"))
    block = reader.block(2, "binders", 33)
    while block.more():
        binders.append(block.vector(1, "binder", 32))
    return OfferedPsks(tuple(identities), tuple(ages), tuple(binders))


def selected_identity(reader: Reader) -> int:
    """pre_shared_key in a ServerHello: which of the offered ones, counted from 0."""
    return reader.uint(2, "selected_identity")


# --- the same, written: (type, body) ----------------------------------------------------------

def offer_versions(offered: Sequence[int]) -> tuple[int, bytes]:
    """supported_versions in a ClientHello (section 4.3.1)."""
    return ExtensionType.supported_versions, Writer().uints(1, 2, offered).bytes()


def choose_version(version: int) -> tuple[int, bytes]:
    """supported_versions in a ServerHello."""
    return ExtensionType.supported_versions, version.to_bytes(2, "big")


def offer_shares(shares: Iterable[Share]) -> tuple[int, bytes]:
    """key_share in a ClientHello (section 4.3.8)."""
    entries = Writer()
    for group, public in shares:
        entries.uint(2, group).vector(2, public)
    return ExtensionType.key_share, Writer().vector(2, entries.bytes()).bytes()


def answer_with_share(group: int, public: bytes) -> tuple[int, bytes]:
    """key_share in a ServerHello."""
    return ExtensionType.key_share, Writer().uint(2, group).vector(2, public).bytes()


def ask_for_group(group: int) -> tuple[int, bytes]:
    """key_share in a HelloRetryRequest."""
    return ExtensionType.key_share, group.to_bytes(2, "big")


def psk_with_key_exchange() -> tuple[int, bytes]:
    """psk_key_exchange_modes: resumption only with a fresh key exchange (section 4.3.9)."""
    return ExtensionType.psk_key_exchange_modes, bytes((1, PskKeyExchangeMode.psk_dhe_ke))


def send_cookie(value: bytes) -> tuple[int, bytes]:
    """cookie, both ways (section 4.3.2)."""
    return ExtensionType.cookie, Writer().vector(2, value).bytes()


def early_data(max_size: int | None = None) -> tuple[int, bytes]:
    """early_data (section 4.3.10): empty, or in a NewSessionTicket how many bytes may come."""
    return ExtensionType.early_data, b"" if max_size is None else max_size.to_bytes(4, "big")


def offer_psk(ticket: bytes, obfuscated_age: int, binder: bytes) -> tuple[int, bytes]:
    """pre_shared_key in a ClientHello, with one ticket (section 4.3.11). It must come last."""
    identity = Writer().vector(2, ticket).uint(4, obfuscated_age).bytes()
    binders = Writer().vector(1, binder).bytes()
    return ExtensionType.pre_shared_key, Writer().vector(2, identity).vector(2, binders).bytes()


def choose_psk(place: int) -> tuple[int, bytes]:
    """pre_shared_key in a ServerHello."""
    return ExtensionType.pre_shared_key, place.to_bytes(2, "big")

"""Encrypted ClientHello (RFC 9849): the structures. A server publishes a public key (in the DNS:
RFC 9848); a client that has it seals its real ClientHello, the inner one, into an extension of
another that may be seen by all, the outer one.

`ech_hello` makes one out of the other; `ech_client` and `ech_server` are what the two ends do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from helpers.tls import hpke
from helpers.tls.errors import TLSError
from helpers.tls.groups import RandomBytes
from helpers.tls.registry import AlertDescription, ExtensionType
from helpers.wire import Reader, Writer

VERSION = ExtensionType.encrypted_client_hello  # one number is both (section 4)
CONFIRMATION_LENGTH = 8
_SUITE = (hpke.KDF, hpke.AEAD)
_MANDATORY = 0x8000  # of the types of a config's extensions (section 4.2)
_LABELS = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_LIKE_A_NUMBER = re.compile(r"(.*\.)?(\d+|0[xX][0-9a-fA-F]*)")


class ECHClientHelloType(IntEnum):
    """Which of the two ClientHellos the extension is in (section 5)."""

    outer = 0
    inner = 1


@dataclass(frozen=True)
class ECHConfig:
    """A server's public key, and what goes with it (section 4). `data` are all its bytes: the key
    that is agreed on depends on them. `maximum_name_length` is for padding, 0 if not known."""

    data: bytes = field(repr=False)
    config_id: int
    kem_id: int
    public_key: bytes
    cipher_suites: tuple[tuple[int, int], ...]
    maximum_name_length: int
    public_name: str
    extensions: tuple[int, ...]

    @property
    def info(self) -> bytes:
        """What HPKE binds the key to (section 6.1)."""
        return b"tls ech\0" + self.data

    @property
    def usable(self) -> bool:
        """Whether this engine can seal with it, and its name is one for which a certificate can be
        checked (sections 4.2, 6.1 and 6.1.7)."""
        return (self.kem_id == hpke.KEM and _SUITE in self.cipher_suites
                and len(self.public_key) == hpke.ENC_LENGTH
                and not any(kind & _MANDATORY for kind in self.extensions)
                and bool(_LABELS.fullmatch(self.public_name))
                and not _LIKE_A_NUMBER.fullmatch(self.public_name))


@dataclass(frozen=True)
class ECHKey:
    """A config and its private key: what a server keeps."""

    config: ECHConfig
    private: X25519PrivateKey = field(repr=False)


class Sealed(NamedTuple):
    """The extension in an outer ClientHello (section 5). `start` is where in the message the
    `payload` begins; `enc` is empty after a HelloRetryRequest."""

    suite: tuple[int, int]
    config_id: int
    enc: bytes
    payload: bytes
    start: int


# --- read -----------------------------------------------------------------------------------------

def configs(reader: Reader) -> tuple[ECHConfig, ...]:
    """An ECHConfigList; configs of other versions are skipped (section 4)."""
    block = reader.block(2, "ech_config_list", 4)
    found = []
    while block.more():
        item = block.group("ech_config", 4 + block.peek(2, 2))
        start = item.pos
        if item.uint(2, "version", ExtensionType) == VERSION:
            found.append(_config(item, start))
        else:
            item.vector(2, "contents")
    return tuple(found)


def _config(reader: Reader, start: int) -> ECHConfig:
    inside = reader.block(2, "contents")
    config_id, kem = inside.uint(1, "config_id"), inside.uint(2, "kem_id")
    public_key = inside.vector(2, "public_key", 1)
    suites = inside.block(2, "hpke_cipher_suites", 4)
    pairs, kinds = [], []
    while suites.more():
        pairs.append((suites.uint(2, "kdf_id"), suites.uint(2, "aead_id")))
    longest = inside.uint(1, "maximum_name_length")
    name = inside.vector(1, "public_name", 1)
    added = inside.block(2, "config_extensions")
    while added.more():
        kinds.append(added.uint(2, "config_extension_type"))
        added.vector(2, "config_extension_data")
    inside.finish("the ECHConfigContents")
    return ECHConfig(reader.data[start:reader.pos], config_id, kem, public_key, tuple(pairs),
                     longest, name.decode("latin-1"), tuple(kinds))


def in_client_hello(reader: Reader) -> Sealed | None:
    """encrypted_client_hello in a ClientHello: None in an inner one. Raises TLSError
    (illegal_parameter) for a type that does not exist (section 7)."""
    kind = reader.uint(1, "ech_client_hello_type", ECHClientHelloType)
    if kind == ECHClientHelloType.inner:
        return None
    if kind != ECHClientHelloType.outer:
        raise TLSError(AlertDescription.illegal_parameter, f"an encrypted_client_hello of type "
                       f"{kind}; there are only outer (0) and inner (1)")
    suite = reader.uint(2, "kdf_id"), reader.uint(2, "aead_id")
    config_id, enc = reader.uint(1, "config_id"), reader.vector(2, "enc")
    payload = reader.vector(2, "payload", 1)
    return Sealed(suite, config_id, enc, payload, reader.pos - len(payload))


def in_retry(reader: Reader) -> int:
    """encrypted_client_hello in a HelloRetryRequest: where its 8 bytes begin (section 5)."""
    reader.opaque(CONFIRMATION_LENGTH, "confirmation")
    return reader.pos - CONFIRMATION_LENGTH


def outer_extensions(reader: Reader) -> tuple[int, ...]:
    """ech_outer_extensions: "take these from the outer ClientHello" (section 5.1)."""
    return reader.uints(1, 2, "outer_extensions", "extension_type", ExtensionType, 2)


# --- written --------------------------------------------------------------------------------------

INNER = (VERSION, bytes((ECHClientHelloType.inner,)))
"""The extension of an inner ClientHello."""


def outer(config_id: int, enc: bytes, payload: bytes) -> tuple[int, bytes]:
    """The extension of an outer ClientHello (section 5)."""
    body = Writer().uint(1, ECHClientHelloType.outer).uint(2, hpke.KDF).uint(2, hpke.AEAD)
    return VERSION, body.uint(1, config_id).vector(2, enc).vector(2, payload).bytes()


def take_from_outer(kinds: Iterable[int]) -> tuple[int, bytes]:
    """ech_outer_extensions (section 5.1)."""
    return ExtensionType.ech_outer_extensions, Writer().uints(1, 2, list(kinds)).bytes()


def ech_config_list(keys: Iterable[ECHKey]) -> bytes:
    """The ECHConfigList of these keys, best first: what a server publishes (section 4)."""
    return Writer().vector(2, b"".join(key.config.data for key in keys)).bytes()


def new_ech_key(public_name: str, random: RandomBytes, *, config_id: int | None = None,
            maximum_name_length: int = 0) -> ECHKey:
    """A fresh key pair and its config. `public_name` is the name that everybody may see, and for
    which the server has a certificate; `config_id` is drawn if not given (section 4.1).

    Raises ValueError for a name that clients would not accept."""
    private = X25519PrivateKey.from_private_bytes(random(32))
    contents = Writer().uint(1, random(1)[0] if config_id is None else config_id)
    contents.uint(2, hpke.KEM).vector(2, private.public_key().public_bytes_raw())
    contents.vector(2, Writer().uint(2, hpke.KDF).uint(2, hpke.AEAD).bytes())
    contents.uint(1, maximum_name_length).vector(1, public_name.encode()).vector(2, b"")
    data = Writer().uint(2, VERSION).vector(2, contents.bytes()).bytes()
    config, = configs(Reader(Writer().vector(2, data).bytes()))
    if not config.usable:
        raise ValueError(f"{public_name!r} is no host name that a certificate could be for.")
    return ECHKey(config, private)

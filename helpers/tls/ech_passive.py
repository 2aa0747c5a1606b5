"""Listening in on Encrypted ClientHello: who has the client's key log reads the inner ClientHello
too. Nobody else does: that is what it is for."""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.exceptions import InvalidTag

from helpers.tls import ech, hpke
from helpers.tls.ech_hello import associated, unpack
from helpers.tls.errors import TLSError
from helpers.tls.keylog import LABELS, find_secret
from helpers.tls.messages import ClientHello, parse_handshake
from helpers.tls.registry import ExtensionType
from helpers.wire import Reader, WireError, Writer

_HANDSHAKE = LABELS["client_handshake_traffic_secret"]


class InnerHellos:
    """Opens the inner ClientHellos of one connection, by the lines ECH_SECRET and ECH_CONFIG
    (draft-ietf-tls-ech-keylogfile section 2). `random` is that of the last one, None if none was
    read."""

    def __init__(self, keylog: Iterable[str]):
        self.random: bytes | None = None
        self._keylog = tuple(keylog)
        self._context: hpke.Context | None = None

    def open(self, hello: ClientHello, data: bytes) -> bytes | None:
        """The inner ClientHello, header included; None without one, or without its key."""
        item = hello.extension(ExtensionType.encrypted_client_hello)
        if item is None or item.value is None:
            return None
        self._context = self._context or self._find(hello.random)
        if self._context is None:
            return None
        try:
            packed = self._context.open(associated(data, item.value), item.value.payload)
            inner = unpack(packed, hello)
        except (InvalidTag, TLSError):
            return None
        self.random = parse_handshake(inner).random
        return inner

    def named_by(self, outer_random: bytes | None) -> bytes | None:
        """The random by which the key log knows this connection: the inner one's, if the server
        accepted it."""
        accepted = self.random is not None and any(
            find_secret(self._keylog, _HANDSHAKE, self.random, length) for length in (32, 48))
        return self.random if accepted else outer_random

    def _find(self, random: bytes) -> hpke.Context | None:
        secret = find_secret(self._keylog, "ECH_SECRET", random, 32)
        config = find_secret(self._keylog, "ECH_CONFIG", random, None)
        if secret is None or config is None:
            return None
        try:
            found = ech.configs(Reader(Writer().vector(2, config).bytes()))
        except WireError:
            return None
        return hpke.Context(secret, found[0].info) if found else None

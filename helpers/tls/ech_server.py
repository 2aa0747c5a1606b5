"""The server's side of Encrypted ClientHello (RFC 9849 section 7): it opens what it has the key
for, and then answers the inner ClientHello as if nothing else had come. Whose key it is not, gets
the outer one's handshake and the keys that would do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from helpers.tls import ech, hpke, messages
from helpers.tls.ech_hello import associated, confirm, unpack
from helpers.tls.errors import TLSError
from helpers.tls.messages import ClientHello
from helpers.tls.registry import AlertDescription, ExtensionType

if TYPE_CHECKING:
    from helpers.tls.server import Server

_A, _E = AlertDescription, ExtensionType
Hello = tuple[ClientHello, bytes]
"""A ClientHello and its bytes."""


class Opener:
    """What a server with ECH keys does with ClientHellos. `accepted` is None until one came that
    had something to open, then whether it could be opened."""

    def __init__(self, keys: Sequence[ech.ECHKey]):
        self.keys = keys
        self.accepted: bool | None = None
        self._context: hpke.Context | None = None
        self._first: ech.Sealed | None = None

    def open(self, hello: ClientHello, data: bytes) -> Hello:
        """The inner ClientHello if there is one that a key opens, else the one that came (section
        7.1). Raises TLSError (illegal_parameter) for an inner one that came in the clear, or that
        is not what it must be."""
        item = hello.extension(_E.encrypted_client_hello)
        if item is None:
            return hello, data
        if item.value is None:
            raise TLSError(_A.illegal_parameter, "an inner ClientHello in the clear")
        self._first, self.accepted = item.value, False
        for key in self.keys:
            if key.config.config_id != item.value.config_id or \
                    item.value.suite not in key.config.cipher_suites:
                continue
            try:
                self._context = hpke.receiver(item.value.enc, key.private, key.config.info)
                packed = self._context.open(associated(data, item.value), item.value.payload)
            except (InvalidTag, ValueError):
                continue
            self.accepted = True
            return _parsed(unpack(packed, hello))
        return hello, data

    def open_again(self, hello: ClientHello, data: bytes) -> Hello:
        """The same after a HelloRetryRequest, with the key that fitted before (section 7.1.1).
        Raises TLSError: missing_extension, illegal_parameter or decrypt_error."""
        if not self.accepted:
            return hello, data
        item = hello.extension(_E.encrypted_client_hello)
        if item is None:
            raise TLSError(_A.missing_extension, "the second ClientHello has none inside")
        again = item.value
        if again is None or again.enc or (again.suite, again.config_id) != (
                self._first.suite, self._first.config_id):
            raise TLSError(_A.illegal_parameter, "the second ClientHello is sealed in another way "
                           "than the first")
        try:
            packed = self._context.open(associated(data, again), again.payload)
        except InvalidTag:
            raise TLSError(_A.decrypt_error, "the second ClientHello cannot be opened") from None
        return _parsed(unpack(packed, hello))

    def answer(self) -> list[tuple[int, bytes]]:
        """What EncryptedExtensions says to a client whose key did not fit, whether it meant it or
        only pretended: these would (section 7.1)."""
        refused = self.accepted is False
        return [(_E.encrypted_client_hello, ech.ech_config_list(self.keys))] if refused else []

    def confirm(self, end: Server, message: bytes) -> bytes:
        """The ServerHello, with its proof that the inner ClientHello was read (section 7.2)."""
        if not self.accepted:
            return message
        return confirm(message, end.transcript, end.client_random, end.suite.hash_name)

    def room(self) -> list[tuple[int, bytes]]:
        """Where `confirm_retry` will put the proof: the last extension."""
        empty = bytes(ech.CONFIRMATION_LENGTH)
        return [(_E.encrypted_client_hello, empty)] if self.accepted else []

    def confirm_retry(self, end: Server, message: bytes) -> bytes:
        """The same for a HelloRetryRequest (section 7.2.1)."""
        if not self.accepted:
            return message
        return confirm(message, end.transcript, end.client_random, end.suite.hash_name,
                       len(message) - ech.CONFIRMATION_LENGTH)


def _parsed(data: bytes) -> Hello:
    return messages.parse_handshake(data), data

"""One message as somebody heard it: where it came from, its bytes, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from helpers.tls import messages, messages13
from helpers.tls.registry import AlertDescription, ContentType, name_of
from helpers.tls.registry13 import TLS13
from helpers.wire import Field

_TITLES = {"change_cipher_spec": "ChangeCipherSpec", "application_data": "application data",
           "alert": "Alert", "encrypted_handshake": "encrypted handshake message",
           "encrypted_alert": "encrypted alert", "encrypted_record": "encrypted record",
           "malformed": "bytes that cannot be read"}


@dataclass(frozen=True)
class Message:
    """One message of a Conversation.

    `data` is its plaintext (handshake header included, record header not), None if it could not
    be decrypted. `wire` is the record that brought it, as it crossed (the last one, if several).
    `flight` counts from 1: it goes up whenever the other end speaks. `aead` is how the record is
    sealed, if it is and the suite is known. `version` is 0x0304 for a ClientHello that offers
    TLS 1.3 and for everything once it was chosen: from then on messages have other structures, and
    an unread record does not say what it carries. `inside`: the ClientHello that was sealed in this
    one (RFC 9849), if it could be opened.
    """

    index: int
    sender: str
    flight: int
    name: str
    content_type: int
    wire: bytes
    data: bytes | None
    encrypted: bool = False
    sequence_number: int | None = None
    key_exchange: str | None = None
    problem: str | None = None
    aead: str | None = None
    version: int | None = None
    inside: bytes | None = None

    @cached_property
    def inner(self) -> Message | None:
        """What was sealed inside, as a message."""
        return None if self.inside is None else replace(self, data=self.inside, inside=None)

    @cached_property
    def parsed(self) -> object | None:
        """The dataclass of helpers.tls.messages; None for application data and unread bytes."""
        return self._parse(None)

    @cached_property
    def fields(self) -> Field:
        """Every byte of `data` (of `wire` if unread) in a tree of named fields."""
        data = self.wire if self.data is None else self.data
        inside: list[Field] = []
        self._parse(inside)
        # another name for another structure: notes are found by it
        name = f"tls13.{self.name}" if inside and self.version == TLS13 else self.name
        return Field(name, 0, len(data), None if inside else data, None, inside or None)

    @property
    def title(self) -> str:
        """The name as people write it: "ClientHello", "Alert: close_notify"."""
        if self.name == "alert" and self.parsed:
            return f"Alert: {name_of(AlertDescription, self.parsed.description)}"
        return _TITLES.get(self.name) or "".join(part.title() for part in self.name.split("_"))

    def _parse(self, fields: list[Field] | None) -> object | None:
        if self.data is None or self.problem:
            return None
        if self.content_type == ContentType.handshake and self.version == TLS13:
            return messages13.parse_handshake13(self.data, fields)
        if self.content_type == ContentType.handshake:
            return messages.parse_handshake(self.data, self.key_exchange, fields)
        if self.content_type == ContentType.alert:
            return messages.parse_alert(self.data, fields)
        if self.content_type == ContentType.change_cipher_spec:
            return messages.parse_change_cipher_spec(self.data, fields)
        return None

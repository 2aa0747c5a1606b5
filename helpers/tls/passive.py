"""Listening in: turns the bytes of a TLS 1.2 connection into messages, and reads the encrypted
ones when it is given a secret. It runs on the same parsers and record protection as `client`,
believes nobody, and never raises for what it hears.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import rsa

from helpers.tls import messages, schedule12
from helpers.tls.errors import TLSError
from helpers.tls.groups import PRE_MASTER_SECRET_LENGTH, decrypt_pre_master_secret
from helpers.tls.record import HandshakeBuffer, Protection, Record, RecordBuffer
from helpers.tls.registry import (
    SUITES,
    AlertDescription,
    ContentType,
    ExtensionType,
    HandshakeType,
    SuiteParameters,
    name_of,
)
from helpers.wire import Field

_TITLES = {"change_cipher_spec": "ChangeCipherSpec", "application_data": "application data",
           "alert": "Alert", "encrypted_handshake": "encrypted handshake message",
           "encrypted_alert": "encrypted alert", "malformed": "bytes that cannot be read"}


@dataclass(frozen=True)
class Message:
    """One message of a Conversation.

    `data` is its plaintext (handshake header included, record header not), None if it could not
    be decrypted. `wire` is the record that brought it, as it crossed (the last one, if several).
    `flight` counts from 1: it goes up whenever the other end speaks. `aead` is how the record is
    sealed, if it is and the suite is known.
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
        return Field(self.name, 0, len(data), None if inside else data, None, inside or None)

    @property
    def title(self) -> str:
        """The name as people write it: "ClientHello", "Alert: close_notify"."""
        if self.name == "alert" and self.parsed:
            return f"Alert: {name_of(AlertDescription, self.parsed.description)}"
        return _TITLES.get(self.name) or "".join(part.title() for part in self.name.split("_"))

    def _parse(self, fields: list[Field] | None) -> object | None:
        if self.data is None or self.problem:
            return None
        if self.content_type == ContentType.handshake:
            return messages.parse_handshake(self.data, self.key_exchange, fields)
        if self.content_type == ContentType.alert:
            return messages.parse_alert(self.data, fields)
        if self.content_type == ContentType.change_cipher_spec:
            return messages.parse_change_cipher_spec(self.data, fields)
        return None


class _Direction:
    """One end's half of the connection, as overheard."""

    def __init__(self) -> None:
        self.records, self.handshakes = RecordBuffer(), HandshakeBuffer()
        self.sealed = False
        self.protection: Protection | None = None
        self.number = 0
        self.lost = False


class Listener:
    """Hears both directions. `keylog` lines and `server_key` are what it may know besides."""

    def __init__(self, keylog: Iterable[str] = (), server_key: rsa.RSAPrivateKey | None = None):
        self.messages: list[Message] = []
        self.secrets: list[schedule12.Step] = []
        self.suite: SuiteParameters | None = None
        self._keylog, self._server_key = tuple(keylog), server_key
        self._directions = {"client": _Direction(), "server": _Direction()}
        self._transcript: list[bytes] = []
        self._randoms: dict[str, bytes] = {}
        self._extended = False
        self._key_exchange: bytes | None = None

    def hear(self, sender: str, data: bytes) -> None:
        """Bytes that `sender` sent, cut anywhere. Never raises TLSError: what cannot be read
        becomes a message called "malformed", and the rest of that direction is given up.
        A record whose end has not come yet is not shown."""
        direction = self._directions[sender]
        if direction.lost:
            return
        direction.records.feed(data)
        wire = b""
        try:
            for record in direction.records.records():
                wire = record.bytes()
                self._record(sender, direction, record, wire)
                wire = b""
        except TLSError as problem:
            direction.lost = True
            wire = wire or direction.records.header
            self._add(sender, "malformed", wire[0], wire, None, problem=problem.reason)

    def _record(self, sender: str, direction: _Direction, record: Record, wire: bytes) -> None:
        plaintext = record.fragment
        number = direction.number if direction.sealed else None
        if direction.sealed:
            direction.number += 1
            plaintext = self._open(direction, record)
        details = {"encrypted": direction.sealed, "sequence_number": number,
                   "aead": self.suite.aead if direction.sealed and self.suite else None}
        if plaintext is None:
            name = {ContentType.handshake: "encrypted_handshake",
                    ContentType.alert: "encrypted_alert"}.get(record.type, "application_data")
            self._add(sender, name, record.type, wire, None, **details)
        elif record.type == ContentType.handshake:
            direction.handshakes.feed(plaintext)
            for data in direction.handshakes.messages():
                self._handshake(sender, wire, data, details)
        else:
            if record.type == ContentType.alert:
                messages.parse_alert(plaintext)
            elif record.type == ContentType.change_cipher_spec:
                messages.parse_change_cipher_spec(plaintext)
            self._add(sender, ContentType(record.type).name, record.type, wire, plaintext,
                      **details)
            if record.type == ContentType.change_cipher_spec:
                self._seal(sender, direction)

    def _open(self, direction: _Direction, record: Record) -> bytes | None:
        if direction.protection is None:
            return None
        try:
            return direction.protection.unprotect(record)
        except TLSError:
            direction.protection = None  # the secret does not fit: nothing more can be read
            return None

    def _handshake(self, sender: str, wire: bytes, data: bytes, details: dict) -> None:
        key_exchange = self.suite.key_exchange if self.suite else None
        parsed = messages.parse_handshake(data, key_exchange)
        self._add(sender, name_of(HandshakeType, data[0]), ContentType.handshake, wire, data,
                  key_exchange=key_exchange, **details)
        if isinstance(parsed, messages.ClientHello):
            self._transcript, self._randoms, self.suite = [], {}, None
            self._key_exchange = None
        if data[0] != HandshakeType.hello_request:
            self._transcript.append(data)
        if isinstance(parsed, messages.ClientHello | messages.ServerHello):
            self._randoms[sender] = parsed.random
        if isinstance(parsed, messages.ServerHello):
            self.suite = SUITES.get(parsed.cipher_suite)
            self._extended = parsed.extension(ExtensionType.extended_master_secret) is not None
        if isinstance(parsed, messages.ClientKeyExchange) and self._key_exchange is None:
            self._key_exchange = parsed.exchange_keys
            self.secrets = self._find_secrets(parsed.exchange_keys)

    def _add(self, sender: str, name: str, kind: int, wire: bytes, data: bytes | None,
             **details) -> None:
        last = self.messages[-1] if self.messages else None
        flight = 1 if last is None else last.flight + (last.sender != sender)
        self.messages.append(Message(len(self.messages), sender, flight, name, kind, wire, data,
                                     **details))

    # --- secrets -------------------------------------------------------------------------------

    def _seal(self, sender: str, direction: _Direction) -> None:
        direction.sealed, direction.number, direction.protection = True, 0, None
        if self._key_exchange is None and self.suite is not None:
            self._key_exchange = b""  # a resumed session: no key exchange, the old master secret
            self.secrets = self._find_secrets(None)
        found = {step.name: step.output for step in self.secrets}
        if found and self.suite:
            direction.protection = Protection(self.suite, found[f"{sender}_write_key"],
                                              found[f"{sender}_write_IV"])

    def _find_secrets(self, exchange_keys: bytes | None) -> list[schedule12.Step]:
        """Every secret there is to know; done once a handshake. Empty if nothing fits."""
        if self.suite is None or len(self._randoms) != 2:
            return []
        pre_master = self._pre_master_secret(exchange_keys) if exchange_keys else None
        master = self._keylog_value("CLIENT_RANDOM", self._randoms["client"])
        if pre_master is not None:
            first = self._from_pre_master(pre_master)
        elif master is not None:
            first = [schedule12.Step("master_secret", "read from the key log", (), master,
                                     "RFC 9850 section 2")]
        else:
            return []
        return [*first, *schedule12.key_block_steps(
            self.suite, first[-1].output, self._randoms["client"], self._randoms["server"])]

    def _from_pre_master(self, pre_master: bytes) -> list[schedule12.Step]:
        session_hash = schedule12.hash_of(self.suite.hash_name, b"".join(self._transcript)) \
            if self._extended else None
        return [schedule12.Step("pre_master_secret", "RSA-decrypt(encrypted_pre_master_secret)",
                                (), pre_master, "RFC 5246 section 8.1.1"),
                schedule12.master_secret_step(self.suite, pre_master, self._randoms["client"],
                                              self._randoms["server"], session_hash)]

    def _pre_master_secret(self, exchange_keys: bytes) -> bytes | None:
        """The server's key opens it, or the key log has it. A key that does not fit gives
        random-looking bytes: those do not begin with a version (RFC 5246 section 7.4.7.1)."""
        if self.suite.key_exchange != "RSA":
            return None
        if isinstance(self._server_key, rsa.RSAPrivateKey):
            try:
                secret = decrypt_pre_master_secret(exchange_keys, self._server_key)
            except TLSError:
                secret = b""
            if len(secret) == PRE_MASTER_SECRET_LENGTH and secret[0] == 3:
                return secret
        return self._keylog_value("RSA", exchange_keys[:8])

    def _keylog_value(self, label: str, which: bytes) -> bytes | None:
        for line in self._keylog:
            parts = line.split()
            if len(parts) == 3 and parts[0] == label and parts[1].lower() == which.hex():
                try:
                    secret = bytes.fromhex(parts[2])
                except ValueError:
                    continue
                if len(secret) == schedule12.MASTER_SECRET_LENGTH:  # so long are both kinds
                    return secret
        return None

"""Listening in: turns the bytes of a TLS connection into messages, and reads the encrypted ones
when it is given a secret. It runs on the same parsers and record protection as `client`, believes
nobody, and never raises for what it hears. The keys of TLS 1.3 are in `passive13`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric import rsa

from helpers.tls import messages, messages13, schedule12
from helpers.tls.ech_passive import InnerHellos
from helpers.tls.errors import TLSError
from helpers.tls.groups import PRE_MASTER_SECRET_LENGTH, decrypt_pre_master_secret
from helpers.tls.heard import Message
from helpers.tls.keylog import find_secret
from helpers.tls.passive13 import EarlyKeys, Session13
from helpers.tls.record import HandshakeBuffer, Protection, Record, RecordBuffer
from helpers.tls.record_cbc import ProtectionCBC, protection12
from helpers.tls.registry import (
    ContentType,
    ExtensionType,
    HandshakeType,
    SuiteParameters,
    name_of,
)
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, SUITES13, TLS13
from helpers.tls.registry_cbc import ALL_SUITES


def _version_of(parsed: object) -> int | None:
    """0x0304 for a Hello that offers or chooses TLS 1.3, else None: that was not said yet."""
    if not isinstance(parsed, messages.ClientHello | messages.ServerHello):
        return None
    said = parsed.extension(ExtensionType.supported_versions)
    if said is None:
        return None
    versions = said.value if isinstance(parsed, messages.ClientHello) else (said.value,)
    return TLS13 if TLS13 in versions else None


class _Direction:
    """One end's half of the connection, as overheard."""

    def __init__(self) -> None:
        self.records, self.handshakes = RecordBuffer(), HandshakeBuffer()
        self.sealed = False
        self.protection: Protection | ProtectionCBC | None = None
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
        self._session13: Session13 | None = None
        self._early: EarlyKeys | None = None
        self._inner = InnerHellos(self._keylog)
        self._retried = False

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
        if self._session13 is not None:
            self._record13(sender, direction, record, wire)
            return
        if self._early is not None and sender == "client":
            self._before_server_hello(sender, direction, record, wire)
            return
        plaintext = record.fragment
        number = direction.number if direction.sealed else None
        if direction.sealed:
            direction.number += 1
            plaintext = self._open(direction, record)
        details = {"encrypted": direction.sealed, "sequence_number": number,
                   "aead": self.suite.aead if direction.sealed and self.suite else None,
                   "version": TLS13 if self._retried else None}
        if plaintext is None:
            name = {ContentType.handshake: "encrypted_handshake",
                    ContentType.alert: "encrypted_alert"}.get(record.type, "application_data")
            self._add(sender, name, record.type, wire, None, **details)
            return
        self._content(sender, direction, record.type, plaintext, wire, details)
        if record.type == ContentType.change_cipher_spec and not self._retried:
            self._seal(sender, direction)

    def _before_server_hello(self, sender: str, direction: _Direction, record: Record,
                             wire: bytes) -> None:
        """A client that sends 0-RTT data does not wait for the ServerHello to seal records."""
        details = {"encrypted": False, "version": TLS13}
        if record.type != ContentType.application_data:
            self._content(sender, direction, record.type, record.fragment, wire, details)
            return
        details["encrypted"] = True
        found = self._early.open(record)
        if found is None:
            self._add(sender, "encrypted_record", record.type, wire, None, **details)
            return
        opened, suite = found
        details |= {"sequence_number": opened.number, "aead": suite.aead}
        self._content(sender, direction, opened.type, opened.content, wire, details)

    def _record13(self, sender: str, direction: _Direction, record: Record, wire: bytes) -> None:
        """After the ServerHello what is sealed says application data; a ChangeCipherSpec is there
        for old middleboxes and changes nothing (RFC 9846 sections 5.2 and E.4)."""
        sealed = record.type == ContentType.application_data
        aead = self.suite.aead if sealed and self.suite else None
        details = {"encrypted": sealed, "aead": aead, "version": TLS13}
        if not sealed:
            self._content(sender, direction, record.type, record.fragment, wire, details)
            return
        opened = self._session13.open(sender, record)
        if opened is None:
            self._add(sender, "encrypted_record", record.type, wire, None, **details)
            return
        details["sequence_number"] = opened.number
        self._content(sender, direction, opened.type, opened.content, wire, details)

    def _content(self, sender: str, direction: _Direction, kind: int, plaintext: bytes,
                 wire: bytes, details: dict) -> None:
        """What a record carried, once it is readable."""
        if kind == ContentType.handshake:
            direction.handshakes.feed(plaintext)
            for data in direction.handshakes.messages():
                self._handshake(sender, wire, data, details)
            return
        if kind == ContentType.alert:
            messages.parse_alert(plaintext)
        elif kind == ContentType.change_cipher_spec:
            messages.parse_change_cipher_spec(plaintext)
        self._add(sender, ContentType(kind).name, kind, wire, plaintext, **details)

    def _open(self, direction: _Direction, record: Record) -> bytes | None:
        if direction.protection is None:
            return None
        try:
            return direction.protection.unprotect(record)
        except TLSError:
            direction.protection = None  # the secret does not fit: nothing more can be read
            return None

    def _handshake(self, sender: str, wire: bytes, data: bytes, details: dict) -> None:
        if self._session13 is not None:
            self._handshake13(sender, wire, data, details)
            return
        key_exchange = self.suite.key_exchange if self.suite else None
        parsed = messages.parse_handshake(data, key_exchange)
        retry = isinstance(parsed, messages.ServerHello) and \
            parsed.random == HELLO_RETRY_REQUEST_RANDOM
        name = "hello_retry_request" if retry else name_of(HandshakeType, data[0])
        self._retried = self._retried or retry  # only TLS 1.3 knows this message
        hello = isinstance(parsed, messages.ClientHello)
        inner = self._inner.open(parsed, data) if hello else None
        self._add(sender, name, ContentType.handshake, wire, data, key_exchange=key_exchange,
                  **details | {"version": _version_of(parsed), "inside": inner})
        if hello:
            self._transcript, self._randoms, self.suite = [], {}, None
            self._key_exchange = None
            early = parsed.extension(ExtensionType.early_data) is not None
            if early and _version_of(parsed) == TLS13:
                meant = messages.parse_handshake(inner) if inner else parsed
                self._early = EarlyKeys(self._keylog, meant)
        if data[0] != HandshakeType.hello_request:
            self._transcript.append(data)
        if isinstance(parsed, messages.ClientHello | messages.ServerHello):
            self._randoms[sender] = parsed.random
        if isinstance(parsed, messages.ServerHello) and not retry:
            self._server_hello(parsed)
        if isinstance(parsed, messages.ClientKeyExchange) and self._key_exchange is None:
            self._key_exchange = parsed.exchange_keys
            self.secrets = self._find_secrets(parsed.exchange_keys)

    def _handshake13(self, sender: str, wire: bytes, data: bytes, details: dict) -> None:
        messages13.parse_handshake13(data)
        self._add(sender, name_of(HandshakeType, data[0]), ContentType.handshake, wire, data,
                  **details)
        if details["encrypted"]:
            self._session13.said(sender, data[0])
            self.secrets = self._session13.secrets

    def _server_hello(self, hello: messages.ServerHello) -> None:
        if _version_of(hello) == TLS13:
            self.suite = SUITES13.get(hello.cipher_suite)
            random = self._inner.named_by(self._randoms.get("client"))
            self._session13 = Session13(self.suite, self._keylog, random, self._early)
            self.secrets = self._session13.secrets
        else:
            self.suite = ALL_SUITES.get(hello.cipher_suite)
            self._extended = hello.extension(ExtensionType.extended_master_secret) is not None

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
            direction.protection = protection12(self.suite, sender, found.__getitem__)

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
        return find_secret(self._keylog, label, which, schedule12.MASTER_SECRET_LENGTH)

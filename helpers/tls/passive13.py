"""Listening in on TLS 1.3: which key opens which record, from the secrets of a key log.

`passive.Listener` asks here once a ServerHello has chosen TLS 1.3. What no key opens stays unread.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.tls import schedule13
from helpers.tls.errors import TLSError
from helpers.tls.keylog import LABELS, find_secret
from helpers.tls.messages import ClientHello
from helpers.tls.record import Record
from helpers.tls.record13 import Protection13
from helpers.tls.registry import AlertDescription, HandshakeType, SuiteParameters
from helpers.tls.registry13 import SUITES13
from helpers.tls.schedule12 import HASHES, Step

_EARLY = "client_early_traffic_secret"


class Opened(NamedTuple):
    """A record that a key fitted: its real content type, its content, its number in its epoch."""

    type: int
    content: bytes
    number: int


class EarlyKeys:
    """What a key log tells of the 0-RTT data behind one ClientHello. Its cipher suite is the old
    session's, which is not said: the first suite offered whose key opens a record is it."""

    def __init__(self, keylog: Iterable[str], hello: ClientHello):
        self.steps: list[Step] = []
        self._tried: list[tuple[Protection13, SuiteParameters, list[Step]]] = []
        for suite in (SUITES13[item] for item in hello.cipher_suites if item in SUITES13):
            length = HASHES[suite.hash_name].digest_size
            secret = find_secret(keylog, LABELS[_EARLY], hello.random, length)
            if secret is not None:
                keys = schedule13.early_key_steps(suite, secret)
                first = Step(_EARLY, "read from the key log", (), secret, "RFC 9850 section 2")
                self._tried.append((Protection13(suite, keys[0].output, keys[1].output), suite,
                                    [first, *keys]))

    def open(self, record: Record) -> tuple[Opened, SuiteParameters] | None:
        """The record's contents and its suite, None if no key fits."""
        for tried in self._tried:
            number = tried[0].sequence_number
            try:
                kind, content = tried[0].unprotect(record)
            except TLSError:
                continue
            self._tried, self.steps = [tried], tried[2]
            return Opened(kind, content, number), tried[1]
        return None

    @property
    def protections(self) -> list[Protection13]:
        """The keys that may still be in use."""
        return [protection for protection, _, _ in self._tried]


class _Sender:
    """One end's keys: `epochs` are still to come, the first in use; `secret` is the application
    traffic secret of `generation`, None if unknown."""

    def __init__(self) -> None:
        self.epochs: list[Protection13] = []
        self.secret: bytes | None = None
        self.generation = 0


class Session13:
    """What a key log tells of one TLS 1.3 connection. `secrets` are Steps, in the order in which
    the ends come to use them; empty if the log has no line for this ClientHello."""

    def __init__(self, suite: SuiteParameters | None, keylog: Iterable[str],
                 client_random: bytes | None, early: EarlyKeys | None = None):
        self.secrets: list[Step] = list(early.steps) if early else []
        self._suite = suite
        self._senders = {"client": _Sender(), "server": _Sender()}
        if early is not None:
            self._senders["client"].epochs += early.protections
        if suite is not None and client_random is not None:
            self._read(tuple(keylog), client_random)

    def open(self, sender: str, record: Record) -> Opened | None:
        """The record's contents, None if no key fits. A key that fits ends the epochs before it:
        their records may have been lost to a key log that lacks their secret.

        Raises TLSError when the tag fits and the contents break the rules."""
        epochs = self._senders[sender].epochs
        for place, protection in enumerate(epochs):
            number = protection.sequence_number
            try:
                kind, content = protection.unprotect(record)
            except TLSError as problem:
                if problem.alert != AlertDescription.bad_record_mac:
                    raise
                continue
            del epochs[:place]
            return Opened(kind, content, number)
        return None

    def said(self, sender: str, message_type: int) -> None:
        """A sealed handshake message was read: after Finished and KeyUpdate comes a new key."""
        this = self._senders[sender]
        if message_type == HandshakeType.finished and len(this.epochs) > 1:
            del this.epochs[0]
        elif message_type == HandshakeType.key_update and this.secret is not None:
            step = schedule13.updated_step(self._suite, sender, this.secret, this.generation)
            this.secret, this.generation = step.output, this.generation + 1
            keys = schedule13.application_key_steps(self._suite, sender, step.output,
                                                    this.generation)
            self.secrets += [step, *keys]
            this.epochs = [self._protection(keys)]

    def _read(self, keylog: tuple[str, ...], client_random: bytes) -> None:
        length = HASHES[self._suite.hash_name].digest_size
        for name, label in LABELS.items():
            if name in ("master_secret", _EARLY):
                continue
            secret = find_secret(keylog, label, client_random, length)
            if secret is None:
                continue
            self.secrets.append(Step(name, "read from the key log", (), secret,
                                     "RFC 9850 section 2.1"))
            sender = name.partition("_")[0]
            if "handshake" in name:
                keys = schedule13.handshake_key_steps(self._suite, sender, secret)
            elif "application" in name:
                keys = schedule13.application_key_steps(self._suite, sender, secret)
                self._senders[sender].secret = secret
            else:
                continue
            self.secrets += keys
            self._senders[sender].epochs.append(self._protection(keys))

    def _protection(self, keys: list[Step]) -> Protection13:
        return Protection13(self._suite, keys[0].output, keys[1].output)

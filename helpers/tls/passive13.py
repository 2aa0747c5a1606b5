"""Listening in on TLS 1.3: which key opens which record, from the secrets of a key log.

`passive.Listener` asks here once a ServerHello has chosen TLS 1.3. What no key opens stays unread.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.tls.errors import TLSError
from helpers.tls.keylog import LABELS, find_secret
from helpers.tls.messages import ClientHello
from helpers.tls.record import Record
from helpers.tls.record13 import Protection13
from helpers.tls.registry import AlertDescription, HandshakeType, SuiteParameters
from helpers.tls.registry13 import SUITES13
from helpers.tls.schedule12 import HASHES, Step
from helpers.tls.schedule13 import KeySchedule

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
        self._tried: list[tuple[Protection13, KeySchedule]] = []
        for suite in (SUITES13[item] for item in hello.cipher_suites if item in SUITES13):
            length = HASHES[suite.hash_name].digest_size
            secret = find_secret(keylog, LABELS[_EARLY], hello.random, length)
            if secret is not None:
                schedule = KeySchedule(suite, overheard={_EARLY: secret})
                self._tried.append((_protection(schedule, "client_early_write"), schedule))

    def open(self, record: Record) -> tuple[Opened, SuiteParameters] | None:
        """The record's contents and its suite, None if no key fits."""
        for protection, schedule in self._tried:
            number = protection.sequence_number
            try:
                kind, content = protection.unprotect(record)
            except TLSError:
                continue
            self._tried, self.steps = [(protection, schedule)], schedule.steps
            return Opened(kind, content, number), schedule.suite
        return None

    @property
    def protections(self) -> list[Protection13]:
        """The keys that may still be in use."""
        return [protection for protection, _ in self._tried]


class Session13:
    """What a key log tells of one TLS 1.3 connection: nothing, if it has no line for this
    ClientHello. Each end's epochs that are still to come are in order, the first one in use."""

    def __init__(self, suite: SuiteParameters | None, keylog: Iterable[str],
                 client_random: bytes | None, early: EarlyKeys | None = None):
        self._early = early
        self._epochs: dict[str, list[Protection13]] = {
            "client": early.protections if early else [], "server": []}
        self._generation = {"client": 0, "server": 0}
        self._schedule: KeySchedule | None = None
        if suite is not None and client_random is not None:
            self._read(suite, tuple(keylog), client_random)

    @property
    def secrets(self) -> list[Step]:
        """In the order in which the ends come to use them."""
        early = self._early.steps if self._early else []
        return [*early, *(self._schedule.steps if self._schedule else ())]

    def open(self, sender: str, record: Record) -> Opened | None:
        """The record's contents, None if no key fits. A key that fits ends the epochs before it:
        their records may have been lost to a key log that lacks their secret.

        Raises TLSError when the tag fits and the contents break the rules."""
        epochs = self._epochs[sender]
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
        epochs, generation = self._epochs[sender], self._generation[sender]
        if message_type == HandshakeType.finished and len(epochs) > 1:
            del epochs[0]
        elif message_type == HandshakeType.key_update and self._knows(sender, generation):
            self._schedule.update(sender, generation)
            self._generation[sender] += 1
            epochs[:] = [_protection(self._schedule, f"{sender}_application_write",
                                     f"_{generation + 1}")]

    def _knows(self, sender: str, generation: int) -> bool:
        name = f"{sender}_application_traffic_secret_{generation}"
        return any(step.name == name for step in self.secrets)

    def _read(self, suite: SuiteParameters, keylog: tuple[str, ...], client_random: bytes) -> None:
        length, found = HASHES[suite.hash_name].digest_size, {}
        for name, label in LABELS.items():
            secret = find_secret(keylog, label, client_random, length)
            if secret is not None and name not in ("master_secret", _EARLY):
                found[name] = secret
        self._schedule = KeySchedule(suite, overheard=found)
        for epoch, secret, number in (("handshake", "handshake_traffic_secret", ""),
                                      ("application", "application_traffic_secret_0", "_0")):
            for sender, epochs in self._epochs.items():
                if f"{sender}_{secret}" in found:
                    epochs.append(_protection(self._schedule, f"{sender}_{epoch}_write", number))


def _protection(schedule: KeySchedule, name: str, number: str = "") -> Protection13:
    return Protection13(schedule.suite, schedule[f"{name}_key{number}"],
                        schedule[f"{name}_iv{number}"])

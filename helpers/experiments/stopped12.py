"""A TLS 1.2 handshake, stopped after any message: what each end has hashed and computed by then,
and how far apart they are once somebody changed a message on its way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER
from helpers.tls import CipherSuite, Client, NamedGroup, Server, TLSError, TrustStore
from helpers.tls.endpoint import Endpoint
from helpers.tls.record import EXPLICIT_NONCE_LENGTH, HEADER_LENGTH, split_records
from helpers.tls.registry import TLS12, ContentType, HandshakeType, name_of

UNCHANGED = "nothing"
STRUCK, SHARE, SEALED = (
    "ClientHello: the client's first cipher suite is struck out",
    "ClientKeyExchange: one bit of the client's share",
    "the client's Finished: one bit of the ciphertext")
CHANGES = (UNCHANGED, STRUCK, SHARE, SEALED)
SECRETS = ("pre_master_secret", "master_secret", "client_write_key", "server_write_key")
_SUITES = (CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
           CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)
_FIRST_SUITE = HEADER_LENGTH + 4 + 2 + 32 + 1 + 2  # its place, as there is no session id
_NO_SUITE = b"\x0a\x0a"  # reserved: it will never be a suite (RFC 8701)


@dataclass(frozen=True)
class Held:
    """What one end holds: the hash of the handshake messages that have crossed, as this end knows
    them (None if it refused the last one), the suite and the secrets it has, and what it waits
    for."""

    digest: bytes | None
    suite: str
    secrets: dict[str, bytes] = field(repr=False)
    waits_for: str


@dataclass(frozen=True)
class Moment:
    """Right after message `number`, counted from 1 (`sender`, `title`); `hashed` of the messages so
    far count in the transcript. `noticed` is the end that said no to it ("" if nobody), with its
    `alert` and `why`."""

    number: int
    sender: str
    title: str
    hashed: int
    ends: dict[str, Held]
    noticed: str = ""
    alert: str = ""
    why: str = ""


@cache
def moments(change: str = UNCHANGED, *, extended: bool = True) -> tuple[Moment, ...]:
    """The handshake of our client and our server, message by message: ten of them, fewer if an end
    says no. `change` is one of CHANGES; `extended`: with the extended master secret (RFC 7627).
    Raises ValueError for another change."""
    if change not in CHANGES:
        raise ValueError(f"no change {change!r}; there are: {', '.join(CHANGES)}")
    ends, found, sealing = _ends(extended), [], set()
    while True:
        before = len(found)
        for sender in (CLIENT, SERVER):
            for record in split_records(ends[sender].data_to_send()):
                title = _title(record, sealed=sender in sealing)
                if title == "ChangeCipherSpec":
                    sealing.add(sender)
                arrived = _changed(record, sender, title, change)
                found.append(_deliver(ends, sender, title, arrived, found))
                if found[-1].noticed:
                    return tuple(found)
        if len(found) == before:
            return tuple(found)


def _ends(extended: bool) -> dict[str, Endpoint]:
    shared = {"versions": (TLS12,), "cipher_suites": _SUITES,
              "groups": (NamedGroup.x25519, NamedGroup.secp256r1),
              "extended_master_secret": extended, "clock": lab.NOW.timestamp}
    client = Client(lab.HOST, TrustStore([pki.root().certificate], lab.NOW), tickets=False,
                    random=lab.seeded("stopped client"), **shared)
    return {CLIENT: client, SERVER: Server(pki.server("ecdsa"), random=lab.seeded(
        "stopped server"), **shared)}


def _title(record: bytes, *, sealed: bool) -> str:
    if record[0] == ContentType.change_cipher_spec:
        return "ChangeCipherSpec"
    kind = HandshakeType.finished if sealed else record[HEADER_LENGTH]
    return name_of(HandshakeType, kind).title().replace("_", "")


def _changed(record: bytes, sender: str, title: str, change: str) -> bytes:
    """The record as it arrives."""
    if change == STRUCK and title == "ClientHello":
        return record[:_FIRST_SUITE] + _NO_SUITE + record[_FIRST_SUITE + 2:]
    place = {(SHARE, "ClientKeyExchange"): len(record) - 1,
             (SEALED, "Finished"): HEADER_LENGTH + EXPLICIT_NONCE_LENGTH}.get((change, title))
    if place is None or sender == SERVER:
        return record
    return record[:place] + bytes([record[place] ^ 1]) + record[place + 1:]


def _deliver(ends: dict[str, Endpoint], sender: str, title: str, record: bytes,
             earlier: list[Moment]) -> Moment:
    receiver = SERVER if sender == CLIENT else CLIENT
    hashed = (earlier[-1].hashed if earlier else 0) + (title != "ChangeCipherSpec")
    said = ("", "", "")
    try:
        ends[receiver].receive_data(record)
    except TLSError as problem:
        said = receiver, problem.alert.name, problem.reason
    held = {name: _held(end, hashed) for name, end in ends.items()}
    return Moment(len(earlier) + 1, sender, title, hashed, held, *said)


def _held(end: Endpoint, hashed: int) -> Held:
    suite = name_of(CipherSuite, end.cipher_suite) if end.cipher_suite else ""
    secrets = {step.name: step.output for step in end.secrets if step.name in SECRETS}
    known = end.transcript[:hashed]
    digest = hashlib.sha256(b"".join(known)).digest() if len(known) == hashed else None
    return Held(digest, suite, secrets, end.state.value)

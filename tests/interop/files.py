"""Certificates for peers that live by the real clock, as objects and as PEM files.

The lab's own are valid around lab.NOW, which is not today. A peer cannot in general be told another
time: faketime does not reach Go's programs (no C library) or Chromium's many processes. So these
are issued when they are needed, by the lab's keys, with dates around this machine's clock: the
tests then work on any day, and the engine is given the same clock through its constructor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from helpers import lab
from helpers.pki.authority import Identity
from helpers.pki.issue import issue
from helpers.tls.ech import ECHKey, new_ech_key
from tests.interop.case import PUBLIC_NAME, Case

NOW = datetime.now(UTC).replace(microsecond=0)
_DAY = timedelta(days=1)
_KEYS = {"rsa": "server_rsa", "ecdsa": "server_ecdsa", "ed25519": "ed25519"}
CLIENT_NAME = "TEST ONLY Learner"


def _valid(**fields: object) -> dict[str, object]:
    return {"start": NOW - _DAY, "end": NOW + 30 * _DAY, **fields}


@cache
def root() -> Identity:
    return issue("TEST ONLY Root CA", key="root", ca=True, **_valid())


@cache
def intermediate() -> Identity:
    return issue("TEST ONLY Intermediate CA", by=root(), key="intermediate", ca=True,
                 path_length=0, **_valid())


@cache
def server(kind: str, host: str = lab.HOST, expired: bool = False) -> Identity:
    """A server's identity, also for the public name that hides others; an expired one ran out
    yesterday, its issuers did not."""
    dates = {"start": NOW - 40 * _DAY, "end": NOW - _DAY} if expired else {}
    return issue(host, by=intermediate(), key=_KEYS[kind], names=(host, PUBLIC_NAME),
                 **_valid(**dates))


@cache
def client() -> Identity:
    """What a client shows that is asked for a certificate: a P-256 key, signed by the root; a
    person has a subject and no host name."""
    return issue(CLIENT_NAME, by=root(), key="p256", names=(), extended=("client",),
                 **_valid())


@cache
def ech_key() -> ECHKey:
    """The server's key for Encrypted ClientHello."""
    return new_ech_key(PUBLIC_NAME, lab.seeded("interop ech"), maximum_name_length=32)


def server_of(case: Case) -> Identity:
    return server(case.key, case.host, case.expired)


@dataclass(frozen=True)
class Files:
    """The same in a folder: paths as text, for command lines."""

    folder: Path

    @property
    def root(self) -> str:
        return self._certificates("root", root().certificate)

    def server(self, case: Case) -> tuple[str, str]:
        """The chain (leaf first) and the key."""
        name = f"{case.key}-{case.host}-{'old' if case.expired else 'good'}"
        return self._identity(name, server_of(case))

    @property
    def client(self) -> tuple[str, str]:
        return self._identity("client", client())

    def text(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def _identity(self, name: str, identity: Identity) -> tuple[str, str]:
        key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = self._certificates(name, identity.certificate, *identity.intermediates)
        return chain, self.text(f"{name}.key.pem", key)

    def _certificates(self, name: str, *certificates: x509.Certificate) -> str:
        pem = b"".join(item.public_bytes(Encoding.PEM) for item in certificates)
        return self.text(f"{name}.pem", pem)

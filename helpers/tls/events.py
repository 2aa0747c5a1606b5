"""What an endpoint reports after it was given bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandshakeComplete:
    """Both Finished messages were right: application data may flow, both ways."""

    cipher_suite: str
    alpn: bytes | None = None


@dataclass(frozen=True, slots=True)
class ApplicationData:
    """Decrypted and authenticated bytes from the peer."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AlertReceived:
    """The peer ends the connection (`fatal`) or warns; `alert` is its name."""

    alert: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The peer said close_notify: nothing was cut off."""


Event = HandshakeComplete | ApplicationData | AlertReceived | Closed

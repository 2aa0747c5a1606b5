"""What an endpoint reports after it was given bytes."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.tls.psk import Session


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
class EarlyData:
    """0-RTT data at a server: decrypted, but perhaps a copy of what somebody sent before (RFC 9846
    section 8), and the client is not there yet to prove that it is not."""

    data: bytes


@dataclass(frozen=True, slots=True)
class EarlyDataAnswered:
    """A client learns what became of its early data. What was not accepted is lost: whether it is
    sent again is up to the application (RFC 9846 section 4.3.10)."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class ECHAnswered:
    """A client learns whether the server read its inner ClientHello (RFC 9849 section 6.1.4). If
    not, the connection ends here, and `retry_configs` (an ECHConfigList) are what to try instead;
    b"": the server does without (section 6.1.6). Either is said by who has the certificate."""

    accepted: bool
    retry_configs: bytes = b""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """The server gave the client something to come back with."""

    session: Session


@dataclass(frozen=True, slots=True)
class KeyUpdated:
    """The peer seals with a new key from its next record on (RFC 9846 section 4.7.3)."""


@dataclass(frozen=True, slots=True)
class AlertReceived:
    """The peer ends the connection (`fatal`) or warns; `alert` is its name."""

    alert: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """The peer said close_notify: nothing was cut off."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """The bytes ended without close_notify: somebody may have cut off the rest (RFC 9846 section
    6.1)."""


Event = (HandshakeComplete | ApplicationData | EarlyData | EarlyDataAnswered | ECHAnswered
         | NewTicket | KeyUpdated | AlertReceived | Closed | Truncated)

"""The one exception of the TLS engine: it carries the alert that goes on the wire."""

from __future__ import annotations

from helpers.tls.registry import AlertDescription


class TLSError(Exception):
    """The connection cannot go on.

    `alert` is the description to send (RFC 5246 section 7.2.2), `fault` says who broke the
    rules: "peer" when the bytes that came in were wrong, "caller" when this end was used wrongly.
    `events` holds what an endpoint had understood before the error, from the same bytes.
    """

    def __init__(self, alert: AlertDescription, reason: str, *, fault: str = "peer"):
        super().__init__(f"{alert.name}: {reason}")
        self.alert = alert
        self.reason = reason
        self.fault = fault
        self.events: list[object] = []


def decode_error(reason: str) -> TLSError:
    """Bytes that cannot be parsed: the alert is decode_error (RFC 5246 section 7.2.2)."""
    return TLSError(AlertDescription.decode_error, reason)

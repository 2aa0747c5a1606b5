"""Ends of a connection for experiments with time: one without TLS, one that answers at once, one
with a stopwatch. Each wraps or imitates `conversation.Endpoint`: bytes in, bytes and events out.
"""

from __future__ import annotations

import time

from helpers.conversation import Endpoint
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls.events import ApplicationData, EarlyData, Event


class Plain:
    """HTTP without TLS: what one end says is what the other end gets."""

    def __init__(self) -> None:
        self.connected = True
        self.alerts_sent: list[str] = []
        self.alerts_received: list[str] = []
        self.keylog: list[str] = []
        self._out = b""

    def receive_data(self, data: bytes) -> list[Event]:
        return [ApplicationData(data)] if data else []

    def data_to_send(self) -> bytes:
        data, self._out = self._out, b""
        return data

    def send(self, data: bytes) -> None:
        self._out += data

    def close(self) -> None:
        self.connected = False


class _Around:
    """An endpoint with another one inside, which does the work."""

    def __init__(self, inside: Endpoint):
        self.inside = inside

    def __getattr__(self, name: str) -> object:
        return getattr(self.inside, name)


class Answering(_Around):
    """A server that sends the response as soon as it has the request, be it early data or not:
    in TLS 1.3 its keys are ready with its own Finished (RFC 9846 section 2.3)."""

    def __init__(self, inside: Endpoint, request: bytes = REQUEST, response: bytes = RESPONSE):
        super().__init__(inside)
        self._request, self._response = request, response
        self._heard = b""
        self.answered = False

    def receive_data(self, data: bytes) -> list[Event]:
        events = self.inside.receive_data(data)
        for event in events:
            if isinstance(event, ApplicationData | EarlyData):
                self._heard += event.data
        if not self.answered and self._heard.endswith(self._request):
            self.answered = True
            self.inside.send(self._response)
        return events


class Asking(_Around):
    """A client that sends the request as soon as it may (unless it went out as early data), and
    notes by the computer's clock when it was made (`began`) and when the first byte of the response
    was there (`first_byte`)."""

    def __init__(self, inside: Endpoint, request: bytes = REQUEST):
        super().__init__(inside)
        self._request = b"" if getattr(inside, "early_data", b"") else request
        self.began = time.perf_counter()
        self.first_byte: float | None = None
        self._ask()

    def receive_data(self, data: bytes) -> list[Event]:
        events = self.inside.receive_data(data)
        if self.first_byte is None and any(isinstance(item, ApplicationData) for item in events):
            self.first_byte = time.perf_counter()
        self._ask()
        return events

    def send(self, data: bytes) -> None:
        """Ignored: it asks by itself."""

    def _ask(self) -> None:
        if self._request and self.inside.connected:
            self.inside.send(self._request)
            self._request = b""

"""A client that comes back has to keep what it was given."""

from __future__ import annotations

from helpers.tls.client import Client
from helpers.tls.events import Event, NewTicket
from helpers.tls.psk import Session


class KeepingClient(Client):
    """A client that keeps the tickets it is given: `sessions`, the oldest first."""

    def __init__(self, *arguments: object, **options: object):
        self.sessions: list[Session] = []
        super().__init__(*arguments, **options)

    def receive_data(self, data: bytes) -> list[Event]:
        events = super().receive_data(data)
        self.sessions += [event.session for event in events if isinstance(event, NewTicket)]
        return events

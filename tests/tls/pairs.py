"""Our two ends, ready to talk to each other: one clock, seeded randomness, the lab's identities."""

from functools import cache

from helpers import lab, pki
from helpers.conversation import exchange
from helpers.pki import authority
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls.client import Client
from helpers.tls.errors import TLSError
from helpers.tls.events import NewTicket
from helpers.tls.psk import Session, Tickets
from helpers.tls.server import Server
from tests.tls.hand_server import trust

NOW = lab.NOW.timestamp()


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: float = NOW):
        self.now = now

    def __call__(self) -> float:
        return self.now


class Keeping(Client):
    """A client that remembers every event."""

    def __init__(self, *arguments, **options):
        self.events = []
        super().__init__(*arguments, **options)

    def receive_data(self, data):
        try:
            found = super().receive_data(data)
        except TLSError as problem:
            self.events += problem.events
            raise
        self.events += found
        return found

    @property
    def sessions(self) -> list[Session]:
        return [event.session for event in self.events if isinstance(event, NewTicket)]


@cache
def identity(kind: str):
    """"rsa", "ecdsa", "ed25519" or "p384" for shop.example; "client" for somebody who visits it."""
    if kind in ("rsa", "ecdsa"):
        return authority.server(kind)
    by = authority.intermediate()
    if kind == "client":
        return pki.issue("alice.example", by=by, extended=["client"])
    return pki.issue(lab.HOST, by=by, key=kind)


def client(label: str = "client", **options) -> Keeping:
    options.setdefault("clock", Clock())
    options.setdefault("random", lab.seeded(f"pair {label}"))
    host = options.pop("server_name", lab.HOST)
    return Keeping(host, options.pop("trust", None) or trust(), **options)


def server(*kinds: str, label: str = "server", **options) -> Server:
    options.setdefault("clock", Clock())
    options.setdefault("random", lab.seeded(f"pair {label}"))
    return Server(*map(identity, kinds or ("ecdsa",)), **options)


def talk(peer, other, **options):
    return exchange(peer, other, request=REQUEST, response=RESPONSE, **options)


def well(said) -> bool:
    """Both got what the other said, and nobody complained."""
    ends = said.ends
    assert [end.problem for end in ends.values()] == [None, None]
    return (ends["client"].received, ends["server"].received) == (RESPONSE, REQUEST)


def tickets(**options) -> Tickets:
    return Tickets(b"a ticket key 16b", **options)


def flow(peer, other, turns: int = 4) -> list:
    """Carries bytes both ways; returns what the server reported."""
    events = []
    for _ in range(turns):
        events += other.receive_data(peer.data_to_send())
        peer.receive_data(other.data_to_send())
    return events

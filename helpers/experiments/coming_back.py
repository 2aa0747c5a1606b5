"""Coming back to the shop: a first visit, tickets, early data. Everything in memory, one clock,
seeded randomness: two runs are the same byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers import lab
from helpers.conversation import Conversation, exchange
from helpers.experiments.keeping import KeepingClient
from helpers.pki import authority
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.psk import Session, Tickets
from helpers.tls.registry import NamedGroup
from helpers.tls.registry13 import TLS13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

PAGE = f"GET / HTTP/1.1\r\nHost: {lab.HOST}\r\n\r\n".encode()
ORDER = f"POST /order HTTP/1.1\r\nHost: {lab.HOST}\r\nContent-Length: 7\r\n\r\nitem=42".encode()
BODY = b"<h1>Hello over HTTPS</h1>\n"
ANSWER = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
          b"Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"
          b"Content-Length: %d\r\n\r\n" % len(BODY)) + BODY
TICKET_KEY = lab.seeded("the key of the shop's tickets")(16)
"""What a thief would want: whoever has it opens every ticket of this server."""


@dataclass(frozen=True)
class ShopVisit:
    """One visit: what crossed, the tickets the client took home, and the PSK it came with."""

    conversation: Conversation
    sessions: tuple[Session, ...]
    resumed: bool


def shop_client(session: Session | None = None, early_data: bytes = b"", *, after: float = 0,
                label: str = "") -> KeepingClient:
    """The browser: TLS 1.3, X25519, trusts the lab's root. `after` seconds after the first visit;
    with a `session` it comes back, with `early_data` it sends that at once."""
    trust = TrustStore([authority.root().certificate], lab.NOW)
    return KeepingClient(lab.HOST, trust, versions=(TLS13,), groups=(NamedGroup.x25519,),
                         alpn=(b"http/1.1",), session=session, early_data=early_data,
                         clock=lambda: lab.NOW.timestamp() + after,
                         random=lab.seeded(f"the shop's visitor {label} {after}"))


def shop_server(tickets: Tickets | None, *, after: float = 0, label: str = "") -> Server:
    """The shop's end of one connection. `tickets` is what all its connections share."""
    return Server(authority.server("ecdsa"), tickets=tickets, alpn=(b"http/1.1",),
                  clock=lambda: lab.NOW.timestamp() + after,
                  random=lab.seeded(f"the shop {label} {after}"))


def visit_shop(tickets: Tickets, session: Session | None = None, *, request: bytes = PAGE,
               early: bool = False, after: float = 0) -> ShopVisit:
    """A whole visit with one request: after the handshake or, if `early`, before it. Raises
    ValueError if the session does not allow that."""
    client = shop_client(session, request if early else b"", after=after)
    server = shop_server(tickets, after=after)
    talk = exchange(client, server, request=b"" if early else request, response=ANSWER)
    return ShopVisit(talk, tuple(client.sessions), client.resumed)


def told(server: Server, data: bytes) -> list[Event] | str:
    """What a server makes of these bytes: its events, or a sentence about why it hangs up."""
    try:
        return server.receive_data(data)
    except TLSError as problem:
        return f"refused with the alert {problem.alert.name}: {problem.reason}"

"""One visit in each of the ways that lesson 10 compares: real bytes, to be replayed on a link.

A full handshake is a recording of OpenSSL with OpenSSL; the other ways are played by the course's
own engine with seeded randomness and a clock that stands still. The sizes repeat; of the bytes,
those of ML-KEM and of signatures do not.
"""

from __future__ import annotations

from functools import cache

from helpers import lab
from helpers.conversation import Conversation, Endpoint, exchange
from helpers.pki import authority
from helpers.sources.capture import load
from helpers.sources.openssl import REQUEST
from helpers.tls.client import Client
from helpers.tls.events import NewTicket
from helpers.tls.psk import ReplayGuard, Session, Tickets
from helpers.tls.registry import CipherSuite
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

from .latency_ends import Answering, Asking, Plain
from .latency_flights import Script, quic_shape, script_of

RECORDED = {"TLS 1.2, RSA": "tls12_rsa", "TLS 1.2, ECDHE": "tls12_ecdhe", "TLS 1.3": "tls13_mlkem"}
PROTOCOLS = ("HTTP", "TLS 1.2, RSA", "TLS 1.2, ECDHE", "TLS 1.2, resumed", "TLS 1.3",
             "TLS 1.3, resumed", "TLS 1.3, 0-RTT", "QUIC", "QUIC, 0-RTT")
"""The names of the ways to visit the shop. TLS runs over TCP, as does HTTP; QUIC does not. TLS 1.3
and QUIC exchange keys by X25519MLKEM768. RSA key exchange is forbidden today (RFC 10015)."""
EARLY = 1024  # bytes of early data that the lab's tickets allow
_SUITE12 = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
_TICKET_KEY = b"TEST ONLY ticket"


@cache
def protocol(name: str) -> Script:
    """The flights of one of the PROTOCOLS. Raises ValueError for another name."""
    if _known(name).startswith("QUIC"):
        return quic_shape(visit_of(name.replace("QUIC", "TLS 1.3")), name)
    return script_of(visit_of(name), name)


@cache
def visit_of(name: str) -> Conversation:
    """The Conversation behind one of the PROTOCOLS, without QUIC's: those are TLS 1.3's."""
    if _known(name) in RECORDED:
        return load(RECORDED[name])
    client, server = ends_of(name)
    return exchange(Asking(client), Answering(server), title=name)


def ends_of(name: str, host: str = lab.HOST) -> tuple[Endpoint, Endpoint]:
    """A client and a server of ours for one visit by "HTTP" or TLS in any of its ways, never used.
    Whoever comes back does so with a ticket of an earlier visit, which is made here, too."""
    if name == "HTTP":
        return Plain(), Plain()
    version, _, way = _known(name).partition(", ")
    options = {}
    if version == "TLS 1.2":
        suite = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256 if way == "RSA" else _SUITE12
        options["cipher_suites"] = (suite,)
    tickets = Tickets(_TICKET_KEY, max_early_data=EARLY, replay_guard=ReplayGuard())
    if way not in ("resumed", "0-RTT"):
        return _client(name, **options), _server(name, tickets, **options)
    session = _earlier(f"{version} before", tickets, options)
    early = REQUEST if way == "0-RTT" else b""
    if early:
        options["early_data"] = early
    client = _client(name, session=session, **options)
    options.pop("early_data", None)
    return client, _server(name, tickets, **options)


def _earlier(label: str, tickets: Tickets, options: dict) -> Session:
    """The ticket that a first visit brings."""
    client, server = _client(label, **options), _server(label, tickets, **options)
    found: list[Session] = []
    for _ in range(3):
        server.receive_data(client.data_to_send())
        events = client.receive_data(server.data_to_send())
        found += [event.session for event in events if isinstance(event, NewTicket)]
    return found[0]


def _client(label: str, **options: object) -> Client:
    trust = TrustStore([authority.root().certificate], lab.NOW)
    return Client(lab.HOST, trust, random=lab.seeded(f"client {label}"), clock=_now,
                  alpn=(b"http/1.1",), **options)


def _server(label: str, tickets: Tickets, **options: object) -> Server:
    return Server(authority.server("rsa"), tickets=tickets, clock=_now, alpn=(b"http/1.1",),
                  random=lab.seeded(f"server {label}"), **options)


def _now() -> float:
    return lab.NOW.timestamp()


def _known(name: str) -> str:
    if name not in PROTOCOLS:
        raise ValueError(f"there is no {name!r}; there are: {'; '.join(PROTOCOLS)}")
    return name

"""Three ways to the same page: TLS 1.2 with RSA key exchange, TLS 1.2 with ECDHE, TLS 1.3; and what
became of each message from one to the other.

Both ends are the course's own with seeded randomness, so that the same question (a client
certificate? a ticket from last time? another group?) can be put to all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, Conversation, exchange
from helpers.experiments.keeping import KeepingClient
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls import CipherSuite, NamedGroup, Server, Tickets, TrustStore
from helpers.tls.heard import Message
from helpers.tls.psk import Session
from helpers.tls.registry import TLS12, ContentType
from helpers.tls.registry13 import TLS13

_SUITES = {"RSA": (TLS12, CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256),
           "ECDHE": (TLS12, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
           "1.3": (TLS13, CipherSuite.TLS_AES_128_GCM_SHA256)}
LANE_NAMES = {"RSA": "TLS 1.2, RSA", "ECDHE": "TLS 1.2, ECDHE", "1.3": "TLS 1.3"}
GONE, NEW, DARK, MOVED, STAYS = "gone", "new", "went dark", "moved", "stays"


@cache
def lane_visit(lane: str, *, client_certificate: bool = False, resumed: bool = False,
               retry: bool = False) -> Conversation:
    """A whole visit to shop.example in one of the lanes "RSA", "ECDHE", "1.3".

    With `client_certificate` the server asks for one and gets it; `resumed`: the client comes back
    with the ticket of an earlier visit; `retry`: the client guesses x25519, the server takes P-256
    alone. Server certificate and signatures are RSA everywhere. The bytes of RSA signatures and
    RSA encryption differ from run to run, everything's length does not. Raises ValueError for
    another lane.
    """
    if lane not in _SUITES:
        raise ValueError(f"there is no lane {lane!r}; there are: {', '.join(_SUITES)}")
    tickets = Tickets(b"a ticket key 16b", count=1)
    session, label = None, f"{lane} {client_certificate} {retry}"
    for number in range(1 + resumed):
        client, server = _ends(lane, f"{label} {number}", client_certificate, retry, session,
                               tickets)
        talk = exchange(client, server, request=REQUEST, response=RESPONSE,
                        title=LANE_NAMES[lane])
        session = client.sessions[0] if client.sessions else None
    return talk


def _ends(lane: str, label: str, client_certificate: bool, retry: bool, session: Session | None,
          tickets: Tickets) -> tuple[KeepingClient, Server]:
    version, suite = _SUITES[lane]
    trust = TrustStore([pki.root().certificate], lab.NOW)
    shared = {"versions": (version,), "cipher_suites": (suite,), "clock": lab.NOW.timestamp}
    if version == TLS12:
        shared["extended_master_secret"] = lane != "RSA"
    groups = (NamedGroup.x25519, NamedGroup.secp256r1)
    client = KeepingClient(
        lab.HOST, trust, groups=groups, alpn=(b"http/1.1",), session=session,
        identity=_visitor() if client_certificate else None,
        shares=groups[:1] if version == TLS13 else None,
        random=lab.seeded(f"lane client {label}"), **shared)
    server = Server(
        pki.server("rsa"), groups=groups[1:] if retry else groups, alpn=(b"http/1.1",),
        tickets=tickets, client_trust=trust if client_certificate else None,
        random=lab.seeded(f"lane server {label}"), **shared)
    return client, server


@cache
def _visitor() -> object:
    return pki.issue("alice.example", by=pki.intermediate(), key="rsa2048",
                     extended=["client"])


# --- what can be said of a visit ----------------------------------------------------------------


@dataclass(frozen=True)
class LaneFacts:
    """What a visit shows: round trips before the request leaves, handshake bytes in the clear and
    sealed (without record headers), what proves each end's identity ("" if nothing), and the
    titles of the first messages under each new key, per end."""

    round_trips: int
    clear: int
    sealed: int
    server_proof: str
    client_proof: str
    new_keys: dict[str, tuple[str, ...]]


def handshake_of(conversation: Conversation) -> list[Message]:
    """Every message up to the first application data (of either end)."""
    return list(takewhile(lambda message: message.content_type != ContentType.application_data,
                          conversation.messages))


def lane_facts(conversation: Conversation) -> LaneFacts:
    """Read off the messages alone. Raises ValueError if no request was sent."""
    request = next((message for message in conversation.messages
                    if message.content_type == ContentType.application_data
                    and message.sender == CLIENT), None)
    if request is None:
        raise ValueError("nobody asked for anything in this Conversation")
    said = handshake_of(conversation)
    sizes = {sealed: sum(len(message.data) for message in said if message.encrypted == sealed)
             for sealed in (False, True)}
    names = {(message.sender, message.name) for message in said}
    return LaneFacts((request.flight - 1) // 2, sizes[False], sizes[True], _server_proof(names),
                     "its signature in CertificateVerify" if (CLIENT, "certificate_verify") in names
                     else "", {end: _new_keys(conversation, end) for end in (CLIENT, SERVER)})


def _server_proof(names: set[tuple[str, str]]) -> str:
    if (SERVER, "certificate_verify") in names:
        return "its signature over the whole handshake so far (CertificateVerify)"
    if (SERVER, "server_key_exchange") in names:
        return "its signature over share and randoms (ServerKeyExchange)"
    if (SERVER, "certificate") in names:
        return "only its key can decrypt the pre-master secret"
    return "it could open the ticket of an earlier visit"


def _new_keys(conversation: Conversation, end: str) -> tuple[str, ...]:
    return tuple(message.title for message in conversation.messages
                 if message.sender == end and message.encrypted and message.sequence_number == 0)


# --- from one lane to another -------------------------------------------------------------------

_WHERE = {
    "server_key_exchange": "Its share moved into ServerHello (key_share), its signature into "
    "CertificateVerify.",
    "client_key_exchange": "The client's share moved into ClientHello, two flights earlier.",
    "server_hello_done": "Not needed: Finished ends the server's flight.",
    "encrypted_extensions": "Answers that ServerHello used to carry in the clear.",
    "hello_retry_request": "The client's guess of a group was wrong: once more.",
}
_NOW = {
    (CLIENT, "client_hello"): "Now brings a key share as well.",
    (SERVER, "server_hello"): "Now brings the server's share; its other answers went into "
    "EncryptedExtensions.",
    (SERVER, "certificate"): "The same chain, now under the handshake key.",
    (CLIENT, "certificate"): "Now only the server sees who the client is.",
    (SERVER, "certificate_verify"): "The server signs all messages so far, not just its share.",
    (SERVER, "finished"): "The client has all it needs after one round trip.",
    (CLIENT, "change_cipher_spec"): "Changes nothing any more: it is there for old middleboxes.",
    (SERVER, "change_cipher_spec"): "Changes nothing any more: it is there for old middleboxes.",
    (SERVER, "new_session_ticket"): "Comes after the handshake, under the application key.",
}


@dataclass(frozen=True)
class Fate:
    """What became of one message: `sender`, `title`, its flights in the old and the new lane (None:
    it is not there), `words` of GONE, NEW, MOVED, DARK, STAYS, and where its work went."""

    sender: str
    title: str
    before: int | None
    after: int | None
    words: tuple[str, ...]
    where: str


def fates(old: Conversation, new: Conversation) -> list[Fate]:
    """One Fate for each handshake message of either visit, in order, tickets included."""
    before, after = ({(m.sender, m.name): m for m in reversed(talk.messages)
                      if m.content_type in (ContentType.handshake, ContentType.change_cipher_spec)}
                     for talk in (old, new))
    order = sorted(before | after, key=lambda key: _place(before.get(key), after.get(key)))
    return [_fate(key, before.get(key), after.get(key)) for key in order]


def _place(before: Message | None, after: Message | None) -> tuple[int, int]:
    first = before or after
    return first.flight, first.index


def _fate(key: tuple[str, str], before: Message | None, after: Message | None) -> Fate:
    title, words = (before or after).title, []
    if after is None:
        words.append(GONE)
    elif before is None:
        words.append(NEW)
    else:
        words += [MOVED] * (before.flight != after.flight)
        words += [DARK] * (after.encrypted and not before.encrypted)
    changed = after is not None and after.version == TLS13 and not (
        before is not None and before.version == TLS13)
    where = _WHERE.get(key[1], "") if None in (before, after) else ""
    where = where or (_NOW.get(key, "") if changed else "")
    return Fate(key[0], title, before.flight if before else None, after.flight if after else None,
                tuple(words) or (STAYS,), where)

"""TLS 1.2 with both ends our own: who is asked for what, who comes back with a ticket, and, if it
fails, which end said no after which message.

Seeded randomness, one clock and ECDSA or Ed25519 keys where nothing else is asked for: such a
visit is the same byte for byte every time. RSA signatures differ, their length does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, Conversation, exchange
from helpers.experiments.keeping import KeepingClient
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls import CipherSuite, NamedGroup, Server, Tickets, TrustStore
from helpers.tls.psk import Session
from helpers.tls.registry import TLS12, ContentType
from helpers.tls.registry13 import TLS13

from .coming_back import TICKET_KEY

_ECDSA = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
_RSA = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
_OLD = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256
EITHER, NEWER = "ECDHE, signed with ECDSA or RSA", "TLS 1.3 and nothing else"
SUITES = {
    EITHER: (_ECDSA, _RSA),
    "ECDHE, signed with ECDSA": (_ECDSA,),
    "ECDHE, signed with RSA": (_RSA,),
    "RSA key exchange (old)": (_OLD,),
}
"""What an end of TLS 1.2 may speak, by name."""
OFFERS = {**SUITES, NEWER: (CipherSuite.TLS_AES_128_GCM_SHA256,)}
"""What the client may offer. The server speaks TLS 1.2 alone."""
GOOD, EXPIRED, OTHER_NAME, UNKNOWN = (
    "in order", "expired a day ago", "for another name", "from an unknown authority")
KEYS, CERTIFICATES = ("ECDSA", "RSA"), (GOOD, EXPIRED, OTHER_NAME, UNKNOWN)
NO, ASKS, INSISTS = "no", "asks for one", "insists on one"
NOTHING, ANNAS, HOMEMADE = "none", "Anna's, from the authority", "one she signed herself"


@dataclass(frozen=True)
class OwnVisit:
    """What crossed, and the session the client took home (None without a ticket).

    `stopped_by` is the end that said no, "" if nobody did; then `after` is the title of the
    message it had just read, `alert` what it sent, and `why` its own words.
    """

    conversation: Conversation
    session: Session | None
    stopped_by: str = ""
    after: str = ""
    alert: str = ""
    why: str = ""


def own_visit(session: Session | None = None, *, offers: str = EITHER, allows: str = EITHER,
              key: str = "ECDSA", certificate: str = GOOD, asks: str = NO, shows: str = NOTHING,
              label: str = "") -> OwnVisit:
    """One visit of our client to our server: the settings are values of the names above.

    With the `session` of an earlier visit the client comes back, a minute later. Visits with
    different labels have different randoms and shares. Raises KeyError for an unknown setting.
    """
    clock = lab.NOW.timestamp() + (60 if session else 0)
    name = f"{offers} {allows} {key} {certificate} {asks} {shows} {session is not None} {label}"
    trust = TrustStore([pki.root().certificate], lab.NOW)
    groups = (NamedGroup.x25519, NamedGroup.secp256r1)
    client = KeepingClient(
        lab.HOST, trust, versions=(TLS13 if offers == NEWER else TLS12,),
        cipher_suites=OFFERS[offers], groups=groups, identity=_visitor(shows), session=session,
        clock=lambda: clock, random=lab.seeded(f"own client {name}"))
    server = Server(
        _shop(key, certificate), versions=(TLS12,), cipher_suites=SUITES[allows], groups=groups,
        tickets=Tickets(TICKET_KEY), client_trust=None if asks == NO else trust,
        require_client_certificate=asks == INSISTS, clock=lambda: clock,
        random=lab.seeded(f"own server {name}"))
    talk = exchange(client, server, request=REQUEST, response=RESPONSE,
                    title="our own client and server, TLS 1.2")
    return OwnVisit(talk, client.sessions[-1] if client.sessions else None, *_ending(talk))


@cache
def _shop(key: str, certificate: str) -> object:
    """The server's identity; every certificate here is signed deterministically."""
    kind = {"ECDSA": "ecdsa", "RSA": "rsa"}[key]
    if certificate == GOOD:
        return pki.server(kind)
    fields = {"start": -91, "days": 90} if certificate == EXPIRED else {}
    by = _stranger() if certificate == UNKNOWN else pki.intermediate()
    host = "other.example" if certificate == OTHER_NAME else lab.HOST
    return pki.issue(host, by=by, key=lab.key(f"server_{kind}"), **fields)


@cache
def _stranger() -> object:
    return pki.issue("TEST ONLY Unknown CA", ca=True)


@cache
def _visitor(shows: str) -> object | None:
    """Who the client is: a person, so the certificate has a subject and no host name."""
    by = {NOTHING: None, ANNAS: pki.intermediate(), HOMEMADE: None}[shows]
    return None if shows == NOTHING else pki.issue("Anna", by=by, names=(), extended=["client"])


def _ending(talk: Conversation) -> tuple[str, str, str, str]:
    """(who, after which message, alert, why), all "" if all went well."""
    sender = next((end for end in (CLIENT, SERVER) if talk.ends[end].alerts_sent), "")
    if not sender:
        return "", "", "", ""
    end = talk.ends[sender]
    said = [message for message in talk.messages if message.content_type != ContentType.alert]
    theirs = [message.title for message in said if message.sender != sender]
    alert = end.alerts_sent[0]
    why = (end.problem or "").removeprefix(f"{alert}: ").partition(" (encountered")[0]
    # all that can be wrong here is in a ClientHello or, if it comes that far, in a chain
    return sender, "Certificate" if "Certificate" in theirs else theirs[-1], alert, why


"""Lesson 00's order by HTTPS from three sides: what the client knows, what the server knows, and
what somebody who copies the wire knows, after each message.

Who knows what is derived by the rules of eavesdrop.py; the secrets that a key log holds come with
the values they had in this very visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments.eavesdrop import ALL_SECRETS, EAVESDROPPER, WHO, Row, knowledge
from helpers.experiments.same_order import HTTPS, Sight, order_by, sights

STOLEN = {
    "nothing": (),
    "the private key of the server's certificate": ("server_private_key",),
    "the handshake traffic secrets": ("handshake_keys",),
    "the application traffic secrets": ("application_keys",),
    "the client's ephemeral private key": ("client_ephemeral_key",),
}
_NAMES = {
    "client_random": ("ClientHello.random",), "server_random": ("ServerHello.random",),
    "client_share": ("client's key share",), "server_share": ("server's key share",),
    "client_ephemeral_key": ("client's ephemeral private key",),
    "server_ephemeral_key": ("server's ephemeral private key",),
    "server_private_key": ("private key of the server's certificate",),
    "server_public_key": ("public key of the server's certificate",),
    "shared_secret": ("shared secret of the key exchange",),
    "handshake_keys": ("client_handshake_traffic_secret", "server_handshake_traffic_secret"),
    "application_keys": ("client_application_traffic_secret_0",
                         "server_application_traffic_secret_0"),
    "request": ("the HTTP request",), "response": ("the HTTP response",),
}
"""Facts as RFC 9846 calls them (sections 4.2.2, 4.2.3, 7.1); hashes of what lies open are left
out: everybody who saw the messages can compute them."""
_AFTER_THE_HANDSHAKE = ("application_data", "new_session_ticket")


@dataclass(frozen=True)
class Known:
    """One thing that somebody knows: its name, whether it is meant to be secret, whether it was
    computed and never sent, and its value, where the recording holds it."""

    name: str
    secret: bool
    computed: bool
    value: bytes | None = None


@dataclass(frozen=True)
class Moment:
    """When one message has crossed: `before` and `new` are what "client", "eavesdropper" and
    "server" knew already and learn now; `opened` is whether the eavesdropper can read it."""

    sight: Sight
    before: dict[str, tuple[Known, ...]]
    new: dict[str, tuple[Known, ...]]
    opened: bool


@cache
def three_ways(stolen: str = "nothing") -> tuple[Moment, ...]:
    """One moment for each message of the order by HTTPS, if the eavesdropper has had from the
    start what is `stolen`. Raises KeyError for what is not in STOLEN."""
    visit = order_by(HTTPS)
    first, *rows = knowledge(visit, STOLEN[stolen])
    values, moments = _values(visit), []
    known = {who: _named(first, who, values) for who in WHO}
    seen = [row for row in rows if row.message.name != "alert"]
    for sight, row in zip(sights(HTTPS), seen, strict=True):
        new = {who: _named(row, who, values) for who in WHO}
        now = {who: (*known[who], *new[who]) for who in WHO}
        moments.append(Moment(sight, known, new, _opened(row, now[EAVESDROPPER])))
        known = now
    return tuple(moments)


def _named(row: Row, who: str, values: dict[str, bytes]) -> tuple[Known, ...]:
    facts = [fact for fact in row.new[who] if (who, fact) != (SERVER, "server_public_key")]
    return tuple(Known(name, fact in ALL_SECRETS, fact in row.computed[who], values.get(name))
                 for fact in facts for name in _NAMES.get(fact, ()))


def _values(visit: Conversation) -> dict[str, bytes]:
    hellos = {CLIENT: visit.find("client_hello").parsed, SERVER: visit.find("server_hello").parsed}
    logged = {step.name: step.output for step in visit.secrets if not step.inputs}
    return {**logged, "ClientHello.random": hellos[CLIENT].random,
            "ServerHello.random": hellos[SERVER].random}


def _opened(row: Row, known: tuple[Known, ...]) -> bool:
    """Whether the eavesdropper has the secret that a sealed message is sealed with."""
    if not row.message.encrypted:
        return True
    late = row.message.name in _AFTER_THE_HANDSHAKE
    needed = _NAMES["application_keys" if late else "handshake_keys"]
    return {*needed} <= {item.name for item in known}

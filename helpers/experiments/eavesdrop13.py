"""Who knows what in TLS 1.3: the rules for `eavesdrop.knowledge` (RFC 9846 sections 4.2.2, 4.2.3
and 7.1, without PSK).
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.conversation import CLIENT, SERVER
from helpers.tls.heard import Message
from helpers.tls.registry13 import TLS13

Derivation = tuple[str, tuple[str, ...]]
DERIVATIONS: tuple[Derivation, ...] = (
    ("shared_secret", ("client_ephemeral_key", "server_share")),
    ("shared_secret", ("server_ephemeral_key", "client_share")),
    ("handshake_keys", ("shared_secret", "hash_of_hellos")),
    ("application_keys", ("shared_secret", "hash_up_to_finished")),
)
SECRETS = frozenset({"server_private_key", "client_ephemeral_key", "server_ephemeral_key",
                     "shared_secret", "handshake_keys", "application_keys", "request", "response"})
"""Facts that ought to stay between client and server."""
HASHES = frozenset({"hash_of_hellos", "hash_up_to_finished"})
_HELLOS = {"client_hello": ("client_random", "client_share"),
           "server_hello": ("server_random", "server_share", "hash_of_hellos")}


def heard(message: Message) -> tuple[str, ...]:
    """What stands in a message in the clear, or follows from the messages so far."""
    return () if message.encrypted else _HELLOS.get(message.name, ())


def made_by_sender(message: Message) -> Iterator[str]:
    """What the sender of a message makes and keeps."""
    if message.name in _HELLOS:
        yield f"{message.sender}_ephemeral_key"
    if message.name == "application_data":
        yield said(message)


def openings(message: Message) -> Iterator[Derivation]:
    """What is in an encrypted message, for whoever has its keys."""
    if message.version != TLS13 or not message.encrypted:
        return
    if message.name == "certificate":
        yield f"{message.sender}_public_key", ("handshake_keys",)
    if message.name == "finished" and message.sender == SERVER:
        yield "hash_up_to_finished", ("handshake_keys",)
    if message.name == "application_data":
        yield said(message), ("application_keys",)


def said(message: Message) -> str:
    """"request" or "response"."""
    return "request" if message.sender == CLIENT else "response"

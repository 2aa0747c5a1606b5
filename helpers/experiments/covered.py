"""The transcript hash of TLS 1.3 as a named value: what it covers at each point of a handshake, and
what it is used for there (RFC 9846 sections 4.1, 4.5 and 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.tls import hash_of
from helpers.tls.heard import Message
from helpers.tls.registry import ContentType
from helpers.tls.registry13 import TLS13

_AFTER_FINISHED = {SERVER: "application traffic secrets, exporter secret",
                   CLIENT: "resumption secret"}


@dataclass(frozen=True)
class Covered:
    """The transcript once `message` was added: `titles` and `lengths` (bytes) of all that it
    covers, their `hash`, and what uses it just there (empty: nothing does)."""

    message: Message
    titles: tuple[str, ...]
    lengths: tuple[int, ...]
    hash: bytes
    used_for: tuple[str, ...]


def transcript_points(conversation: Conversation) -> tuple[Covered, ...]:
    """One Covered for each handshake message from ClientHello to the client's Finished.

    A first ClientHello that was answered by a HelloRetryRequest counts by its hash alone from then
    on (section 4.1: message_hash). The bytes count as they were sent. Raises ValueError for a
    Conversation that is not TLS 1.3, or whose encrypted handshake cannot be read.
    """
    said = _handshake(conversation)
    name = conversation.suite.hash_name
    titles, pieces, points = [], [], []
    for place, message in enumerate(said):
        if message.name == "hello_retry_request":
            digest = hash_of(name, pieces[0])
            pieces = [b"\xfe\x00\x00" + bytes([len(digest)]) + digest]
            titles = ["hash of the first ClientHello"]
        titles.append(message.title)
        pieces.append(message.data)
        after = said[place + 1] if place + 1 < len(said) else None
        points.append(Covered(message, tuple(titles), tuple(map(len, pieces)),
                              hash_of(name, b"".join(pieces)), tuple(_uses(message, after))))
    return tuple(points)


def _handshake(conversation: Conversation) -> list[Message]:
    chosen = next((m for m in conversation.messages if m.name == "server_hello"), None)
    if chosen is None or chosen.version != TLS13 or conversation.suite is None:
        raise ValueError("this Conversation did not agree on TLS 1.3")
    said = []
    for message in conversation.messages:
        if message.data is None:
            raise ValueError("part of this handshake is encrypted and cannot be read: give the "
                             "Conversation its key log")
        if message.content_type == ContentType.handshake:
            said.append(message)
        if (message.name, message.sender) == ("finished", CLIENT):
            return said
    raise ValueError("this handshake has no Finished from the client: it never ended")


def _uses(message: Message, after: Message | None) -> Iterator[str]:
    if message.name == "server_hello":
        yield "handshake traffic secrets"
    if message.name == "finished":
        yield _AFTER_FINISHED[message.sender]
    if after is not None and after.name == "certificate_verify":
        yield f"{after.sender}'s CertificateVerify"
    if after is not None and after.name == "finished":
        yield f"{after.sender}'s Finished"

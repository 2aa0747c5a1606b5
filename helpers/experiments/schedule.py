"""The TLS 1.3 key schedule of one visit, node by node, with every real value (RFC 9846 section
7.1); and again with one bit changed, to see which values depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments.by_hand import by_hand
from helpers.experiments.covered import transcript_points
from helpers.experiments.digests import flip_bit
from helpers.tls.schedule12 import Step
from helpers.tls.schedule13 import key_schedule

CHANGES = {"nothing": "", "one bit of ClientHello's random": "client_hello",
           "one bit of the server's key share": "server_hello",
           "one bit of the server's Certificate": "certificate",
           "one bit of the client's Finished": "finished"}
_RANDOM_BIT = 8 * 10  # in ClientHello: behind 4 bytes of header and 2 of version
_KEY_SHARE, _X25519 = 51, 32
_PURPOSE = {
    "shared_secret": "What the key exchange gave: each end puts its own private share and the "
    "other's public one together. It never crossed.",
    "early_secret": "Would hold a PSK of an earlier visit. There is none here, so zeros stand in "
    "for it: everybody could compute this value.",
    "derived_for_handshake": "Makes a salt out of the secret above, so that no two steps ever use "
    "one secret for two purposes.",
    "handshake_secret": "Here the shared secret comes in. Whoever lacks it can go no further.",
    "client_handshake_traffic_secret": "Everything that protects the client's part of the "
    "handshake comes from it.",
    "server_handshake_traffic_secret": "Everything that protects the server's part of the "
    "handshake comes from it.",
    "derived_for_main": "Makes a salt again, for the last of the three extractions.",
    "main_secret": "Older texts (RFC 8446) call it the master secret. Nothing secret is added "
    "here: zeros go in.",
    "exporter_secret": "For other protocols that want a key out of this connection.",
    "resumption_secret": "A ticket's PSK is made from it: what the next visit starts with.",
}


@dataclass(frozen=True)
class KeyNode:
    """One value of the key schedule: its `step`, the messages its transcript hash covers, and what
    it is for."""

    step: Step
    covers: tuple[str, ...]
    purpose: str

    @property
    def name(self) -> str:
        """The RFC's name of the value."""
        return self.step.name

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of what went in."""
        return tuple(name for name, _ in self.step.inputs)


def key_nodes(conversation: Conversation, private_share: bytes, *,
              change: str = "") -> tuple[KeyNode, ...]:
    """Every value from the shared secret on, in an order in which each can be computed.

    The Conversation is TLS 1.3 without PSK over x25519; `private_share` is the client's private
    half, 32 bytes. `change` names a message of which an end saw one bit otherwise (values of
    CHANGES); the arithmetic is then done with that. Raises ValueError for another Conversation or
    change, and as `transcript_points` does.
    """
    if change not in CHANGES.values():
        raise ValueError(f"change one of {', '.join(filter(None, CHANGES.values()))}; "
                         f"not {change!r}")
    points = transcript_points(conversation)
    said = {(point.message.sender, point.message.name): point for point in points}
    share = conversation.find("server_hello").parsed.extension(_KEY_SHARE).value[1]
    if len(share) != _X25519 or len(points[0].titles) != 1:
        raise ValueError("this key schedule is for x25519, without HelloRetryRequest")
    pieces = {place: point.message.data for place, point in enumerate(points)}
    _change(points, pieces, change)
    if change == "server_hello":
        share = flip_bit(share, 0)
    secret = X25519PrivateKey.from_private_bytes(private_share).exchange(
        X25519PublicKey.from_public_bytes(share))
    ends = {"ClientHello...ServerHello": said[SERVER, "server_hello"],
            "ClientHello...server Finished": said[SERVER, "finished"],
            "ClientHello...client Finished": said[CLIENT, "finished"]}
    hashed = [b"".join(pieces[place] for place in range(len(point.titles)))
              for point in ends.values()]
    steps = key_schedule(conversation.suite, secret, hellos=hashed[0],
                         to_server_finished=hashed[1], to_client_finished=hashed[2])
    first = Step("shared_secret", "X25519(client's private share, server's key share)",
                 (("client's private share", private_share), ("server's key share", share)),
                 secret, "RFC 9846 section 7.4.2")
    spans = {name: point.titles for name, point in ends.items()}
    return tuple(KeyNode(step, _covers(step, spans), _purpose(step.name))
                 for step in (first, *steps))


@cache
def visit_nodes(change: str = "") -> tuple[KeyNode, ...]:
    """The nodes of the visit that lesson 09 computes by hand."""
    visit = by_hand()
    return key_nodes(visit.conversation, visit.private_share, change=change)


def _change(points: tuple, pieces: dict[int, bytes], change: str) -> None:
    """Flips one bit of one message of the transcript."""
    for place, point in enumerate(points):
        name, sender = point.message.name, point.message.sender
        if name == change and (change != "finished" or sender == CLIENT):
            bit = _RANDOM_BIT if change == "client_hello" else 8 * (len(pieces[place]) - 1)
            if change == "server_hello":
                field = point.message.fields.find("key_share")
                bit = 8 * (field.end - _X25519)
            pieces[place] = flip_bit(pieces[place], bit)
            return


def _covers(step: Step, spans: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return next((titles for span, titles in spans.items() if span in step.formula), ())


def _purpose(name: str) -> str:
    if name in _PURPOSE:
        return _PURPOSE[name]
    sender = name.split("_")[0]
    if name.endswith("finished_key"):
        return f"The HMAC key of the {sender}'s Finished."
    what = "its handshake messages" if "handshake" in name else "its application data"
    if "write_key" in name:
        return f"The AEAD key with which the {sender} seals {what}."
    if "write_iv" in name:
        return f"XORed with the record's number, it is the nonce of the {sender}'s records."
    return f"Everything that protects the {sender}'s application data comes from it."



"""Which bytes go into Finished: build a transcript and compare with what OpenSSL really sent."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from helpers.conversation import Conversation
from helpers.tls.passive import Message

from .digests import flip_bit
from .labels import recorded

WHOLE, MESSAGES, BODIES = "records, 5-byte headers included", "messages", "messages without header"
UNITS = (WHOLE, MESSAGES, BODIES)
CHANGES = {"nothing": "", "one bit of ClientHello": "client_hello",
           "one bit of Certificate": "certificate"}
_HEADER = 4
_FLIPPED = 8 * 20  # a bit of byte 20: in ClientHello inside the random


@dataclass(frozen=True)
class Transcript:
    """A choice of bytes, the verify_data they give, and the one that the `sender` really sent."""

    sender: str
    unit: str
    hashed: tuple[str, ...]
    length: int
    verify_data: bytes
    real: bytes
    why: str

    @property
    def fits(self) -> bool:
        """Whether this is what was sent."""
        return self.verify_data == self.real


def handshake_messages(conversation: Conversation) -> tuple[Message, ...]:
    """ClientHello to the client's Finished, in order; no ChangeCipherSpec, no ticket."""
    last = conversation.find("finished", "client").index
    return tuple(message for message in conversation.messages[:last + 1]
                 if message.name != "change_cipher_spec")


@cache
def transcript(sender: str, unit: str, count: int, *, spec: bool = False,
               change: str = "") -> Transcript:
    """The `sender`'s verify_data over the first `count` handshake messages of the recording.

    `unit` says what is taken of each (one of UNITS), `spec` also puts ChangeCipherSpec where it
    crossed, `change` names a message with one flipped bit. ValueError for another unit.
    """
    conversation = recorded()
    chosen = handshake_messages(conversation)[:count]
    pieces, titles = [], []
    for message in conversation.messages[:chosen[-1].index + 1]:
        if message in chosen or (spec and message.name == "change_cipher_spec"):
            pieces.append(_piece(message, unit, change))
            titles.append(message.title)
    digest = sha256(b"".join(pieces)).digest()
    key = conversation.secret(f"{sender}_finished_key")
    finished = conversation.find("finished", sender)
    changed = change if any(message.name == change for message in chosen) else ""
    covered = len([one for one in handshake_messages(conversation) if one.index < finished.index])
    return Transcript(sender, unit, tuple(titles), sum(map(len, pieces)),
                      hmac.digest(key, digest, "sha256"), finished.parsed.verify_data,
                      _why(sender, unit, count - covered, changed,
                           spec="ChangeCipherSpec" in titles))


def _piece(message: Message, unit: str, change: str) -> bytes:
    changed = message.name == change
    data = flip_bit(message.data, _FLIPPED) if changed else message.data
    if unit == MESSAGES or message.name == "change_cipher_spec":
        return message.wire if unit == WHOLE else data
    if unit == BODIES:
        return data[_HEADER:]
    if unit == WHOLE:
        return flip_bit(message.wire, _FLIPPED + 40) if changed else message.wire
    raise ValueError(f"take one of {', '.join(UNITS)}; not {unit!r}")


def _why(sender: str, unit: str, surplus: int, changed: str, *, spec: bool) -> str:
    """The first thing that differs from what was really hashed."""
    if unit == WHOLE:
        return ("Records are envelopes. Their 5-byte headers say how the bytes were packed, and "
                "from EncryptedExtensions on the record holds ciphertext. The hash covers the "
                "messages inside.")
    if unit == BODIES:
        return ("The 4-byte header of each message, its type and length, belongs to the message: "
                "without it somebody could shift where one message ends and the next begins.")
    if spec:
        return ("ChangeCipherSpec is no handshake message: it has a record type of its own. In "
                "TLS 1.3 it is sent only to look familiar to old equipment, and counts nowhere.")
    if surplus > 0:
        return (f"Too many: the {sender}'s Finished covers what came before it. It cannot cover "
                "itself, nor what comes later.")
    if surplus < 0:
        return f"Messages are missing: every one before the {sender}'s Finished counts."
    if changed:
        return ("One bit, and nothing fits any more. An end that received this byte and an end "
                "that sent the other one do not agree on Finished.")
    return (f"These are exactly the bytes that the {sender} hashed: every message before its "
            "Finished, from both ends, each with its 4-byte header.")

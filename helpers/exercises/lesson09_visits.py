"""Lesson 09: the handshakes that its exercises are about, as lists of messages."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

from cryptography import x509

from helpers.conversation import Conversation
from helpers.experiments.by_hand import by_hand
from helpers.lab import DATA
from helpers.sources import load

HANDSHAKE = 22
TYPES = {1: "ClientHello", 2: "ServerHello", 8: "EncryptedExtensions", 11: "Certificate",
         15: "CertificateVerify", 20: "Finished"}


@cache
def visit(name: str) -> Conversation:
    """A recording of data/recordings, or of data/by_hand ("openssl", "padded", "rfc8448")."""
    return load(name) if name.startswith("tls1") else by_hand(name).conversation


def handshake(name: str) -> list[bytes]:
    """The handshake messages with their 4-byte headers, ClientHello to the client's Finished."""
    talk = visit(name)
    last = talk.find("finished", "client").index
    return [message.data for message in talk.messages[:last + 1]
            if message.content_type == HANDSHAKE]


def before(name: str, kind: int) -> list[bytes]:
    """The messages in front of the first one of that type."""
    messages = handshake(name)
    return messages[:[message[0] for message in messages].index(kind)]


def digest(messages: list[bytes] | tuple[bytes, ...]) -> bytes:
    """SHA-256 over all of them."""
    return sha256(b"".join(messages)).digest()


def leaf_key(name: str) -> object:
    """The public key in the server's certificate."""
    return x509.load_der_x509_certificate(
        visit(name).find("certificate").parsed.certificate_list[0]).public_key()


@cache
def retried() -> tuple[bytes, ...]:
    """The messages of RFC 8448 section 5, a handshake with a HelloRetryRequest: ClientHello,
    HelloRetryRequest, ClientHello, ServerHello, EncryptedExtensions, Certificate."""
    text = (DATA / "published" / "rfc8448_traces.json").read_text(encoding="utf-8")
    trace = next(item for item in json.loads(text)["traces"] if item["section"] == 5)
    built = [bytes.fromhex(value) for step in trace["steps"] if step["what"].startswith("construct")
             for value in step["values"].values()]
    return tuple(built[:6])

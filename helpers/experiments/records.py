"""Opening the encrypted records of a TLS 1.3 conversation with a choice of ingredients.

Of the four that AES-GCM needs (key, nonce, what was sealed, additional data) a record brings one
and its header the last. The records here are those under the application keys, to which both ends
change after their Finished: session tickets, request, response, goodbye.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.sources import load
from helpers.tls import nonce_of
from helpers.tls.passive import Message

RECORDING = "tls13_x25519"
HEADER = 5  # bytes of a record header
KINDS = {20: "ChangeCipherSpec", 21: "alert", 22: "handshake", 23: "application data"}
ADDITIONAL = ("the record's header", "nothing", "the header, with version 0304")


@dataclass(frozen=True)
class Opening:
    """One try at a record: what was used and what came out, None if it was refused.

    `inner` is everything that was decrypted: content, one byte of content type, zeros if padded.
    """

    record: bytes
    sender: str
    nonce: bytes
    additional: bytes
    inner: bytes | None

    @property
    def content(self) -> bytes:
        return (self.inner or b"").rstrip(b"\0")[:-1]

    @property
    def kind(self) -> str:
        return KINDS.get((self.inner or b"").rstrip(b"\0")[-1], "unknown") if self.inner else ""


@cache
def records() -> tuple[Message, ...]:
    """The records under the application keys, in order."""
    messages = load(RECORDING).messages
    last = {sender: load(RECORDING).find("finished", sender).index
            for sender in ("client", "server")}
    return tuple(one for one in messages if one.index > last[one.sender] and one.encrypted)


def try_record(index: int, keys_of: str, number: int, additional: str) -> Opening:
    """Try to open one of `records()` with the key and IV of `keys_of` ("client" or "server"),
    `number` as sequence number, and one of ADDITIONAL.

    Raises IndexError for a record that is not there, ValueError for other additional data.
    """
    visit, message = load(RECORDING), records()[index]
    key = visit.secret(f"{keys_of}_application_write_key_0")
    nonce = nonce_of(visit.secret(f"{keys_of}_application_write_iv_0"), number)
    more = _additional(additional, message.wire[:HEADER])
    try:
        inner = AESGCM(key).decrypt(nonce, message.wire[HEADER:], more)
    except InvalidTag:
        inner = None
    return Opening(message.wire, message.sender, nonce, more, inner)


def _additional(name: str, header: bytes) -> bytes:
    if name not in ADDITIONAL:
        raise ValueError(f"no additional data called {name!r}; there are: {', '.join(ADDITIONAL)}")
    other = {"nothing": b"", ADDITIONAL[2]: header[:1] + b"\x03\x04" + header[3:]}
    return other.get(name, header)

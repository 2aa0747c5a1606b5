"""TLS 1.3 visits whose client's private key share is known: everything can be computed by hand.

The client is the course's own (helpers/tls/client.py) with seeded randomness, so its private half
is no secret here. The server of "openssl" is a real OpenSSL 4; that of "padded" is the course's
own, because OpenSSL does not pad. Recorded by tools/record_by_hand.py. "rfc8448" is the published
handshake of RFC 8448 section 3, of which both private halves were printed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Crossing
from helpers.sources.capture import read
from helpers.tls.messages import parse_handshake

FOLDER = lab.DATA / "by_hand"
VISITS = ("openssl", "padded", "rfc8448")
_HANDSHAKE, _KEY_SHARE = 22, 51


@dataclass(frozen=True)
class ByHand:
    """A recorded TLS 1.3 visit (x25519, TLS_AES_128_GCM_SHA256) and the client's private share,
    32 bytes."""

    conversation: Conversation
    private_share: bytes

    @property
    def hellos(self) -> tuple[bytes, bytes]:
        """ClientHello and ServerHello as messages, without record headers."""
        return tuple(self.conversation.find(name).data for name in ("client_hello", "server_hello"))

    @property
    def records(self) -> list[bytes]:
        """The server's encrypted flight: whole records, in order, up to its Finished."""
        last = self.conversation.find("finished", SERVER)
        found = [message.wire for message in self.conversation.messages[:last.index + 1]
                 if message.sender == SERVER and message.encrypted]
        return list(dict.fromkeys(found))  # one record may hold several messages

    @property
    def flight(self) -> list[bytes]:
        """What is in there: the messages, EncryptedExtensions to Finished."""
        last = self.conversation.find("finished", SERVER)
        return [message.data for message in self.conversation.messages[:last.index + 1]
                if message.encrypted and message.content_type == _HANDSHAKE]


def seeded_client(visit: str) -> tuple[object, bytes]:
    """The random bytes of that visit's client, from the beginning, and its private share: the
    third thing it draws, after the client random and the session id."""
    random = lab.seeded(f"by hand, {visit}")
    random(32), random(32)
    return lab.seeded(f"by hand, {visit}"), random(32)


@cache
def by_hand(visit: str = "openssl") -> ByHand:
    """One of the VISITS. ValueError for another name."""
    if visit not in VISITS:
        raise ValueError(f"the visits are {', '.join(VISITS)}; not {visit!r}")
    if visit == "rfc8448":
        return _published()
    return ByHand(read(FOLDER / f"{visit}.json"), seeded_client(visit)[1])


def server_share_of(server_hello: bytes) -> bytes:
    """The server's public share, out of the key_share extension of a TLS 1.3 ServerHello (with its
    4-byte header). Raises ValueError if there is none."""
    found = parse_handshake(server_hello)
    share = found.extension(_KEY_SHARE) if found is not None else None
    if share is None:
        raise ValueError("there is no key_share in this message")
    return share.value[1]


def _published() -> ByHand:
    """RFC 8448 section 3, put together from what it prints."""
    text = (lab.DATA / "published" / "rfc8448_traces.json").read_text(encoding="utf-8")
    trace = next(item for item in json.loads(text)["traces"] if item["section"] == 3)
    crossings, logged, private, client_random = [], [], b"", b""
    for step in trace["steps"]:
        values = {name: bytes.fromhex(value) for name, value in step["values"].items()}
        if "complete record" in values and step["who"] in (CLIENT, SERVER):
            sent = values["complete record"]
            client_random = client_random or sent[11:43]
            crossings.append(Crossing(step["who"], sent, sent))
        if step["what"].startswith("create an ephemeral") and step["who"] == CLIENT:
            private = values["private key"]
        if name := _LOGGED.get(step["what"].partition('"')[2].rstrip('":')):
            logged.append((name, values.get("secret") or values.get("expanded")))
    lines = dict.fromkeys(f"{name} {client_random.hex()} {secret.hex()}" for name, secret in logged)
    return ByHand(Conversation(tuple(crossings), tuple(lines), title="RFC 8448 section 3"), private)


_LOGGED = {"tls13 c hs traffic": "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
           "tls13 s hs traffic": "SERVER_HANDSHAKE_TRAFFIC_SECRET",
           "tls13 c ap traffic": "CLIENT_TRAFFIC_SECRET_0",
           "tls13 s ap traffic": "SERVER_TRAFFIC_SECRET_0"}

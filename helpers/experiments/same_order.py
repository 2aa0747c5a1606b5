"""One request and its answer, sent twice: openly by HTTP, and inside TLS by HTTPS.

The HTTPS visit is a recording of two OpenSSLs; the HTTP one is the same two texts, which is all
that HTTP sends. `stand_between` lets two OpenSSLs talk anew each time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, End, Packet
from helpers.sources import load, openssl_client, openssl_server, record_exchange

HTTP, HTTPS = "http", "https"
WAYS = (HTTP, HTTPS)
_WORD = re.compile(rb"[A-Za-z0-9<][\x20-\x7e]{5,}")
SAID = ("shop.example", "/orders/7", "blue-otter-41", "Mill Lane")
"""What somebody on the way would like to know: the shop's name, the path, the cookie, the address
of the customer."""
_HEADER = 5  # of a record (RFC 9846 section 5.1)


@dataclass(frozen=True)
class Sight:
    """One thing that crossed: `wire` is what anybody on the way has, `inside` what both ends read.

    `sealed`: whether the two differ because of encryption. `bare`: there is nothing but the text
    itself, no TLS around it."""

    sender: str
    title: str
    wire: bytes
    inside: bytes
    sealed: bool
    bare: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Runs of six or more letters, digits and signs that begin with a letter, a digit or <:
        what somebody who copies the bytes can read without knowing any format."""
        return tuple(found.decode("ascii") for found in _WORD.findall(self.wire))

    @property
    def gives_away(self) -> tuple[str, ...]:
        """Which of SAID can be read in what crossed."""
        return tuple(word for word in SAID if word.encode() in self.wire)


@cache
def order_by(way: str) -> Conversation:
    """The order of lesson 00 by "http" or "https". Raises ValueError for another way."""
    if way not in WAYS:
        raise ValueError(f'the ways are "http" and "https", not {way!r}')
    secure = load("first_visit")
    if way == HTTPS:
        return secure
    said = [(who, secure.application_data(who)) for who in (CLIENT, SERVER)]
    return Conversation(tuple(Crossing(who, text, text) for who, text in said), title="HTTP",
                        ends={SERVER: End(received=said[0][1]), CLIENT: End(received=said[1][1])})


@cache
def sights(way: str) -> tuple[Sight, ...]:
    """What crossed on one way, in order, up to the answer."""
    visit = order_by(way)
    if way == HTTP:
        return tuple(Sight(item.sender, title, item.sent, item.sent, sealed=False, bare=True)
                     for item, title in zip(visit.crossings, ("HTTP request", "HTTP response"),
                                            strict=True))
    names = {CLIENT: "HTTP request", SERVER: "HTTP response"}
    return tuple(
        Sight(message.sender,
              names[message.sender] if message.name == "application_data" else message.title,
              message.wire, message.data or b"", sealed=message.encrypted)
        for message in visit.messages if message.name != "alert")


@dataclass(frozen=True)
class Between:
    """What came of changing one byte of the answer: `shown` is what the browser got (b"" if it
    showed nothing), `alerts` what it said about it."""

    sent: bytes
    shown: bytes
    alerts: tuple[str, ...]


def stand_between(way: str, position: int, character: str) -> Between:
    """Puts `character` in place of byte `position` (from 0) of the server's answer, on its way.

    Who changes a sealed byte cannot see what it says; this one guesses right and changes the
    ciphertext by the difference. Raises ValueError for a position outside the answer, or for more
    or less than one ASCII character."""
    answer = order_by(HTTP).stream(SERVER)
    if not 0 <= position < len(answer):
        raise ValueError(f"the answer has the bytes 0 to {len(answer) - 1}")
    if len(character) != 1 or not character.isascii():
        raise ValueError("one ASCII character is put in the place of another")
    difference = answer[position] ^ ord(character)
    if way == HTTP:
        return Between(answer, _changed(answer, position, difference), ())
    sealed_size = len(sights(HTTPS)[-1].wire)  # the only record of this size

    def tamper(packet: Packet) -> bytes:
        if packet.sender == SERVER and len(packet.data) == sealed_size:
            return _changed(packet.data, _HEADER + position, difference)
        return packet.data

    request = order_by(HTTP).stream(CLIENT)
    visit = record_exchange(openssl_server(version="1.3"), tamper,
                            client=openssl_client(version="1.3"), request=request, response=answer)
    end = visit.ends[CLIENT]
    return Between(answer, end.received, end.alerts_sent)


def _changed(data: bytes, position: int, difference: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= difference
    return bytes(changed)

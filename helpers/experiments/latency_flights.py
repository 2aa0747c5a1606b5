"""What a link has to carry: the flights of one real Conversation, with their sizes in bytes.

A flight is what one end says before it has to wait for the other. The sizes are those of the bytes
that really crossed (`Conversation.crossings`). Only QUIC is made up, and only its packaging: the
same handshake messages, put into datagrams by the rules of RFC 9000 and 9001.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.tls.heard import Message

TCP_SEGMENT = 1460
"""Bytes of a full TCP packet: an Ethernet frame of 1,500 without the headers of IPv4 and TCP."""
DATAGRAM = 1200
"""Bytes to which a datagram with an Initial packet is padded (RFC 9000 section 14.1)."""
_PACKET = 48  # header, CRYPTO frame header and tag of an Initial or Handshake packet, about
_SHORT = 32  # the same for a 1-RTT packet with a STREAM frame
_PARAMETERS = 64  # the quic_transport_parameters extension, about (RFC 9001 section 8.2)
_HANDSHAKE = 22  # TLS content types (RFC 9846 section 5.1)
_IN_THE_CLEAR = ("client_hello", "server_hello")


@dataclass(frozen=True, slots=True)
class Flight:
    """`size` bytes that `sender` says at once; `what` are the messages in it, by name.

    `needed`: how many of them must be there before the other end can go on (in the last flight:
    before the first byte of the response can be read, which needs its whole record). `stage` is
    "TLS", "request" or "response"; `work` is what its sender computes before: ("sign", 1), ...
    """

    sender: str
    size: int
    what: tuple[str, ...]
    needed: int
    stage: str
    work: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Script:
    """Flight after flight, up to the one that brings the response. `transport`: "TCP", "QUIC"."""

    name: str
    flights: tuple[Flight, ...]
    transport: str = "TCP"

    @property
    def packet(self) -> int:
        """Bytes in a full packet."""
        return TCP_SEGMENT if self.transport == "TCP" else DATAGRAM

    def size(self, sender: str) -> int:
        """All the bytes that one end sends."""
        return sum(flight.size for flight in self.flights if flight.sender == sender)


def script_of(conversation: Conversation, name: str = "") -> Script:
    """The flights of a Conversation over TCP: TLS that can be read (with its key log), or HTTP.

    Raises ValueError if the server never answers in it.
    """
    streams = [(sender, b"".join(item.sent for item in group)) for sender, group in
               groupby(conversation.crossings, lambda item: item.sender)]
    if not streams or streams[0][1][:1] != bytes([_HANDSHAKE]):
        return Script(name or conversation.title, tuple(_plain(*item) for item in streams[:2]))
    told = _by_flight(conversation.messages)
    flights = []
    for number, ((sender, stream), said) in enumerate(zip(streams, told, strict=False)):
        before = told[number - 1] if number else []
        flight = _flight(sender, stream, said, before)
        flights.append(flight)
        if flight.stage == "response":
            return Script(name or conversation.title, tuple(flights))
    raise ValueError("there is no response in this Conversation, or nothing to read it with")


def _by_flight(messages: tuple[Message, ...]) -> list[list[Message]]:
    return [list(group) for _, group in groupby(messages, lambda message: message.flight)]


def _plain(sender: str, stream: bytes) -> Flight:
    stage = "request" if sender == CLIENT else "response"
    needed = len(stream) if sender == CLIENT else 1
    return Flight(sender, len(stream), ("HTTP " + stage,), needed, stage)


def _flight(sender: str, stream: bytes, said: list[Message], before: list[Message]) -> Flight:
    inside = [message for message in said if message.name == "application_data"]
    needed, stage = len(stream), "TLS"
    if inside and sender == SERVER:
        wire, stage = inside[0].wire, "response"
        needed = stream.index(wire) + len(wire)
    elif inside:
        stage = "request"
    titles = tuple(stage if message in inside else message.title for message in said)
    return Flight(sender, len(stream), titles, needed, stage, _work(said, before))


def _work(said: list[Message], before: list[Message]) -> tuple[tuple[str, int], ...]:
    """What has to be computed for a flight, after the flight `before` it: public-key operations
    only, for all else is faster by far. An ephemeral key pair and the secret are one "exchange"."""
    here = {message.name for message in said}
    heard = {message.name: message for message in before}
    both, shown = here | heard.keys(), heard.get("client_key_exchange")
    by_rsa = shown is not None and shown.key_exchange == "RSA"
    fresh = ("encrypted_extensions" in both and "server_hello" in both) or (shown and not by_rsa) \
        or ("client_key_exchange" in here and "server_key_exchange" in heard)
    checks = len(heard["certificate"].parsed.certificate_list) if "certificate" in heard else 0
    checks += bool(heard.keys() & {"certificate_verify", "server_key_exchange"})
    counts = {"verify": checks, "exchange": int(bool(fresh)), "decrypt": int(by_rsa),
              "sign": int(bool(here & {"server_key_exchange", "certificate_verify"}))}
    return tuple((what, count) for what, count in counts.items() if count)


def quic_shape(conversation: Conversation, name: str = "QUIC") -> Script:
    """The same TLS 1.3 handshake as QUIC would carry it (RFC 9001 section 4): without records and
    without TCP, in datagrams of 1,200 bytes; the request leaves with the client's Finished, or at
    once if it is early data.

    It is a shape, not real QUIC: sizes of headers are typical ones, acknowledgements ride along,
    the request keeps its HTTP/1.1 size. Raises ValueError unless it is TLS 1.3 that can be read."""
    said = _by_flight(conversation.messages)
    script = script_of(conversation)
    if not any(message.name == "encrypted_extensions" for message in conversation.messages):
        raise ValueError("QUIC's handshake is TLS 1.3, and this Conversation is not, or is not "
                         "readable")
    flights = [_datagrams(flight, messages)
               for flight, messages in zip(script.flights, said, strict=False)]
    return Script(name, tuple(flights), "QUIC")


def _datagrams(flight: Flight, said: list[Message]) -> Flight:
    crypto = sum(len(message.data) for message in said
                 if message.content_type == _HANDSHAKE and message.data is not None)
    data = sum(len(message.data) + _SHORT for message in said
               if message.name == "application_data" and message.data is not None)
    hello = any(message.name in _IN_THE_CLEAR for message in said)
    size = crypto + data + (_PACKET if crypto else 0)
    if hello:
        count = ceil((size + _PARAMETERS) / (DATAGRAM - _PACKET))
        size = max(size + _PARAMETERS + _PACKET * count, DATAGRAM)
        if flight.sender == CLIENT:  # each of its Initial packets is padded
            size = count * DATAGRAM
    what = tuple(title for title in flight.what if title != "ChangeCipherSpec")
    return Flight(flight.sender, size, what, size, flight.stage, flight.work)

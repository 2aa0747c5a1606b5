"""Somebody on the way wants both ends to use something worse than they could: what catches that.

Both ends speak TLS 1.3 and 1.2. Mallory changes bytes of hellos in transit; everything else is
what the course's own client and server do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, Conversation, Packet, exchange, split_records
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls import CipherSuite, Client, NamedGroup, Server, TLSError, TrustStore
from helpers.tls.events import Event
from helpers.tls.registry import TLS12
from helpers.tls.registry13 import DOWNGRADED, TLS13

NOTHING, VERSION, MARKER, GROUP = "nothing", "version", "marker", "group"
ATTACKS = (NOTHING, VERSION, MARKER, GROUP)
"""What Mallory does: nothing; she hides that the client speaks TLS 1.3; she also removes the
marker from the server's random; she hides the post-quantum group."""
_SUITES = {"ECDHE": (CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ecdsa"),
           "RSA": (CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, "rsa")}
_HIDDEN = 0x3A3A  # an extension or group that nobody knows (RFC 8701): it is skipped over
_SUPPORTED_VERSIONS, _SUPPORTED_GROUPS, _KEY_SHARE = 43, 10, 51
_RANDOM_END = 5 + 4 + 2 + 32  # of a hello: record header, message header, version, random
_WHY = {
    NOTHING: "Nobody interferes: both ends use the best that both speak.",
    VERSION: "The server believed that the client speaks TLS 1.2 at best, and said so in the last "
    "8 bytes of its random: DOWNGRD and a 01. A client that offered TLS 1.3 must look for them "
    "(RFC 9846 section 4.2.3).",
    (MARKER, "ECDHE"): "The random without the marker is another random. The server signed its own "
    "one together with its share, and nobody else can make that signature.",
    (MARKER, "RSA"): "Nothing is signed in this key exchange, so the client goes on. But both "
    "randoms go into the keys: the two ends have different ones, and Finished cannot be opened.",
    GROUP: "The hellos are part of the transcript hash, and that goes into the handshake keys. The "
    "two ends saw different hellos, so the first encrypted record cannot be opened.",
}


@dataclass(frozen=True)
class Downgrade:
    """How it went. `noticed` is the end that gave up ("nobody"), `at` the message it waited for,
    `alert` what it sent. `tails` are the last 8 bytes of the server's random: as sent, and as they
    arrived. `version` and `group` are the server's choice (registry values)."""

    attack: str
    key_exchange: str
    noticed: str
    at: str | None
    alert: str | None
    tails: tuple[bytes, bytes]
    version: int
    group: int | None
    why: str
    conversation: Conversation

    @property
    def marked(self) -> bool:
        """Whether the server's random carried the marker when it left."""
        return self.tails[0] == DOWNGRADED

    @property
    def sentence(self) -> str:
        """Who noticed, when, and with which alert."""
        if self.noticed == "nobody":
            return "Nobody has anything to complain about."
        return (f"The {self.noticed} notices while it waits for {self.at}, and sends the alert "
                f"{self.alert}.")


@cache
def downgrade(attack: str = VERSION, key_exchange: str = "ECDHE") -> Downgrade:
    """Runs one of ATTACKS. `key_exchange` ("ECDHE" or "RSA") is what TLS 1.2 would use. Raises
    ValueError for anything else."""
    if attack not in ATTACKS or key_exchange not in _SUITES:
        raise ValueError(f"attacks: {', '.join(ATTACKS)}; key exchanges: {', '.join(_SUITES)}; "
                         f"not {attack!r} with {key_exchange!r}")
    ends = {name: _Waiting(end) for name, end in _ends(key_exchange).items()}
    talk = exchange(ends[CLIENT], ends[SERVER], _Mallory(attack), request=REQUEST,
                    response=RESPONSE, title=f"Mallory changes: {attack}")
    noticed = next((name for name, end in ends.items() if end.gave_up is not None), "nobody")
    found = ends.get(noticed)
    answer = next(item for item in talk.crossings if item.sender == SERVER)
    tails = tuple(data[_RANDOM_END - 8:_RANDOM_END] for data in (answer.sent, answer.delivered))
    why = _WHY.get(attack) or _WHY[attack, key_exchange]
    return Downgrade(attack, key_exchange, noticed, found.gave_up if found else None,
                     found.endpoint.alerts_sent[-1] if found else None, tails,
                     ends[SERVER].endpoint.version, ends[SERVER].endpoint.group, why, talk)


def _ends(key_exchange: str) -> dict[str, Client | Server]:
    suite, kind = _SUITES[key_exchange]
    shared = {"versions": (TLS13, TLS12), "clock": lab.NOW.timestamp,
              "cipher_suites": (CipherSuite.TLS_AES_128_GCM_SHA256, suite)}
    trust = TrustStore([pki.root().certificate], lab.NOW)
    return {CLIENT: Client(lab.HOST, trust, random=lab.seeded("downgraded client"), **shared),
            SERVER: Server(pki.server(kind), random=lab.seeded("downgraded server"), **shared)}


class _Waiting:
    """An end that gets its bytes record by record, and tells what it waited for when it gave up."""

    def __init__(self, endpoint: Client | Server):
        self.endpoint = endpoint
        self.gave_up: str | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self.endpoint, name)

    def receive_data(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for record in split_records(data):
            state = self.endpoint.state.value
            try:
                events += self.endpoint.receive_data(record)
            except TLSError as problem:
                problem.events[:0] = events
                self.gave_up = state
                raise
        return events


class _Mallory:
    """A tamper function: changes the first record of either end."""

    def __init__(self, attack: str):
        self._attack = attack

    def __call__(self, packet: Packet) -> bytes:
        if packet.number != 0 or self._attack == NOTHING:
            return packet.data
        data = bytearray(packet.data)
        if packet.sender == CLIENT and self._attack in (VERSION, MARKER):
            _rename(data, _SUPPORTED_VERSIONS)
        elif packet.sender == CLIENT:
            _hide_group(data)
        elif self._attack == MARKER:
            data[_RANDOM_END - 8:_RANDOM_END] = lab.seeded("instead of the marker")(8)
        return bytes(data)


def _extension(data: bytes, wanted: int) -> tuple[int, int]:
    """Where an extension of a ClientHello's record begins and ends: no other kind of hello."""
    at = _RANDOM_END + 1 + data[_RANDOM_END]
    at += 2 + int.from_bytes(data[at:at + 2], "big")
    at += 1 + data[at] + 2
    while True:
        end = at + 4 + int.from_bytes(data[at + 2:at + 4], "big")
        if int.from_bytes(data[at:at + 2], "big") == wanted:
            return at, end
        at = end


def _rename(data: bytearray, wanted: int) -> None:
    start, _ = _extension(data, wanted)
    data[start:start + 2] = _HIDDEN.to_bytes(2, "big")


def _hide_group(data: bytearray) -> None:
    """In the list of groups and among the shares, X25519MLKEM768 becomes a number nobody knows."""
    for kind in (_SUPPORTED_GROUPS, _KEY_SHARE):
        start, end = _extension(data, kind)
        at = data.index(NamedGroup.X25519MLKEM768.to_bytes(2, "big"), start, end)
        data[at:at + 2] = _HIDDEN.to_bytes(2, "big")


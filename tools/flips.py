"""Every bit that crosses, flipped once: `python -m tools.flips [lane ...] [--jobs N] [--most N]`
(`make flips`).

For each bit of each record of a whole conversation (handshake, request, response, goodbye) one run
in which this bit arrives flipped. In no run may two ends that are both connected disagree about
what was said: see `disagreement`. Prints, for each record, which check noticed how many of them.

Both ends are ours, with seeded randomness, or one is and the other is OpenSSL.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, Conversation, Packet, exchange
from helpers.pki import authority
from helpers.sources.openssl import (
    ECDHE_SUITE,
    REQUEST,
    RESPONSE,
    RSA_SUITE,
    openssl_client,
    openssl_server,
)
from helpers.tls.client import Client
from helpers.tls.ech import ech_config_list, new_ech_key
from helpers.tls.errors import TLSError
from helpers.tls.events import ApplicationData, Closed, EarlyData, Event, HandshakeComplete
from helpers.tls.registry import TLS12, CipherSuite, NamedGroup
from helpers.tls.registry13 import TLS13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

NOBODY, WAITING = "nobody: all arrived", "nobody: both wait"
SAID = {CLIENT: REQUEST, SERVER: RESPONSE}
OTHER = {CLIENT: SERVER, SERVER: CLIENT}


class Disagreement(AssertionError):
    """A flipped bit made two connected ends believe different things, or an end misbehave."""


# --- the ends -----------------------------------------------------------------------------------

class Watched:
    """An end, what it reported, and why it gave up (in a list that both ends share)."""

    def __init__(self, name: str, end: object, complaints: list[tuple[str, TLSError]]):
        self.name, self.end = name, end
        self._complaints = complaints
        self.events: list[Event] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self.end, name)

    def receive_data(self, data: bytes) -> list[Event]:
        try:
            found = self.end.receive_data(data)
        except TLSError as problem:
            self._complaints.append((self.name, problem))
            self.events += problem.events
            raise
        self.events += found
        return found

    def has(self, kind: type) -> bool:
        return any(isinstance(event, kind) for event in self.events)

    @property
    def received(self) -> bytes:
        return b"".join(event.data for event in self.events
                        if isinstance(event, ApplicationData | EarlyData))

    @property
    def ours(self) -> bool:
        return isinstance(self.end, Client | Server)


@dataclass(frozen=True)
class Lane:
    """One kind of conversation: how to make its two ends, new ones for every run."""

    name: str
    client: Callable[[], object]
    server: Callable[[], object]


@cache
def _trust() -> TrustStore:
    return TrustStore([authority.root().certificate], lab.NOW)


def _choices(version: int, suite: int, group: int = NamedGroup.x25519) -> dict:
    # TLS 1.2 with RSA as in 2008: there Finished alone covers the hellos
    return {"versions": (version,), "cipher_suites": (suite,), "groups": (group,),
            "clock": lab.NOW.timestamp,
            "extended_master_secret": suite != CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256}


def _our_client(**choices: object) -> Client:
    return Client(lab.HOST, _trust(), random=lab.seeded("flips client"), **choices)


def _our_server(kind: str, **choices: object) -> Server:
    return Server(authority.server(kind), random=lab.seeded("flips server"), **choices)


def _lanes() -> Iterator[Lane]:
    suite13, group = CipherSuite.TLS_AES_128_GCM_SHA256, "x25519"
    rsa, ecdhe = _choices(TLS12, CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256), _choices(
        TLS12, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
    ours13, hybrid = _choices(TLS13, suite13), _choices(TLS13, suite13, NamedGroup.X25519MLKEM768)
    # RSA keys beside OpenSSL: ECDSA signatures have no constant length, and records would move
    for name, ours, kind, theirs in (
            ("1.2-RSA", rsa, "rsa", {"ciphers": RSA_SUITE}),
            ("1.2-ECDHE", ecdhe, "rsa", {"ciphers": ECDHE_SUITE}),
            ("1.3", ours13, "ecdsa", {"version": "1.3", "group": group})):
        yield Lane(name, lambda ours=ours: _our_client(**ours),
                   lambda ours=ours, kind=kind: _our_server(kind, **ours))
        serving = theirs | ({"extended_master_secret": False} if name == "1.2-RSA" else {})
        yield Lane(f"{name} OpenSSL serves", lambda ours=ours: _our_client(**ours),
                   lambda serving=serving: openssl_server(**serving))
        yield Lane(f"{name} OpenSSL asks", lambda theirs=theirs: openssl_client(**theirs),
                   lambda ours=ours: _our_server("rsa", **ours))
    yield Lane("1.3-hybrid", lambda: _our_client(**hybrid),
               lambda: _our_server("ecdsa", **hybrid))
    key = new_ech_key("public.example", lab.seeded("flips ech"))
    both = pki.issue(lab.HOST, by=authority.intermediate(), key="ed25519",
                     names=[lab.HOST, "public.example"])
    yield Lane("1.3-ECH", lambda: _our_client(**ours13, ech=ech_config_list([key])),
               lambda: Server(both, random=lab.seeded("flips server"), ech=[key], **ours13))


LANES = {lane.name: lane for lane in _lanes()}


# --- one run ------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Bit:
    """The `bit`-th (0 is the highest) of byte `offset` of a sender's record `number`."""

    sender: str
    number: int
    offset: int
    bit: int


class Run:
    """One conversation in which `bit` arrives flipped (None: an honest one)."""

    def __init__(self, lane: Lane, bit: Bit | None):
        self.bit, self.hit = bit, False
        self.records: list[tuple[str, int, bytes]] = []
        self.complaints: list[tuple[str, TLSError]] = []
        self.ends = {CLIENT: Watched(CLIENT, lane.client(), self.complaints),
                     SERVER: Watched(SERVER, lane.server(), self.complaints)}
        self.conversation = exchange(self.ends[CLIENT], self.ends[SERVER], self._carry,
                                     request=REQUEST, response=RESPONSE)

    def _carry(self, packet: Packet) -> bytes:
        self.records.append((packet.sender, packet.number, packet.data))
        bit = self.bit
        if bit is None or (bit.sender, bit.number) != (packet.sender, packet.number) or \
                bit.offset >= len(packet.data):
            return packet.data
        self.hit = True
        data = bytearray(packet.data)
        data[bit.offset] ^= 0x80 >> bit.bit
        return bytes(data)

    @property
    def noticed(self) -> str:
        """Which check noticed, and at which end."""
        if self.complaints:
            who, problem = self.complaints[0]
            return f"{check_of(problem)} ({who})"
        return NOBODY if self._all_arrived else WAITING

    @property
    def _all_arrived(self) -> bool:
        return all(self.ends[OTHER[name]].received == said for name, said in SAID.items()) and \
            self.ends[SERVER].has(Closed)


# what a reason says -> the check, ours and OpenSSL's words
_CHECKS = (
    ("Finished", ("Finished does not fit", "digest check failed")),
    ("record tag", ("the tag of record", "a sealed record needs", "bad record mac")),
    ("signature", ("signature does not fit", "bad signature")),
    ("record header", ("the record says", "no record has the type", "a record says version",
                       "in the clear after the keys", "wrong version number", "packet length",
                       "invalid record type", "http request")),
    ("order", (" came while this end waits", "unexpected message", "a record of type",
               "in the middle of a", "ccs received early")),
)
_BY_ALERT = {
    "decode_error": "parser", "unexpected_message": "order", "bad_record_mac": "record tag",
    "record_overflow": "record header", "bad_certificate": "certificate",
    "certificate_unknown": "certificate", "certificate_expired": "certificate",
    "unsupported_certificate": "certificate", "unknown_ca": "certificate",
    "protocol_version": "rules of the hello", "illegal_parameter": "rules of the hello",
    "handshake_failure": "rules of the hello", "unsupported_extension": "rules of the hello",
    "missing_extension": "rules of the hello", "inappropriate_fallback": "rules of the hello",
    "no_application_protocol": "rules of the hello", "decrypt_error": "signature",
}


def check_of(problem: TLSError) -> str:
    """The kind of check that raised this."""
    for check, words in _CHECKS:
        if any(word in problem.reason for word in words):
            return check
    return _BY_ALERT.get(problem.alert.name, problem.alert.name)


# --- what must never be -------------------------------------------------------------------------

def disagreement(run: Run) -> str | None:
    """What is wrong with this run, None if nothing is.

    Two ends that both were connected have the same transcript, secrets, version, suite, group
    and protocol; nobody gets other bytes than were sent, in any case; who was told that it was all
    has it all; and an end of ours that complains says so with exactly one alert, then nothing.
    """
    client, server = run.ends[CLIENT], run.ends[SERVER]
    if client.has(HandshakeComplete) and server.has(HandshakeComplete):
        for what in _differing(client, server):
            return f"two connected ends disagree about the {what}"
    for name, end in run.ends.items():
        said = SAID[OTHER[name]]
        if not said.startswith(end.received):
            return f"the {name} got {end.received!r}, which nobody said"
        if end.has(Closed) and end.received != said:
            return f"the {name} was told that it has it all, and it has not"
        if end.ours and (wrong := _misbehaviour(run, name, end)):
            return f"the {name} {wrong}"
    return None


def _differing(client: Watched, server: Watched) -> Iterator[str]:
    logs = [{line.split()[0]: line for line in end.keylog} for end in (client, server)]
    if any(logs[0][label] != logs[1][label] for label in logs[0].keys() & logs[1].keys()):
        yield "secrets"
    if client.ours and server.ours:
        for name in ("transcript", "version", "cipher_suite", "group", "alpn"):
            if getattr(client, name) != getattr(server, name):
                yield name


def _misbehaviour(run: Run, name: str, end: Watched) -> str | None:
    mine = [problem for who, problem in run.complaints if who == name]
    if len(mine) > 1:
        return "complained twice"
    if mine and end.alerts_sent != [mine[0].alert.name]:
        return f"raised {mine[0].alert.name} and sent {end.alerts_sent}"
    if not mine and end.alerts_sent:
        return f"sent {end.alerts_sent} and raised nothing"
    if mine and (end.receive_data(b"\x17\x03\x03\x00\x00") or end.data_to_send()):
        return "goes on after its alert"
    return None


# --- all of them --------------------------------------------------------------------------------

@cache
def records(name: str) -> tuple[tuple[str, int, int, str], ...]:
    """The records of an honest run of the lane: sender, its number, length, what is in it."""
    run = Run(LANES[name], None)
    if wrong := disagreement(run):
        raise Disagreement(f"{name}, nothing flipped: {wrong}")
    if run.noticed != NOBODY:
        raise Disagreement(f"{name}, nothing flipped: {run.noticed}")
    return tuple((sender, number, len(data), _title(run.conversation, sender, data))
                 for sender, number, data in run.records)


def _title(conversation: Conversation, sender: str, data: bytes) -> str:
    titles = [message.title for message in conversation.messages
              if message.sender == sender and message.wire == data]
    return ", ".join(titles) or "part of a message"


def bits(name: str, most: int | None = None, seed: int = 0) -> list[Bit]:
    """Every bit of the lane; with `most`, so many of them, drawn anew for each seed."""
    found = [Bit(sender, number, offset, bit) for sender, number, length, _ in records(name)
             for offset in range(length) for bit in range(8)]
    if most is None or most >= len(found):
        return found
    return sorted(random.Random(f"{name} {seed}").sample(found, most),
                  key=lambda bit: (bit.sender, bit.number, bit.offset, bit.bit))


@dataclass
class Table:
    """How many flips of each record were noticed by what."""

    lane: str
    counts: dict[tuple[str, int], Counter] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(sum(count.values()) for count in self.counts.values())

    def lines(self) -> Iterator[str]:
        """The table as text."""
        known = records(self.lane)
        yield (f"{self.lane}: {sum(length for _, _, length, _ in known):,} bytes in {len(known)} "
               f"records, {self.total:,} flips")
        for sender, number, length, title in known:
            count = self.counts.get((sender, number))
            if count:
                yield f"  {sender} {title}, {length} bytes"
                yield "".join(f"\n      {hits:6,}  {check}"
                              for check, hits in count.most_common())[1:]
        overall = Counter()
        for count in self.counts.values():
            overall += count
        yield "  all together"
        yield "".join(f"\n      {hits:6,}  {check}" for check, hits in overall.most_common())[1:]


def survey(name: str, chosen: Iterable[Bit]) -> Table:
    """Flips each of these bits. Raises Disagreement, with the bit, if that goes wrong."""
    table, lane = Table(name), LANES[name]
    for bit in chosen:
        run = Run(lane, bit)
        if wrong := disagreement(run):
            raise Disagreement(f"{name}, {bit}: {wrong}")
        noticed = run.noticed if run.hit else "not sent in that run"
        table.counts.setdefault((bit.sender, bit.number), Counter())[noticed] += 1
    return table


def _job(name: str, most: int | None, seed: int) -> list[str]:
    return list(survey(name, bits(name, most, seed)).lines())


def main(arguments: list[str] | None = None) -> None:
    """Runs the lanes asked for (all, if none is) and prints their tables."""
    parser = argparse.ArgumentParser(prog="python -m tools.flips", description="Flip every bit.")
    parser.add_argument("lanes", nargs="*", metavar="lane", help=", ".join(LANES))
    parser.add_argument("--jobs", type=int, default=2, help="so many processes (2)")
    parser.add_argument("--most", type=int, help="only so many bits of each lane, drawn by chance")
    parser.add_argument("--seed", type=int, default=0, help="which ones (0)")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.lanes if name not in LANES]:
        raise SystemExit(f"No lane is called {', '.join(unknown)}. There are: {', '.join(LANES)}.")
    names = options.lanes or list(LANES)
    with ProcessPoolExecutor(options.jobs) as pool:
        for lines in pool.map(_job, names, [options.most] * len(names),
                              [options.seed] * len(names)):
            print("\n".join(lines), flush=True)
    print(f"{len(names)} lanes: never did two connected ends disagree.")


if __name__ == "__main__":
    main()

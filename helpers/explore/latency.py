"""Time to the first byte: choose the way, the distance, the certificates and the computers."""

from __future__ import annotations

from functools import cache

from helpers.experiments import PROTOCOLS, chain, protocol, quic_shape, script_of
from helpers.experiments.latency import Computing, Link, time_to_first_byte
from helpers.experiments.latency_chains import CLASSICAL, HYBRID, KINDS, parts_of
from helpers.experiments.latency_flights import Script
from helpers.show import waterfall, weight_view
from helpers.show.look import panel

from .controls import Choice, Number
from .explorer import Explorer

MEGABITS = {"0.1 Mbit/s": 0.1, "1 Mbit/s": 1, "10 Mbit/s": 10, "100 Mbit/s": 100,
            "1,000 Mbit/s": 1000}  # fmt: skip
LOSSES = {"none": 0.0, "1 in 100": 0.01, "1 in 20": 0.05}
_FULL = ("TLS 1.2, ECDHE", "TLS 1.3", "TLS 1.3, resumed")
_FACTORS = {"as it is": 1, "10 times slower": 10, "100 times slower": 100,
            "1,000 times slower": 1000}  # fmt: skip


def choose_a_link() -> Explorer:
    """All ways to visit, on one link."""

    def render(ms: int, megabits: float, loss: float, window: int) -> str:
        link = Link(ms / 1000, megabits * 1e6, loss, window)
        lines = [time_to_first_byte(protocol(name), link) for name in PROTOCOLS]
        return waterfall(lines).html

    return Explorer(
        "Choose a link",
        {
            "ms": Number("Round trip (ms)", 0, 300, 10, 60),
            "megabits": Choice("Bandwidth", MEGABITS, value=10),
            "loss": Choice("Lost packets", LOSSES),
            "window": Choice("Packets at first", [1, 4, 10, 30], value=10),
        },
        render,
        question="You may either halve the round trip or have a hundred times the bandwidth. "
        "Which brings the first byte sooner? Find a link on which it is the other one. And at 60 "
        "ms and 10 Mbit/s: what delays TLS 1.3 more, one packet in 100 lost, or only one packet "
        "at first?",
    )


@cache
def _both(kind: str, intermediates: int, names: int, group: str) -> tuple[Script, Script]:
    talk = chain(kind, intermediates, names, group)
    return script_of(talk, "TLS 1.3 over TCP"), quic_shape(talk, "QUIC")


def choose_a_chain() -> Explorer:
    """One chain of certificates, over TCP and over QUIC."""

    def render(kind: str, intermediates: int, names: int, group: str, window: int) -> str:
        chosen = (kind, intermediates, names, group)
        parts = parts_of(chain(*chosen))
        link = Link(0.1, 100e6, window=window, dns=0.0)
        lines = [time_to_first_byte(script, link) for script in _both(*chosen)]
        label = f"{kind}, {intermediates} intermediate{'' if intermediates == 1 else 's'}"
        return weight_view({label: parts}, window=window).html + waterfall(lines).html

    return Explorer(
        "Choose a chain",
        {
            "kind": Choice("Keys of the chain", KINDS),
            "intermediates": Number("Intermediate certificates", 0, 3, 1, 1),
            "names": Choice("Names in the leaf", [1, 100], style="buttons"),
            "group": Choice("Key exchange", {"X25519MLKEM768": HYBRID, "X25519": CLASSICAL},
                            style="buttons"),
            "window": Choice("Packets at first", [4, 10, 30], value=10, style="buttons"),
        },
        render,
        question="ML-DSA-44, ten packets at first: how many intermediates may there be before TCP "
        "loses a round trip? RSA-2048 with three intermediates over QUIC: with which of the two "
        "key exchanges does it lose one?",
    )


def hurry_the_server() -> Explorer:
    """Slow computers against long ways."""

    def render(ms: int, server: int, client: int) -> str:
        computing = Computing(server=server, client=client)
        link = Link(ms / 1000, dns=0.0)
        lines = [time_to_first_byte(protocol(name), link, computing) for name in _FULL]
        shares = {item.name: 100 * item.computing / item.first_byte for item in lines}
        said = "; ".join(f"{name}: {share:.0f} %" for name, share in shares.items())
        return panel(f"Share of the time that is computing: {said}.") + waterfall(lines).html

    return Explorer(
        "Distance or computing",
        {
            "ms": Choice("Round trip", {f"{ms} ms": ms for ms in (1, 10, 30, 100, 300)}, value=30),
            "server": Choice("Server's computer", _FACTORS),
            "client": Choice("Client's computer", _FACTORS),
        },
        render,
        question="How slow must the server's computer be, 1 ms away and 100 ms away, before "
        "computing takes as long as the distance does? And which visit hardly notices?",
    )

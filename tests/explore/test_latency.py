"""The questions of the time widgets have the answers that using them gives."""

import re

from helpers.experiments import PROTOCOLS
from helpers.explore import choose_a_chain, choose_a_link, hurry_the_server


def first_bytes(html: str) -> dict[str, float]:
    """{way: milliseconds}, as the picture's words say."""
    return {name: float(re.search(rf"{re.escape(name)}: ([\d,.]+) ms", html)[1].replace(",", ""))
            for name in PROTOCOLS}


def test_usually_distance_and_on_a_narrow_link_bandwidth():
    link = choose_a_link()
    start = first_bytes(link.value_html)
    nearer = first_bytes(link.render_with(ms=30))
    wider = first_bytes(link.render_with(megabits=1000))
    assert nearer["TLS 1.3"] < wider["TLS 1.3"] < start["TLS 1.3"]
    nearer, wider = (first_bytes(link.render_with(**values)) for values in (
        {"ms": 30, "megabits": 0.1}, {"ms": 60, "megabits": 10}))
    assert wider["TLS 1.3"] < nearer["TLS 1.3"]


def trips(html: str) -> list[int]:
    alt = re.search(r'alt="(waterfall[^"]*)"', html)[1]
    return [int(count) for count in re.findall(r"ms, (\d) round trip", alt)]


def test_the_first_chain_that_costs_a_round_trip():
    chains = choose_a_chain()
    assert trips(chains.render_with(kind="ML-DSA-44", intermediates=1)) == [3, 3]
    assert trips(chains.render_with(kind="ML-DSA-44", intermediates=2)) == [4, 3]
    assert trips(chains.render_with(kind="RSA-2048", intermediates=2, group="x25519")) == [3, 2]
    assert trips(chains.render_with(kind="RSA-2048", intermediates=3, group="x25519")) == [3, 3]


def test_near_by_computing_counts_and_far_away_it_does_not():
    shares = {ms: [int(share) for share in re.findall(r": (\d+) %", hurry_the_server().render_with(
        ms=ms, server=100))] for ms in (1, 100)}
    assert min(shares[1][:2]) > 90
    assert max(shares[100]) < 25
    assert shares[100][2] < shares[100][1]

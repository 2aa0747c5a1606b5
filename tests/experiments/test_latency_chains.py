"""Chains of real certificates, and what of them fits into the first ten packets."""

import pytest

from helpers.experiments.latency import round_trips
from helpers.experiments.latency_chains import KINDS, chain, identity_of, parts_of
from helpers.experiments.latency_flights import script_of


def sizes(kind: str, names: int = 1) -> list[int]:
    return [len(item) for item in identity_of(kind, 1, names)[0].chain]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chain_is_served_believed_and_weighed(kind):
    talk = chain(kind)
    assert all(end.connected and not end.problem for end in talk.ends.values())
    parts = parts_of(talk)
    assert [parts["leaf"], parts["CA 1"]] == sizes(kind)
    assert sum(parts.values()) == script_of(talk).flights[1].size
    assert 0 < parts["other"] < 300


def test_the_sizes_repeat():
    before = {kind: parts_of(chain(kind, 2)) for kind in ("ECDSA P-256", "ML-DSA-44")}
    chain.cache_clear()
    assert {kind: parts_of(chain(kind, 2)) for kind in before} == before


@pytest.mark.parametrize(("kind", "intermediates", "trips"), [
    ("ECDSA P-256", 3, 3), ("RSA-3072", 3, 3), ("ML-DSA-44", 1, 3), ("ML-DSA-44", 2, 4),
    ("ML-DSA-65", 0, 3), ("ML-DSA-65", 1, 4), ("ML-DSA-87", 1, 4)])
def test_which_chain_costs_a_round_trip(kind, intermediates, trips):
    assert round_trips(script_of(chain(kind, intermediates))) == trips


def test_a_hundred_names_weigh_more_than_an_intermediate():
    one, hundred = (sizes("RSA-2048", names) for names in (1, 100))
    assert hundred[0] - one[0] > one[1]
    assert hundred[1] == one[1]


@pytest.mark.parametrize("wrong", [("DSA",), ("RSA-2048", 5), ("RSA-2048", -1), ("RSA-2048", 1, 0)])
def test_a_chain_that_cannot_be(wrong):
    with pytest.raises(ValueError, match="a chain has keys"):
        chain(*wrong)

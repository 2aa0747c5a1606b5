"""The model against the clock: within a tenth for every way to visit.

Whatever else a busy machine does only makes a visit longer: so the best of a few counts, and no
visit at all may be shorter than the model allows.
"""

import pytest

from helpers.experiments.latency import Link
from helpers.experiments.latency_chains import chain, identity_of
from helpers.experiments.latency_flights import script_of
from helpers.experiments.latency_measured import (
    MEASURED,
    Checked,
    check_model,
    measured_first_byte,
    timed_script,
)
from helpers.sources.openssl import openssl_client, openssl_server

ROUND_TRIP = 0.1
MOST_RUNS = 6


def best(run) -> Checked:
    """The first run within a tenth, else the best of a few."""
    rows = []
    for _ in range(MOST_RUNS):
        rows.append(run())
        assert rows[-1].measured >= 0.97 * rows[-1].model
        if rows[-1].off <= 0.1:
            break
    return min(rows, key=lambda row: row.measured)


@pytest.mark.parametrize("name", MEASURED)
def test_the_model_is_right_within_a_tenth(name):
    row = best(lambda: check_model([name], round_trip=ROUND_TRIP, runs=1)[0])
    assert row.name == name
    assert abs(row.off) <= 0.1


def test_a_chain_that_is_too_long_really_costs_a_round_trip():
    """RSA certificates for 100 names, and two packets at first: so that it is over soon."""
    identity, top = identity_of("RSA-2048", 3, 100)
    script = script_of(chain("RSA-2048", 3, 100, "x25519"), "long chain")

    def run() -> Checked:
        client = openssl_client(version="1.3", roots=(top.certificate,), group="x25519")
        server = openssl_server(version="1.3", identity=identity)
        return timed_script(client, server, script, Link(ROUND_TRIP, window=2, dns=0.0))

    row = best(run)
    assert row.round_trips == 4
    assert abs(row.off) <= 0.1


def test_quic_is_not_measured():
    with pytest.raises(ValueError, match="cannot be measured"):
        measured_first_byte(["QUIC"])

"""The waterfall, its table, and what they say in words."""

import re

import pytest

from helpers.experiments.latency import Computing, Link, time_to_first_byte
from helpers.experiments.latency_visits import PROTOCOLS, protocol
from helpers.show import waterfall
from helpers.show.waterfall import milliseconds, trips


def visits(*names: str, **link):
    return [time_to_first_byte(protocol(name), Link(**link)) for name in names or PROTOCOLS]


def test_every_visit_is_told_with_its_numbers():
    lines = visits()
    text = waterfall(lines).text
    for line in lines:
        assert f"{line.name}: {milliseconds(line.first_byte)}, {trips(line.round_trips)}" in text
    assert "TLS 1.3: 172 ms, 3 round trips (DNS 20 ms, TCP 50 ms, TLS 51 ms, request 50 ms" in text


def test_a_shared_link_stands_in_the_caption_and_others_with_each_visit():
    assert "Round trip 50 ms, 50 Mbit/s, no loss, 10 packets" in waterfall(visits("HTTP")).html
    two = [*visits("HTTP", round_trip=0.01), *visits("HTTP", round_trip=0.2)]
    assert re.search(r"computing; Round trip 10 ms.*; Round trip 200 ms", waterfall(two).text)


def test_loss_and_computing_are_explained_where_they_are():
    plain, lossy = (waterfall(visits("HTTP", loss=loss)) for loss in (0.0, 0.1))
    assert "Hatched" not in plain.html
    assert "Hatched" in lossy.html
    assert "waiting for lost packets" in lossy.text
    assert "that end computes" in waterfall(visits("TLS 1.3")).html
    assert "that end computes" not in plain.html


@pytest.mark.parametrize("link", [
    {"round_trip": 0.0, "dns": 0.0, "bandwidth": 1e12}, {"round_trip": 20.0, "loss": 0.5},
    {"bandwidth": 1e3, "window": 1}])
def test_extremes_can_be_drawn(link):
    slow = Computing(server=1e5, client=1e5)
    lines = [time_to_first_byte(protocol(name), Link(**link), slow) for name in PROTOCOLS]
    assert waterfall(lines).html
    assert waterfall(visits(**link)).html


def test_it_repeats():
    assert waterfall(visits()).html == waterfall(visits()).html


def test_as_many_visits_as_fit():
    for count in (0, 13):
        with pytest.raises(ValueError, match="1 to 12"):
            waterfall(visits("HTTP") * count)

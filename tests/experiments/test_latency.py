"""The latency model: slow start, bandwidth, loss, QUIC's limit, and that it repeats."""

from dataclasses import FrozenInstanceError
from math import inf
from random import Random

import pytest

from helpers.experiments.latency import (
    FIRST_TIMEOUT,
    NO_COMPUTING,
    Computing,
    Link,
    draw_visits,
    round_trips,
    time_to_first_byte,
)
from helpers.experiments.latency_flights import TCP_SEGMENT, Flight, Script
from helpers.experiments.latency_visits import PROTOCOLS, protocol

TRIPS = {"HTTP": 2, "TLS 1.2, RSA": 4, "TLS 1.2, ECDHE": 4, "TLS 1.2, resumed": 3, "TLS 1.3": 3,
         "TLS 1.3, resumed": 3, "TLS 1.3, 0-RTT": 2, "QUIC": 2, "QUIC, 0-RTT": 1}


def script(*sizes: int, transport: str = "TCP", work=()) -> Script:
    """Client and server in turns; the last flight is the response."""
    flights = [Flight("server" if number % 2 else "client", size, ("bytes",), size,
                      "response" if number == len(sizes) - 1 else "request", work)
               for number, size in enumerate(sizes)]
    return Script("made up", tuple(flights), transport)


def ideal(**changes) -> Link:
    return Link(**{"round_trip": 1.0, "bandwidth": inf, "dns": 0.0, **changes})


@pytest.mark.parametrize("name", PROTOCOLS)
def test_round_trips_are_those_of_the_rfcs(name):
    assert round_trips(protocol(name)) == TRIPS[name]


@pytest.mark.parametrize(("packets", "window", "trips"), [
    (10, 10, 2), (11, 10, 3), (30, 10, 3), (31, 10, 4), (1, 1, 2), (3, 1, 3), (7, 1, 4), (8, 1, 5)])
def test_slow_start_doubles_the_window_in_a_round_trip(packets, window, trips):
    assert round_trips(script(100, packets * TCP_SEGMENT), window) == trips


def test_a_window_that_has_grown_stays_so():
    """The second answer of ten packets finds room for twenty."""
    twice = script(100, 10 * TCP_SEGMENT, 100, 20 * TCP_SEGMENT)
    assert round_trips(twice, 10) == 3
    assert round_trips(script(100, 100, 100, 20 * TCP_SEGMENT), 10) == 4


def test_bytes_take_their_time_on_a_narrow_link():
    narrow = time_to_first_byte(script(125, 1250), ideal(bandwidth=10_000), NO_COMPUTING)
    assert narrow.first_byte == pytest.approx(2 + 8 * (125 + 1250) / 10_000)


def test_quic_may_send_three_times_what_it_got():
    assert round_trips(script(1200, 3600, transport="QUIC")) == 1
    assert round_trips(script(1200, 3601, transport="QUIC")) == 2
    assert round_trips(script(2400, 7200, transport="QUIC")) == 1
    assert round_trips(script(1200, 3601)) == 2  # TCP, with its own round trip


def test_a_loss_costs_on_average_what_it_costs():
    """One packet each way after TCP's two; each lost one in ten times, and a second late."""
    lost = time_to_first_byte(script(100, 100), ideal(round_trip=0.1, loss=0.1), NO_COMPUTING)
    assert lost.first_byte == pytest.approx(0.2 + 4 * 0.1 * FIRST_TIMEOUT)


def test_the_packets_behind_a_lost_one_give_it_away():
    """One of the first seven of ten is late by a round trip only; one of the last three, by a
    timeout."""
    link = ideal(round_trip=0.1, loss=0.01)
    late = time_to_first_byte(script(100, 10 * TCP_SEGMENT), link, NO_COMPUTING).first_byte
    keep = 0.99 ** 3
    expected = 0.2 + 3 * 0.01 * FIRST_TIMEOUT + (1 - keep) * FIRST_TIMEOUT
    assert late == pytest.approx(expected + (keep - 0.99 ** 10) * 0.1)


def test_quic_does_not_wait_a_whole_second_near_by():
    link = ideal(round_trip=0.01, loss=0.1)
    quic = time_to_first_byte(script(10, 10, 10, 10, transport="QUIC"), link, NO_COMPUTING)
    waits = [item.end - item.start for item in quic.segments if item.kind == "loss"]
    assert waits == pytest.approx([0.1, 0.1, 0.003, 0.003])


def test_lots_are_drawn_the_same_way_twice_and_average_to_the_average():
    link = ideal(round_trip=0.1, loss=0.02)
    drawn = draw_visits(script(100, 100), link, 4000)
    assert drawn == draw_visits(script(100, 100), link, 4000)
    assert drawn != draw_visits(script(100, 100), link, 4000, seed=1)
    average = time_to_first_byte(script(100, 100), link, NO_COMPUTING).first_byte
    assert sum(drawn) / len(drawn) == pytest.approx(average, rel=0.1)
    assert drawn[0] == pytest.approx(0.2)  # most visits lose nothing at all


def test_a_second_copy_can_get_lost_too():
    link = ideal(round_trip=0.1, loss=0.6)
    assert max(draw_visits(script(1, 1), link, 200)) > 0.2 + 4 * FIRST_TIMEOUT
    chance = time_to_first_byte(script(1, 1), link, chance=Random(1))
    assert {item.kind for item in chance.segments} == {"packet", "loss"}


def test_computing_counts_at_the_end_that_does_it():
    visit = script(1, 1, work=(("sign", 2),))
    slow = Computing(sign=0.001, client=1, server=100)
    run = time_to_first_byte(visit, ideal(), slow)
    assert run.computing == pytest.approx(0.002 + 0.2)
    assert run.first_byte == pytest.approx(2.202)


@pytest.mark.parametrize("name", PROTOCOLS)
@pytest.mark.parametrize("link", [Link(), Link(0.2, 1e5, 0.05, 1, 0.0), Link(0.0, 1e9)])
def test_a_timeline_runs_from_enter_to_the_first_byte(name, link):
    run = time_to_first_byte(protocol(name), link)
    starts = [item.start for item in run.segments]
    assert starts == sorted(starts)
    assert all(item.end >= item.start >= 0 for item in run.segments)
    assert run.first_byte == max(item.end for item in run.segments)
    assert run.stages[0][1] == 0
    assert run.stages[-1][2] == run.first_byte
    assert all(one[2] == two[1] for one, two in zip(run.stages, run.stages[1:], strict=False))
    assert run == time_to_first_byte(protocol(name), link)


def test_stages_by_name():
    stages = {name: [stage for stage, *_ in time_to_first_byte(protocol(name), Link()).stages]
              for name in PROTOCOLS}
    assert stages["HTTP"] == ["DNS", "TCP", "request"]
    assert stages["TLS 1.3"] == ["DNS", "TCP", "TLS", "request"]
    assert stages["TLS 1.3, 0-RTT"] == ["DNS", "TCP", "TLS and request"]
    assert stages["QUIC"] == ["DNS", "TLS", "request"]


def test_nothing_can_be_changed():
    run = time_to_first_byte(protocol("HTTP"), Link())
    with pytest.raises(FrozenInstanceError):
        run.link = Link(1)
    with pytest.raises(FrozenInstanceError):
        run.segments[0].end = 0


@pytest.mark.parametrize("wrong", [
    {"round_trip": -1}, {"dns": -0.1}, {"bandwidth": 0}, {"window": 0}, {"loss": 1}, {"loss": -1}])
def test_a_link_that_cannot_be(wrong):
    with pytest.raises(ValueError, match="a link has times"):
        Link(**wrong)

"""When computing matters, and when distance does."""

import pytest

from helpers.experiments.latency import Computing
from helpers.experiments.latency_computing import (
    computing_of,
    equal_distance,
    first_byte_by_distance,
    kilometres,
    measured_computing,
)
from helpers.experiments.latency_visits import protocol


def test_at_the_equal_distance_both_take_as_long():
    script, computing = protocol("TLS 1.3"), Computing(server=50)
    distance = equal_distance(script, computing)
    (_, whole), = first_byte_by_distance(script, [distance], computing)
    assert whole == pytest.approx(2 * computing_of(script, computing))


def test_who_comes_back_computes_less():
    full, back = (computing_of(protocol(f"TLS 1.3{way}")) for way in ("", ", resumed"))
    assert 0 < back < full


def test_a_millisecond_is_a_hundred_kilometres():
    assert kilometres(0.001) == pytest.approx(100)


def test_this_machine_needs_some_time():
    took = measured_computing()
    assert 0 < took.verify < took.sign < 1
    assert 0 < took.exchange < 1
    assert 0 < took.decrypt < 1

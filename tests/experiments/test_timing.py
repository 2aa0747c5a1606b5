"""The clock: right about what takes how long, quick about it, and transparent to errors."""

import gc
import time

import pytest

from helpers.experiments import race, seconds_of


def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def test_it_is_near_the_truth():
    assert 0.002 <= seconds_of(lambda: spin(0.002)) < 0.02  # on a busy machine, too
    assert 1e-9 <= seconds_of(lambda: None) < 1e-4


def test_fast_actions_take_little_time_and_slow_ones_run_once():
    began = time.perf_counter()
    seconds_of(lambda: None)
    assert time.perf_counter() - began < 0.5  # a tenth of a second, on a machine of one's own
    calls = []
    assert seconds_of(lambda: calls.append(spin(0.06))) >= 0.06
    assert len(calls) == 1


def test_a_race_is_won_by_the_fastest_and_keeps_the_order():
    times = race({"slow": lambda: spin(0.003), "fast": lambda: spin(0.0003), "none": int})
    assert list(times) == ["slow", "fast", "none"]
    assert times["none"] < times["fast"] < times["slow"]


def test_racers_take_turns():
    order = []
    race({"a": lambda: order.append(spin(0.01) or "a"), "b": lambda: order.append("b")})
    assert "a" in order[order.index("b") : len(order) - order[::-1].index("b")]


def test_what_an_action_raises_comes_through_and_python_tidies_up_again():
    with pytest.raises(ZeroDivisionError):
        seconds_of(lambda: 1 / 0)
    assert gc.isenabled()

import contextlib
import ctypes
import threading
import time
from types import SimpleNamespace

import pytest

from helpers.exercises import check, patience
from helpers.exercises.patience import TooLarge, TooLong, call_within, peak_memory


def endless():
    number = 0
    while True:
        number += 1


def test_what_comes_back_in_time_comes_back():
    assert call_within(5, lambda a, b: a + b, (1, 2)) == 3


def test_what_it_raises_passes():
    with pytest.raises(ZeroDivisionError):
        call_within(5, lambda: 1 / 0, ())


def test_an_endless_loop_is_stopped():
    began = time.monotonic()
    with pytest.raises(TooLong):
        call_within(0.2, endless, ())
    assert time.monotonic() - began < 5


def hoarding():
    ways = [bytes(1000)]
    for way in ways:
        ways += [way + b"", bytes(1000)]


@pytest.mark.skipif(not peak_memory(), reason="this system does not say how much memory is used")
def test_a_list_without_an_end_is_stopped_before_it_fills_the_machine(monkeypatch):
    monkeypatch.setattr(patience, "GROWTH", 50_000_000)
    before = peak_memory()
    with pytest.raises(TooLarge):
        call_within(60, hoarding, ())
    assert peak_memory() - before < 1_000_000_000
    assert call_within(60, sum, ([1, 2],)) == 3


def test_an_except_exception_does_not_keep_it_alive():
    def stubborn():
        while True:
            with contextlib.suppress(Exception):
                endless()

    with pytest.raises(TooLong):
        call_within(0.2, stubborn, ())


def test_one_that_gets_lost_is_sent_again():
    lost = []

    def careless():
        try:
            endless()
        except TooLong:
            lost.append(1)
        endless()

    with pytest.raises(TooLong):
        call_within(0.2, careless, ())
    assert lost == [1]


def test_the_learners_own_interrupt_passes():
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call_within(5, stopped, ())


def test_nothing_is_left_behind_that_could_interrupt_later():
    before = threading.active_count()
    for _ in range(20):
        call_within(0.3, int, ())
    time.sleep(0.5)
    assert threading.active_count() <= before


def test_a_limit_that_comes_too_late_hits_nobody():
    before = threading.active_count()
    for _ in range(1000):
        with contextlib.suppress(TooLong):  # either is right so close to the limit
            assert call_within(0.001, time.sleep, (0.001,)) is None
        assert sum(number for number in range(1000)) == 499500
    time.sleep(0.3)
    assert threading.active_count() <= before


def test_it_works_in_any_thread():
    seen = []

    def work():
        try:
            call_within(0.2, endless, ())
        except TooLong:
            seen.append("stopped")

    worker = threading.Thread(target=work)
    worker.start()
    worker.join(10)
    assert seen == ["stopped"]


def test_check_says_it_in_a_sentence(lesson_99, monkeypatch):
    monkeypatch.setattr("helpers.exercises.calling.LIMIT", 0.2)

    def nonce(iv, sequence):
        while sequence >= 0:
            iv = iv + b""

    report = check("99-nonce", nonce)
    assert report.state == "not yet"
    assert "still running" in report.text


@pytest.mark.skipif(not peak_memory(), reason="this system does not say how much memory is used")
def test_check_says_that_the_memory_was_full(lesson_99, monkeypatch):
    monkeypatch.setattr(patience, "GROWTH", 50_000_000)
    report = check("99-nonce", lambda iv, sequence: hoarding())
    assert report.state == "not yet"
    assert "filled a gigabyte of memory" in report.text


def test_a_call_that_comes_back_in_time_leaves_the_interpreter_alone(monkeypatch):
    """CPython 3.11 would run slower for ever after."""
    sent = []
    api = SimpleNamespace(PyThreadState_SetAsyncExc=lambda *given: sent.append(given))
    monkeypatch.setattr(patience, "ctypes", SimpleNamespace(
        c_ulong=ctypes.c_ulong, py_object=ctypes.py_object, pythonapi=api))
    assert call_within(5, int, ()) == 0
    assert sent == []


def test_the_limit_is_far_above_what_a_solution_needs():
    assert patience.LIMIT >= 10

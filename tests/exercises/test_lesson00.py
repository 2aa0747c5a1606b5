"""Lesson 00: the reference answers against what they are about."""

import pytest

from helpers.conversation import CLIENT
from helpers.exercises.lesson00 import open_bytes
from helpers.exercises.lesson00_leaks import crossings_of, leaks
from helpers.exercises.lesson00_wait import DNS, wait
from helpers.experiments import Link, order_by, protocol, time_to_first_byte
from helpers.experiments.latency import NO_COMPUTING
from helpers.sources import load


@pytest.mark.parametrize("name", ["first_visit", "tls12_ecdhe", "tls13_x25519"])
def test_open_and_sealed_bytes_are_all_there_are(name):
    visit = load(name)
    sealed = sum(len(item.wire) for item in visit.messages if item.encrypted)
    assert open_bytes(visit.messages) + sealed == sum(len(item.sent) for item in visit.crossings)


def test_a_word_leaks_if_one_end_said_it():
    assert leaks(crossings_of(order_by("http")), "blue-otter-41")
    assert not leaks(crossings_of(order_by("https")), "blue-otter-41")
    assert leaks([(CLIENT, b"ab"), ("server", b"x"), (CLIENT, b"cd")], "bc")


@pytest.mark.parametrize("quic", [False, True])
@pytest.mark.parametrize("redirected", [False, True])
def test_the_wait_is_the_models_without_bytes_and_computing(redirected, quic):
    link = {"round_trip": 0.08, "bandwidth": float("inf")}
    names = ["QUIC" if quic else "TLS 1.3", *(["HTTP"] if redirected else [])]
    total = sum(time_to_first_byte(protocol(name), Link(**link, dns=0.0), NO_COMPUTING).first_byte
                for name in names)  # fmt: skip
    assert wait(80, redirected, quic) == pytest.approx(DNS + 1000 * total)

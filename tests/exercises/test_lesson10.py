"""The reference answers of lesson 10 are what the engine, OpenSSL and the latency model say."""

from math import inf

import pytest

from helpers import lab
from helpers.exercises import catalogue, check
from helpers.exercises.lesson10_binder import binder_of
from helpers.exercises.lesson10_hsts import goes_by_https
from helpers.exercises.lesson10_quiz import FLIGHT, MACHINES, QUIZ, TRIP, WINDOW
from helpers.exercises.lesson10_ticket import is_fresh, rfc8448_ages
from helpers.exercises.lesson10_wire import DETOUR, ON_THE_WIRE, REQUEST, request_of
from helpers.experiments import chain, script_of
from helpers.experiments.coming_back import TICKET_KEY, shop_client, shop_server, visit_shop
from helpers.experiments.latency import NO_COMPUTING, Link, time_to_first_byte
from helpers.experiments.latency_flights import Flight, Script
from helpers.experiments.replayed import replayed
from helpers.tls.psk import Session, Tickets
from tests.exercises.conftest import fresh_progress
from tests.tls.rfc8448 import RESUMED, trace


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def right(slug):
    (question,) = [one for one in QUIZ if one.slug == slug]
    return next(option.text for option in question.options if option.right)


def scripted(flight):
    """A first visit whose server sends so many bytes."""
    return Script("", (Flight("client", 300, ("hello",), 300, "TLS"),
                       Flight("server", flight, ("flight",), flight, "TLS"),
                       Flight("client", 100, ("request",), 100, "request"),
                       Flight("server", 100, ("response",), 100, "response")))


def modelled(round_trip, flight, window):
    link = Link(round_trip / 1000, inf, window=window, dns=0.0)
    return round(1000 * time_to_first_byte(scripted(flight), link, NO_COMPUTING).first_byte)


@pytest.mark.parametrize("case", cases("10-first-byte"), ids=lambda case: case.label)
def test_the_first_byte_is_where_the_model_has_it(case):
    assert case.expected == modelled(*case.args)


def test_real_flights_are_where_the_model_has_them():
    script = script_of(chain("ML-DSA-65"))
    assert len(script.flights) == 4
    assert modelled(80, script.flights[1].size, 10) == 320


def test_the_request_of_the_exercise():
    assert len(request_of(REQUEST)) == REQUEST
    assert ON_THE_WIRE.made_cases()[0].expected == REQUEST + 22
    for said in ("433 bytes", 433.0, "0x1b1"):
        assert check("10-on-the-wire", said).state == "passed"


def test_the_detour():
    first = 2 * 60  # port 80: TCP; request and 301
    assert DETOUR.made_cases()[0].expected == first + modelled(60, 3000, 10)
    assert check("10-detour", "300 ms").state == "passed"


def test_freshness_is_the_engines():
    for case in cases("10-fresh"):
        obfuscated, add, issued, now = case.args
        if abs((obfuscated - add) % 2**32 - (now - issued)) == 10_000:
            continue  # the engine counts seconds in fractions, so on the very limit it may differ
        session = Session(772, 4865, b"", issued / 1000, 7200, age_add=add)
        assert session.age_fits(obfuscated, now / 1000) == case.expected, case.label
    assert rfc8448_ages()[0] != rfc8448_ages()[1]
    assert is_fresh(*rfc8448_ages(), 0, 6)


def test_binders():
    step = trace(RESUMED).one("calculate PSK binder", "client")
    psk = trace(RESUMED).one('extract secret "early"', "client")["IKM"]
    hello = step["ClientHello prefix"] + b"\0\x21\x20" + bytes(32)
    assert binder_of(psk, hello) == step["finished"]
    assert [case.expected for case in cases("10-binder")][1] == step["finished"]


def test_a_server_takes_the_binder_of_the_exercise():
    tickets = Tickets(TICKET_KEY)
    sent = shop_client(visit_shop(tickets).sessions[0], after=60).data_to_send()
    case = cases("10-binder")[0]
    assert sent[5:].startswith(case.args[1][:-32])
    server = shop_server(tickets, after=60)
    server.receive_data(sent[:5] + case.args[1][:-32] + case.expected)
    assert server.resumed


def test_early_requests_are_the_widgets():
    """What the shop of the widget does behind its 425 is what the rule says."""
    for case in cases("10-early")[:2]:
        request, done = case.args
        name = "GET /" if request.startswith(b"GET") else "POST /order"
        answer = replayed(name, "425 for unsafe methods", (("A", 1.0),))[-1].answer
        assert not done
        assert (case.expected == 425) == answer.startswith("425")


def test_hsts():
    assert [case.expected for case in cases("10-hsts")].count(True) == 6
    assert not goes_by_https("", 0, {})


def test_the_quiz():
    assert right("10-quiz-length") == str(0x0135 - 17)
    assert right("10-quiz-time") == f"{modelled(TRIP, FLIGHT, WINDOW)} ms"
    session = Session(772, 4865, b"", lab.NOW.timestamp(), 7200, age_add=4_294_966_000)
    assert session.obfuscated_age(lab.NOW.timestamp() + 4) == 2_704
    assert right("10-quiz-age") == "4,000 ms"
    assert right("10-quiz-hsts") == "http://api.shop.example/"
    copies = (("A", 1.0), ("B", 1.0))
    two_machines = replayed("POST /order", "each machine remembers", copies)[-1].orders
    assert right("10-quiz-machines") == str(two_machines + 1) == str(MACHINES)

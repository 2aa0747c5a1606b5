"""Flights: their bytes are those that crossed, and QUIC's are the same messages packed anew."""

import pytest

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments.latency import round_trips
from helpers.experiments.latency_chains import CLASSICAL, chain
from helpers.experiments.latency_flights import quic_shape, script_of
from helpers.experiments.latency_visits import PROTOCOLS, protocol, visit_of
from helpers.sources import load, names

TCP = [name for name in PROTOCOLS if not name.startswith("QUIC")]


def upto_response(talk: Conversation) -> dict[str, int]:
    """Bytes each end sent up to the turn in which the response came, counted another way."""
    turns = []
    for item in talk.crossings:
        if not turns or turns[-1][0] != item.sender:
            turns.append([item.sender, 0])
        turns[-1][1] += len(item.sent)
    response = next(message for message in talk.messages
                    if message.sender == SERVER and message.name == "application_data")
    turns = turns[:response.flight]
    return {end: sum(size for sender, size in turns if sender == end) for end in (CLIENT, SERVER)}


@pytest.mark.parametrize("recording", names())
def test_no_byte_is_lost_or_made_up(recording):
    script = script_of(load(recording), recording)
    assert {end: script.size(end) for end in (CLIENT, SERVER)} == upto_response(load(recording))
    assert script.name == recording


@pytest.mark.parametrize("name", TCP)
def test_flights_alternate_and_end_with_the_response(name):
    flights = protocol(name).flights
    assert [flight.sender for flight in flights] == [CLIENT, SERVER] * (len(flights) // 2)
    assert [flight.stage for flight in flights][-2:] == ["request", "response"]
    assert all(flight.needed == flight.size for flight in flights[:-1])
    assert 0 < flights[-1].needed <= flights[-1].size


def test_the_response_must_have_its_whole_record():
    """In TLS 1.3 two tickets come before it; a page of two records is not waited for."""
    last = protocol("TLS 1.3").flights[-1]
    assert last.what == ("NewSessionTicket", "NewSessionTicket", "response")
    assert last.needed == last.size
    assert protocol("HTTP").flights[-1].needed == 1


@pytest.mark.parametrize(("name", "work"), [
    ("TLS 1.2, RSA", [{}, {}, {"verify": 2}, {"decrypt": 1}, {}, {}]),
    ("TLS 1.2, ECDHE", [{}, {"sign": 1}, {"verify": 3, "exchange": 1}, {"exchange": 1}, {}, {}]),
    ("TLS 1.2, resumed", [{}, {}, {}, {}]),
    ("TLS 1.3", [{}, {"exchange": 1, "sign": 1}, {"verify": 3, "exchange": 1}, {}]),
    ("TLS 1.3, resumed", [{}, {"exchange": 1}, {"exchange": 1}, {}]),
    ("TLS 1.3, 0-RTT", [{}, {"exchange": 1}]),
    ("QUIC", [{}, {"exchange": 1, "sign": 1}, {"verify": 3, "exchange": 1}, {}]),
])
def test_who_computes_what(name, work):
    assert [dict(flight.work) for flight in protocol(name).flights] == work


def test_quic_pads_the_first_datagrams_and_leaves_the_records_out():
    large, small = (quic_shape(load(name)) for name in ("tls13_mlkem", "tls13_x25519"))
    assert large.flights[0].size == 2400  # a ClientHello with ML-KEM does not fit into one
    assert small.flights[0].size == 1200
    assert "ChangeCipherSpec" not in small.flights[2].what
    tcp = script_of(load("tls13_x25519")).flights[1]
    assert abs(small.flights[1].size - tcp.size) < 200
    assert quic_shape(visit_of("TLS 1.3, 0-RTT")).flights[1].size >= 1200


def test_a_larger_share_gives_the_server_more_room():
    """The hybrid's two datagrams allow three times as much: no extra round trip."""
    classical, hybrid = (quic_shape(chain("RSA-2048", 3, 1, group))
                         for group in (CLASSICAL, "X25519MLKEM768"))
    assert classical.flights[1].size < hybrid.flights[1].size
    assert (round_trips(classical), round_trips(hybrid)) == (3, 2)


def test_what_cannot_be_read_has_no_flights():
    with pytest.raises(ValueError, match="no response"):
        script_of(load("tls13_x25519").without_secrets())
    with pytest.raises(ValueError, match=r"is TLS 1\.3"):
        quic_shape(load("tls12_ecdhe"))

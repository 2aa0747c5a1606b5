"""The visits behind the ways: what they are, and that their sizes repeat."""

import pytest

from helpers.experiments.latency_visits import PROTOCOLS, protocol, visit_of
from helpers.sources.openssl import REQUEST, RESPONSE


@pytest.mark.parametrize("name", [name for name in PROTOCOLS if "QUIC" not in name])
def test_everybody_got_what_was_said(name):
    talk = visit_of(name)
    if name == "HTTP":
        assert (talk.stream("client"), talk.stream("server")) == (REQUEST, RESPONSE)
    else:
        assert talk.application_data("client") == REQUEST
        assert talk.application_data("server") == RESPONSE


@pytest.mark.parametrize("name", ["TLS 1.2, resumed", "TLS 1.3, resumed", "TLS 1.3, 0-RTT"])
def test_who_comes_back_sees_no_certificate_and_repeats(name):
    first = protocol(name)
    assert not any("Certificate" in flight.what for flight in first.flights)
    visit_of.cache_clear()
    protocol.cache_clear()
    assert protocol(name) == first


def test_early_data_travels_with_the_hello():
    first, second = protocol("TLS 1.3, 0-RTT").flights
    assert first.what == ("ClientHello", "ChangeCipherSpec", "request")
    assert second.what[-1] == "response"


def test_an_unknown_way():
    for name in ("TLS 2", "QUIC 2"):
        with pytest.raises(ValueError, match=f"there is no '{name}'"):
            protocol(name)

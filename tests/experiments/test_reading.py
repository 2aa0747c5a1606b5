"""What an eavesdropper reads is in the bytes, and what is dark is not."""

import pytest

from helpers.experiments import lane_visit, readings
from helpers.sources import load

RECORDINGS = ("tls12_rsa", "tls12_ecdhe", "tls13_x25519", "tls13_mlkem")


def said(conversation):
    return {item.what: item for item in readings(conversation)}


@pytest.mark.parametrize("name", RECORDINGS)
def test_secrets_change_nothing(name):
    talk = load(name)
    assert talk.secrets
    assert readings(talk) == readings(talk.without_secrets())


@pytest.mark.parametrize("name", RECORDINGS)
def test_what_is_read_crossed_in_the_clear(name):
    talk, found = load(name), said(load(name))
    wire = talk.stream("client") + talk.stream("server")
    assert found["server name (SNI)"].said.encode() in wire
    assert b"h2" in wire
    assert "h2" in found["protocols offered (ALPN)"].said
    leaf = talk.find("certificate").parsed.certificate_list[0]
    assert (leaf in wire) == (not found["the server's certificate"].dark)


def test_what_went_dark_with_tls_13():
    old, new = said(load("tls12_ecdhe")), said(load("tls13_x25519"))
    dark = {what for what, item in new.items() if item.dark and not old[what].dark}
    assert dark == {"protocol chosen (ALPN)", "the server's certificate",
                    "the client's certificate", "which records are handshake or alert"}
    assert old["the server's certificate"].said.startswith("shop.example, 1,213")
    assert old["key exchange group"].said == new["key exchange group"].said == "x25519"
    assert said(load("tls12_rsa"))["key exchange group"].said == "none needed"


def test_who_the_client_is():
    found = {lane: said(lane_visit(lane, client_certificate=True))["the client's certificate"]
             for lane in ("RSA", "ECDHE", "1.3")}
    assert found["RSA"].said.startswith(found["ECDHE"].said[:13])
    assert found["ECDHE"].said.startswith("alice.example")
    assert found["1.3"].dark
    assert "alice" not in found["1.3"].said


def test_tickets_are_shown_in_the_clear_by_all():
    for lane in ("RSA", "ECDHE", "1.3"):
        tickets = [said(lane_visit(lane, resumed=resumed))["a ticket of an earlier visit"].said
                   for resumed in (False, True)]
        assert tickets[0] == "no"
        assert tickets[1].startswith("yes, ")
        assert said(lane_visit(lane, resumed=True))["the server's certificate"].said == "none"


def test_a_visit_without_an_answer_is_refused():
    from dataclasses import replace

    with pytest.raises(ValueError, match="no ClientHello with an answer"):
        readings(replace(load("tls12_rsa"), crossings=()))

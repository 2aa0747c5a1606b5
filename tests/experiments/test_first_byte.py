"""One address, the way in, coming back, copied early data: what lesson 10 lets happen."""

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER
from helpers.experiments.coming_back import (
    ANSWER,
    ORDER,
    PAGE,
    TICKET_KEY,
    shop_client,
    shop_server,
    visit_shop,
)
from helpers.experiments.first_visit import MEMORIES, ON_THE_WAY, TYPED, way_in
from helpers.experiments.one_address import SITES, ask_address
from helpers.experiments.replayed import FIRST, PROTECTIONS, REQUESTS, replayed
from helpers.sources import openssl_client
from helpers.tls.psk import Tickets


@pytest.fixture(name="tickets")
def tickets_():
    return Tickets(TICKET_KEY, max_early_data=1000)


def test_three_visits(tickets):
    first = visit_shop(tickets)
    again = visit_shop(tickets, first.sessions[0], after=60)
    early = visit_shop(tickets, first.sessions[0], after=60, early=True, request=ORDER)
    assert (first.resumed, again.resumed, early.resumed) == (False, True, True)
    assert first.conversation.ends[SERVER].received == PAGE
    assert again.conversation.ends[CLIENT].received == ANSWER
    assert early.conversation.ends[SERVER].received == ORDER
    assert [talk.conversation.find("client_hello").parsed.extension(41) is not None
            for talk in (first, again, early)] == [False, True, True]


def test_visits_repeat_byte_for_byte():
    streams = [visit_shop(Tickets(TICKET_KEY)).conversation.stream(SERVER) for _ in range(2)]
    assert streams[0] == streams[1]


def test_a_real_openssl_visits_the_shop(tickets):
    server = shop_server(tickets)
    client = openssl_client(version="1.3")
    for _ in range(3):
        server.receive_data(client.data_to_send())
        client.receive_data(server.data_to_send())
    assert client.connected
    assert server.server_name == lab.HOST


def test_names_and_certificates():
    for site in SITES:
        found = ask_address(site, site)
        assert (found.shown, found.refused_by) == (site, "")
    for sent in ("", "other.example"):
        found = ask_address(sent, "bank.example")
        assert (found.shown, found.refused_by, found.alert) == (
            "shop.example", CLIENT, "certificate_unknown")


@pytest.mark.parametrize(("offered", "spoken", "protocol", "alert"), [
    ((b"h2", b"http/1.1"), (b"http/1.1",), "http/1.1", ""),
    ((b"h2", b"http/1.1"), (b"http/1.1", b"h2"), "http/1.1", ""),
    ((b"h2",), (b"http/1.1",), "", "no_application_protocol"),
    ((), (b"h2",), "", ""), ((b"h2",), (), "", "")])
def test_protocols(offered, spoken, protocol, alert):
    found = ask_address(offered=offered, spoken=spoken)
    assert (found.protocol, found.alert) == (protocol, alert)


def test_the_way_in():
    pages = {(typed, memory, way): way_in(typed, memory, way).page_from
             for typed in TYPED for memory in MEMORIES for way in ON_THE_WAY}
    fooled = {key for key, page in pages.items() if page == "Mallory"}
    assert fooled == {(TYPED[0], memory, ON_THE_WAY[2]) for memory in (MEMORIES[0], MEMORIES[2])}
    assert "the login cookie" in way_in(TYPED[0], MEMORIES[2], ON_THE_WAY[1]).read
    assert way_in(TYPED[1], MEMORIES[0], ON_THE_WAY[2]).page_from == "nobody"
    assert way_in(TYPED[1], MEMORIES[1], ON_THE_WAY[0]).read == ()
    with pytest.raises(ValueError, match="choose one of"):
        way_in("ftp://shop.example/")


def orders(request, protection, *copies):
    return replayed(request, protection, copies)[-1].orders


def test_copies_of_early_data():
    twice, elsewhere, late = ("A", 1.0), ("B", 1.0), ("A", 11.0)
    copies = (twice, elsewhere, late)
    found = {protection: orders("POST /order", protection, *copies) for protection in PROTECTIONS}
    assert found == {"nothing": 3, "each machine remembers": 2, "one memory for both": 1,
                     "425 for unsafe methods": 1, "waits for Finished": 1}
    assert orders("GET /order?item=42", "425 for unsafe methods", *copies) == 3
    assert all(orders("GET /", protection, *copies) == 0 for protection in PROTECTIONS)
    assert [row.early_data for row in replayed("GET /", "nothing", (("A", 10.0), late))] == [
        True, True, False]
    with pytest.raises(ValueError, match="no protection"):
        replayed("GET /", "prayer")
    with pytest.raises(KeyError):
        replayed("DELETE /", "nothing")


def test_who_has_the_keys_of_the_tickets_reads_early_data(tickets):
    """And whoever copies the flight has no key: it is enough to send it again."""
    session = visit_shop(tickets).sessions[0]
    flight = shop_client(session, REQUESTS["POST /order"], after=FIRST).data_to_send()
    assert ORDER not in flight
    assert tickets.open(session.ticket, lab.NOW.timestamp()).secret == session.secret

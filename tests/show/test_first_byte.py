"""The views of lesson 10 say what the experiments found."""

from helpers.experiments.coming_back import TICKET_KEY, visit_shop
from helpers.experiments.first_visit import MEMORIES, ON_THE_WAY, TYPED, way_in
from helpers.experiments.one_address import ask_address
from helpers.experiments.replayed import replayed
from helpers.show import arrivals_view, asked_view, byte_counts, way_in_view
from helpers.tls.psk import Tickets


def test_the_way_in():
    view = way_in_view(way_in(TYPED[0], MEMORIES[2], ON_THE_WAY[2]))
    assert "on the screen: Mallory's page" in view.text
    assert "Cookie: login=4711" in view.html
    safe = way_in_view(way_in(TYPED[1], MEMORIES[0], ON_THE_WAY[0])).text
    assert "Read by somebody on the way: nothing." in safe


def test_asked():
    refused = ask_address("", "bank.example")
    assert "the client refuses: certificate_unknown" in asked_view(refused).text
    both = asked_view([refused, ask_address()]).text
    assert both.count("connected") == 1
    assert "no name" in both


def test_arrivals():
    copies = (("A", 1.0), ("B", 1.0))
    assert "ordered 3 times, wanted once" in arrivals_view(
        replayed("POST /order", "nothing", copies)).text
    assert "no copy did anything" in arrivals_view(
        replayed("POST /order", "one memory for both", copies)).text
    assert "read again, but nothing ordered" in arrivals_view(
        replayed("GET /", "nothing", copies)).text


def test_byte_counts_add_up():
    tickets = Tickets(TICKET_KEY)
    first = visit_shop(tickets)
    again = visit_shop(tickets, first.sessions[0], after=60)
    table = byte_counts({"first": first.conversation, "resumed": again.conversation})
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["Certificate (server)"][1] == "not sent"
    sums = [sum(int(row[at].replace(",", "")) for name, row in rows.items()
                if name != "together" and row[at] != "not sent") for at in (0, 1)]
    assert rows["together"] == [f"{total:,}" for total in sums]
    assert sums[0] > 2 * sums[1]

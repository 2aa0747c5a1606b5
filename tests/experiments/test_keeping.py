"""A client that keeps its tickets can come back with one."""

from helpers import lab
from helpers.experiments.keeping import KeepingClient
from helpers.pki import authority
from helpers.tls import Server, Tickets, TrustStore


def visit(session=None):
    trust = TrustStore([authority.root().certificate], lab.NOW)
    client = KeepingClient(lab.HOST, trust, random=lab.seeded("client"), session=session)
    server = Server(authority.server(), random=lab.seeded("server"),
                    tickets=Tickets(lab.seeded("tickets")(16)))
    for _ in range(3):
        server.receive_data(client.data_to_send())
        client.receive_data(server.data_to_send())
    return client


def test_a_ticket_is_kept_and_good_for_the_next_visit():
    first = visit()
    assert first.connected
    assert len(first.sessions) == 2  # what Tickets gives a TLS 1.3 client
    assert visit(first.sessions[0]).resumed
    assert not first.resumed

"""Coming back in TLS 1.3: tickets, binders, early data, and what an attacker makes of them."""

from dataclasses import replace

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources.openssl import REQUEST, openssl_client, openssl_server
from helpers.tls.errors import TLSError
from helpers.tls.events import EarlyData, EarlyDataAnswered, HandshakeComplete
from helpers.tls.psk import MAX_LIFETIME, ReplayGuard, Session, Tickets
from helpers.tls.registry import CipherSuite, NamedGroup
from helpers.tls.registry13 import SUITES13, TLS13
from tests.tls.pairs import NOW, Clock, client, flow, server, talk, tickets, well

EARLY = b"GET / HTTP/1.1\r\n\r\n"


def visit(kept: Tickets, **options) -> Session:
    """The first ticket of a full handshake."""
    peer = client("first", **options.pop("client", {}))
    assert well(talk(peer, server(tickets=kept, **options)))
    assert len(peer.sessions) == kept.count
    return peer.sessions[0]


# --- resumption -------------------------------------------------------------------------------

@pytest.mark.parametrize("suite", SUITES13, ids=lambda suite: suite.name)
@pytest.mark.parametrize("group", [29, 23, 4588])
def test_a_ticket_resumes(suite, group):
    kept = tickets()
    session = visit(kept, cipher_suites=(suite,))
    peer, other = client(session=session, groups=(group,)), server(tickets=kept)
    said = talk(peer, other)
    assert well(said)
    assert peer.resumed
    assert other.resumed
    assert peer.secrets == other.secrets
    assert [message.name for message in said.messages][:7] == [
        "client_hello", "server_hello", "change_cipher_spec", "encrypted_extensions", "finished",
        "change_cipher_spec", "finished"]
    assert peer.secrets[0].inputs[1] == ("PSK", session.secret)
    assert peer.group == group  # and a fresh key exchange all the same


def test_a_resumed_session_gives_new_tickets():
    kept = tickets(count=1)
    session = visit(kept)
    for _ in range(3):
        peer = client(session=session)
        assert well(talk(peer, server(tickets=kept)))
        assert peer.resumed
        session, = peer.sessions
        assert session.certificate


@pytest.mark.parametrize("version", ["1.3", "any"])
def test_openssls_tickets_resume(version):
    first = client("first")
    talk(first, openssl_server(version=version))
    assert len(first.sessions) == 2
    again = client(session=first.sessions[0])
    assert well(talk(again, openssl_server(version=version)))
    assert again.resumed


def test_a_resumption_with_a_hello_retry_request():
    kept = tickets()
    session = visit(kept)
    peer, other = client(session=session, shares=(29,)), server(tickets=kept, groups=(23,))
    assert well(talk(peer, other))
    assert peer.resumed
    assert peer.secrets == other.secrets


def test_a_hello_retry_request_whose_hash_the_session_does_not_have():
    """The second ClientHello leaves out a PSK that could not be used (section 4.2.2)."""
    kept = tickets()
    session = visit(kept, cipher_suites=(CipherSuite.TLS_AES_128_GCM_SHA256,))
    peer = client(session=session, shares=(29,))
    said = talk(peer, server(tickets=kept, groups=(23,), cipher_suites=(
        CipherSuite.TLS_AES_256_GCM_SHA384,)))
    assert well(said)
    assert not peer.resumed
    hellos = [message.parsed for message in said.messages if message.name == "client_hello"]
    assert [hello.extension(41) is not None for hello in hellos] == [True, False]


@pytest.mark.parametrize("change", ["old", "future", "other key", "no tickets", "broken", "hash"])
def test_tickets_that_do_not_resume(change):
    kept, clock = tickets(lifetime=100), Clock()
    session = visit(kept, clock=clock, cipher_suites=(CipherSuite.TLS_AES_128_GCM_SHA256,))
    options = {"tickets": kept, "clock": Clock(NOW + {"old": 101, "future": -1}.get(change, 50))}
    if change == "other key":
        options["tickets"] = Tickets(b"another key 16by")
    elif change == "no tickets":
        options["tickets"] = None
    elif change == "broken":
        session = replace(session, ticket=b"?" + session.ticket[1:])
    elif change == "hash":
        options["cipher_suites"] = (CipherSuite.TLS_AES_256_GCM_SHA384,)
    peer, other = client(session=session), server(**options)
    assert well(talk(peer, other))
    assert not peer.resumed
    assert not other.resumed
    assert peer.certificate is not None


def test_a_session_that_is_too_old_is_not_offered():
    session = visit(tickets(lifetime=100))
    for age, offered in ((0, True), (100, True), (101, False), (-1, False)):
        peer = client(session=session, clock=Clock(NOW + age))
        assert (41 in peer.rules.sent) == offered
    assert not replace(session, lifetime=10**9).usable(NOW + MAX_LIFETIME + 1)


def test_a_session_belongs_to_one_name():
    session = visit(tickets())
    with pytest.raises(ValueError, match="with other"):
        client(session=session, server_name="other.example")


def test_a_client_without_tickets_gets_none():
    peer = client(tickets=False)
    assert well(talk(peer, server(tickets=tickets())))
    assert peer.sessions == []


@pytest.mark.parametrize("number", [0, 40, 43])
def test_a_binder_covers_the_whole_client_hello(number):
    kept = tickets()
    session = visit(kept)

    def change(packet):
        if (packet.sender, packet.number) != (CLIENT, 0):
            return packet.data
        data = bytearray(packet.data)
        at = 11 + number if number else len(data) - 1  # in the random; or the binder itself
        data[at] ^= 1
        return bytes(data)

    said = exchange(client(session=session), server(tickets=kept), change)
    assert said.ends[SERVER].alerts_sent == ("decrypt_error",) or number == 43


def test_the_ages_of_two_visits_cannot_be_linked():
    kept = tickets()
    peer = client()
    talk(peer, server(tickets=kept))
    one, two = peer.sessions
    assert one.age_add != two.age_add
    assert one.obfuscated_age(NOW + 5) == (5000 + one.age_add) % 2**32
    assert one.age_fits(one.obfuscated_age(NOW + 5), NOW + 8)
    assert not one.age_fits(one.obfuscated_age(NOW + 5), NOW + 16)


def test_each_ticket_has_a_psk_of_its_own():
    peer = client()
    talk(peer, server(tickets=tickets(count=3)))
    assert len({session.secret for session in peer.sessions}) == 3
    assert "secret" not in repr(peer.sessions[0])


@pytest.mark.parametrize("options", [{"lifetime": 0}, {"lifetime": MAX_LIFETIME + 1}])
def test_lifetimes_that_no_ticket_may_have(options):
    with pytest.raises(ValueError, match="lives"):
        tickets(**options)


# --- early data -------------------------------------------------------------------------------

def early_visit(guard=None, **options):
    """A session that allows early data, and the tickets that made it."""
    kept = tickets(max_early_data=1000, replay_guard=guard)
    return visit(kept, **options), kept


def test_early_data_is_read_before_the_handshake_is_done():
    session, kept = early_visit()
    peer, other = client(session=session, early_data=EARLY), server(tickets=kept)
    assert other.receive_data(peer.data_to_send()) == [EarlyData(EARLY)]
    assert not other.connected
    other.send(b"an early answer")
    assert [type(event).__name__ for event in peer.receive_data(other.data_to_send())] == [
        "EarlyDataAnswered", "HandshakeComplete", "ApplicationData"]
    assert EarlyDataAnswered(True) in peer.events
    assert isinstance(other.receive_data(peer.data_to_send())[0], HandshakeComplete)
    assert peer.secrets == other.secrets
    peer.send(b"more")
    assert other.receive_data(peer.data_to_send())[0].data == b"more"
    assert peer.keylog == other.keylog
    assert any(line.startswith("CLIENT_EARLY_TRAFFIC_SECRET") for line in peer.keylog)


def test_a_conversation_with_early_data_can_be_read():
    session, kept = early_visit()
    said = exchange(client(session=session, early_data=EARLY), server(tickets=kept))
    assert said.ends[SERVER].received == EARLY
    assert said.application_data(CLIENT) == EARLY
    assert [message.name for message in said.messages][:8] == [
        "client_hello", "change_cipher_spec", "application_data", "server_hello",
        "change_cipher_spec", "encrypted_extensions", "finished", "end_of_early_data"]
    assert said.secret("client_early_traffic_secret")


@pytest.mark.parametrize("change", ["group", "no tickets", "other key", "no early data", "alpn",
                                    "suite", "age", "cookie"])
def test_early_data_that_is_not_accepted_is_dropped_unread(change):
    session, kept = early_visit(cipher_suites=(CipherSuite.TLS_AES_128_GCM_SHA256,))
    options = {"tickets": kept}
    options |= {
        "group": {"groups": (23,)}, "no tickets": {"tickets": None},
        "other key": {"tickets": Tickets(b"another key 16by", max_early_data=1000)},
        "no early data": {"tickets": tickets()}, "alpn": {"alpn": (b"h2",)},
        "suite": {"cipher_suites": (CipherSuite.TLS_CHACHA20_POLY1305_SHA256,)},
        "age": {"clock": Clock(NOW + 30)}, "cookie": {"cookie": b"cookie"}}[change]
    peer = client(session=session, early_data=EARLY * 10, alpn=(b"h2",) if change == "alpn" else ())
    other = server(**options)
    said = talk(peer, other)
    assert well(said)
    assert said.ends[SERVER].received == REQUEST
    assert EarlyDataAnswered(False) in peer.events
    assert peer.resumed == (change not in ("no tickets", "other key"))


def test_openssl_refuses_early_data_that_it_never_allowed():
    """A server without early data skips it (and this client tries, for the session says so)."""
    first = client("first")
    talk(first, openssl_server(version="1.3"))
    session = replace(first.sessions[0], max_early_data=2**14)
    peer = client(session=session, early_data=EARLY)
    assert well(talk(peer, openssl_server(version="1.3")))
    assert EarlyDataAnswered(False) in peer.events


def test_more_early_data_than_the_ticket_allows():
    session, kept = early_visit()
    peer = client(session=replace(session, max_early_data=10**6), early_data=bytes(1001))
    said = exchange(peer, server(tickets=kept))
    assert said.ends[SERVER].alerts_sent == ("unexpected_message",)
    with pytest.raises(ValueError, match="max_early_data"):
        client(session=session, early_data=bytes(1001))


def test_more_refused_early_data_than_a_server_skips():
    session, _ = early_visit()
    peer = client(session=replace(session, max_early_data=10**6), early_data=bytes(10**5))
    said = exchange(peer, server())
    assert said.ends[SERVER].alerts_sent == ("unexpected_message",)


@pytest.mark.parametrize("guarded", [True, False])
def test_somebody_sends_the_same_early_data_again(guarded):
    """Without a guard the server acts on it as often as it comes (RFC 9846 section 8)."""
    session, kept = early_visit(ReplayGuard() if guarded else None)
    recorded = client(session=session, early_data=EARLY).data_to_send()
    heard = [server(tickets=kept).receive_data(recorded) for _ in range(3)]
    assert heard == [[EarlyData(EARLY)], [] if guarded else [EarlyData(EARLY)],
                     [] if guarded else [EarlyData(EARLY)]]


def test_a_replay_after_the_window_is_too_old_for_early_data():
    session, kept = early_visit(ReplayGuard())
    recorded = client(session=session, early_data=EARLY).data_to_send()
    for wait, accepted in ((0, True), (9, False), (25, False), (1000, False)):
        other = server(tickets=kept, clock=Clock(NOW + wait))
        assert bool(other.receive_data(recorded)) == accepted


def test_a_guard_that_is_full_says_no():
    guard = ReplayGuard(capacity=2)
    assert [guard.is_new(bytes([number]), NOW) for number in range(3)] == [True, True, False]
    assert guard.is_new(b"later", NOW + 100)
    assert len(guard._seen) == 1


def test_early_data_with_openssl_clients_is_not_needed_to_resume():
    assert well(talk(openssl_client(version="1.3"), server(tickets=tickets(max_early_data=100))))


def test_the_clock_and_the_key_are_all_that_a_server_keeps():
    """Two server programs with the same key take each other's tickets."""
    session = visit(tickets())
    other = server(tickets=tickets(), label="another machine")
    peer = client(session=session)
    flow(peer, other)
    assert other.resumed
    assert other.session == replace(session, ticket=session.ticket, issued=other.session.issued,
                                    certificate=b"")
    assert session.version == TLS13
    assert other.server_name == lab.HOST
    assert NamedGroup(peer.group)
    with pytest.raises(TLSError):
        server().receive_data(b"\x17\x03\x03\x00\x01\x00")


def test_empty_records_do_not_come_for_ever():
    """Refused early data may be skipped, and each record costs, even an empty one."""
    session, _ = early_visit()
    for options in ({}, {"groups": (23,)}):
        other = server(**options)
        other.receive_data(client(session=session, early_data=EARLY).data_to_send())
        with pytest.raises(TLSError, match="more early data"):
            other.receive_data(b"\x17\x03\x03\0\0" * 10**4)


def test_early_data_and_a_server_of_tls12():
    session, _ = early_visit()
    said = exchange(client(session=session, early_data=EARLY), server("rsa", versions=(0x0303,)))
    assert said.ends[SERVER].alerts_sent == ("unexpected_message",)
    peer = client(session=session, early_data=EARLY)
    other = server("rsa", versions=(0x0303,))
    hello = peer.data_to_send()
    other.receive_data(hello[:5 + int.from_bytes(hello[3:5])])
    with pytest.raises(TLSError, match="knows nothing"):
        peer.receive_data(other.data_to_send())

"""Our client with OpenSSL's server, over everything that both can do."""

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources.openssl import REQUEST, RESPONSE, openssl_server
from helpers.tls import messages, schedule12
from helpers.tls.client import Client
from helpers.tls.errors import TLSError
from helpers.tls.events import ApplicationData, Closed, HandshakeComplete
from helpers.tls.registry import SUITES, TLS12, CipherSuite, NamedGroup
from helpers.tls.states import CLIENT12, State
from tests.tls.hand_server import ECDHE, HandServer, client, connected, handshake, record, trust

OPENSSL_NAMES = {
    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256: "AES128-GCM-SHA256",
    CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384: "AES256-GCM-SHA384",
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: "ECDHE-RSA-AES128-GCM-SHA256",
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: "ECDHE-RSA-AES256-GCM-SHA384",
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: "ECDHE-RSA-CHACHA20-POLY1305",
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: "ECDHE-ECDSA-AES128-GCM-SHA256",
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: "ECDHE-ECDSA-AES256-GCM-SHA384",
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: "ECDHE-ECDSA-CHACHA20-POLY1305",
}
GROUPS = {"x25519": NamedGroup.x25519, "secp256r1": NamedGroup.secp256r1, None: None}
CASES = [(suite, group, extended)
         for suite in SUITES
         for group in (("x25519", "secp256r1") if SUITES[suite].key_exchange == "ECDHE"
                       else (None,))
         for extended in (True, False)]


def pair(suite, group, extended):
    """Our client and OpenSSL's server, which have only these in common."""
    kind = "ecdsa" if SUITES[suite].authentication == "ECDSA" else "rsa"
    # a server may use a P-256 certificate only if the client offers P-256 (RFC 8422 section 5.1)
    groups = [GROUPS[group] or NamedGroup.x25519, NamedGroup.secp256r1]
    peer = client(cipher_suites=(suite,), groups=groups[:1 + (kind == "ecdsa")],
                  extended_master_secret=extended)
    return peer, openssl_server(OPENSSL_NAMES[suite], kind=kind, group=group)


def test_every_suite_is_tried():
    assert OPENSSL_NAMES.keys() == SUITES.keys()


@pytest.mark.parametrize(("suite", "group", "extended"), CASES)
def test_handshake_with_openssl(suite, group, extended):
    peer, server = pair(suite, group, extended)
    talk = exchange(peer, server, request=REQUEST, response=RESPONSE)
    assert talk.ends[CLIENT].received == RESPONSE
    assert talk.ends[SERVER].received == REQUEST
    assert all(end.connected and end.problem is None for end in talk.ends.values())
    assert talk.ends[CLIENT].alerts_sent == talk.ends[SERVER].alerts_sent == ()
    hello = talk.find("server_hello").parsed
    assert hello.cipher_suite == suite
    assert (hello.extension(23) is not None) == extended
    if group:
        assert talk.find("server_key_exchange").parsed.named_curve == GROUPS[group]


@pytest.mark.parametrize(("suite", "group", "extended"), CASES)
def test_secrets_equal_those_in_openssls_key_log(suite, group, extended):
    peer, server = pair(suite, group, extended)
    exchange(peer, server)
    random, master = (next(line for line in server.keylog if line.startswith("CLIENT_RANDOM"))
                      .split()[1:])
    steps = {step.name: step.output.hex() for step in peer.secrets}
    assert steps["master_secret"] == master
    assert peer.keylog == [f"CLIENT_RANDOM {random} {master}"]
    assert set(steps) == {"pre_master_secret", "master_secret", "key_block", "client_write_key",
                          "server_write_key", "client_write_IV", "server_write_IV"}


@pytest.mark.parametrize("size", [1, 2**14 - 1, 2**14, 2**14 + 1, 300_000])
def test_long_bodies_both_ways(size):
    body = bytes(range(256)) * (size // 256 + 1)
    talk = exchange(client(), openssl_server(), request=body[:size], response=body[:size][::-1])
    assert talk.ends[SERVER].received == body[:size]
    assert talk.ends[CLIENT].received == body[:size][::-1]
    assert talk.application_data(CLIENT) == body[:size]
    assert talk.application_data(SERVER) == body[:size][::-1]


def test_long_bodies_through_a_tamper_function_that_changes_nothing():
    body = bytes(200_000)
    talk = exchange(client(), openssl_server(), lambda packet: packet.data,
                    request=b"?", response=body)
    assert talk.ends[CLIENT].received == body
    assert talk.application_data(SERVER) == body


def test_same_seed_same_client_hello():
    first, second, other = client("a"), client("a"), client("b")
    hello = first.data_to_send()
    assert hello == second.data_to_send()
    assert hello != other.data_to_send()
    assert len(hello) > 100


def test_same_seed_same_second_flight():
    flight = HandServer(client("repeat")).flight()  # its RSA-PSS signature is random: make one
    answers = []
    for _ in range(2):
        peer = client("repeat")
        peer.receive_data(flight)
        answers.append(peer.data_to_send())
    assert answers[0] == answers[1]
    assert len(answers[0]) > 100


@pytest.mark.parametrize("suite", [ECDHE, CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256])
def test_one_byte_at_a_time_gives_the_same(suite):
    runs = []
    for size in (10**6, 1):
        peer, events = client("bytewise"), []
        server = HandServer(peer, suite)
        flight = server.flight()
        for at in range(0, len(flight), size):
            events += peer.receive_data(flight[at:at + size])
        server.accept()
        rest = (server.finished() + server.sealed(23, b"hello") + server.sealed(23, b"world")
                + server.sealed(21, b"\x01\x00"))
        for at in range(0, len(rest), size):
            events += peer.receive_data(rest[at:at + size])
        runs.append((events, peer.state))
    assert runs[0] == runs[1]
    assert runs[0][0] == [HandshakeComplete(CipherSuite(suite).name, None),
                          ApplicationData(b"hello"), ApplicationData(b"world"), Closed()]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_handshake_messages_need_not_match_records(size):
    peer = client()
    server = HandServer(peer)
    together = b"".join([server.hello(), server.certificate(), server.key_exchange(),
                         server.done()])
    for at in range(0, len(together), size):
        peer.receive_data(record(together[at:at + size]))
    server.accept()
    peer.receive_data(server.finished())
    assert peer.connected


def test_a_certificate_request_is_answered_with_none():
    peer = client()
    server = HandServer(peer)
    start = [server.hello(), server.certificate(), server.key_exchange(), server.request(),
             server.done()]
    peer.receive_data(b"".join(map(record, start)))
    server.accept()
    answer = messages.parse_handshake(server.transcript[6])
    assert answer == messages.Certificate(())
    peer.receive_data(server.finished())
    assert peer.connected


def test_what_the_client_hello_offers():
    peer = Client(lab.HOST, trust(), versions=(TLS12,), alpn=(b"h2", b"http/1.1"),
                  random=lab.seeded("offer"))
    hello = messages.parse_handshake(peer.data_to_send()[5:])
    assert hello.cipher_suites == tuple(s for s in SUITES if SUITES[s].key_exchange == "ECDHE")
    assert hello.random == lab.seeded("offer")(32)
    assert hello.extension(0).value == lab.HOST
    assert hello.extension(10).value == (29, 23)
    assert hello.extension(16).value == (b"h2", b"http/1.1")
    assert hello.extension(23) is not None
    assert hello.compression_methods == (0,)


@pytest.mark.parametrize("options", [
    {"cipher_suites": ()}, {"cipher_suites": (0x0035,)}, {"groups": (24,)}, {"groups": ()},
    {"alpn": (b"",)}, {"alpn": (b"x" * 256,)}, {"server_name": "böse.example"},
])
def test_an_offer_that_cannot_be_kept(options):
    with pytest.raises(ValueError, match=r"choose|1 to 255|ascii"):
        client(**options)


def test_sending_before_the_handshake_is_the_callers_fault():
    with pytest.raises(TLSError, match="waits for ServerHello") as caught:
        client().send(b"GET /")
    assert caught.value.fault == "caller"


def test_goodbye():
    peer, server = connected()
    peer.data_to_send()
    peer.close()
    assert len(peer.data_to_send()) == 5 + 8 + 2 + 16
    assert peer.receive_data(server.sealed(23, b"late")) == []
    peer.close()
    assert peer.data_to_send() == b""
    with pytest.raises(TLSError, match="waits for nothing"):
        peer.send(b"more")


def test_the_peers_goodbye_is_answered():
    peer, server = connected()
    peer.data_to_send()
    assert peer.receive_data(server.sealed(21, b"\x01\x00")) == [Closed()]
    assert len(peer.data_to_send()) == 5 + 8 + 2 + 16
    assert peer.alerts_sent == peer.alerts_received == []


def test_the_transcript_is_what_both_finished_cover():
    peer, server = connected()
    assert peer.transcript == server.transcript
    before_finished = b"".join(peer.transcript[:-2])
    suite = SUITES[ECDHE]
    digest = schedule12.hash_of(suite.hash_name, before_finished)
    assert peer.transcript[-2] == handshake(20, schedule12.verify_data(
        suite, server.master, "client", digest))


def test_the_table_leads_from_start_to_connected():
    """Both key exchanges have exactly one way through, the longest without a ticket."""
    for key_exchange, count in (("RSA", 5), ("ECDHE", 6)):
        state, seen = State.WAIT_SERVER_HELLO, []
        while state is not State.CONNECTED:
            row, = (row for row in CLIENT12 if row.state is state and row.after is not state
                    and row.when in (None, key_exchange))
            seen.append(row.message)
            state = row.after
        assert len(seen) == count

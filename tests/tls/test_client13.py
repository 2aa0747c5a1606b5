"""Our TLS 1.3 client with OpenSSL's server, over everything that both can do."""

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources.openssl import REQUEST, RESPONSE, openssl_server
from helpers.tls import messages
from helpers.tls.client import Client
from helpers.tls.errors import TLSError
from helpers.tls.registry import TLS12, CipherSuite, NamedGroup
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.states import State
from tests.tls.hand_server import trust

GROUPS = {"x25519": NamedGroup.x25519, "secp256r1": NamedGroup.secp256r1,
          "X25519MLKEM768": NamedGroup.X25519MLKEM768}


def client(label: str = "client13", **options) -> Client:
    return Client(lab.HOST, options.pop("trust", trust()), random=lab.seeded(label),
                  clock=lab.NOW.timestamp, **options)


def finished_well(talk, group: str) -> None:
    assert talk.ends[CLIENT].received == RESPONSE
    assert talk.ends[SERVER].received == REQUEST
    for end in talk.ends.values():
        assert (end.connected, end.problem, end.alerts_sent) == (True, None, ())
    assert talk.find("server_hello").parsed.extension(51).value[0] == GROUPS[group]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("suite", SUITES13, ids=lambda suite: suite.name)
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_handshake_with_openssl(group, suite, kind):
    server = openssl_server(suite.name, version="1.3", group=group, kind=kind)
    peer = client(groups=(GROUPS[group],))
    talk = exchange(peer, server, request=REQUEST, response=RESPONSE)
    finished_well(talk, group)
    assert (peer.version, peer.cipher_suite, peer.group) == (TLS13, suite, GROUPS[group])
    assert peer.keylog[0] in server.keylog


@pytest.mark.parametrize("suite", SUITES13, ids=lambda suite: suite.name)
def test_secrets_equal_those_in_openssls_key_log(suite):
    server = openssl_server(suite.name, version="1.3")
    peer = client()
    exchange(peer, server)
    assert sorted(peer.keylog) == sorted(server.keylog)
    assert len(peer.keylog) == 5
    names = [step.name for step in peer.secrets]
    assert names[0] == "early_secret"
    assert names[-1] == "resumption_secret"
    assert len(names) == len(set(names)) == 21


@pytest.mark.parametrize("group", GROUPS)
def test_a_server_that_wants_another_group_gets_it(group):
    """A HelloRetryRequest: the first share is of a group that this server does not take."""
    other = next(name for name in GROUPS if name != group)
    peer = client(shares=(GROUPS[other],))
    talk = exchange(peer, openssl_server(version="1.3", group=group), request=REQUEST,
                    response=RESPONSE)
    finished_well(talk, group)
    hellos = [message.parsed for message in talk.messages if message.name == "client_hello"]
    assert [hello.extension(51).value[0][0] for hello in hellos] == [GROUPS[other], GROUPS[group]]
    assert hellos[0].random == hellos[1].random
    assert talk.find("hello_retry_request").parsed.extension(51).value == GROUPS[group]
    assert peer.transcript[0][0] == 254


@pytest.mark.parametrize("size", [1, 2**14 - 1, 2**14, 2**14 + 1, 200_000])
def test_long_bodies_both_ways(size):
    body = (bytes(range(256)) * (size // 256 + 1))[:size]
    talk = exchange(client(), openssl_server(version="1.3"), request=body, response=body[::-1])
    assert talk.ends[SERVER].received == body
    assert talk.ends[CLIENT].received == body[::-1]


def test_tls12_where_the_server_has_no_better():
    talk = exchange(client(), openssl_server(version="1.2"), request=REQUEST, response=RESPONSE)
    assert talk.ends[CLIENT].received == RESPONSE
    assert talk.find("server_hello").parsed.server_version == TLS12


def test_a_downgrade_is_seen():
    """Somebody takes TLS 1.3 out of the ClientHello; OpenSSL's server leaves its mark."""
    def without_13(packet):
        data = packet.data
        if packet.sender == CLIENT and packet.number == 0:
            data = data.replace(bytes.fromhex("002b00050403040303"),
                                bytes.fromhex("002b00050403020303"))
            assert data != packet.data
        return data

    talk = exchange(client(), openssl_server(version="any"), without_13)
    assert talk.ends[CLIENT].alerts_sent == ("illegal_parameter",)
    assert "could do better" in talk.ends[CLIENT].problem


def test_tls13_alone_refuses_less():
    talk = exchange(client(versions=(TLS13,)), openssl_server(version="1.2"))
    assert not talk.ends[CLIENT].connected
    hello = messages.parse_handshake(client(versions=(TLS13,)).data_to_send()[5:])
    assert hello.cipher_suites == tuple(SUITES13)
    assert {10, 13, 43, 51} <= {item.type for item in hello.extensions}
    assert not {11, 23, 35, 65281} & {item.type for item in hello.extensions}


def test_same_seed_same_client_hello():
    assert client("a").data_to_send() == client("a").data_to_send()
    assert client("a").data_to_send() != client("b").data_to_send()


def test_middlebox_compatibility():
    """With it, a session_id and one ChangeCipherSpec; without it neither."""
    for wanted in (True, False):
        talk = exchange(client(middlebox_compat=wanted), openssl_server(version="1.3"))
        said = [message.name for message in talk.messages if message.sender == CLIENT]
        assert said.count("change_cipher_spec") == wanted
        assert len(talk.find("client_hello").parsed.session_id) == 32 * wanted


def test_padding_hides_the_length():
    def lengths(padding):
        talk = exchange(client(padding=padding), openssl_server(version="1.3"), request=REQUEST,
                        response=RESPONSE)
        assert talk.ends[SERVER].received == REQUEST
        return [len(message.wire) for message in talk.messages
                if message.sender == CLIENT and message.encrypted]

    assert len(set(lengths(lambda length: -length % 512))) == 1
    assert len(set(lengths(None))) > 1


def test_untrusted_chain():
    talk = exchange(client(trust=trust("other_root")), openssl_server(version="1.3"))
    assert talk.ends[CLIENT].alerts_sent == ("unknown_ca",)
    assert talk.ends[SERVER].alerts_received == ("unknown_ca",)


def test_a_verdict_of_ones_own():
    def judge(chain, name):
        asked.append((len(chain), name))
        return trust().check(chain, name)

    asked = []
    assert exchange(client(trust=judge), openssl_server(version="1.3")).ends[CLIENT].connected
    assert asked == [(2, lab.HOST)]


def test_paused_at_any_message():
    """After each record: state, transcript and secrets are there to be looked at, and grow."""
    peer, server = client(), openssl_server(version="1.3", group="x25519")
    seen = [(peer.state, len(peer.transcript), len(peer.secrets))]
    server.receive_data(peer.data_to_send())
    data = server.data_to_send()
    while data:
        size = 5 + int.from_bytes(data[3:5], "big")
        peer.receive_data(data[:size])
        seen.append((peer.state, len(peer.transcript), len(peer.secrets)))
        data = data[size:]
    assert seen == [
        (State.WAIT_SERVER_HELLO, 1, 0), (State.WAIT_ENCRYPTED_EXTENSIONS, 2, 13),
        (State.WAIT_ENCRYPTED_EXTENSIONS, 2, 13),  # ChangeCipherSpec means nothing
        (State.WAIT_CERTIFICATE_OR_REQUEST, 3, 13), (State.WAIT_CERTIFICATE_VERIFY, 4, 13),
        (State.WAIT_FINISHED, 5, 13), (State.CONNECTED, 7, 21)]
    assert peer.transcript_hash == peer.secrets[-1].inputs[1][1]
    assert peer.secret("client_application_traffic_secret_0")
    with pytest.raises(KeyError, match="no master_secret here"):
        peer.secret("master_secret")


@pytest.mark.parametrize("options", [
    {"versions": ()}, {"versions": (0x0302,)}, {"versions": (TLS13,), "cipher_suites": (0xC02F,)},
    {"groups": (29,), "shares": (23,)}, {"schemes": (0x0201,)}, {"early_data": b"GET /"},
])
def test_an_offer_that_cannot_be_kept(options):
    with pytest.raises(ValueError, match=r"choose|no cipher suite|share|early data"):
        client(**options)


def test_only_suites_of_tls12_offer_tls12_alone():
    peer = client(cipher_suites=(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,))
    hello = messages.parse_handshake(peer.data_to_send()[5:])
    assert hello.extension(43) is None
    assert hello.extension(51) is None


def test_keys_are_updated():
    peer, server = client(), openssl_server(version="1.3")
    exchange_until_connected(peer, server)
    for generation in range(1, 4):
        peer.update_keys(request=True)
        peer.send(b"after the update")
        server.receive_data(peer.data_to_send())
        server.send(b"answer")
        events = peer.receive_data(server.data_to_send())
        assert [type(event).__name__ for event in events][-2:] == ["KeyUpdated", "ApplicationData"]
        assert peer.secret(f"server_application_traffic_secret_{generation}")


def test_update_before_the_handshake_is_the_callers_fault():
    with pytest.raises(TLSError, match="once connected") as caught:
        client().update_keys()
    assert caught.value.fault == "caller"


def exchange_until_connected(peer, server) -> None:
    for _ in range(6):
        server.receive_data(peer.data_to_send())
        peer.receive_data(server.data_to_send())
    assert peer.connected
    assert server.connected

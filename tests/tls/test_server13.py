"""Our TLS 1.3 server: with OpenSSL's client, and with ours."""

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources.openssl import openssl_client
from helpers.tls.errors import TLSError
from helpers.tls.registry import TLS12, CipherSuite, NamedGroup, SignatureScheme
from helpers.tls.registry13 import DOWNGRADED, SUITES13, TLS13
from helpers.tls.server import Server
from helpers.tls.states import SERVER13, State
from tests.tls.pairs import client, flow, identity, server, talk, well

GROUPS = {"x25519": NamedGroup.x25519, "secp256r1": NamedGroup.secp256r1,
          "X25519MLKEM768": NamedGroup.X25519MLKEM768}
KINDS = ("rsa", "ecdsa", "ed25519", "p384")


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("suite", SUITES13, ids=lambda suite: suite.name)
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_handshake_with_openssl(group, suite, kind):
    ours = server(kind, cipher_suites=(suite,))
    theirs = openssl_client(version="1.3", group=group)
    said = talk(theirs, ours)
    assert well(said)
    assert (ours.version, ours.cipher_suite, ours.group) == (TLS13, suite, GROUPS[group])
    assert sorted(ours.keylog) == sorted(theirs.keylog)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", ["1.3", "any"])
def test_every_kind_of_key_with_openssl(kind, version):
    assert well(talk(openssl_client(version=version), server(kind)))


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.name)
@pytest.mark.parametrize("suite", SUITES13, ids=lambda suite: suite.name)
@pytest.mark.parametrize("kind", KINDS)
def test_handshake_with_ourselves(group, suite, kind):
    peer, other = client(groups=(group,)), server(kind, cipher_suites=(suite,))
    said = talk(peer, other)
    assert well(said)
    assert peer.transcript == other.transcript
    assert peer.secrets == other.secrets
    assert peer.certificate == identity(kind).certificate
    assert [message.name for message in said.messages] == [
        "client_hello", "server_hello", "change_cipher_spec", "encrypted_extensions",
        "certificate", "certificate_verify", "finished", "change_cipher_spec", "finished",
        "application_data", "application_data", "alert", "alert"]


def test_same_seeds_same_bytes():
    """All of it, with a key whose signatures are deterministic and a group without ML-KEM."""
    first, second = (talk(client(groups=(29,)), server("ecdsa")) for _ in range(2))
    assert first.crossings == second.crossings
    assert talk(client("b", groups=(29,)), server()).crossings != first.crossings


@pytest.mark.parametrize("group", GROUPS)
def test_a_client_without_the_right_share_is_asked_again(group):
    others = ":".join(name for name in GROUPS if name != group)
    ours = server(groups=(GROUPS[group],))
    said = talk(openssl_client(version="1.3", group=f"{others}:{group}"), ours)
    assert well(said)
    assert ours.group == GROUPS[group]
    names = [message.name for message in said.messages]
    assert names.count("client_hello") == 1 + names.count("hello_retry_request")
    if group == "secp256r1":  # OpenSSL 4 sends shares of the others
        assert names.count("hello_retry_request") == 1


def test_a_cookie_comes_back():
    ours = server(cookie=b"remember me")
    said = talk(openssl_client(version="1.3"), ours)
    assert well(said)
    hellos = [message.parsed for message in said.messages if message.name == "client_hello"]
    assert hellos[1].extension(44).value == b"remember me"
    assert well(talk(client(), server(cookie=b"x" * 1000)))


def test_a_cookie_that_does_not_come_back():
    def forget(packet):
        return packet.data.replace(b"remember", b"forgotte")

    said = exchange(client(), server(cookie=b"remember"), forget)
    assert said.ends[CLIENT].connected is False
    assert said.ends[SERVER].alerts_received or said.ends[SERVER].alerts_sent


def test_the_first_identity_that_the_client_can_check():
    schemes = (SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pkcs1_sha256,
               SignatureScheme.ecdsa_secp384r1_sha384)
    other = server("ecdsa", "rsa")
    said = exchange(client(schemes=schemes), other)
    assert said.find("certificate_verify").parsed.signature_scheme == schemes[0]
    assert exchange(client(schemes=(SignatureScheme.ed25519,)), server("rsa")).ends[
        SERVER].alerts_sent == ("handshake_failure",)


@pytest.mark.parametrize(("offered", "chosen"), [
    ((b"h2", b"http/1.1"), b"http/1.1"), ((b"h2",), None), ((), b""),
])
def test_alpn(offered, chosen):
    peer, other = client(alpn=offered), server(alpn=(b"h3", b"http/1.1"))
    said = exchange(peer, other)
    if chosen is None:
        assert said.ends[SERVER].alerts_sent == ("no_application_protocol",)
    else:
        assert said.ends[SERVER].connected
        assert peer.alpn == other.alpn == (chosen or None)


def test_the_name_that_was_asked_for():
    other = server()
    exchange(client(), other)
    assert other.server_name == lab.HOST


@pytest.mark.parametrize(("theirs", "ours", "version"), [
    ((TLS13, TLS12), (TLS13, TLS12), TLS13), ((TLS12,), (TLS13, TLS12), TLS12),
    ((TLS13, TLS12), (TLS12,), TLS12), ((TLS13,), (TLS12,), None), ((TLS12,), (TLS13,), None),
])
def test_version_negotiation(theirs, ours, version):
    peer, other = client(versions=theirs), server(versions=ours)
    said = exchange(peer, other)
    assert (peer.version, other.version) == (version, version)
    if version is None:
        assert said.ends[SERVER].alerts_sent == ("protocol_version",)
    elif version == TLS12:
        marked = said.find("server_hello").parsed.random.endswith(DOWNGRADED)
        assert marked == (TLS13 in ours)


@pytest.mark.parametrize("size", [1, 2**14, 2**14 + 1, 100_000])
def test_long_bodies_both_ways(size):
    body = (bytes(range(256)) * (size // 256 + 1))[:size]
    said = exchange(client(), server(), request=body, response=body[::-1])
    assert (said.ends[SERVER].received, said.ends[CLIENT].received) == (body, body[::-1])


def test_one_byte_at_a_time():
    peer, other = client(groups=(29,)), server()
    for _ in range(3):
        for end, receiver in ((peer, other), (other, peer)):
            for byte in end.data_to_send():
                receiver.receive_data(bytes((byte,)))
    assert peer.connected
    assert other.connected


def test_the_server_may_speak_first():
    """Its keys are there once its Finished is out, a round trip before it knows the client."""
    peer, other = client(), server()
    other.receive_data(peer.data_to_send())
    other.send(b"welcome")
    events = peer.receive_data(other.data_to_send())
    assert [type(event).__name__ for event in events] == ["HandshakeComplete", "ApplicationData"]


def test_sending_before_the_handshake_is_the_callers_fault():
    with pytest.raises(TLSError, match="waits for ClientHello") as caught:
        server().send(b"HTTP/1.1")
    assert caught.value.fault == "caller"


def test_keys_are_updated_both_ways():
    peer, other = client(), server()
    flow(peer, other)
    for _ in range(3):
        peer.update_keys(request=True)
        peer.send(b"ping")
        other.send(b"crossing")
        events = flow(peer, other)
        assert [type(event).__name__ for event in events] == ["KeyUpdated", "ApplicationData"]
    assert peer.secrets == other.secrets
    assert peer.secret("client_application_traffic_secret_3")
    with pytest.raises(KeyError):
        peer.secret("client_application_traffic_secret_2")


def test_keys_are_updated_with_openssl():
    theirs, ours = openssl_client(version="1.3"), server()
    for _ in range(3):
        ours.receive_data(theirs.data_to_send())
        theirs.receive_data(ours.data_to_send())
    ours.update_keys(request=True)
    ours.send(b"new key")
    assert theirs.receive_data(ours.data_to_send())[0].data == b"new key"
    theirs.send(b"here too")
    events = ours.receive_data(theirs.data_to_send())
    assert [type(event).__name__ for event in events] == ["KeyUpdated", "ApplicationData"]


def test_padding_with_openssl():
    said = talk(openssl_client(version="1.3"), server(padding=lambda length: -length % 256))
    assert well(said)
    lengths = {len(message.wire) for message in said.messages if message.sender == SERVER
               and message.name == "application_data"}
    assert {(length - 5 - 16 - 1) % 256 for length in lengths} == {0}


@pytest.mark.parametrize("options", [
    {"versions": ()}, {"groups": (24,)}, {"cipher_suites": (CipherSuite.TLS_FALLBACK_SCSV,)},
])
def test_choices_that_the_engine_does_not_know(options):
    with pytest.raises(ValueError, match="choose"):
        server(**options)
    with pytest.raises(ValueError, match="identity"):
        Server()


def test_the_table_leads_from_start_to_connected():
    paths = {(): 2, ("early data",): 3, ("certificate requested",): 3,
             ("certificate requested", "certificate came"): 4}
    for facts, length in paths.items():
        state, seen = State.WAIT_CLIENT_HELLO, []
        while state is not State.CONNECTED:
            row = next(row for row in SERVER13 if row.state is state and row.after is not state
                       and (row.when is None or row.when in facts))
            seen.append(row.message)
            state = row.after
        assert len(seen) == length

"""OpenSSL as either end: nothing of pyOpenSSL leaks out of it."""

import gc
import weakref

import pytest

from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources import openssl_client, openssl_server, record_exchange
from helpers.sources.openssl import (
    ECDHE_ECDSA_SUITE,
    LANE13,
    LANES,
    REQUEST,
    RESPONSE,
    RSA_SUITE,
)
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, HandshakeComplete
from helpers.tls.registry import CipherSuite, name_of


def run(client, server) -> None:
    for _ in range(3):
        server.receive_data(client.data_to_send())
        client.receive_data(server.data_to_send())


@pytest.mark.parametrize("lane", LANES)
def test_openssl_with_openssl(lane):
    talk = record_exchange(openssl_server(**LANES[lane]), title="a title")
    assert talk.title == "a title"
    assert talk.suite.key_exchange == lane
    assert talk.ends[SERVER].received == talk.application_data(CLIENT) == REQUEST
    assert talk.ends[CLIENT].received == talk.application_data(SERVER) == RESPONSE
    assert all(end.problem is None for end in talk.ends.values())
    assert talk.ends[CLIENT].alerts_sent == ()  # close_notify is no complaint
    assert talk.find("certificate").parsed.certificate_list


def test_a_server_with_an_ecdsa_key():
    talk = record_exchange(openssl_server(ECDHE_ECDSA_SUITE, kind="ecdsa", group="secp256r1"))
    assert talk.suite.authentication == "ECDSA"
    assert talk.find("server_key_exchange").parsed.named_curve == 23


def test_without_extended_master_secret():
    talk = record_exchange(openssl_server(extended_master_secret=False))
    assert talk.find("server_hello").parsed.extension(23) is None
    assert talk.application_data(SERVER) == RESPONSE


def test_tls_13():
    talk = record_exchange(openssl_server(**LANE13), title="a title")
    assert talk.find("server_hello").parsed.extension(43).value == 0x0304
    assert talk.find("server_hello").parsed.extension(51).value[0] == 4588  # X25519MLKEM768
    assert talk.ends[SERVER].received == talk.application_data(CLIENT) == REQUEST
    assert talk.ends[CLIENT].received == talk.application_data(SERVER) == RESPONSE
    assert all(end.problem is None for end in talk.ends.values())
    request = next(message for message in talk.messages if message.name == "application_data")
    assert request.flight == talk.find("finished", CLIENT).flight == 3  # one round trip


@pytest.mark.parametrize("suite", ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                                   "TLS_CHACHA20_POLY1305_SHA256"])
@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_the_server_decides_the_suite_of_tls_13(suite, kind):
    talk = record_exchange(openssl_server(suite, version="1.3", kind=kind, group="x25519"))
    chosen = talk.find("server_hello").parsed
    assert name_of(CipherSuite, chosen.cipher_suite) == suite
    assert chosen.extension(51).value[0] == 29
    assert talk.find("certificate_verify").parsed.signature_scheme == (
        0x0804 if kind == "rsa" else 0x0403)


@pytest.mark.parametrize(("client", "server", "chosen"), [
    ("any", "1.3", "certificate_verify"), ("any", "1.2", "server_key_exchange"),
    ("1.2", "any", "server_key_exchange"), ("any", "any", "certificate_verify")])
def test_versions_are_negotiated(client, server, chosen):
    talk = record_exchange(openssl_server(version=server), client=openssl_client(version=client))
    assert talk.application_data(SERVER) == RESPONSE
    assert talk.find(chosen).sender == SERVER


def test_no_version_in_common():
    talk = exchange(openssl_client(version="1.2"), openssl_server(version="1.3"))
    assert talk.ends[SERVER].alerts_sent == ("protocol_version",)
    assert not talk.ends[CLIENT].connected


def test_a_client_of_tls_13_that_trusts_nobody_here():
    talk = exchange(openssl_client(version="1.3", trusted_root="other_root"),
                    openssl_server(version="1.3"))
    assert talk.ends[CLIENT].alerts_sent == talk.ends[SERVER].alerts_received == ("unknown_ca",)
    assert not talk.ends[SERVER].connected
    assert talk.find("alert").title == "Alert: unknown_ca"  # OpenSSL says it in the clear


def test_offering_one_group():
    hello = exchange(openssl_client(version="1.3", group="x25519"),
                     openssl_server(version="1.3")).find("client_hello").parsed
    assert hello.extension(10).value == (29,)
    assert [group for group, _ in hello.extension(51).value] == [29]


@pytest.mark.parametrize("make", [openssl_client, openssl_server])
def test_unknown_versions_and_groups_are_one_sentence(make):
    with pytest.raises(ValueError, match=r"version is '1\.4'; choose one of 1\.2, 1\.3, any"):
        make(version="1.4")
    with pytest.raises(ValueError, match="OpenSSL knows no group called 'x25520'"):
        make(version="1.3", group="x25520")
    assert make(version="1.3", group="x25519").version == "1.3"  # and nothing was left behind


def test_events():
    client, server = openssl_client(), openssl_server()
    hello = client.data_to_send()
    assert server.receive_data(hello) == []
    assert client.receive_data(server.data_to_send()) == []
    complete = HandshakeComplete("ECDHE-RSA-AES128-GCM-SHA256", b"http/1.1")
    assert server.receive_data(client.data_to_send()) == [complete]
    assert client.receive_data(server.data_to_send()) == [complete]
    client.send(b"hello")
    client.close()
    assert server.receive_data(client.data_to_send()) == [ApplicationData(b"hello"), Closed()]
    assert not server.connected


def test_a_client_that_trusts_nobody_here():
    talk = exchange(openssl_client(trusted_root="other_root"), openssl_server())
    assert talk.ends[CLIENT].alerts_sent == ("unknown_ca",)
    assert talk.ends[CLIENT].problem.startswith("unknown_ca: OpenSSL says: ")
    assert talk.ends[SERVER].alerts_received == ("unknown_ca",)
    assert not talk.ends[SERVER].connected


def test_no_cipher_suite_in_common():
    talk = exchange(openssl_client(RSA_SUITE), openssl_server())
    assert talk.ends[SERVER].alerts_sent == ("handshake_failure",)
    assert "no shared cipher" in talk.ends[SERVER].problem


def test_a_request_in_plain_http():
    server = openssl_server()
    with pytest.raises(TLSError, match="OpenSSL says: http request") as caught:
        server.receive_data(b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
    assert caught.value.alert.name == "internal_error"  # OpenSSL sends no alert here
    assert server.alerts_sent == []
    assert server.data_to_send() == b""


def test_a_fatal_alert_from_the_peer_is_an_event():
    server = openssl_server()
    server.receive_data(openssl_client().data_to_send())
    assert server.receive_data(b"\x15\x03\x03\x00\x02\x02\x30") == [
        AlertReceived("unknown_ca", True)]
    assert server.alerts_received == ["unknown_ca"]
    assert server.receive_data(b"more") == []


def test_an_alert_without_a_name():
    server = openssl_server()
    server.receive_data(openssl_client().data_to_send())
    assert server.receive_data(b"\x15\x03\x03\x00\x02\x02\xc8") == [
        AlertReceived("unknown", True)]


@pytest.mark.parametrize("make", [openssl_client, openssl_server])
def test_used_at_the_wrong_time(make):
    end = make()
    with pytest.raises(TLSError, match="once the handshake is done") as caught:
        end.send(b"too early")
    assert caught.value.fault == "caller"
    end.close()
    end.close()
    with pytest.raises(TLSError):
        end.send(b"too late")
    assert end.receive_data(b"anything") == []


def test_events_before_an_error_are_kept():
    client, server = openssl_client(), openssl_server()
    run(client, server)
    server.send(b"hello")
    with pytest.raises(TLSError, match="bad_record_mac: OpenSSL says") as caught:
        client.receive_data(server.data_to_send() + b"\x17\x03\x03\x00\x20" + bytes(32))
    assert caught.value.events == [ApplicationData(b"hello")]


def test_everything_comes_out_at_once():
    """data_to_send must not cut a record in two: tamper functions see whole records."""
    client, server = openssl_client(), openssl_server()
    run(client, server)
    server.send(bytes(500_000))
    data = server.data_to_send()
    assert len(data) > 500_000
    assert server.data_to_send() == b""
    assert sum(len(event.data) for event in client.receive_data(data)) == 500_000


def test_an_endpoint_is_freed_without_the_collector():
    gc.disable()
    try:
        end = openssl_client()
        watch = weakref.ref(end)
        del end
        assert watch() is None
    finally:
        gc.enable()

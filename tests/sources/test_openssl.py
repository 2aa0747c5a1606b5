"""OpenSSL as either end: nothing of pyOpenSSL leaks out of it."""

import gc
import weakref

import pytest

from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources import openssl_client, openssl_server, record_exchange
from helpers.sources.openssl import (
    ECDHE_ECDSA_SUITE,
    LANES,
    REQUEST,
    RESPONSE,
    RSA_SUITE,
)
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, HandshakeComplete


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

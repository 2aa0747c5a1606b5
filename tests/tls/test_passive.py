"""Listening in: what an eavesdropper reads, with and without secrets."""

import pytest
from OpenSSL import SSL

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, exchange
from helpers.pki import authority
from helpers.sources import contexts, load, openssl
from helpers.tls.passive import Listener
from tests.tls.hand_server import client, connected, record
from tests.tls.resuming import Resuming

NAMES = {
    "tls12_rsa": ["client_hello", "server_hello", "certificate", "server_hello_done",
                  "client_key_exchange", "change_cipher_spec", "finished", "change_cipher_spec",
                  "finished", "application_data", "application_data", "alert", "alert"],
    "tls12_ecdhe": ["client_hello", "server_hello", "certificate", "server_key_exchange",
                    "server_hello_done", "client_key_exchange", "change_cipher_spec", "finished",
                    "change_cipher_spec", "finished", "application_data", "application_data",
                    "alert", "alert"],
}
NAMES["tls12_ecdhe_ecdsa"] = NAMES["tls12_ecdhe"]


@pytest.mark.parametrize("name", NAMES)
def test_messages_of_the_recordings(name):
    talk = load(name)
    assert [message.name for message in talk.messages] == NAMES[name]
    assert all(message.data is not None and message.problem is None for message in talk.messages)
    assert talk.messages[-1].title == "Alert: close_notify"
    sealed = [message for message in talk.messages if message.encrypted]
    assert [message.sequence_number for message in sealed if message.sender == CLIENT] == [0, 1, 2]
    assert all(message.wire[0] == message.content_type for message in talk.messages)


@pytest.mark.parametrize("name", NAMES)
def test_without_secrets_the_types_stay_visible(name):
    names = [message.name for message in load(name).without_secrets().messages]
    assert names == ["encrypted_handshake" if told == "finished" else
                     "encrypted_alert" if told == "alert" else told for told in NAMES[name]]
    unread = load(name).without_secrets().messages[-1]
    assert unread.data is None
    assert unread.parsed is None
    assert unread.title == "encrypted alert"


def test_our_own_conversation_is_read_with_our_own_key_log():
    talk = exchange(client(), openssl.openssl_server(), request=b"?", response=b"!")
    own = Conversation(talk.crossings, tuple(client_keylog(talk)))
    assert own.application_data(CLIENT) + own.application_data(SERVER) == b"?!"


def client_keylog(talk: Conversation) -> list[str]:
    return [line for line in talk.keylog if line.startswith("CLIENT_RANDOM")]


def test_broken_lines_of_a_key_log_are_passed_over():
    talk = load("tls12_ecdhe")
    random = talk.find("client_hello").parsed.random.hex()
    noise = ["# comment", "", "CLIENT_RANDOM", f"CLIENT_RANDOM {random} zz",
             f"CLIENT_RANDOM {random} 0102", f"CLIENT_RANDOM {'0' * 64} {'0' * 96}"]
    assert talk.with_secrets(keylog=[*noise, *talk.keylog]).secrets == talk.secrets
    assert talk.with_secrets(keylog=noise).secrets == ()


def test_a_master_secret_that_is_wrong_opens_nothing():
    talk = load("tls12_ecdhe")
    random = talk.find("client_hello").parsed.random.hex()
    told = talk.with_secrets(keylog=[f"CLIENT_RANDOM {random} {'0' * 96}"])
    assert told.application_data(CLIENT) == b""
    assert told.messages[7].name == "encrypted_handshake"


def test_malformed_bytes_are_one_message_however_they_come():
    good = record(b"\x0e\x00\x00\x00")
    for bad, shown in ((b"GET / HTTP/1.1\r\n", b"GET /"),
                       (record(b"\x0e\x00\x00\x01x"), record(b"\x0e\x00\x00\x01x"))):
        for size in (1, 100):
            listener, data = Listener(), good + bad + good
            for at in range(0, len(data), size):
                listener.hear(SERVER, data[at:at + size])
            listener.hear(CLIENT, good)
            names = [message.name for message in listener.messages]
            assert names == ["server_hello_done", "malformed", "server_hello_done"]
            assert listener.messages[1].wire == shown
            assert listener.messages[1].problem
            assert listener.messages[1].fields.value == shown


def test_a_resumed_session_is_read_with_its_key_log():
    """RFC 5246 section 7.3, figure 2: no certificate, no key exchange, the old master secret."""
    tickets = SSL.Context(SSL.TLS_METHOD)
    tickets.use_privatekey(lab.key("server_rsa"))
    tickets.use_certificate(authority.server().certificate)
    context = SSL.Context(SSL.TLS_METHOD)
    for each in (context, tickets):
        each.set_max_proto_version(SSL.TLS1_2_VERSION)
        each.set_keylog_callback(contexts.keep_key)
        each.set_info_callback(contexts.on_info)
    first = openssl.OpenSSLEndpoint(context, lab.HOST)
    exchange(first, openssl.OpenSSLEndpoint(tickets))
    again = Resuming(context, first._connection.get_session())
    talk = exchange(again, openssl.OpenSSLEndpoint(tickets), request=b"again?", response=b"yes")
    names = [message.name for message in talk.messages]
    assert "client_key_exchange" not in names
    assert "certificate" not in names
    assert talk.application_data(SERVER) == b"yes"
    assert talk.application_data(CLIENT) == b"again?"


def test_hearing_only_one_side():
    talk = load("tls12_rsa")
    for side in (CLIENT, SERVER):
        half = Conversation((Crossing(side, talk.stream(side), b""),), talk.keylog)
        assert {message.sender for message in half.messages} == {side}
        assert half.application_data(side) == b""


def test_a_message_in_pieces_shows_the_last_record():
    peer, server = connected()
    assert peer.connected
    listener = Listener()
    hello = server.transcript[1]
    listener.hear(SERVER, record(hello[:20]) + record(hello[20:]))
    message, = listener.messages
    assert message.data == hello
    assert message.wire == record(hello[20:])

"""exchange() with anybody between the ends; what a Conversation tells."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import lab
from helpers.conversation import (
    CLIENT,
    MAX_TURNS,
    SERVER,
    Conversation,
    Crossing,
    Held,
    Packet,
    exchange,
    split_records,
)
from helpers.sources import load, openssl_client, openssl_server
from helpers.sources.openssl import REQUEST, RESPONSE
from tests.tls.hand_server import client

PAIRS = {"ours": client, "OpenSSL": openssl_client}


def talk(pair: str, tamper) -> Conversation:
    return exchange(PAIRS[pair](), openssl_server(), tamper, request=REQUEST, response=RESPONSE)


def junk(packet: Packet) -> bytes:
    return b"\xff" * 50


TAMPERS = {
    "echo twice": lambda packet: packet.data * 2, "drop all": lambda packet: None,
    "drop the server": lambda packet: None if packet.sender == SERVER else packet.data,
    "hold all": lambda packet: Held(packet.data),
    "hold and double": lambda packet: Held(packet.data * 2),
    "junk": junk, "empty": lambda packet: b"",
    "grow": lambda packet: packet.data + bytes(100_000),
    "cut": lambda packet: packet.data[:-1], "only headers": lambda packet: packet.data[:5],
    "insert an alert": lambda packet: b"\x15\x03\x03\x00\x02\x01\x5a" + packet.data,
    "hello requests": lambda packet: b"\x16\x03\x03\x00\x04\x00\x00\x00\x00" * 9 + packet.data,
    "plain http": lambda packet: b"GET / HTTP/1.1\r\n\r\n",
    "bytearray": lambda packet: bytearray(packet.data),
    "memoryview": lambda packet: memoryview(packet.data),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("name", TAMPERS)
def test_any_tamper_function_comes_to_an_end(pair, name):
    result = talk(pair, TAMPERS[name])
    assert len(result.crossings) < MAX_TURNS
    assert {*result.ends} == {CLIENT, SERVER}
    whole = name in ("bytearray", "memoryview", "hold all")  # late, and in order
    assert (result.ends[CLIENT].received == RESPONSE) == whole
    assert result.messages
    assert all(message.fields.end for message in result.messages)


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("wrong", [7, "text", [b"x"], Held("text"), Held(None), object()])
def test_a_tamper_function_that_returns_something_else(pair, wrong):
    if wrong == Held(None):
        talk(pair, lambda packet: wrong)  # holding nothing is dropping
        return
    with pytest.raises(TypeError, match="a tamper function returns bytes, Held"):
        talk(pair, lambda packet: wrong)


def test_the_tamper_functions_own_exception_is_seen():
    with pytest.raises(ZeroDivisionError):
        talk("ours", lambda packet: 1 / 0)


@pytest.mark.parametrize("pair", PAIRS)
def test_every_record_is_numbered(pair):
    seen = []

    def watch(packet: Packet) -> bytes:
        seen.append((packet.sender, packet.number))
        assert split_records(packet.data) == [packet.data]
        return packet.data

    result = talk(pair, watch)
    for sender in (CLIENT, SERVER):
        numbers = [number for who, number in seen if who == sender]
        assert numbers == list(range(len(numbers)))
    assert [(item.sender, item.sent) for item in result.crossings] == [
        (item.sender, item.delivered) for item in result.crossings]
    assert result.ends[CLIENT].received == RESPONSE


def test_two_records_can_be_swapped():
    """The server's Certificate arrives before its ServerHello."""
    def swap(packet: Packet) -> bytes | Held:
        first = packet.sender == SERVER and packet.number == 0
        return Held(packet.data) if first else packet.data

    result = talk("ours", swap)
    assert result.ends[CLIENT].problem.startswith("unexpected_message: certificate came")
    assert result.ends[CLIENT].alerts_sent == ("unexpected_message",)
    assert result.ends[SERVER].alerts_received == ("unexpected_message",)
    hello, certificate = [item for item in result.crossings if item.sender == SERVER][:2]
    assert hello.delivered == b""
    assert certificate.delivered == certificate.sent + hello.sent


def test_what_was_held_is_in_the_log_when_it_is_delivered():
    last = {}

    def hold(packet: Packet) -> bytes | Held:
        if packet.sender == CLIENT and packet.number == 0:
            last["data"] = packet.data
            return Held(packet.data)
        return packet.data

    result = talk("ours", hold)
    assert result.crossings[0].delivered == b""
    assert result.crossings[1] == Crossing(CLIENT, b"", last["data"])
    assert result.ends[CLIENT].received == RESPONSE


@pytest.mark.parametrize("pair", PAIRS)
def test_both_ends_say_what_happened(pair):
    def flip(packet: Packet) -> bytes:
        if (packet.sender, packet.number) == (SERVER, 2):
            return packet.data[:-1] + bytes([packet.data[-1] ^ 1])
        return packet.data

    ends = talk(pair, flip).ends
    assert ends[CLIENT].alerts_sent == ("decrypt_error",)
    assert ends[CLIENT].problem.startswith("decrypt_error: ")
    assert ends[SERVER].alerts_received == ("decrypt_error",)
    assert ends[SERVER].problem == "the other end sent the alert decrypt_error"
    assert not ends[CLIENT].connected
    assert not ends[SERVER].connected


def test_ends_that_never_fall_silent_are_stopped():
    class Chatterbox:
        alerts_sent, alerts_received, connected, keylog = [], [], False, []
        said = 0

        def receive_data(self, data):
            return []

        def data_to_send(self):
            self.said += 1
            return b"\x16\x03\x03\x00\x01x"

        def send(self, data):
            raise AssertionError("it is never connected")

        def close(self):
            raise AssertionError("it is never connected")

    one, two = Chatterbox(), Chatterbox()
    exchange(one, two)
    assert one.said == two.said == MAX_TURNS


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_random_tampering(data):
    def tamper(packet: Packet) -> object:
        choice = data.draw(st.integers(0, 7))
        if choice == 0:
            return None
        if choice == 1:
            return Held(packet.data)
        if choice == 2:
            return data.draw(st.binary(max_size=30))
        changed = bytearray(packet.data)
        if choice == 3:
            changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
        return bytes(changed)

    result = talk(data.draw(st.sampled_from(list(PAIRS))), tamper)
    for end in result.ends.values():
        assert end.received in (b"", REQUEST, RESPONSE)  # all of it, or none: never changed bytes


# --- what a Conversation tells ----------------------------------------------------------------

def test_finding_things():
    recording = load("tls12_ecdhe")
    assert recording.find("finished", SERVER).sender == SERVER
    assert recording.find("finished").sender == CLIENT
    with pytest.raises(KeyError, match="no hello in this Conversation; it has: client_hello"):
        recording.find("hello")
    with pytest.raises(KeyError, match="knows master_secret, key_block"):
        recording.secret("pre_master_secret")
    with pytest.raises(KeyError, match="knows no secret"):
        recording.without_secrets().secret("master_secret")
    assert recording.suite.key_exchange == "ECDHE"
    assert recording.application_data(CLIENT) == REQUEST
    assert recording.application_data(SERVER) == RESPONSE
    assert recording.stream(CLIENT) == b"".join(
        item.sent for item in recording.crossings if item.sender == CLIENT)


def test_flights_go_up_when_the_other_end_speaks():
    flights = [(message.sender, message.flight) for message in load("tls12_rsa").messages]
    for one, two in itertools.pairwise(flights):
        assert two[1] - one[1] == (one[0] != two[0])


def test_the_servers_key_opens_rsa_and_nothing_else():
    key = lab.key("server_rsa")
    opened = load("tls12_rsa").with_secrets(server_key=key)
    assert opened.application_data(CLIENT) == REQUEST
    assert opened.application_data(SERVER) == RESPONSE
    assert opened.secrets == load("tls12_rsa").secrets
    closed = load("tls12_ecdhe").with_secrets(server_key=key)
    assert closed.application_data(CLIENT) == b""
    assert closed.secrets == ()


@given(st.binary(max_size=60))
def test_split_records_loses_nothing(data):
    pieces = split_records(data)
    assert b"".join(pieces) == data
    assert all(pieces)

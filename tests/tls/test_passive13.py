"""Listening in on TLS 1.3: recordings, live OpenSSL, and key logs with holes in them."""

from functools import cache

import pytest
from cryptography import x509

from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, exchange, split_records
from helpers.sources import load, names, openssl, openssl_client, openssl_server, record_exchange
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls import certificate_verify_content, hash_of, hkdf_expand_label, schedule13, verify
from helpers.tls.passive import Listener
from helpers.tls.record import Record
from helpers.tls.record13 import Protection13
from helpers.tls.registry13 import SUITES13, TLS13
from tests.tls.hand_server import record
from tests.tls.resuming import Resuming

RECORDINGS = [name for name in names() if name.startswith("tls13")]
NAMES = ["client_hello", "server_hello", "change_cipher_spec", "encrypted_extensions",
         "certificate", "certificate_verify", "finished", "change_cipher_spec", "finished",
         "application_data", "new_session_ticket", "new_session_ticket", "application_data",
         "alert", "alert"]
LABELS = {
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET": "client_handshake_traffic_secret",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET": "server_handshake_traffic_secret",
    "CLIENT_TRAFFIC_SECRET_0": "client_application_traffic_secret_0",
    "SERVER_TRAFFIC_SECRET_0": "server_application_traffic_secret_0",
    "EXPORTER_SECRET": "exporter_secret",
}


def names_of(talk: Conversation) -> list[str]:
    return [message.name for message in talk.messages]


def only(talk: Conversation, *labels: str) -> Conversation:
    return talk.with_secrets(keylog=[line for line in talk.keylog if line.split()[0] in labels])


def test_there_are_recordings_of_every_suite():
    assert {name: load(name).suite for name in RECORDINGS} == {
        "tls13_mlkem": SUITES13[0x1302], "tls13_x25519": SUITES13[0x1301],
        "tls13_ecdsa": SUITES13[0x1303]}


@pytest.mark.parametrize("name", RECORDINGS)
def test_messages_of_the_recordings(name):
    talk = load(name)
    assert names_of(talk) == NAMES
    assert all(message.data is not None and message.problem is None for message in talk.messages)
    assert (talk.application_data(CLIENT), talk.application_data(SERVER)) == (REQUEST, RESPONSE)
    sealed = [message for message in talk.messages if message.encrypted]
    assert all(message.wire[0] == 23 and message.version == TLS13 for message in sealed)
    numbers = {sender: [message.sequence_number for message in sealed if message.sender == sender]
               for sender in (CLIENT, SERVER)}
    assert numbers == {SERVER: [0, 1, 2, 3, 0, 1, 2, 3], CLIENT: [0, 0, 1]}  # two epochs each


@pytest.mark.parametrize("name", RECORDINGS)
def test_secrets_are_those_of_the_key_log(name):
    talk = load(name)
    logged = {line.split()[0]: line.split()[2] for line in talk.keylog}
    assert {LABELS[label]: secret for label, secret in logged.items()} == {
        step.name: step.output.hex() for step in talk.secrets
        if step.formula == "read from the key log"}
    random = talk.find("client_hello").parsed.random.hex()
    assert {line.split()[1] for line in talk.keylog} == {random}
    assert len(talk.secrets) == 15


@pytest.mark.parametrize("name", RECORDINGS)
def test_our_schedule_explains_finished_and_certificate_verify(name):
    talk, transcript, seen = load(name), b"", 0
    leaf = x509.load_der_x509_certificate(talk.find("certificate").parsed.certificate_list[0])
    for message in talk.messages:
        digest = hash_of(talk.suite.hash_name, transcript)
        if message.name == "certificate_verify":
            verify(leaf.public_key(), message.parsed.signature_scheme, message.parsed.signature,
                   certificate_verify_content(message.sender, digest))
            seen += 1
        if message.name == "finished":
            key = talk.secret(f"{message.sender}_finished_key")
            assert message.parsed.verify_data == schedule13.verify_data(
                key, digest, talk.suite.hash_name)
            seen += 1
        if message.content_type == 22:
            transcript += message.data
    assert seen == 3


@pytest.mark.parametrize("name", RECORDINGS)
def test_without_secrets_even_the_types_are_hidden(name):
    talk = load(name).without_secrets()
    assert names_of(talk) == [told if place in (0, 1, 2, 7) else "encrypted_record"
                              for place, told in enumerate(NAMES)]
    unread = talk.messages[-1]
    assert (unread.data, unread.parsed, unread.title) == (None, None, "encrypted record")
    assert unread.sequence_number is None  # nobody outside can know which epoch it is
    assert talk.secrets == ()


@pytest.mark.parametrize(("label", "read"), [
    ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", {8}), ("SERVER_HANDSHAKE_TRAFFIC_SECRET", {3, 4, 5, 6}),
    ("CLIENT_TRAFFIC_SECRET_0", {9, 13}), ("SERVER_TRAFFIC_SECRET_0", {10, 11, 12, 14}),
    ("EXPORTER_SECRET", set())])
def test_each_secret_opens_its_own_records_and_no_others(label, read):
    talk = only(load("tls13_x25519"), label)
    assert {message.index for message in talk.messages
            if message.encrypted and message.data is not None} == read
    assert names_of(talk) == [told if place in read | {0, 1, 2, 7} else "encrypted_record"
                              for place, told in enumerate(NAMES)]


@pytest.mark.parametrize("secret", ["", "zz", "00", "00" * 31, "00" * 32, "00" * 48])
@pytest.mark.parametrize("label", LABELS)
def test_wrong_secrets_open_nothing(label, secret):
    talk = load("tls13_x25519")
    random = talk.find("client_hello").parsed.random.hex()
    told = talk.with_secrets(keylog=[f"{label} {random} {secret}"])
    assert names_of(told) == names_of(talk.without_secrets())
    assert bool(told.secrets) == (secret == "00" * 32)


def test_a_key_log_of_another_connection():
    talk = load("tls13_x25519").with_secrets(keylog=load("tls13_ecdsa").keylog)
    assert talk.secrets == ()
    assert talk.application_data(SERVER) == b""


@pytest.mark.parametrize("group", ["x25519", "secp256r1", "X25519MLKEM768", "x448"])
@pytest.mark.parametrize("suite", ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"])
def test_live(group, suite):
    talk = record_exchange(openssl_server(suite, version="1.3", group=group))
    assert talk.application_data(SERVER) == RESPONSE
    retried = "hello_retry_request" in names_of(talk)
    assert retried == (group in ("secp256r1", "x448"))  # OpenSSL guesses the other two
    assert all(message.data is not None for message in talk.messages)


def test_a_hello_retry_request():
    talk = record_exchange(openssl_server(version="1.3", group="secp256r1"))
    assert names_of(talk)[:6] == ["client_hello", "hello_retry_request", "change_cipher_spec",
                                  "change_cipher_spec", "client_hello", "server_hello"]
    retry = talk.find("hello_retry_request")
    assert retry.title == "HelloRetryRequest"
    assert retry.parsed.extension(51).value == 23
    assert retry.fields.find("selected_group").value == 23
    blind = talk.without_secrets()
    assert names_of(blind)[:6] == names_of(talk)[:6]
    assert set(names_of(blind)[6:]) == {"encrypted_record"}
    assert not any(message.encrypted for message in talk.messages[:6])


def test_a_resumed_session():
    client_context, server_context = (make()._connection.get_context() for make in (
        lambda: openssl_client(version="1.3"), lambda: openssl_server(version="1.3")))
    first = openssl.OpenSSLEndpoint(client_context, "shop.example")
    exchange(first, openssl.OpenSSLEndpoint(server_context), request=b"?", response=b"!")
    again = Resuming(client_context, first._connection.get_session())
    talk = exchange(again, openssl.OpenSSLEndpoint(server_context), request=b"again?",
                    response=b"yes")
    assert len(talk.find("client_hello").parsed.extension(41).value.identities) == 1
    assert talk.find("server_hello").parsed.extension(41).value == 0
    assert "certificate" not in names_of(talk)
    assert (talk.application_data(CLIENT), talk.application_data(SERVER)) == (b"again?", b"yes")


@cache
def protection(sender: str, generation: int) -> tuple:
    """Suite, key and IV of an application epoch of the recording, from its own secrets."""
    talk = load("tls13_x25519")
    secret = talk.secret(f"{sender}_application_traffic_secret_0")
    for _ in range(generation):
        secret = hkdf_expand_label(secret, "traffic upd", b"", len(secret), talk.suite.hash_name)
    return talk.suite, *(hkdf_expand_label(secret, kind, b"", length, talk.suite.hash_name)
                         for kind, length in (("key", talk.suite.key_length), ("iv", 12)))


def sealer(sender: str, generation: int = 0, number: int = 0) -> Protection13:
    found = Protection13(*protection(sender, generation))
    found.sequence_number = number
    return found


def heard(*later: tuple[str, Record]) -> Listener:
    """The recording up to the response, then these records."""
    talk = load("tls13_x25519")
    listener = Listener(talk.keylog)
    for crossing in talk.crossings[:-2]:
        listener.hear(crossing.sender, crossing.sent)
    assert len(listener.messages) == 13
    for sender, one in later:
        listener.hear(sender, one.bytes())
    return listener


def test_key_updates_are_followed():
    first, second, third = (sealer(SERVER, 0, 3), sealer(SERVER, 1), sealer(SERVER, 2))
    update = b"\x18\0\0\x01\0"
    listener = heard((SERVER, first.protect(23, b"old")), (SERVER, first.protect(22, update)),
                     (SERVER, second.protect(23, b"new")), (SERVER, second.protect(22, update)),
                     (SERVER, third.protect(23, b"newest")),
                     (CLIENT, sealer(CLIENT, 0, 1).protect(23, b"same key")))
    assert [message.data for message in listener.messages[13:]] == [
        b"old", update, b"new", update, b"newest", b"same key"]
    assert [message.sequence_number for message in listener.messages[13:]] == [3, 4, 0, 1, 0, 1]
    steps = {step.name: step for step in listener.secrets}
    assert steps["server_application_traffic_secret_2"].inputs == (
        ("server_application_traffic_secret_1",
         steps["server_application_traffic_secret_1"].output),)
    assert "server_application_write_key_2" in steps
    assert "client_application_traffic_secret_1" not in steps


def test_padding_is_taken_off():
    listener = heard((CLIENT, sealer(CLIENT, 0, 1).protect(23, b"hidden length", 500)))
    last = listener.messages[-1]
    assert last.data == b"hidden length"
    assert len(last.wire) == 5 + 13 + 1 + 500 + 16


def test_several_messages_in_one_record_and_one_in_several():
    ticket = load("tls13_x25519").find("new_session_ticket").data
    sender = sealer(SERVER, 0, 3)
    listener = heard((SERVER, sender.protect(22, ticket + ticket)),
                     (SERVER, sender.protect(22, ticket[:50])),
                     (SERVER, sender.protect(22, ticket[50:])))
    assert [(message.data, message.sequence_number) for message in listener.messages[13:]] == [
        (ticket, 3), (ticket, 3), (ticket, 5)]


def test_a_record_that_no_key_opens_spoils_nothing():
    """It is shown as unread, and the next one is read: it has the same number."""
    listener = heard((SERVER, Record(23, 0x0303, bytes(40))),
                     (SERVER, sealer(SERVER, 0, 3).protect(23, b"more")))
    assert [message.name for message in listener.messages[13:]] == ["encrypted_record",
                                                                    "application_data"]
    assert listener.messages[-1].data == b"more"


@pytest.mark.parametrize(("kind", "content"), [
    (0, b""), (20, b"\x01"), (22, b""), (21, b"\x01"), (22, b"\x14\0\0\x01x")])
def test_sealed_nonsense_is_malformed_and_ends_that_direction(kind, content):
    sender = sealer(SERVER, 0, 3)
    listener = heard((SERVER, sender.protect(kind, content)),
                     (SERVER, sender.protect(23, b"unheard")),
                     (CLIENT, sealer(CLIENT, 0, 1).protect(23, b"heard")))
    assert [message.name for message in listener.messages[13:]] == ["malformed",
                                                                    "application_data"]
    assert listener.messages[13].problem
    assert listener.messages[14].data == b"heard"


def test_an_alert_in_the_clear_is_read():
    """OpenSSL's client sends one when the server's handshake keys are of no use to it."""
    talk = load("tls13_x25519").without_secrets()
    listener = Listener()
    for crossing in talk.crossings[:2]:
        listener.hear(crossing.sender, crossing.sent)
    listener.hear(CLIENT, record(b"\x02\x14", 21))
    assert listener.messages[-1].title == "Alert: bad_record_mac"
    assert not listener.messages[-1].encrypted


def test_0_rtt_data_stays_unread():
    """Its key is not among those that the course knows; what follows is read all the same."""
    talk = load("tls13_x25519")
    listener = Listener(talk.keylog)
    hello, *rest = talk.crossings
    listener.hear(CLIENT, hello.sent + record(b"\x01", 20) + record(bytes(60), 23))
    listener.hear(SERVER, rest[0].sent)
    listener.hear(CLIENT, record(bytes(60), 23) + rest[1].sent)
    unread = [message for message in listener.messages if message.data is None]
    assert [message.encrypted for message in unread] == [True, True]
    assert [message.name for message in listener.messages if message.sender == CLIENT][-2:] == [
        "finished", "application_data"]


def test_hearing_only_one_side():
    talk = load("tls13_x25519")
    for side in (CLIENT, SERVER):
        half = Conversation((Crossing(side, talk.stream(side), b""),), talk.keylog)
        assert {message.sender for message in half.messages} == {side}
        assert half.application_data(side) == b""


def test_records_in_pieces_give_the_same_messages():
    talk = load("tls13_mlkem")
    listener = Listener(talk.keylog)
    for crossing in talk.crossings:
        for at in range(0, len(crossing.sent), 7):
            listener.hear(crossing.sender, crossing.sent[at:at + 7])
    assert tuple(listener.messages) == talk.messages


def test_an_unknown_suite_of_tls_13():
    """TLS_AES_128_CCM_8_SHA256 is for small devices: nothing is read, nothing raised."""
    talk = load("tls13_x25519")
    hello = talk.find("server_hello").wire
    changed = hello[:5] + hello[5:].replace(b"\x13\x01", b"\x13\x05", 1)
    listener = Listener(talk.keylog)
    listener.hear(CLIENT, talk.crossings[0].sent)
    for one in [changed, *split_records(talk.crossings[1].sent)[1:]]:
        listener.hear(SERVER, one)
    assert listener.suite is None
    assert listener.secrets == []
    assert {message.name for message in listener.messages[3:]} == {"encrypted_record"}

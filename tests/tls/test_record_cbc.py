"""AES-128-CBC-SHA: spoken with OpenSSL where somebody insists, and never offered by default."""

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.sources.openssl import REQUEST, RESPONSE, openssl_client, openssl_server
from helpers.tls.errors import TLSError
from helpers.tls.offer import DEFAULT_SUITES
from helpers.tls.record import Record
from helpers.tls.record_cbc import BLOCK, ProtectionCBC
from helpers.tls.registry import SUITES, CipherSuite
from helpers.tls.registry_cbc import ALL_SUITES, CBC_SUITES
from tests.tls.pairs import client, server, talk, well

NAMES = {CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA: "AES128-SHA",
         CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: "ECDHE-RSA-AES128-SHA"}
ALL = pytest.mark.parametrize("suite", CBC_SUITES, ids=lambda suite: suite.name)


def keys() -> ProtectionCBC:
    return ProtectionCBC(b"k" * 16, b"m" * 20, lab.seeded("cbc"))


@ALL
def test_with_openssl(suite):
    assert well(talk(client(cipher_suites=(suite,)), openssl_server(NAMES[suite])))
    assert well(talk(openssl_client(NAMES[suite]), server("rsa", cipher_suites=(suite,))))


@ALL
@pytest.mark.parametrize("size", [1, 2**14, 50_000])
def test_with_ourselves(suite, size):
    body = bytes(size)
    said = exchange(client(cipher_suites=(suite,)), server("rsa", cipher_suites=(suite,)),
                    request=body, response=body[::-1])
    assert said.ends[SERVER].received == said.ends[CLIENT].received == body
    assert said.application_data(CLIENT) == body
    assert len(said.secret("client_write_MAC_key")) == 20
    assert said.secret("key_block")[:20] == said.secret("client_write_MAC_key")


def test_a_conversation_is_read():
    suite = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
    said = talk(openssl_client("AES128-SHA"), server("rsa", cipher_suites=(suite,)))
    assert said.application_data(CLIENT) == REQUEST
    assert said.application_data(SERVER) == RESPONSE
    assert said.suite.aead == "AES-CBC"
    assert all(len(message.wire) % BLOCK == 5 for message in said.messages if message.encrypted)


def test_never_by_default():
    assert not set(DEFAULT_SUITES) & set(CBC_SUITES)
    assert ALL_SUITES.keys() == SUITES.keys() | CBC_SUITES.keys()
    said = exchange(openssl_client("AES128-SHA"), server("rsa"))
    assert said.ends[SERVER].alerts_sent == ("handshake_failure",)


@pytest.mark.parametrize("length", range(40))
def test_every_length_comes_back(length):
    sender, receiver = keys(), keys()
    for _ in range(2):
        record = sender.protect(23, b"x" * length)
        assert len(record.fragment) % BLOCK == 0
        assert receiver.open(record) == (23, b"x" * length)


def test_a_changed_byte_anywhere_is_one_alert_and_one_sentence():
    record = keys().protect(23, b"pay 10 to Alice" * 2)
    reasons = set()
    for at in range(len(record.fragment)):
        changed = bytearray(record.fragment)
        changed[at] ^= 1
        with pytest.raises(TLSError) as caught:
            keys().unprotect(record._replace(fragment=bytes(changed)))
        assert caught.value.alert.name == "bad_record_mac"
        reasons.add(caught.value.reason)
    for changes in ({"type": 22}, {"version": 0x0302}):
        with pytest.raises(TLSError):
            keys().unprotect(record._replace(**changes))
    assert len(reasons) == 1


@pytest.mark.parametrize("fragment", [b"", bytes(16), bytes(31), bytes(32), bytes(48), bytes(65)])
def test_fragments_that_hold_no_record(fragment):
    with pytest.raises(TLSError, match="padding and MAC"):
        keys().unprotect(Record(23, 0x0303, fragment))


def test_same_seed_same_record():
    assert keys().protect(23, b"x") == keys().protect(23, b"x")

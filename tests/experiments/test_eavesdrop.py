"""The rules about who knows what, against what can really be decrypted."""

from itertools import combinations

import pytest

from helpers import lab
from helpers.conversation import Conversation
from helpers.experiments import knowledge, knows, steal
from helpers.experiments.eavesdrop import SECRETS, THEFTS
from helpers.sources import load, openssl_server, record_exchange
from helpers.sources.openssl import REQUEST, RESPONSE

RECORDINGS = ("tls12_rsa", "tls12_rsa_second", "tls12_ecdhe", "tls12_ecdhe_ecdsa")
ENDS = ("client", "server")


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("what", ["nothing", "server_private_key", "key_log"])
def test_the_rules_say_what_decryption_does(name, what):
    recording = load(name)
    facts = {"nothing": (), "server_private_key": ("server_private_key",),
             "key_log": ("master_secret",)}[what]
    known = knows(knowledge(recording.without_secrets(), facts), "eavesdropper")
    theft = steal(recording, what)
    assert ("request" in known, "response" in known) == (bool(theft.request), bool(theft.response))
    assert bool(theft.opened) == ("keys" in known)
    assert not (theft.opened and theft.closed)


@pytest.mark.parametrize("name", RECORDINGS)
def test_both_ends_know_everything_they_must(name):
    rows = knowledge(load(name))
    for who in ENDS:
        assert {"master_secret", "keys", "request", "response"} <= knows(rows, who)
    assert not knows(rows, "eavesdropper") & SECRETS
    assert "server_private_key" not in knows(rows, "client")


@pytest.mark.parametrize("name", RECORDINGS)
def test_nobody_learns_a_fact_twice(name):
    rows = knowledge(load(name))
    for who in (*ENDS, "eavesdropper"):
        facts = [fact for row in rows for fact in row.new[who]]
        assert len(facts) == len(set(facts))


def test_only_the_ephemeral_keys_open_the_ecdhe_recording():
    recording = load("tls12_ecdhe")
    for loot in combinations(sorted(SECRETS - {"request", "response"}), 1):
        opened = "request" in knows(knowledge(recording, loot), "eavesdropper")
        assert opened == (loot[0] != "server_private_key"), loot


@pytest.mark.parametrize("name", RECORDINGS)
def test_another_key_of_the_same_kind_opens_nothing(name):
    theft = steal(load(name), "wrong_key")
    assert theft.closed
    assert not theft.opened
    assert not theft.request
    other, own = lab.key("other_rsa"), lab.key("server_rsa")
    assert other.key_size == own.key_size
    assert other.private_numbers() != own.private_numbers()


def test_a_stolen_key_reads_the_very_bytes():
    theft = steal(load("tls12_rsa"), "server_private_key")
    assert (theft.request, theft.response) == (REQUEST, RESPONSE)


@pytest.mark.parametrize("lane", [{"ciphers": "AES256-GCM-SHA384"},
                                  {"ciphers": "ECDHE-RSA-CHACHA20-POLY1305"}])
def test_a_live_conversation_follows_the_same_rules(lane):
    conversation = record_exchange(openssl_server(**lane))
    known = knows(knowledge(conversation, ["server_private_key"]), "eavesdropper")
    assert ("request" in known) == bool(steal(conversation, "server_private_key").request)


def test_what_makes_no_sense_is_refused_with_a_sentence():
    recording = load("tls12_rsa")
    with pytest.raises(ValueError, match="client_random cannot be stolen"):
        knowledge(recording, ["client_random"])
    with pytest.raises(ValueError, match=f"choose one of {THEFTS[0]}"):
        steal(recording, "the moon")
    with pytest.raises(ValueError, match="no ServerHello"):
        knowledge(type(recording)(recording.crossings[:1]))


def test_a_conversation_that_never_got_a_suite_is_one_sentence():
    visit = load("tls12_rsa")
    cut_off = Conversation(visit.crossings[:1])
    for experiment in (knowledge, lambda heard: steal(heard, "server_private_key")):
        with pytest.raises(ValueError, match="no ServerHello"):
            experiment(cut_off)


def test_one_stolen_fact_needs_no_list():
    visit = load("tls12_rsa")
    assert knowledge(visit, "server_private_key") == knowledge(visit, ("server_private_key",))


# --- TLS 1.3 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tls13_x25519", "tls13_mlkem", "tls13_ecdsa"])
def test_in_tls_13_both_ends_end_up_with_everything(name):
    rows = knowledge(load(name))
    ends = knows(rows, "client") & knows(rows, "server")
    assert {"shared_secret", "handshake_keys", "application_keys", "request", "response",
            "server_public_key"} <= ends
    assert knows(rows, "eavesdropper") == {"client_random", "client_share", "server_random",
                                           "server_share", "hash_of_hellos"}


def test_what_a_stolen_secret_opens_in_tls_13():
    talk = load("tls13_x25519")
    opened = {what: {"request", "server_public_key"} & knows(knowledge(talk, what), "eavesdropper")
              for what in ("server_private_key", "client_ephemeral_key", "server_ephemeral_key",
                           "shared_secret", "handshake_keys", "application_keys")}
    everything = {"request", "server_public_key"}
    assert opened == {
        "server_private_key": set(), "handshake_keys": {"server_public_key"},
        "application_keys": {"request"}, "client_ephemeral_key": everything,
        "server_ephemeral_key": everything, "shared_secret": everything}
    with pytest.raises(ValueError, match="master_secret cannot be stolen"):
        knowledge(talk, "master_secret")


def test_in_tls_13_keys_come_with_the_hello_and_the_finished():
    rows = {(row.message.sender, row.title): row for row in knowledge(load("tls13_x25519"))
            if row.message}
    hello, finished = rows["server", "ServerHello"], rows["server", "Finished"]
    assert "handshake_keys" in hello.computed["client"]
    assert "application_keys" in finished.computed["client"]
    assert rows["server", "Certificate"].new["client"] == ("server_public_key",)
    assert rows["server", "Certificate"].computed["client"] == frozenset()

"""Both ends our own: each setting fails where it must, a ticket brings the old master secret."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.experiments import TICKET_KEY, own_visit
from helpers.experiments.own12 import (
    ANNAS,
    ASKS,
    EITHER,
    EXPIRED,
    HOMEMADE,
    INSISTS,
    NEWER,
    OTHER_NAME,
    SUITES,
    UNKNOWN,
)
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls.schedule12 import prf

_BOTH, _ECDSA, _RSA, _OLD = SUITES


def titles(visit):
    return [message.title for message in visit.conversation.messages]


@pytest.mark.parametrize(("settings", "who", "after", "alert"), [
    ({}, "", "", ""),
    ({"key": "RSA", "allows": _OLD, "offers": _OLD}, "", "", ""),
    ({"asks": ASKS}, "", "", ""),
    ({"asks": INSISTS, "shows": ANNAS}, "", "", ""),
    ({"offers": NEWER}, "server", "ClientHello", "protocol_version"),
    ({"offers": _RSA, "allows": _RSA}, "server", "ClientHello", "handshake_failure"),
    ({"offers": _OLD}, "server", "ClientHello", "handshake_failure"),
    ({"certificate": EXPIRED}, "client", "Certificate", "certificate_expired"),
    ({"certificate": OTHER_NAME}, "client", "Certificate", "certificate_unknown"),
    ({"certificate": UNKNOWN}, "client", "Certificate", "unknown_ca"),
    ({"asks": INSISTS}, "server", "Certificate", "handshake_failure"),
    ({"asks": ASKS, "shows": HOMEMADE}, "server", "Certificate", "unknown_ca"),
    ({"certificate": EXPIRED, "asks": INSISTS}, "client", "Certificate", "certificate_expired"),
])
def test_who_says_no_and_when(settings, who, after, alert):
    visit = own_visit(**settings)
    assert (visit.stopped_by, visit.after, visit.alert) == (who, after, alert)
    assert bool(visit.why) == bool(who)
    assert "(" not in visit.why
    talk = visit.conversation
    said = (talk.application_data("client"), talk.application_data("server"))
    assert said == ((b"", b"") if who else (REQUEST, RESPONSE))


@pytest.mark.parametrize("key", ["ECDSA", "RSA"])
def test_either_key_will_do_where_both_suites_are_allowed(key):
    suite = own_visit(key=key, offers=EITHER).conversation.suite
    assert suite.authentication == key


def test_a_client_certificate_crosses_in_the_clear_and_has_no_host_name():
    talk = own_visit(asks=INSISTS, shows=ANNAS).conversation.without_secrets()
    leaf = x509.load_der_x509_certificate(
        talk.find("certificate", "client").parsed.certificate_list[0])
    assert leaf.subject.rfc4514_string().startswith("CN=Anna,")
    assert not [item for item in leaf.extensions
                if isinstance(item.value, x509.SubjectAlternativeName)]
    assert not talk.find("certificate_verify", "client").encrypted


def test_a_refused_client_has_already_said_all():
    visit = own_visit(asks=INSISTS)
    assert visit.conversation.find("certificate", "client").parsed.certificate_list == ()
    assert {"ClientKeyExchange", "ChangeCipherSpec"} <= set(titles(visit))


def test_coming_back():
    first = own_visit()
    again = own_visit(first.session)
    assert titles(again)[:6] == ["ClientHello", "ServerHello", "ChangeCipherSpec", "Finished",
                                 "ChangeCipherSpec", "Finished"]
    old, new = first.conversation, again.conversation
    assert old.secret("master_secret") == new.secret("master_secret")
    assert old.secret("client_write_key") != new.secret("client_write_key")
    assert not old.find("new_session_ticket").encrypted
    assert new.ends["client"].received == RESPONSE
    assert again.session is None


def test_the_ticket_holds_the_master_secret():
    """Opened with the bare AEAD and read by hand; the keys by the PRF alone."""
    first = own_visit()
    ticket = first.conversation.find("new_session_ticket").parsed.ticket
    assert ticket == first.session.ticket
    inside = AESGCM(TICKET_KEY).decrypt(ticket[:12], ticket[12:], None)
    assert inside[:5] == bytes.fromhex("0303 c02b 30")
    assert inside[5:53] == first.conversation.secret("master_secret")
    talk = own_visit(first.session).conversation
    randoms = talk.find("server_hello").parsed.random + talk.find("client_hello").parsed.random
    block = prf(inside[5:53], b"key expansion", randoms, 40)
    assert block[16:32] == talk.secret("server_write_key")


def test_it_repeats_and_a_label_makes_another():
    first = own_visit().conversation.crossings
    assert first == own_visit().conversation.crossings
    assert first != own_visit(label="another").conversation.crossings


def test_an_unknown_setting():
    with pytest.raises(KeyError):
        own_visit(offers="everything")

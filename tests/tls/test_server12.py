"""Our TLS 1.2 server: with OpenSSL's client, and with ours."""

from dataclasses import replace

import pytest
from OpenSSL import SSL

from helpers import lab
from helpers.conversation import SERVER, exchange
from helpers.sources import contexts
from helpers.sources.openssl import OFFER, OpenSSLEndpoint, openssl_client
from helpers.tls import build, extensions
from helpers.tls.groups import encrypt_pre_master_secret, received_pre_master_secret
from helpers.tls.registry import SUITES, TLS12, CipherSuite, NamedGroup
from helpers.tls.states import SERVER12, State
from tests.tls.hand_server import record
from tests.tls.pairs import Clock, client, flow, identity, server, talk, tickets, well
from tests.tls.resuming import Resuming
from tests.tls.test_client import OPENSSL_NAMES

CASES = [(suite, group) for suite in SUITES
         for group in ((NamedGroup.x25519, NamedGroup.secp256r1)
                       if SUITES[suite].key_exchange == "ECDHE" else (None,))]


def for_suite(suite, **options):
    kind = {"RSA": "rsa", "ECDSA": "ecdsa"}[SUITES[suite].authentication]
    return server(kind, versions=(TLS12,), cipher_suites=(suite,), **options)


@pytest.mark.parametrize(("suite", "group"), CASES)
@pytest.mark.parametrize("extended", [True, False])
def test_handshake_with_openssl(suite, group, extended):
    ours = for_suite(suite, extended_master_secret=extended, **({"groups": (group,)} if group
                                                                else {}))
    theirs = openssl_client(OPENSSL_NAMES[suite])
    said = talk(theirs, ours)
    assert well(said)
    assert (ours.version, ours.cipher_suite, ours.group) == (TLS12, suite, group)
    assert ours.keylog == [line for line in theirs.keylog if line.startswith("CLIENT_RANDOM")]
    assert (said.find("server_hello").parsed.extension(23) is not None) == extended


@pytest.mark.parametrize(("suite", "group"), CASES)
def test_handshake_with_ourselves(suite, group):
    peer = client(versions=(TLS12,), cipher_suites=(suite,), groups=(29, 23))
    other = for_suite(suite)
    assert well(talk(peer, other))
    assert peer.transcript == other.transcript
    assert [step.output for step in peer.secrets] == [step.output for step in other.secrets]


@pytest.mark.parametrize("kind", ["rsa", "ecdsa", "ed25519", "p384"])
def test_every_kind_of_key(kind):
    ours = client(versions=(TLS12,))
    if kind != "p384":  # the client would have to offer that curve, which the engine has not
        assert well(talk(ours, server(kind)))
        assert ours.certificate == identity(kind).certificate
    assert well(talk(openssl_client(OFFER), server(kind)))


def test_same_seeds_same_bytes():
    first, second = (talk(client(versions=(TLS12,)), server("ecdsa")) for _ in range(2))
    assert first.crossings == second.crossings


def test_the_downgrade_marker_only_where_there_is_better():
    for versions, marked in (((0x0304, TLS12), True), ((TLS12,), False)):
        said = exchange(openssl_client(), server("rsa", versions=versions))
        assert said.find("server_hello").parsed.random.endswith(b"DOWNGRD\x01") == marked


def test_a_client_that_came_down_is_sent_back():
    """TLS_FALLBACK_SCSV (RFC 7507): an older version than both speak, and it says so itself."""
    for versions, alert in (((0x0304, TLS12), "inappropriate_fallback"), ((TLS12,), None)):
        hello = build.client_hello(bytes(32), (0xC02B, CipherSuite.TLS_FALLBACK_SCSV), [
            extensions.supported_groups((29, 23)), extensions.signature_algorithms((0x0403,))])
        other = server(versions=versions)
        if alert is None:
            other.receive_data(record(hello))
            assert other.state is State.WAIT_CLIENT_KEY_EXCHANGE
        else:
            with pytest.raises(Exception, match=alert):
                other.receive_data(record(hello))


@pytest.mark.parametrize("extended", [True, False])
def test_a_ticket_resumes_with_ourselves(extended):
    kept = tickets()
    peer = client(versions=(TLS12,), extended_master_secret=extended)
    assert well(talk(peer, server("rsa", tickets=kept)))
    session, = peer.sessions
    again, other = client("again", versions=(TLS12,), session=session,
                          extended_master_secret=extended), server("rsa", tickets=kept)
    said = talk(again, other)
    assert well(said)
    assert again.resumed
    assert other.resumed
    names = [message.name for message in said.messages]
    assert "certificate" not in names
    assert names[:6] == ["client_hello", "server_hello", "change_cipher_spec", "finished",
                         "change_cipher_spec", "finished"]
    assert again.secret("master_secret") == peer.secret("master_secret")
    assert again.secret("client_write_key") != peer.secret("client_write_key")


class Nameless(OpenSSLEndpoint):
    """An OpenSSL client that asks for no name, and takes tickets."""

    def __init__(self, context):
        super().__init__(context)
        self._connection.set_connect_state()
        self._advance([])


def test_a_ticket_resumes_with_openssl():
    kept, context = tickets(), SSL.Context(SSL.TLS_METHOD)
    context.set_max_proto_version(SSL.TLS1_2_VERSION)
    context.set_keylog_callback(contexts.keep_key)
    context.set_info_callback(contexts.on_info)
    first = Nameless(context)
    assert well(talk(first, server("rsa", tickets=kept)))
    other = server("rsa", tickets=kept)
    again = Resuming(context, first._connection.get_session())
    assert well(talk(again, other))
    assert other.resumed
    assert again.master_secret == other.secret("master_secret")


@pytest.mark.parametrize("change", ["old", "other key", "other name", "other suite",
                                    "more extended", "broken"])
def test_tickets_that_do_not_resume(change):
    kept, clock = tickets(lifetime=100), Clock()
    extended = change != "more extended"
    peer = client(versions=(TLS12,), extended_master_secret=extended, clock=clock)
    assert well(talk(peer, server("rsa", tickets=kept, clock=clock)))
    session, = peer.sessions
    other = server("rsa", tickets=kept if change != "other key" else tickets(count=1),
                   clock=clock, cipher_suites=(0xC030,) if change == "other suite" else (0xC02F,
                                                                                         0xC030))
    if change == "old":
        clock.now += 99
    if change == "other key":
        other.tickets = type(kept)(b"another key 16by")
    if change == "broken":
        session = replace(session, ticket=session.ticket[:-1] + b"?")
    if change == "other name":
        session = replace(session, server_name="other.example")
        again = client("again", versions=(TLS12,), session=session, server_name="other.example",
                       trust=lambda chain, name: identity("rsa").certificate, clock=clock)
    else:
        again = client("again", versions=(TLS12,), session=session, clock=clock)
    if change == "old":
        clock.now += 2
    assert well(talk(again, other))
    assert not again.resumed
    assert not other.resumed


def test_an_extended_session_may_not_come_back_as_a_plain_one():
    """RFC 7627 section 5.3."""
    kept = tickets()
    peer = client(versions=(TLS12,))
    talk(peer, server("rsa", tickets=kept))
    again = client("again", versions=(TLS12,), session=peer.sessions[0],
                   extended_master_secret=False)
    said = exchange(again, server("rsa", tickets=kept))
    assert said.ends[SERVER].alerts_sent == ("handshake_failure",)


def test_renegotiation_is_refused_politely():
    peer, other = client(versions=(TLS12,)), server("rsa")
    flow(peer, other)
    assert other.connected
    peer.layer.send(22, peer.transcript[0])
    assert other.receive_data(peer.data_to_send()) == []
    events = peer.receive_data(other.data_to_send())
    assert [event.alert for event in events] == ["no_renegotiation"]
    peer.send(b"still here")
    assert other.receive_data(peer.data_to_send())[0].data == b"still here"


@pytest.mark.parametrize("encrypted", [b"", b"x" * 255, b"x" * 256, b"x" * 300])
def test_rsa_key_exchange_says_nothing_about_what_it_decrypts(encrypted):
    """Bleichenbacher's attack needs a server that tells apart what this one does not."""
    key = identity("rsa").key
    secret = received_pre_master_secret(encrypted, key, TLS12, lab.seeded("instead"))
    assert len(secret) == 48
    assert secret[:2] == b"\x03\x03"


def test_a_pre_master_secret_of_another_version_is_replaced():
    public = identity("rsa").key.public_key()
    right = b"\x03\x03" + bytes(46)
    for sent, taken in ((right, True), (b"\x03\x01" + bytes(46), False), (bytes(47), False)):
        got = received_pre_master_secret(encrypt_pre_master_secret(sent, public),
                                         identity("rsa").key, TLS12, lab.seeded("instead"))
        assert (got == sent) == taken


def test_the_table_leads_from_start_to_connected():
    for facts, length in (((), 4), (("resumed",), 3), (("certificate requested",), 5),
                          (("certificate requested", "certificate came"), 6)):
        state, seen = State.WAIT_CLIENT_HELLO, []
        while state is not State.CONNECTED:
            row = next(row for row in SERVER12 if row.state is state and row.after is not state
                       and (row.when is None or row.when in facts))
            seen.append(row.message)
            state = row.after
        assert len(seen) == length

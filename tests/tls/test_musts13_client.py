"""The MUSTs of RFC 9846 for a client, a row each: what the server says wrong, and the alert for it.

The server has all the keys, and goes on as if it were right. What other tests have already
(test_client13_refuses, test_hostile_messages) is not repeated here.
"""

from dataclasses import replace
from functools import cache

import pytest

from helpers import lab, pki
from helpers.tls import build, extensions, extensions13, messages, schedule13, signing
from helpers.tls.events import AlertReceived, Closed, KeyUpdated
from helpers.tls.registry import TLS12
from helpers.tls.registry import ExtensionType as E
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, TLS13
from helpers.tls.schedule12 import hash_of
from helpers.tls.trust import TrustStore
from helpers.wire import Writer
from tests.tls.bent import H, bend, body, extended, outcome, refusal
from tests.tls.hand_server import record, trust
from tests.tls.pairs import NOW, Clock, client, flow, identity, server, tickets
from tests.tls.test_client13_refuses import (
    ABOVE,
    LEAF,
    OPTIONS,
    SCHEMES,
    SUITE_AT,
    asked_again,
    chain,
    connected,
    first_record,
    in_handshake,
    patched,
    request,
    retry,
    sealed,
    with_server,
)

BOTH = {"versions": (TLS13, TLS12), "alpn": (b"h2",)}
NOBODY = ("nobody", "")


def rows(table):
    """Rows (section, what is wrong, ..., alert), named by the first two."""
    return [pytest.param(*row[2:], id=f"{row[0]} {row[1]}") for row in table]


def each(section, what, numbers, make, alert):
    """The same row for several numbers."""
    return [(section, f"{what} {number}", make(number), alert) for number in numbers]


def with_extra(kind, data=b""):
    return lambda m: extended(m, (kind, data))


# --- ServerHello (4.2.3) ----------------------------------------------------------------------

SENT_BY_BOTH = (int(E.server_name), int(E.supported_groups), int(E.session_ticket),
                int(E.extended_master_secret), int(E.psk_key_exchange_modes))
NEVER_SENT = (1, 21, 22, 49, 18, 28, 47, 0xFFFF)


def renamed(kind):
    """A body that is fine where that extension belongs."""
    return {E.psk_key_exchange_modes: b"\1\1", E.supported_groups: b"\0\2\0\x1d"}.get(kind, b"")


@pytest.mark.parametrize(("change", "alert"), rows([
    ("4.2.3", "SSL 3.0 in legacy_version", lambda m: patched(m, 4, b"\3\0"), "protocol_version"),
    ("4.2.3", "no version at all", lambda m: patched(m, 4, b"\0\0"), "protocol_version"),
    *each("4.3.1", "selected_version", (0x0300, 0x0301, 0x0302, 0x0A0A, 0x7F1C),
          lambda n: lambda m: extended(m, instead={43: n.to_bytes(2, "big")}),
          "illegal_parameter"),
    ("4.3.1", "TLS 1.2 with a suite of 1.3", lambda m: extended(m, without=(43,)),
     "illegal_parameter"),
    *each("4.3", "belongs elsewhere", SENT_BY_BOTH, lambda n: with_extra(n, renamed(n)),
          "illegal_parameter"),
    *each("4.3", "was not asked for", NEVER_SENT, with_extra, "unsupported_extension"),
    ("4.3.2", "a cookie", with_extra(44, b"\0\1x"), "unsupported_extension"),
    ("4.3.10", "early_data", with_extra(42), "unsupported_extension"),
    ("4.3", "two key_shares", with_extra(51, b"\0\x1d\0\1x"), "illegal_parameter"),
    ("4.3.8", "key_share as in a HelloRetryRequest",
     lambda m: extended(m, instead={51: b"\0\x1d"}), "decode_error"),
    ("4.3", "bytes after the key_share", lambda m: extended(m, instead={
        51: Writer().uint(2, 29).vector(2, bytes(32)).bytes() + b"?"}), "decode_error"),
    ("4.3", "bytes after selected_version", lambda m: extended(m, instead={43: b"\3\4?"}),
     "decode_error"),
    ("4.2.3", "33 bytes of session_id",
     lambda m: build.handshake(2, body(m)[:34] + b"\x21" + bytes(33) + body(m)[67:]),
     "decode_error"),
    ("4.2.3", "no echo", lambda m: build.handshake(2, body(m)[:34] + b"\0" + body(m)[67:]),
     "illegal_parameter"),
    *each("4.2.3", "suite", (0x0000, 0x00FF, 0x1304, 0x1A1A, 0xC02B),
          lambda n: lambda m: patched(m, SUITE_AT, n.to_bytes(2, "big")), "illegal_parameter"),
    ("4.2.3", "no extensions", lambda m: build.handshake(2, body(m)[:70]), "illegal_parameter"),
]))
def test_server_hello(change, alert):
    assert with_server(H.server_hello, change, offered=BOTH) == ("client", alert)


# --- HelloRetryRequest (4.2.4) ----------------------------------------------------------------

ASK = extensions13.ask_for_group(23)


@pytest.mark.parametrize(("make", "alert"), rows([
    ("4.2.4", "no supported_versions", lambda said: build.server_hello(
        HELLO_RETRY_REQUEST_RANDOM, said, 0x1301, [ASK]), "missing_extension"),
    ("4.2.4", "no extensions", lambda said: build.server_hello(
        HELLO_RETRY_REQUEST_RANDOM, said, 0x1301, []), "missing_extension"),
    ("4.2.4", "another legacy_version", lambda said: patched(retry(said, ASK), 4, b"\3\2"),
     "protocol_version"),
    ("4.2.4", "compression", lambda said: patched(retry(said, ASK), SUITE_AT + 2, b"\1"),
     "illegal_parameter"),
    ("4.2.4", "a suite of TLS 1.2", lambda said: retry(said, ASK, suite=0xC02B),
     "illegal_parameter"),
    ("4.2.4", "a version that was not offered", lambda said: retry(said, ASK, version=0x0302),
     "illegal_parameter"),
    *each("4.3", "belongs elsewhere", SENT_BY_BOTH,
          lambda n: lambda said: retry(said, ASK, (n, renamed(n))), "illegal_parameter"),
    *each("4.2.4", "was not asked for", NEVER_SENT,
          lambda n: lambda said: retry(said, ASK, (n, b"")), "unsupported_extension"),
    ("4.3", "two cookies", lambda said: retry(said, *2 * [extensions13.send_cookie(b"x")]),
     "illegal_parameter"),
    ("4.3", "bytes after the cookie", lambda said: retry(said, (44, b"\0\1x?")), "decode_error"),
    ("4.3.8", "a whole share", lambda said: retry(said, (51, b"\0\x17\0\1x")), "decode_error"),
    ("4.3.11", "pre_shared_key", lambda said: retry(said, ASK, (41, b"\0\0")),
     "unsupported_extension"),
    ("4.2.4", "bytes after the extensions", lambda said: build.handshake(
        2, body(retry(said, ASK)) + b"?"), "decode_error"),
]))
def test_hello_retry_request(make, alert):
    peer = client(**OPTIONS | BOTH)
    assert refusal(peer, record(make(peer.rules.session_id))) == alert
    if alert == "missing_extension":
        peer = client(**OPTIONS)
        assert refusal(peer, record(make(peer.rules.session_id))) == alert


def hellos(peer, *asked):
    """The client's first ClientHello, and the one after a HelloRetryRequest."""
    first, second = peer.transcript[0], None
    peer.data_to_send()
    peer.clock.now += 5
    peer.receive_data(record(retry(peer.rules.session_id, *asked)))
    second = peer.transcript[-1]
    return messages.parse_handshake(first), messages.parse_handshake(second)


@cache
def session(**options):
    peer = client(**OPTIONS | BOTH)
    flow(peer, server(tickets=tickets(max_early_data=100), **options))
    return peer.sessions[0]


@pytest.mark.parametrize("asked", [
    (ASK,), (extensions13.send_cookie(b"bring this back"),),
    (ASK, extensions13.send_cookie(b"x" * 1000))])
def test_the_second_client_hello_is_the_first_but_for_what_was_asked(asked):
    peer = client(session=session(), early_data=b"GET", **OPTIONS | BOTH)
    first, second = hellos(peer, *asked)
    for name in ("client_version", "random", "session_id", "cipher_suites",
                 "compression_methods"):
        assert getattr(first, name) == getattr(second, name)
    one, two = ({item.type: item.data for item in hello.extensions} for hello in (first, second))
    wanted = dict(asked)
    assert two.get(E.cookie) == wanted.get(E.cookie)
    assert E.early_data in one
    assert E.early_data not in two
    shares = [group for group, _ in second.extension(E.key_share).value]
    assert shares == ([23] if E.key_share in wanted else [29])
    assert (one[E.key_share] == two[E.key_share]) == (E.key_share not in wanted)
    ages = [hello.extension(E.pre_shared_key).value.ticket_ages[0] for hello in (first, second)]
    assert (ages[1] - ages[0]) % 2**32 == 5000
    changed = {E.key_share, E.cookie, E.early_data, E.pre_shared_key}
    assert {k: v for k, v in one.items() if k not in changed} == {
        k: v for k, v in two.items() if k not in changed}
    assert second.extensions[-1].type == E.pre_shared_key


def test_early_data_is_over_after_a_hello_retry_request():
    peer = client(session=session(), early_data=b"GET", **OPTIONS)
    other = bend(server(groups=(23,), tickets=tickets(max_early_data=100)),
                 H.encrypted_extensions, with_extra(42))
    assert outcome(peer, other) == ("client", "unsupported_extension")


def test_a_cookie_is_for_one_connection():
    peer = client(**OPTIONS)
    assert hellos(peer, extensions13.send_cookie(b"x"))[1].extension(E.cookie)
    assert E.cookie not in client(**OPTIONS).rules.sent


# --- EncryptedExtensions (4.4.1) --------------------------------------------------------------

@pytest.mark.parametrize(("change", "offered", "alert"), rows([
    *[(*row[:3], {}, row[3]) for row in each(
        "4.4.1", "belongs elsewhere", (11, 23, 35, 45, 51, 0xFF01),
        lambda n: with_extra(n, {11: b"\1\0", 45: b"\1\1", 0xFF01: b"\0"}.get(n, b"")),
        "illegal_parameter")],
    *[(*row[:3], {}, row[3]) for row in each(
        "4.3", "was not asked for", (18, 21, 41, 44, 49, 0x2A2A),
        lambda n: with_extra(n, {44: b"\0\1x", 41: b"\0\0"}.get(n, b"")),
        "unsupported_extension")],
    ("4.3", "ALPN unasked", lambda m: extended(m, extensions.alpn((b"h2",))), {"alpn": ()},
     "unsupported_extension"),
    ("4.3", "server_name unasked", with_extra(0), {"server_name": "192.0.2.1"},
     "unsupported_extension"),
    ("4.3", "one twice", lambda m: extended(m, (0, b""), (0, b"")), {}, "illegal_parameter"),
    ("4.3", "bytes after ALPN", lambda m: extended(m, (16, b"\0\3\2h2?")), {}, "decode_error"),
    ("7301 3.1", "an empty name", lambda m: extended(m, (16, b"\0\1\0")), {}, "decode_error"),
    ("4.3.7", "no groups", lambda m: extended(m, (10, b"\0\0")), {}, "decode_error"),
]))
def test_encrypted_extensions(change, offered, alert):
    assert with_server(H.encrypted_extensions, change, offered=BOTH | offered
                       ) == ("client", alert)


@pytest.mark.parametrize(("options", "change"), [
    ({"cipher_suites": (0x1303,)}, with_extra(42)),
    ({"alpn": (b"h2",)}, with_extra(42)),
    ({}, lambda m: extended(m, (42, b""), extensions.alpn((b"h2",)))),
])
def test_early_data_belongs_to_one_suite_and_one_protocol(options, change):
    """4.3.10: what the session was made with."""
    kept = tickets(max_early_data=0)
    made = replace(session(cipher_suites=(0x1301,)), max_early_data=100)
    peer = client(session=made, early_data=b"GET", **OPTIONS | BOTH)
    other = bend(server(tickets=kept, **options), H.encrypted_extensions, change)
    assert outcome(peer, other) == ("client", "illegal_parameter")


# --- CertificateRequest, Certificate, CertificateVerify (4.4.2, 4.5) ---------------------------

KNOWN_ELSEWHERE = (1, 10, 11, 16, 21, 22, 23, 35, 41, 42, 43, 44, 45, 49, 51, 0xFF01, 0xFE0D)
BODIES = {10: b"\0\2\0\x1d", 11: b"\1\0", 16: b"\0\2\1x", 0xFF01: b"\0"}


@pytest.mark.parametrize(("made", "alert"), rows([
    *each("4.3", "belongs elsewhere", KNOWN_ELSEWHERE,
          lambda n: request(b"", SCHEMES, (n, BODIES.get(n, b""))), "illegal_parameter"),
    *each("4.4.2", "nobody knows", (47, 48, 0x1234, 0x3A3A, 0xFFFF),
          lambda n: request(b"", SCHEMES, (n, b"what?")), ""),
    ("4.3", "server_name, which the table allows", request(b"", SCHEMES, (0, b"")), ""),
    ("4.3.3", "a list for certificates", request(b"", SCHEMES, (50, b"\0\2\4\1")), ""),
    ("4.3", "one twice", request(b"", SCHEMES, SCHEMES), "illegal_parameter"),
    ("4.3.3", "half a scheme", request(b"", (13, b"\0\3\4\3\4")), "decode_error"),
    ("4.3.3", "GREASE among the schemes",
     request(b"", extensions.signature_algorithms((0x0A0A, 0x0403))), ""),
    ("4.4.2", "bytes after it", build.handshake(13, body(request(b"", SCHEMES)) + b"?"),
     "decode_error"),
]))
def test_certificate_request(made, alert):
    expected = ("client", alert) if alert else ("server", "unexpected_message")
    assert with_server(H.encrypted_extensions, lambda m: [m, made]) == expected


def test_no_certificate_request_with_a_psk():
    """4.4.2."""
    kept = tickets(max_early_data=100)
    assert with_server(H.encrypted_extensions, lambda m: [m, request(b"", SCHEMES)],
                       offered={"session": session(), **BOTH}, tickets=kept
                       ) == ("client", "unexpected_message")


@pytest.mark.parametrize(("schemes", "shown"), [
    ((0x0401, 0x0804), 0x0804), ((0x0401, 0x0201), None), ((0x0403,), None),
    ((0x0A0A, 0x0806, 0x0804), 0x0804)])
def test_the_client_signs_only_as_the_server_reads(schemes, shown):
    """4.5.1 and 4.5.2: else it shows that it has none; and never the old padding."""
    asked = request(b"", extensions.signature_algorithms(schemes))
    peer = client(identity=identity("rsa"), **OPTIONS)
    other = bend(server(client_trust=lambda chain: identity("rsa").certificate),
                 H.certificate_request, lambda m: asked)
    assert outcome(peer, other) == NOBODY
    said = [item for item in peer.transcript[-3:] if item[0] == H.certificate_verify]
    assert [int.from_bytes(item[4:6]) for item in said] == ([shown] if shown else [])
    assert peer.connected
    assert other.connected


OTHER = identity("rsa").chain[0]


@pytest.mark.parametrize(("made", "alert"), rows([
    ("4.5.1", "a certificate too many", chain((LEAF, b""), (OTHER, b""), (ABOVE, b"")), ""),
    ("4.5.1", "another order", chain((LEAF, b""), (ABOVE, b""), (OTHER, b"")), ""),
    ("4.5.1", "the leaf is not first", chain((ABOVE, b""), (LEAF, b"")), "certificate_unknown"),
    *each("4.3", "belongs elsewhere", (0, 10, 13, 43, 51),
          lambda n: chain((LEAF, n.to_bytes(2) + b"\0\0"), (ABOVE, b"")), "illegal_parameter"),
    *each("4.5.1", "was not asked for", (5, 18, 34, 0x4A4A),
          lambda n: chain((LEAF, n.to_bytes(2) + b"\0\0"), (ABOVE, b"")),
          "unsupported_extension"),
    ("4.5.1", "one behind the second", chain((LEAF, b""), (ABOVE, b"\0\5\0\0")),
     "unsupported_extension"),
    ("4.3", "one twice", chain((LEAF, 2 * b"\0\5\0\0"), (ABOVE, b"")), "illegal_parameter"),
    ("4.5.1", "no extensions field", build.handshake(
        11, b"\0" + Writer().vector(3, Writer().vector(3, LEAF).bytes()).bytes()), "decode_error"),
    ("4.5.1", "bytes after it", build.handshake(11, body(chain((LEAF, b""))) + b"?"),
     "decode_error"),
]))
def test_certificate(made, alert):
    assert with_server(H.certificate, lambda m: made) == (("client", alert) if alert else NOBODY)


@pytest.mark.parametrize("name", ["md5", "sha1"])
def test_a_certificate_signed_with_a_broken_hash(name):
    """4.5.1.3."""
    root = pki.issue("Old Root", key="rsa2048", ca=True)
    old = pki.issue(lab.HOST, by=root, hash=name)
    peer = client(trust=TrustStore([root.certificate], lab.NOW), **OPTIONS)
    other = bend(server(), H.certificate, lambda m: chain((old.chain[0], b"")))
    assert outcome(peer, other) == ("client", "bad_certificate")


def signed_otherwise(other, *, role="server", cut=0, scheme=0x0403):
    """A CertificateVerify whose signature is right, over something else."""
    def change(message):
        digest = hash_of(other.suite.hash_name, b"".join(other.transcript[:len(
            other.transcript) - cut]))
        content = schedule13.certificate_verify_content(role, digest)
        return build.certificate_verify(scheme, signing.sign(
            identity("ecdsa").key, scheme, content))
    return change


@pytest.mark.parametrize(("changes", "alert"), rows([
    ("4.5.2", "as a client signs", {"role": "client"}, "decrypt_error"),
    ("4.5.2", "without the Certificate", {"cut": 1}, "decrypt_error"),
    ("4.5.2", "nothing is wrong", {}, ""),
]))
def test_what_the_signature_covers(changes, alert):
    peer, other = client(**OPTIONS), server(cipher_suites=(0x1301,))
    bend(other, H.certificate_verify, signed_otherwise(other, **changes))
    assert outcome(peer, other) == (("client", alert) if alert else NOBODY)


@pytest.mark.parametrize(("kind", "scheme", "alert"), rows([
    *[("4.3.3", f"an RSA key and 0x{scheme:04x}", "rsa", scheme, alert) for scheme, alert in (
        (0x0809, "illegal_parameter"), (0x080A, "illegal_parameter"),
        (0x0201, "illegal_parameter"), (0x0101, "illegal_parameter"),
        (0x0601, "illegal_parameter"), (0x0403, "illegal_parameter"),
        (0x0807, "illegal_parameter"), (0x0805, "decrypt_error"))],
    *[("4.3.3", f"an Ed25519 key and 0x{scheme:04x}", "ed25519", scheme, "illegal_parameter")
      for scheme in (0x0808, 0x0403, 0x0804)],
    *[("4.3.3", f"a P-384 key and 0x{scheme:04x}", "p384", scheme, "illegal_parameter")
      for scheme in (0x0403, 0x0603, 0x0203)],
]))
def test_schemes_and_keys(kind, scheme, alert):
    peer, other = client(**OPTIONS), server(kind)
    bend(other, H.certificate_verify, lambda m: patched(m, 4, scheme.to_bytes(2)))
    assert outcome(peer, other) == ("client", alert)


def test_the_clients_finished_said_by_the_server():
    """4.5.3: each end has a key of its own for that."""
    peer, other = client(**OPTIONS), server()
    bend(other, H.finished, lambda m: build.finished(schedule13.verify_data(
        other.schedule["client_finished_key"], other.transcript_hash, other.suite.hash_name)))
    assert outcome(peer, other) == ("client", "decrypt_error")


# --- records (5), alerts (6) ------------------------------------------------------------------

@pytest.mark.parametrize("version", [0x0300, 0x0301, 0x0302, 0x0304, 0x03FF])
def test_the_version_of_a_record_in_the_clear_says_nothing(version):
    """5.1; outside 0x03.. it is no TLS, and the engine says so."""
    peer, other = client(**OPTIONS), server()
    other.receive_data(peer.data_to_send())
    hello = first_record(other)
    peer.receive_data(hello[:1] + version.to_bytes(2, "big") + hello[3:])
    assert peer.group == 29


def test_change_cipher_specs_between_all_messages():
    """5: each is dropped."""
    peer, other = in_handshake()
    for message in other.transcript[2:]:
        peer.receive_data(record(b"\x01", 20))
        peer.receive_data(sealed(other, 22, message))
    assert peer.connected


@pytest.mark.parametrize(("alert", "events"), rows([
    ("6", "a warning is an error all the same", b"\1\x28",
     [AlertReceived("handshake_failure", True)]),
    ("6", "nor is its level looked at", b"\x07\x28", [AlertReceived("handshake_failure", True)]),
    ("6", "unknown", b"\1\xee", [AlertReceived("unknown", True)]),
    ("6.1", "close_notify", b"\1\0", [Closed()]), ("6.1", "called fatal", b"\2\0", [Closed()]),
    ("6.1", "user_canceled", b"\1\x5a", [AlertReceived("user_canceled", False)]),
    ("6.1", "user_canceled called fatal", b"\2\x5a", [AlertReceived("user_canceled", False)]),
]))
def test_alerts_in_the_handshake(alert, events):
    peer, other = in_handshake()
    assert peer.receive_data(sealed(other, 21, alert)) == events
    over = events[0] != AlertReceived("user_canceled", False)
    assert bool(peer.receive_data(sealed(other, 21, b"\1\0"))) != over
    assert peer.alerts_sent == []


@pytest.mark.parametrize(("kind", "data", "zeros", "alert"), rows([
    ("5.4", "an empty alert, padded", 21, b"", 30, "unexpected_message"),
    ("5.4", "an empty handshake record, padded", 22, b"", 30, "unexpected_message"),
    ("5.4", "nothing but zeros", 0, b"", 100, "unexpected_message"),
    ("5", "ChangeCipherSpec, padded", 20, b"\1", 9, "unexpected_message"),
    ("5", "heartbeat", 24, b"\1\0\0", 0, "unexpected_message"),
    ("5.1", "two alerts in one record", 21, b"\1\x5a\1\0", 0, "decode_error"),
    ("5.1", "half an alert", 21, b"\1", 0, "decode_error"),
    ("5.4", "one zero too many", 22, b"\x08\0\0\2\0\0", 2**14 - 5, "record_overflow"),
]))
def test_sealed_records(kind, data, zeros, alert):
    peer, other = in_handshake()
    assert refusal(peer, other.layer.write.protect(kind, data, zeros).bytes()) == alert


def test_as_much_padding_as_may_be():
    peer, other = in_handshake()
    message = other.transcript[2]
    peer.receive_data(other.layer.write.protect(22, message, 2**14 - len(message)).bytes())
    assert peer.alerts_sent == []


# --- after the handshake (4.7) ----------------------------------------------------------------

@pytest.mark.parametrize(("message", "alert"), rows([
    *each("4.3", "belongs elsewhere", (0, *KNOWN_ELSEWHERE[:8], 13, 43, 44, 45, 51),
          lambda n: build.new_session_ticket13(9, 2, b"", b"t", ((n, b"\0\1x"),)),
          "illegal_parameter"),
    ("4.7.1", "5 bytes of max_early_data_size",
     build.new_session_ticket13(9, 2, b"", b"t", ((42, bytes(5)),)), "decode_error"),
    ("4.7.1", "early_data as in a Hello",
     build.new_session_ticket13(9, 2, b"", b"t", ((42, b""),)), "decode_error"),
    ("4.7.1", "bytes after it", build.handshake(
        4, body(build.new_session_ticket13(9, 2, b"", b"t", ())) + b"?"), "decode_error"),
    ("4.7.1", "no extensions field", build.handshake(
        4, body(build.new_session_ticket13(9, 2, b"", b"t", ()))[:-2]), "decode_error"),
    ("4.6", "EndOfEarlyData", build.end_of_early_data(), "unexpected_message"),
    ("4.5.2", "CertificateVerify", build.certificate_verify(0x0403, b""), "unexpected_message"),
    ("4.4.1", "EncryptedExtensions", build.encrypted_extensions(()), "unexpected_message"),
    ("4.7.3", "request_update 255", build.key_update(255), "illegal_parameter"),
    ("5.1", "half a message, then other data", b"\x04\0\0", "unexpected_message"),
]))
def test_after_the_handshake(message, alert):
    peer, other = connected()
    other.layer.send(22, message)
    if message == b"\x04\0\0":
        other.send(b"data")
    assert refusal(peer, other.data_to_send()) == alert


def test_a_ticket_is_forgotten_in_time():
    """4.7.1: after its lifetime, and after a week whatever it says."""
    peer, other = connected()
    other.layer.send(22, build.new_session_ticket13(10, 2, b"", b"t", ()))
    other.layer.send(22, build.new_session_ticket13(2**32 - 1, 2, b"1", b"t", ()))
    peer.receive_data(other.data_to_send())
    short, long = peer.sessions
    for made, age, offered in ((short, 10, True), (short, 11, False), (long, 604_800, True),
                               (long, 604_801, False)):
        again = client(session=made, clock=Clock(NOW + age), **OPTIONS)
        assert (E.pre_shared_key in again.rules.sent) == offered


def test_the_old_key_is_of_no_use_after_a_key_update():
    """4.7.3: nor is the new one before."""
    peer, other = connected()
    old = other.layer.write
    other.update_keys()
    peer.receive_data(other.data_to_send())
    assert refusal(peer, b"".join(old.seal(23, b"late"))) == "bad_record_mac"
    peer, other = connected()
    other.update_keys()
    other.data_to_send()
    other.send(b"the KeyUpdate was dropped")
    assert refusal(peer, other.data_to_send()) == "bad_record_mac"


def test_a_key_update_is_asked_for_once():
    """4.7.3: not again before the other end's has come."""
    peer, other = connected()
    asked, straight = [], peer.layer.send
    peer.layer.send = lambda kind, data: (asked.append(data[4]), straight(kind, data))
    for expected in ([1, 0, 0], [1, 0]):
        for _ in expected:
            peer.update_keys(request=True)
        assert asked == expected
        asked.clear()
        assert other.receive_data(peer.data_to_send()) == len(expected) * [KeyUpdated()]
        assert peer.receive_data(other.data_to_send()) == [KeyUpdated()]


def test_several_questions_that_come_together_get_one_answer():
    """4.7.3; but application data in between has to be sealed with a key as new as was asked."""
    peer, other = connected()
    for _ in range(3):
        other.layer.send(22, build.key_update(1))
        other.rules._next_generation("server")
        other.rules.write_with("application", f"_{other.rules.generation['server']}")
    questions = other.data_to_send()
    size = len(questions) // 3
    peer.receive_data(questions[:2 * size])
    peer.send(b"data")
    peer.receive_data(questions[2 * size:])
    events = other.receive_data(peer.data_to_send())
    assert [type(event).__name__ for event in events] == [
        "KeyUpdated", "ApplicationData", "KeyUpdated"]


def test_a_key_update_in_two_records():
    """5.1: nothing is wrong with that."""
    peer, other = connected()
    for part in (build.key_update(0)[:2], build.key_update(0)[2:]):
        other.layer.send(22, part)
    assert peer.receive_data(other.data_to_send()) == [KeyUpdated()]


# --- PSK (4.3.11) and the way down to TLS 1.2 (4.2.3, E.1) -------------------------------------

@pytest.mark.parametrize(("change", "alert"), rows([
    ("4.3.11", "a PSK alone", lambda m: extended(m, without=(51,)), "illegal_parameter"),
    ("4.3.11", "PSK 65535", lambda m: extended(m, instead={41: b"\xff\xff"}),
     "illegal_parameter"),
    ("4.3.11", "bytes after it", lambda m: extended(m, instead={41: b"\0\0\0"}), "decode_error"),
    ("4.7.1", "a suite with another hash", lambda m: patched(m, SUITE_AT, b"\x13\x02"),
     "illegal_parameter"),
]))
def test_pre_shared_key(change, alert):
    assert with_server(H.server_hello, change, offered={"session": session(), **BOTH},
                       tickets=tickets(max_early_data=100)) == ("client", alert)


def test_neither_psk_nor_share():
    assert with_server(H.server_hello, lambda m: extended(m, without=(41, 51)),
                       offered={"session": session(), **BOTH},
                       tickets=tickets(max_early_data=100)) == ("client", "missing_extension")


@pytest.mark.parametrize(("change", "alert"), rows([
    *[("4.2.3", f"the mark {mark!r}", lambda m, mark=mark: patched(m, 4 + 2 + 24, mark),
       "illegal_parameter") for mark in (b"DOWNGRD\x01", b"DOWNGRD\x00")],
    *each("4.3", "of TLS 1.3", (43, 45, 51), lambda n: with_extra(
        n, {43: b"\3\3", 45: b"\1\1", 51: b"\0\x1d\0\1x"}[n]), "illegal_parameter"),
    *[("E.1", f"version 0x{version:04x}", lambda m, version=version: patched(
        m, 4, version.to_bytes(2, "big")), "protocol_version")
      for version in (0x0300, 0x0301, 0x0302, 0x0304)],
]))
def test_tls12_from_a_server(change, alert):
    other = bend(server("rsa", versions=(TLS12,)), H.server_hello, change)
    assert outcome(client(**OPTIONS | BOTH), other) == ("client", alert)


def test_tls12_with_a_version_extension_that_nobody_asked_for():
    other = bend(server("rsa", versions=(TLS12,)), H.server_hello,
                 lambda m: extended(m, extensions13.choose_version(TLS13)))
    assert outcome(client(versions=(TLS12,)), other) == ("client", "unsupported_extension")


def test_tls12_after_a_hello_retry_request():
    peer = asked_again(versions=(TLS13, TLS12))
    hello = build.server_hello(bytes(32), b"", 0xC02B, [])
    assert refusal(peer, record(hello)) == "illegal_parameter"


def test_a_server_that_is_trusted_for_nothing():
    """4.5.1.2: what it shows must lead to a root; the rest is for test_client_refuses."""
    assert outcome(client(trust=trust("other_root"), **OPTIONS), server()
                   ) == ("client", "unknown_ca")

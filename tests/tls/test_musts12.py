"""The MUSTs of TLS 1.2, for both ends, a row each (RFC 5246 where no other number stands): what is
said wrong, and the alert for it; or what looks odd, and has to be taken. See test_musts13_client.
"""

from functools import cache

import pytest

from helpers.tls import build, extensions, messages, signing
from helpers.tls.events import AlertReceived, ApplicationData
from helpers.tls.groups import encrypt_pre_master_secret
from helpers.tls.registry import SUITES, TLS12, CipherSuite
from helpers.tls.registry import ExtensionType as E
from helpers.tls.registry13 import TLS13
from helpers.tls.states import State
from tests.tls.bent import H, bend, body, extended, hello, outcome, refusal
from tests.tls.hand_server import record, trust
from tests.tls.pairs import client, flow, identity, server, tickets
from tests.tls.test_client13_refuses import patched
from tests.tls.test_musts13_client import each, rows
from tests.tls.test_server13_refuses import GOOD12, P256, said12

NOBODY = ("nobody", "")
RSA_ONLY = (CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,)
POINT = P256[1][6:]


def pair(kind="rsa", theirs=None, **options):
    """Two ends that will speak TLS 1.2; `theirs` are the client's choices."""
    return client(**{"versions": (TLS12,), "groups": (23, 29)} | (theirs or {})), server(
        kind, versions=(TLS12,), **options)


def from_server(message_type, change, kind="rsa", theirs=None, **options):
    peer, other = pair(kind, theirs, **options)
    return outcome(peer, bend(other, message_type, change))


def from_client(message_type, change, kind="rsa", theirs=None, **options):
    peer, other = pair(kind, theirs, **options)
    return outcome(bend(peer, message_type, change), other)


def expected(end, alert):
    return (end, alert) if alert else NOBODY


# --- ClientHello, and what the server makes of it ---------------------------------------------

def bare(*added, suites=(0xC02F,), **fields):
    """A ClientHello with these extensions alone."""
    return record(hello(suites=suites, extensions=list(added), **fields))


GROUPS, SCHEMES = extensions.supported_groups((29, 23)), extensions.signature_algorithms((0x0804,))


@pytest.mark.parametrize(("data", "alert"), rows([
    ("9155 2", "SHA-1 alone", bare(GROUPS, extensions.signature_algorithms((0x0201, 0x0203))),
     "handshake_failure"),
    ("9846 4.3.3", "MD5 and SHA-224", bare(GROUPS, extensions.signature_algorithms(
        (0x0101, 0x0301, 0x0303))), "handshake_failure"),
    ("7.4.1.4.1", "schemes of other keys", bare(GROUPS, extensions.signature_algorithms(
        (0x0403, 0x0807))), "handshake_failure"),
    ("7.4.1.4.1", "schemes that nobody knows, and one", bare(
        GROUPS, extensions.signature_algorithms((0x0A0A, 0xFFFF, 0x0401))), ""),
    ("8422 4", "no group that is known", bare(SCHEMES, extensions.supported_groups((0x0A0A, 9))),
     "handshake_failure"),
    ("7919 4", "finite fields alone", bare(SCHEMES, extensions.supported_groups((256, 257))),
     "handshake_failure"),
    ("10024", "a group of TLS 1.3", bare(SCHEMES, extensions.supported_groups((4588,))),
     "handshake_failure"),
    ("7.4.1.2", "signals alone", bare(GROUPS, SCHEMES, suites=(0x00FF,)), "handshake_failure"),
    ("9325 4.1", "suites that are no good", bare(GROUPS, SCHEMES, suites=(
        0x0000, 0x0001, 0x0004, 0x000A, 0x0034, 0xC011)), "handshake_failure"),
    ("7.4.1.2", "suites of TLS 1.3 alone", bare(GROUPS, SCHEMES, suites=(0x1301, 0x1303)),
     "handshake_failure"),
    ("7.4.1.2", "no suites", bare(GROUPS, SCHEMES, suites=()), "decode_error"),
    ("7.4.1.2", "no compression methods", bare(GROUPS, SCHEMES, methods=()), "decode_error"),
    ("7.4.1.2", "deflate alone", bare(GROUPS, SCHEMES, methods=(1,)), "illegal_parameter"),
    ("7.4.1.2", "every compression method", bare(GROUPS, SCHEMES, methods=tuple(range(255))),
     ""),
    ("7.4.1.2", "33 bytes of session_id", bare(GROUPS, SCHEMES, session_id=bytes(33)),
     "decode_error"),
    ("7.4.1.2", "a session that nobody has", bare(GROUPS, SCHEMES, session_id=bytes(32)), ""),
    *each("9846 E.2", "client_version", (0x0200, 0x0300, 0x0301, 0x0302), lambda n: bare(
        GROUPS, SCHEMES, version=n), "protocol_version"),
    *each("E.1", "client_version", (0x0304, 0x03FF, 0x0400, 0xFFFF), lambda n: bare(
        GROUPS, SCHEMES, version=n), ""),
    *[("E.1", f"a record of version 0x{n:04x}", b"\x16" + n.to_bytes(2) + bare(
        GROUPS, SCHEMES)[3:], "") for n in (0x0300, 0x0301, 0x0302, 0x0304, 0x03FF)],
    ("8422 5.1.2", "compressed points alone", bare(GROUPS, SCHEMES, (11, b"\2\1\2")),
     "illegal_parameter"),
    ("8422 5.1.2", "uncompressed points last", bare(GROUPS, SCHEMES, (11, b"\3\2\1\0")), ""),
    ("5746 3.6", "renegotiation_info is not empty", bare(GROUPS, SCHEMES, (0xFF01, b"\1x")),
     "handshake_failure"),
    ("5746 3.6", "and the signal besides", bare(GROUPS, SCHEMES, (0xFF01, b"\1x"), suites=(
        0xC02F, 0x00FF)), "handshake_failure"),
    ("5746 3.6", "bytes after renegotiation_info", bare(GROUPS, SCHEMES, (0xFF01, b"\0?")),
     "decode_error"),
    ("7627 5.1", "a body in extended_master_secret", bare(GROUPS, SCHEMES, (23, b"?")),
     "decode_error"),
    ("7301 3.1", "no protocol", bare(GROUPS, SCHEMES, (16, b"\0\0")), "decode_error"),
    ("7301 3.1", "an empty protocol", bare(GROUPS, SCHEMES, (16, b"\0\3\0\1x")), "decode_error"),
    ("7301 3.2", "no protocol in common", bare(GROUPS, SCHEMES, extensions.alpn((b"h3",))),
     "no_application_protocol"),
    ("7507 3", "TLS_FALLBACK_SCSV", bare(GROUPS, SCHEMES, suites=(0xC02F, 0x5600)),
     "inappropriate_fallback"),
    ("7.4.1.4", "one twice", bare(GROUPS, GROUPS, SCHEMES), "illegal_parameter"),
    ("5077 3.2", "a ticket that nobody made", bare(GROUPS, SCHEMES, (35, bytes(200))), ""),
    ("9846 4.2.2", "a byte after the extensions", record(build.handshake(
        1, body(hello(suites=(0xC02F,), extensions=[GROUPS, SCHEMES])) + b"?")), "decode_error"),
    ("9846 4.2.2", "extensions whose length is short", record(build.handshake(1, body(hello(
        suites=(0xC02F,))) [:-2] + b"\0\1\0\0")), "decode_error"),
]))
def test_client_hello(data, alert):
    other = server("rsa", alpn=(b"h2",), tickets=tickets())
    assert refusal(other, data) == (alert or "nothing wrong")
    if not alert:
        assert other.version == TLS12


def test_without_groups_it_is_p256():
    """8422 section 4."""
    other = server("rsa")
    assert refusal(other, bare(SCHEMES)) == "nothing wrong"
    assert other.group == 23


def test_where_no_group_is_known_rsa_is_left():
    other = server("rsa", cipher_suites=(0xC02F, *RSA_ONLY))
    assert refusal(other, bare(SCHEMES, extensions.supported_groups((9,)), suites=(
        0xC02F, 0x009C))) == "nothing wrong"
    assert other.cipher_suite == 0x009C


@pytest.mark.parametrize(("added", "suites", "answers"), [
    ((), (0xC02F,), set()), ((), (0xC02F, 0x00FF), {0xFF01}),
    (((0xFF01, b"\0"), (23, b"")), (0xC02F,), {0xFF01, 23}),
    (((35, b""), extensions.alpn((b"h2",))), (0xC02F,), {35, 16}),
    (((11, b"\1\0"), (5, b"\1\0\0\0\0"), (22, b""), (0x1A1A, b"")), (0xC02F,), {11}),
    (((43, b"\4\3\3\3\1"), (45, b"\1\1"), (51, b"\0\0")), (0xC02F,), set()),
])
def test_a_server_answers_only_what_was_asked(added, suites, answers):
    """7.4.1.4; and 9846 4.3.1: supported_versions is no part of it."""
    other = server("rsa", alpn=(b"h2",), tickets=tickets())
    other.receive_data(bare(GROUPS, SCHEMES, *added, suites=suites, session_id=bytes(32)))
    answer = messages.parse_handshake(other.transcript[1])
    assert {item.type for item in answer.extensions} == answers
    assert answer.server_version == TLS12
    assert answer.session_id != bytes(32)
    assert answer.random.endswith(b"DOWNGRD\x01")


# --- ServerHello to ServerHelloDone, at the client --------------------------------------------

def certificate_status(_):
    return build.handshake(22, b"\1\0\0\1x")


@pytest.mark.parametrize(("kind", "change", "alert"), rows([
    *[("7.4.1.3", f"suite 0x{n:04x}", H.server_hello, lambda m, n=n: patched(
        m, 4 + 35 + m[38], n.to_bytes(2)), "illegal_parameter")
      for n in (0x0000, 0x002F, 0x009C, 0x00FF, 0x1301, 0x5600, 0x0A0A)],
    *[("7.4.1.4", f"extension {n} that was not asked for", H.server_hello,
       lambda m, n=n: extended(m, (n, b"\0\2\1x" if n == 16 else b"")), "unsupported_extension")
      for n in (1, 16, 22, 35, 0x1A1A)],
    ("9846 4.3", "supported_versions in TLS 1.2", H.server_hello, lambda m: extended(
        m, (43, b"\3\3")), "unsupported_extension"),
    ("7.4.1.4", "signature_algorithms", H.server_hello, lambda m: extended(m, SCHEMES),
     "illegal_parameter"),
    ("7.4.1.4", "one twice", H.server_hello, lambda m: extended(m, (23, b"")),
     "illegal_parameter"),
    ("5746 3.4", "no renegotiation_info", H.server_hello, lambda m: extended(
        m, without=(0xFF01,)), "handshake_failure"),
    ("5746 3.4", "renegotiation_info is not empty", H.server_hello, lambda m: extended(
        m, instead={0xFF01: b"\1x"}), "handshake_failure"),
    ("8422 5.1.2", "compressed points alone", H.server_hello, lambda m: extended(
        m, instead={11: b"\1\1"}), "illegal_parameter"),
    ("7.4.1.3", "a session_id of its own", H.server_hello, lambda m: build.handshake(
        2, body(m)[:34] + b"\x20" + bytes(32) + body(m)[35:]), ""),
    ("7.4.2", "an empty list", H.certificate, lambda m: build.certificate(()), "decode_error"),
    ("7.4.2", "an empty certificate", H.certificate, lambda m: build.certificate((b"",)),
     "decode_error"),
    ("7.4.2", "a key that does not fit the suite", H.certificate, lambda m: build.certificate(
        identity("ecdsa").chain), "unsupported_certificate"),
    ("7.4.2", "bytes after it", H.certificate, lambda m: build.handshake(11, body(m) + b"?"),
     "decode_error"),
    ("7.3", "no ServerKeyExchange", H.server_key_exchange, lambda m: None, "unexpected_message"),
    ("7.3", "two of them", H.server_key_exchange, lambda m: [m, m], "unexpected_message"),
    ("7.4.4", "CertificateRequest before it", H.server_key_exchange, lambda m: [
        build.certificate_request((1,), (0x0804,)), m], "unexpected_message"),
    ("6066 8", "CertificateStatus unasked", H.server_key_exchange, lambda m: [
        certificate_status(m), m], "unexpected_message"),
    ("5077 3.3", "NewSessionTicket too early", H.server_hello_done, lambda m: [
        build.new_session_ticket(1, b"t"), m], "unexpected_message"),
    ("8422 5.4", "bytes after the signature", H.server_key_exchange, lambda m: build.handshake(
        12, body(m) + b"?"), "decode_error"),
    *[("8422 5.4", f"curve type {n}", H.server_key_exchange, lambda m, n=n: patched(
        m, 4, bytes((n,))), "illegal_parameter") for n in (0, 1, 2, 4, 255)],
    *[("8422 5.4", f"group {n}", H.server_key_exchange, lambda m, n=n: patched(
        m, 5, n.to_bytes(2)), "illegal_parameter") for n in (0, 24, 30, 256, 4588, 0x0A0A)],
    *[("7.4.3", f"scheme 0x{n:04x}", H.server_key_exchange, lambda m, n=n: patched(
        m, 4 + 4 + m[7], n.to_bytes(2)), "illegal_parameter")
      for n in (0x0101, 0x0201, 0x0301, 0x0403, 0x0807, 0x0809, 0x0A0A)],
    *[("7.4.3", f"signed with 0x{n:04x}", H.server_key_exchange, lambda m, n=n: patched(
        m, 4 + 4 + m[7], n.to_bytes(2)), "decrypt_error") for n in (0x0401, 0x0601, 0x0806)],
    ("7.4.3", "another share", H.server_key_exchange, lambda m: patched(m, 8, b"\x09" * 8),
     "decrypt_error"),
    ("7.4.5", "a body in ServerHelloDone", H.server_hello_done, lambda m: build.handshake(
        14, b"?"), "decode_error"),
    *[("7.3", f"message {n}", H.server_hello_done, lambda m, n=n: build.handshake(n, b""),
       "unexpected_message") for n in (1, 2, 3, 4, 5, 6, 8, 15, 16, 20, 21, 23, 24, 25, 67, 254)],
]))
def test_the_servers_flight(kind, change, alert):
    theirs = {"tickets": False, "groups": (29, 23)}
    assert from_server(kind, change, theirs=theirs) == expected("client", alert)


@pytest.mark.parametrize(("made", "alert"), rows([
    ("7.4.4", "nothing is wrong", build.certificate_request((1, 64), (0x0804,)), ""),
    ("7.4.4", "types and schemes that nobody knows", build.certificate_request(
        (0x6A, 1), (0x0A0A, 0x0804)), ""),
    ("7.4.4", "no types", build.certificate_request((), (0x0804,)), "decode_error"),
    ("7.4.4", "no schemes", build.certificate_request((1,), ()), "decode_error"),
    ("7.4.4", "half a scheme", build.handshake(13, b"\1\1\0\3\x08\4\4\0\0"), "decode_error"),
    ("7.4.4", "an empty name", build.handshake(13, b"\1\1\0\2\x08\4\0\2\0\0"), "decode_error"),
    ("7.4.4", "bytes after it", build.handshake(13, b"\1\1\0\2\x08\4\0\0?"), "decode_error"),
]))
def test_certificate_request(made, alert):
    asked = from_server(H.server_hello_done, lambda m: [made, m])
    assert asked == (("client", alert) if alert else ("server", "unexpected_message"))


@pytest.mark.parametrize("scheme", [0x0503, 0x0403])
def test_the_scheme_of_ecdsa_names_the_hash_alone(scheme):
    """9846 4.3.3: in TLS 1.2 any curve goes with it."""
    peer, other = pair("ecdsa")

    def sign(message):
        params = body(message)[:4 + body(message)[3]]
        content = signing.key_exchange_content(other.client_random, other.rules.server_random,
                                               params)
        return build.server_key_exchange(params, scheme, signing.sign(
            identity("ecdsa").key, scheme, content))

    assert outcome(peer, bend(other, H.server_key_exchange, sign)) == NOBODY
    assert peer.connected


# --- the client's flight, at the server -------------------------------------------------------

@pytest.mark.parametrize(("kind", "change", "alert"), rows([
    *[("8422 5.11", f"a point {name}", H.client_key_exchange,
       lambda m, point=point: build.client_key_exchange(point, "ECDHE"), "illegal_parameter")
      for name, point in (("at infinity", b"\0"), ("compressed", b"\2" + POINT[1:33]),
                          ("hybrid", b"\6" + POINT[1:]), ("cut", POINT[:-1]),
                          ("with a byte more", POINT + b"\0"),
                          ("beside the curve", POINT[:-1] + b"\1"))],
    ("8422 5.7", "no point", H.client_key_exchange,
     lambda m: build.client_key_exchange(b"", "ECDHE"), "decode_error"),
    ("8422 5.7", "nothing at all", H.client_key_exchange, lambda m: build.handshake(16, b""),
     "decode_error"),
    ("8422 5.7", "a length that is too long", H.client_key_exchange, lambda m: build.handshake(
        16, b"\xff" + body(m)[1:]), "decode_error"),
    ("7.4.9", "13 bytes of Finished", H.finished, lambda m: build.finished(body(m) + b"?"),
     "decode_error"),
    ("7.4.9", "Finished of TLS 1.3's size", H.finished, lambda m: build.finished(bytes(32)),
     "decode_error"),
    ("7.4.9", "no Finished", H.finished, lambda m: build.handshake(20, b""), "decode_error"),
    ("7.4.1.1", "HelloRequest", H.client_key_exchange, lambda m: [build.handshake(0, b""), m],
     "unexpected_message"),
    ("7.4.1.2", "another ClientHello", H.client_key_exchange, lambda m: [hello(), m],
     "unexpected_message"),
    ("7.3", "ServerHelloDone", H.client_key_exchange, lambda m: [build.server_hello_done(), m],
     "unexpected_message"),
    ("7.3", "CertificateVerify", H.finished,
     lambda m: [build.certificate_verify(0x0403, b"x"), m], "unexpected_message"),
    ("5077 3.3", "NewSessionTicket", H.finished,
     lambda m: [build.new_session_ticket(1, b"t"), m], "unexpected_message"),
    ("9846 4", "EncryptedExtensions", H.finished,
     lambda m: [build.encrypted_extensions(()), m], "unexpected_message"),
]))
def test_the_clients_flight(kind, change, alert):
    assert from_client(kind, change, theirs={"groups": (23,)}) == ("server", alert)


@pytest.mark.parametrize(("kind", "change", "alert"), rows([
    ("7.4.6", "an empty certificate", H.certificate, lambda m: build.certificate((b"",)),
     "decode_error"),
    ("7.4.6", "bytes after it", H.certificate, lambda m: build.handshake(11, body(m) + b"?"),
     "decode_error"),
    ("7.4.6", "an empty list, and a signature", H.certificate, lambda m: build.certificate(()),
     "unexpected_message"),
    ("7.4.6", "it comes twice", H.certificate, lambda m: [m, m], "unexpected_message"),
    ("7.4.8", "no signature", H.certificate_verify, lambda m: None, "unexpected_message"),
    *[("7.4.8", f"scheme 0x{n:04x}", H.certificate_verify, lambda m, n=n: patched(
        m, 4, n.to_bytes(2)), "illegal_parameter") for n in (0x0101, 0x0203, 0x0804, 0x0807)],
    ("7.4.8", "another hash", H.certificate_verify, lambda m: patched(m, 4, b"\5\3"),
     "decrypt_error"),
    ("7.4.8", "a changed signature", H.certificate_verify, lambda m: m[:-1] + bytes((
        m[-1] ^ 1,)), "decrypt_error"),
    ("7.4.8", "bytes after it", H.certificate_verify, lambda m: build.handshake(
        15, body(m) + b"?"), "decode_error"),
]))
def test_a_client_that_was_asked(kind, change, alert):
    assert from_client(kind, change, theirs={"identity": identity("client")},
                       client_trust=trust()) == ("server", alert)


PUBLIC = identity("rsa").key.public_key()


@pytest.mark.parametrize("keys", [
    b"", b"x", bytes(255), bytes(256), b"\xff" * 256, bytes(257), b"x" * 300,
    encrypt_pre_master_secret(b"\3\1" + bytes(46), PUBLIC),
    encrypt_pre_master_secret(b"\3\3" + bytes(45), PUBLIC),
    encrypt_pre_master_secret(b"\3\3" + bytes(47), PUBLIC),
    encrypt_pre_master_secret(b"", PUBLIC),
    encrypt_pre_master_secret(b"\3\3" + bytes(46), PUBLIC),
], ids=len)
def test_rsa_key_exchange_says_the_same_to_everything(keys):
    """7.4.7.1: whatever is wrong inside, it shows only when Finished does not open."""
    assert from_client(H.client_key_exchange, lambda m: build.client_key_exchange(keys, "RSA"),
                       theirs={"cipher_suites": RSA_ONLY}, cipher_suites=RSA_ONLY
                       ) == ("server", "bad_record_mac")


# --- ChangeCipherSpec and records (6, 7.1) ----------------------------------------------------

def before_change(end):
    """The end under test waits for ChangeCipherSpec; the other one has the keys. Both."""
    peer, other = pair()
    other.receive_data(peer.data_to_send())
    peer.receive_data(other.data_to_send())
    flight = peer.data_to_send()
    if end == "client":
        other.receive_data(flight)
        return peer, other
    other.receive_data(flight[:5 + int.from_bytes(flight[3:5])])  # ClientKeyExchange
    return other, peer


@pytest.mark.parametrize("end", ["client", "server"])
@pytest.mark.parametrize(("says", "alert"), rows([
    ("7.1", "Finished in the clear", lambda ccs, sealed: record(build.finished(bytes(12))),
     "unexpected_message"),
    ("7.1", "a value of 2", lambda ccs, sealed: record(b"\2", 20), "unexpected_message"),
    ("7.1", "two bytes", lambda ccs, sealed: record(b"\1\1", 20), "decode_error"),
    ("7.1", "no byte", lambda ccs, sealed: record(b"", 20), "decode_error"),
    ("7.1", "it comes twice", lambda ccs, sealed: ccs + ccs, "bad_record_mac"),
    ("7.1", "in the middle of a message", lambda ccs, sealed: record(b"\x14") + ccs,
     "unexpected_message"),
    ("6.2.1", "data in the clear", lambda ccs, sealed: record(b"x", 23), "unexpected_message"),
    ("6.2.1", "an empty message", lambda ccs, sealed: record(b""), "unexpected_message"),
    ("6.2.1", "data before Finished", lambda ccs, sealed: ccs + sealed(23, b"x"),
     "unexpected_message"),
    ("6.2.1", "an empty sealed message", lambda ccs, sealed: ccs + sealed(22, b""),
     "unexpected_message"),
    ("6.2.3.3", "a record that does not open", lambda ccs, sealed: ccs + record(bytes(40)),
     "bad_record_mac"),
    ("6.2.3.3", "a record that is too short", lambda ccs, sealed: ccs + record(bytes(23)),
     "bad_record_mac"),
    ("7.4.9", "not Finished", lambda ccs, sealed: ccs + sealed(22, build.handshake(14, b"")),
     "unexpected_message"),
    ("7.4.9", "a wrong Finished", lambda ccs, sealed: ccs + sealed(22, build.finished(
        bytes(12))), "decrypt_error"),
    ("7.4.9", "Finished in many records", lambda ccs, sealed: ccs + b"".join(
        sealed(22, bytes((byte,))) for byte in build.finished(bytes(12))), "decrypt_error"),
    ("6.2.1", "too much in a record", lambda ccs, sealed: ccs + sealed(22, bytes(2**14 + 1)),
     "record_overflow"),
    ("6.2.3", "a record that is too long", lambda ccs, sealed: b"\x16\3\3\x48\1",
     "record_overflow"),
    ("6", "a type nobody knows", lambda ccs, sealed: record(b"x", 24), "unexpected_message"),
    ("7.2", "a level nobody knows", lambda ccs, sealed: record(b"\3\x28", 21),
     "illegal_parameter"),
    ("7.2", "a warning", lambda ccs, sealed: record(b"\1\x5a", 21), "nothing wrong"),
]))
def test_around_change_cipher_spec(end, says, alert):
    tested, speaker = before_change(end)
    keys = speaker.rules._protection(speaker.role)
    assert tested.state is State.WAIT_CHANGE_CIPHER_SPEC
    assert refusal(tested, says(record(b"\1", 20), lambda kind, data: b"".join(
        keys.seal(kind, data)))) == alert


def connected(**options):
    peer, other = pair(**options)
    flow(peer, other)
    assert peer.connected
    assert other.connected
    return peer, other


@pytest.mark.parametrize("end", ["client", "server"])
@pytest.mark.parametrize(("kind", "data", "alert"), rows([
    ("7.1", "ChangeCipherSpec", 20, b"\1", "unexpected_message"),
    ("7.4.9", "Finished", 22, build.finished(bytes(12)), "unexpected_message"),
    ("7.4.2", "Certificate", 22, build.certificate(()), "unexpected_message"),
    ("7.4.1.3", "ServerHello", 22, build.server_hello(bytes(32), b"", 0xC02F, []),
     "unexpected_message"),
    ("9846 4.7.3", "KeyUpdate", 22, build.key_update(0), "unexpected_message"),
    ("7.4.1.1", "a body in HelloRequest", 22, build.handshake(0, b"?"), None),
    ("5077 3.3", "NewSessionTicket", 22, build.new_session_ticket(1, b"t"),
     "unexpected_message"),
    ("6.2.1", "an empty handshake record", 22, b"", "unexpected_message"),
    ("6.2.1", "an empty alert", 21, b"", "unexpected_message"),
    ("7.2", "a level nobody knows", 21, b"\0\x28", "illegal_parameter"),
    ("6.2.1", "no data", 23, b"", "nothing wrong"),
    ("6.2.1", "as much as may be", 23, bytes(2**14), "nothing wrong"),
    ("6.2.1", "a byte more", 23, bytes(2**14 + 1), "record_overflow"),
]))
def test_after_the_handshake(end, kind, data, alert):
    tested, speaker = connected() if end == "client" else connected()[::-1]
    if alert is None:
        alert = "decode_error" if end == "client" else "unexpected_message"
    assert refusal(tested, b"".join(speaker.layer.write.seal(kind, data))) == alert


def test_renegotiation_is_refused_and_nothing_else_happens():
    """7.2.2: a warning, whatever is offered, TLS 1.3 too (9846 4.2.2)."""
    again = hello(suites=(0x1301, 0xC02F), extensions=[
        *GOOD12, (43, b"\2\3\4")])
    for asks, says in (("client", again), ("server", build.handshake(0, b""))):
        ends = dict(zip(("client", "server"), connected(), strict=True))
        asking, tested = ends.pop(asks), next(iter(ends.values()))
        asking.layer.send(22, says)
        assert tested.receive_data(asking.data_to_send()) == []
        assert tested.alerts_sent == ["no_renegotiation"]
        assert asking.receive_data(tested.data_to_send()) == [
            AlertReceived("no_renegotiation", False)]
        asking.send(b"on we go")
        assert tested.receive_data(asking.data_to_send()) == [ApplicationData(b"on we go")]


# --- resumption (7.3, RFC 5077, RFC 7627 section 5.3) -----------------------------------------

@cache
def session(extended=True):
    peer, other = pair(theirs={"extended_master_secret": extended}, tickets=tickets())
    flow(peer, other)
    return peer.sessions[0]


@pytest.mark.parametrize(("extended_before", "kind", "change", "alert"), rows([
    ("7627 5.3", "without what it had", True, H.server_hello,
     lambda m: extended(m, without=(23,)), "handshake_failure"),
    ("7627 5.3", "with what it had not", False, H.server_hello,
     lambda m: extended(m, (23, b"")), "handshake_failure"),
    ("7.4.1.3", "another suite", True, H.server_hello, lambda m: patched(
        m, 4 + 35 + 32, b"\xc0\x30"), "illegal_parameter"),
    ("5077 3.3", "no ticket where one was promised", True, H.server_hello,
     lambda m: extended(m, (35, b"")), "unexpected_message"),
    ("5077 3.4", "another session_id", True, H.server_hello,
     lambda m: patched(m, 39, bytes(32)), "unexpected_message"),
]))
def test_resumption_at_the_client(extended_before, kind, change, alert):
    theirs = {"session": session(extended_before), "cipher_suites": (0xC02F, 0xC030)}
    if not extended_before:
        theirs["extended_master_secret"] = True
    peer, other = pair(theirs=theirs, tickets=tickets(),
                       extended_master_secret=extended_before)
    assert outcome(peer, bend(other, kind, change)) == ("client", alert)


def test_a_ticket_is_promised_or_it_does_not_come():
    """5077 section 3.3."""
    kept = tickets()
    for change, alert in ((lambda m: None, "unexpected_message"),
                          (lambda m: build.handshake(4, body(m) + b"?"), "decode_error"),
                          (lambda m: [m, m], "unexpected_message"),
                          (lambda m: build.new_session_ticket(0, b""), "")):
        assert from_server(H.new_session_ticket, change, tickets=kept) == expected(
            "client", alert)
    assert from_server(H.server_hello, lambda m: extended(m, without=(35,)), tickets=kept
                       ) == ("client", "unexpected_message")


@pytest.mark.parametrize(("before", "now", "outcome_"), [
    (True, True, "resumed"), (False, True, "full"), (True, False, "handshake_failure")])
def test_extended_master_secret_at_the_server(before, now, outcome_):
    """7627 section 5.3: a session with it does not come back without; one without it does not
    come back for a client that has it."""
    peer, other = pair(tickets=tickets(), theirs={
        "session": session(before), "extended_master_secret": now})
    said = outcome(peer, other)
    assert said == (NOBODY if outcome_ != "handshake_failure" else ("server", outcome_))
    assert other.resumed == (outcome_ == "resumed")


def test_a_session_whose_suite_is_not_offered_is_not_resumed():
    """7.4.1.2."""
    peer, other = pair(tickets=tickets(), theirs={"session": session()})
    data = peer.data_to_send()
    suite = session().cipher_suite.to_bytes(2, "big")
    bent = messages.parse_handshake(data[5:])
    rest = tuple(item for item in bent.cipher_suites if item != session().cipher_suite)
    assert suite in data
    other.receive_data(record(hello(bent.random, session_id=bent.session_id, suites=rest,
                                    extensions=[(x.type, x.data) for x in bent.extensions])))
    assert not other.resumed
    assert other.state is State.WAIT_CLIENT_KEY_EXCHANGE


def test_what_tls12_does_not_know():
    """Every suite of the engine's has a secret that is signed or encrypted for one owner."""
    assert {parameters.key_exchange for parameters in SUITES.values()} == {"RSA", "ECDHE"}
    assert E.supported_versions not in client(versions=(TLS12,)).rules.sent
    assert E.supported_versions in client(versions=(TLS13, TLS12)).rules.sent
    assert refusal(server("rsa"), said12((43, b"\4\3\3\3\4"), suites=(0xC02F,))
                   ) == "missing_extension"  # TLS 1.3 was chosen, and its shares are not there

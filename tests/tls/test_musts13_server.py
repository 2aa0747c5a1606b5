"""The MUSTs of RFC 9846 for a server, a row each: what the client says wrong, and the alert for
it; or what looks odd, and has to be taken. See test_musts13_client.
"""

from dataclasses import replace
from functools import cache

import pytest

from helpers.tls import build, extensions, extensions13, messages
from helpers.tls.events import AlertReceived, EarlyData, HandshakeComplete, KeyUpdated
from helpers.tls.record import MAX_HANDSHAKE
from helpers.tls.registry import TLS12
from helpers.tls.registry import ExtensionType as E
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, SUITES13, TLS13
from helpers.tls.schedule12 import hash_of
from helpers.tls.schedule13 import KeySchedule, verify_data
from helpers.tls.states import State
from helpers.wire import Writer
from tests.tls.bent import H, bend, hello, outcome, refusal
from tests.tls.hand_server import record, trust
from tests.tls.pairs import NOW, Clock, client, flow, identity, server, tickets
from tests.tls.test_client13_refuses import chain, patched
from tests.tls.test_musts13_client import each, rows
from tests.tls.test_server13_refuses import GOOD, MODES, P256, SHARE, raw, said, with_client

NAME = extensions.server_name("shop.example")
GREASE = 0x6A6A


def names(*entries):
    """server_name with entries (type, name)."""
    listed = Writer()
    for kind, name in entries:
        listed.uint(1, kind).vector(2, name)
    return E.server_name, Writer().vector(2, listed.bytes()).bytes()


# --- ClientHello (4.2.2, 4.3) -----------------------------------------------------------------

@pytest.mark.parametrize(("changes", "alert"), rows([
    *each("4.2.2", "legacy_version", (0x0000, 0x0200, 0x0300, 0x0302, 0x0305, 0xFEFD, 0xFFFF),
          lambda n: {"version": n}, "protocol_version"),
    ("4.2.2", "two compression methods", {"methods": (1, 0)}, "illegal_parameter"),
    ("4.2.2", "null compression twice", {"methods": (0, 0)}, "illegal_parameter"),
    ("4.3.1", "supported_versions of TLS 1.2", {"instead": {43: (43, b"\3\4\0\3")}},
     "decode_error"),
    *each("4.3.1", "unknown version", (0x0305, 0x7F1C, 0x0A0A),
          lambda n: raw(43, f"04{n:04x}0304"), ""),
    ("4.3.1", "only versions to come", raw(43, "040a0a0305"), "protocol_version"),
    ("4.3.1", "old versions alone", raw(43, "0403020301"), "protocol_version"),
    ("4.3", "bytes after supported_versions", raw(43, "020304ff"), "decode_error"),
    ("4.3", "bytes after the groups", raw(10, "0004001d0017ff"), "decode_error"),
    ("4.3", "bytes after the schemes", raw(13, "000408040403ff"), "decode_error"),
    ("4.3", "bytes after the shares", raw(51, "0024001d0020" + "09" * 32 + "ff"),
     "decode_error"),
    ("4.3.8", "a share of nothing", raw(51, "0004001d0000"), "decode_error"),
    ("4.3.8", "two shares for a group nobody knows", {"instead": {
        10: extensions.supported_groups((GREASE, 29)), 51: extensions13.offer_shares(
            [(GREASE, b"x"), (GREASE, b"y"), (29, bytes(31) + b"\x09")])}}, "illegal_parameter"),
    *each("4.3.8.2", "X25519 share of length", (1, 31, 33, 64),
          lambda n: {"instead": {51: extensions13.offer_shares([(29, b"\x09" * n)])}},
          "illegal_parameter"),
    *[("4.3.8.2", f"P-256 point {name}", {"instead": {51: extensions13.offer_shares(
        [(23, point)])}}, "illegal_parameter") for name, point in (
            ("at infinity", b"\0"), ("hybrid", b"\x06" + P256[1][7:]),
            ("compressed", b"\2" + P256[1][7:39]), ("cut", P256[1][6:-1]),
            ("and a byte", P256[1][6:] + b"\0"), ("beside the curve", P256[1][6:-1] + b"\x01"))],
    ("7.4.2", "X25519 share of small order", {"instead": {51: extensions13.offer_shares(
        [(29, b"\1" + bytes(31))])}}, "illegal_parameter"),
    ("9.2", "groups and no shares", {"without": (51,)}, "missing_extension"),
    ("9.2", "shares and no groups", {"without": (10,)}, "missing_extension"),
    ("9.2", "nothing but a version", {"without": (10, 13, 51)}, "missing_extension"),
    ("4.2.1", "no group in common", {"instead": {
        10: extensions.supported_groups((24, 25, 30)), 51: extensions13.offer_shares(())}},
     "handshake_failure"),
    ("4.2.1", "groups of another kind", {"instead": {
        10: extensions.supported_groups((256, 257)), 51: extensions13.offer_shares(())}},
     "handshake_failure"),
    ("4.3.3", "no scheme that may sign", {"instead": {
        13: extensions.signature_algorithms((0x0401, 0x0501, 0x0201, 0x0203))}},
     "handshake_failure"),
    ("4.2.1", "no suite of TLS 1.3", {"suites": (0xC02B, 0xC02F, 0x009C)}, "handshake_failure"),
    ("4.2.2", "half a suite", {"suites": (0x1301,), "cut": 1}, "decode_error"),
]))
def test_client_hello(changes, alert):
    cut = changes.pop("cut", 0) if "cut" in changes else 0
    data = said(**changes)
    if cut:  # an odd length of cipher_suites, and the message shorter by as much
        at = 5 + 4 + 2 + 32 + 1
        data = data[5:at] + b"\0\1\x13" + data[at + 4:]
        data = record(build.handshake(1, data[4:]))
        changes["suites"] = (0x1301,)
    assert refusal(server(), data) == (alert or "nothing wrong")


def test_numbers_that_nobody_knows_are_skipped():
    """9.3: suites, groups, shares, schemes, versions, modes, protocols, extensions."""
    instead = {
        43: extensions13.offer_versions((GREASE, 0x0399, TLS13)),
        10: extensions.supported_groups((GREASE, 0xFE01, 0x01FC, 4589, 29)),
        51: extensions13.offer_shares([(GREASE, b"x"), (4589, b"y"), (29, SHARE[1][6:])]),
        13: extensions.signature_algorithms((GREASE, 0xFE00, 0x0904, 0x081A, 0x0403))}
    odd = said((GREASE, b"?"), (0xFFFF, bytes(100)), (17, b"\0\0"), (28, b"\x40\0"), (27, b"?"),
               (45, b"\3\x6a\0\1"), extensions.alpn((b"\x6a\x6a", b"h2")), (15, b"\1"),
               (50, b"\0\4\x6a\x6a\4\3"), (1, b"\x09"), (47, b"\0"), (49, b""),
               suites=(GREASE, 0x0099, 0x13FF, 0x1301, 0x00FF), instead=instead)
    other = server(alpn=(b"h2",))
    assert refusal(other, odd) == "nothing wrong"
    assert (other.version, other.group, other.alpn) == (TLS13, 29, b"h2")


def test_an_extension_nobody_knows_twice():
    """4.3."""
    assert refusal(server(), said((GREASE, b"1"), (GREASE, b"2"))) == "illegal_parameter"


@pytest.mark.parametrize("count", [1, 100, 16_000])
def test_many_extensions(count):
    """As many as fit."""
    many = [(0x4000 + number, b"") for number in range(count)]
    data = hello(extensions=[*many, *GOOD.values()])
    other = server()
    for at in range(0, len(data), 2**14):
        other.receive_data(record(data[at:at + 2**14]))
    assert other.state is State.WAIT_FINISHED


def test_the_longest_client_hello():
    """4.2.2: every list as long as it can be but the compression methods."""
    rest = sum(4 + len(body) for _, body in GOOD.values())
    suites = (0x1301, *[GREASE] * (2**15 - 2))
    data = hello(session_id=bytes(32), suites=suites, extensions=[
        (0x4000, bytes(2**16 - 1 - rest - 4)), *GOOD.values()])
    assert 131_000 < len(data) < MAX_HANDSHAKE
    other = server()
    for at in range(0, len(data), 2**14):
        other.receive_data(record(data[at:at + 2**14]))
    assert other.state is State.WAIT_FINISHED


@pytest.mark.parametrize(("item", "name", "alert"), rows([
    ("6066 3", "one name", names((0, b"a.example")), "a.example", ""),
    ("6066 3", "a name of another type", names((1, b"\xff\0")), None, ""),
    ("6066 3", "another type first", names((7, b"x"), (0, b"a.example")), "a.example", ""),
    ("6066 3", "another type last", names((0, b"a.example"), (255, b"x")), "a.example", ""),
    ("6066 3", "two host names", names((0, b"a.example"), (0, b"b.example")), None,
     "illegal_parameter"),
    ("6066 3", "the same twice", names((0, b"a.example"), (0, b"a.example")), None,
     "illegal_parameter"),
    ("6066 3", "an empty name", names((0, b"")), None, "decode_error"),
    ("6066 3", "an empty name of another type", names((0, b"a"), (3, b"")), None,
     "decode_error"),
    ("6066 3", "no list", (0, b""), None, "decode_error"),
    ("6066 3", "an empty list", (0, b"\0\0"), None, "decode_error"),
    ("6066 3", "bytes after the list", (0, names((0, b"a"))[1] + b"?"), None, "decode_error"),
    ("6066 3", "a list that is too long", (0, b"\0\5\0\0\1a"), None, "decode_error"),
    ("6066 3", "a list that is too short", (0, b"\0\3\0\0\1a"), None, "decode_error"),
    ("6066 3", "zero bytes", names((0, b"a\0.example")), None, "illegal_parameter"),
    ("6066 3", "UTF-8", names((0, "ä.example".encode())), None, "illegal_parameter"),
    ("6066 3", "a name nobody serves", names((0, b"bank.example")), "bank.example", ""),
]))
@pytest.mark.parametrize("version", [TLS13, TLS12])
def test_server_name(item, name, alert, version):
    other = server()
    instead = {} if version == TLS13 else {43: extensions13.offer_versions((TLS12,))}
    suites = (0x1301,) if version == TLS13 else (0xC02B,)
    assert refusal(other, said(item, instead=instead, suites=suites)) == (alert or "nothing wrong")
    assert other.server_name == name


@pytest.mark.parametrize(("body", "alert"), rows([
    ("6066 8", "OCSP", b"\1\0\0\0\0", ""), ("6066 8", "OCSP, cut", b"\1\0\0\0", "decode_error"),
    ("6066 8", "OCSP and a byte", b"\1\0\0\0\0?", "decode_error"),
    ("6066 8", "of a type nobody knows", b"\2", ""),
    ("6066 8", "of a type nobody knows, with a body", b"\xffany thing", ""),
]))
def test_status_request(body, alert):
    assert refusal(server(), said((5, body))) == (alert or "nothing wrong")


# --- the second ClientHello (4.2.2, 4.2.4) ----------------------------------------------------

FIRST_ADDED = (NAME, extensions.alpn((b"h2",)), MODES)


def again(other, *added, first=(), share=P256, changes=None, **fields):
    """The answer to a second ClientHello; the first one came without a useful share."""
    other.receive_data(said(*FIRST_ADDED, *first, session_id=bytes(32)))
    assert other.rules.facts == {"retry"}
    fields = {"session_id": bytes(32), **fields}
    kept = [(changes or {}).get(kind, (kind, body)) for kind, body in FIRST_ADDED]
    instead = {51: share, **fields.pop("instead", {})}
    return refusal(other, said(*kept, *added, instead=instead, **fields))


PSK = extensions13.offer_psk(b"ticket", 0, bytes(32))


@pytest.mark.parametrize(("options", "alert"), rows([
    ("4.2.2", "nothing is wrong", {}, ""),
    ("4.2.2", "compression", {"methods": (0, 1)}, "illegal_parameter"),
    *each("4.2.2", "another legacy_version", (0x0300, 0x0302, 0x0304), lambda n: {"version": n},
          "protocol_version"),
    ("4.2.2", "the suites in another order", {"suites": (0x1301, 0x1301)}, "illegal_parameter"),
    ("4.2.2", "another name", {"changes": {0: extensions.server_name("bank.example")}},
     "illegal_parameter"),
    ("4.2.2", "another protocol", {"changes": {16: extensions.alpn((b"h3",))}},
     "illegal_parameter"),
    ("4.2.2", "another mode", {"changes": {45: (45, b"\2\0\1")}}, "illegal_parameter"),
    ("4.2.2", "another version", {"instead": {43: extensions13.offer_versions((TLS13, TLS12))}},
     "illegal_parameter"),
    ("4.2.2", "other groups", {"instead": {10: extensions.supported_groups((23, 29))}},
     "illegal_parameter"),
    ("4.2.2", "other schemes", {"instead": {13: extensions.signature_algorithms((0x0403,))}},
     "illegal_parameter"),
    ("4.2.2", "an extension nobody knows", {"added": [(GREASE, b"")]}, "illegal_parameter"),
    ("4.2.2", "early data", {"added": [(42, b"")]}, "illegal_parameter"),
    ("4.3.2", "a cookie that nobody gave", {"added": [extensions13.send_cookie(b"x")]},
     "illegal_parameter"),
    ("4.2.2", "padding", {"added": [(21, bytes(90))]}, ""),
    ("4.2.2", "padding is gone", {"first": [(21, bytes(90))]}, ""),
    ("4.2.2", "a new PSK", {"added": [PSK]}, "illegal_parameter"),
    ("4.2.2", "the PSK is gone", {"first": [PSK]}, ""),
    ("4.2.2", "the PSK, with a new age", {"first": [PSK], "added": [
        extensions13.offer_psk(b"ticket", 99, bytes(range(32)))]}, ""),
    ("4.2.2", "another PSK", {"first": [PSK], "added": [
        extensions13.offer_psk(b"thicket", 0, bytes(32))]}, "illegal_parameter"),
    ("4.3.8", "two shares of the group", {"share": extensions13.offer_shares(
        2 * [(23, P256[1][6:])])}, "illegal_parameter"),
    ("4.3.8", "a share that is no point", {"share": extensions13.offer_shares(
        [(23, bytes(65))])}, "illegal_parameter"),
    ("9.2", "no schemes", {"without": (13,)}, "missing_extension"),
]))
def test_second_client_hello(options, alert):
    options = dict(options)
    added = options.pop("added", ())
    assert again(server(groups=(23,), alpn=(b"h2",)), *added, **options
                 ) == (alert or "nothing wrong")


@pytest.mark.parametrize(("share", "cookie", "alert"), rows([
    ("4.2.2", "nothing is wrong", SHARE, b"right", ""),
    ("4.2.2", "another share", extensions13.offer_shares([(29, b"\x08" * 32)]), b"right",
     "illegal_parameter"),
    ("4.2.2", "a share more", extensions13.offer_shares(
        [(29, SHARE[1][6:]), (23, P256[1][6:])]), b"right", "illegal_parameter"),
    ("4.2.2", "a share less", extensions13.offer_shares(()), b"right", "illegal_parameter"),
    ("4.3.2", "another cookie", SHARE, b"wrong", "illegal_parameter"),
    ("4.3.2", "no cookie", SHARE, None, "illegal_parameter"),
]))
def test_second_client_hello_for_a_cookie(share, cookie, alert):
    """Nothing but the cookie was asked for."""
    added = () if cookie is None else (extensions13.send_cookie(cookie),)
    assert again(server(cookie=b"right"), *added, share=share) == (alert or "nothing wrong")


def test_a_hello_retry_request_and_what_follows_agree():
    """4.2.4: the version is named, nothing unasked is in it, and the suite stays the same."""
    peer, other = client(shares=(29,)), server(groups=(23,), cookie=b"c", cipher_suites=(0x1303,))
    flow(peer, other)
    asked, answer = (messages.parse_handshake(item) for item in other.transcript
                     if item[0] == H.server_hello)
    assert asked.random == HELLO_RETRY_REQUEST_RANDOM
    assert {item.type for item in asked.extensions} == {E.supported_versions, E.key_share,
                                                        E.cookie}
    assert asked.extension(E.supported_versions).value == TLS13
    assert asked.cipher_suite == answer.cipher_suite == 0x1303
    assert asked.server_version == TLS12
    assert asked.session_id == answer.session_id == peer.rules.opening.session_id


# --- early data (4.3.10, 4.6) -----------------------------------------------------------------

@cache
def session(**options):
    peer = client(groups=(29,))
    flow(peer, server(tickets=tickets(max_early_data=100), **options))
    return peer.sessions[0]


SEALED = record(b"\x17" * 60, 23)


def offering(**options):
    """A client that sends early data, its ClientHello, and what it sends right after it."""
    peer = client(session=session(), early_data=b"GET", groups=(29,), **options)
    data = peer.data_to_send()
    size = 5 + int.from_bytes(data[3:5], "big")
    return peer, data[:size], data[size:]


@pytest.mark.parametrize(("data", "alert"), rows([
    ("4.3.10", "what nobody can read", SEALED, "nothing wrong"),
    ("4.3.10", "more of it", 500 * SEALED, "nothing wrong"),
    ("4.3.10", "an empty record", record(b"", 23), "nothing wrong"),
    ("4.3.10", "without end", 5000 * SEALED, "unexpected_message"),
    ("5", "a ChangeCipherSpec", record(b"\1", 20), "nothing wrong"),
    ("5", "another ChangeCipherSpec", record(b"\2", 20), "unexpected_message"),
    ("5.1", "a message in the clear", record(build.finished(bytes(32))), "unexpected_message"),
    ("5.2", "a record that is too long", record(bytes(2**14 + 257), 23), "record_overflow"),
    ("5", "a type nobody knows", record(b"x", 25), "unexpected_message"),
]))
def test_early_data_that_is_refused(data, alert):
    peer, first, early = offering()
    other = server()
    other.receive_data(first + early)
    assert refusal(other, data) == alert
    if alert == "nothing wrong":  # the first record that opens ends it
        peer.receive_data(other.data_to_send())
        events = other.receive_data(peer.data_to_send())
        assert [type(event) for event in events] == [HandshakeComplete]
        assert refusal(other, SEALED) == "bad_record_mac"


def test_early_data_that_is_refused_by_a_hello_retry_request():
    """All sealed records are skipped up to the second ClientHello, and none behind it."""
    peer, first, early = offering(versions=(TLS13,))
    for data, alert in ((b"", "nothing wrong"), (SEALED, "bad_record_mac")):
        peer, first, early = offering(versions=(TLS13,))
        other = server(cookie=b"once more")
        other.receive_data(first + early + 9 * SEALED + record(b"\1", 20))
        peer.receive_data(other.data_to_send())
        assert refusal(other, peer.data_to_send() + data) == alert
    assert other.alerts_sent == ["bad_record_mac"]


def accepted():
    peer, first, early = offering()
    other = server(tickets=tickets(max_early_data=100))
    assert other.receive_data(first + early) == [EarlyData(b"GET")]
    return peer, other


@pytest.mark.parametrize(("kind", "data", "alert"), rows([
    ("4.6", "a body in EndOfEarlyData", 22, build.handshake(5, b"x"), "decode_error"),
    ("4.6", "Finished", 22, build.finished(bytes(32)), "unexpected_message"),
    ("4.7.3", "KeyUpdate", 22, build.key_update(0), "unexpected_message"),
    ("4.2.2", "ClientHello", 22, hello(), "unexpected_message"),
    ("5.1", "two messages in one record", 22, build.end_of_early_data() + build.finished(
        bytes(32)), "unexpected_message"),
    ("5.1", "half a message behind the end", 22, build.end_of_early_data() + b"\x14",
     "unexpected_message"),
    ("4.7.1", "two bytes too many", 23, bytes(99), "unexpected_message"),
    ("4.7.1", "no byte too many", 23, bytes(97), "nothing wrong"),
    ("5.1", "an empty record", 23, b"", "nothing wrong"),
    ("5", "a ChangeCipherSpec inside", 20, b"\1", "unexpected_message"),
    ("5.4", "an empty handshake record", 22, b"", "unexpected_message"),
    ("6", "a goodbye", 21, b"\1\0", "nothing wrong"),
]))
def test_early_data_that_is_accepted(kind, data, alert):
    peer, other = accepted()
    assert refusal(other, b"".join(peer.layer.write.seal(kind, data))) == alert


def test_early_data_that_does_not_open():
    """4.3.10: once it is accepted, the rules for all records hold."""
    _, other = accepted()
    assert refusal(other, SEALED) == "bad_record_mac"
    _, other = accepted()
    assert refusal(other, record(b"in the clear")) == "unexpected_message"


def test_the_end_of_early_data_comes_once_and_ends_it():
    peer, other = accepted()
    bend(peer, H.finished, lambda m: None)
    peer.receive_data(other.data_to_send())
    other.receive_data(peer.data_to_send())
    assert other.state is State.WAIT_FINISHED
    peer.rules.write_with("handshake")
    assert refusal(other, b"".join(peer.layer.write.seal(23, b"more"))) == "unexpected_message"


def test_early_data_without_a_psk_is_skipped():
    other = server()
    assert refusal(other, said((42, b"")) + SEALED) == "nothing wrong"


# --- PSK (4.3.9, 4.3.11) ----------------------------------------------------------------------

def offered(*identities):
    """pre_shared_key with (ticket, binder) pairs; the second half of its body are binders."""
    listed, proofs = Writer(), Writer()
    for ticket, binder in identities:
        listed.vector(2, ticket).uint(4, 0)
        proofs.vector(1, binder)
    return E.pre_shared_key, Writer().vector(2, listed.bytes()).vector(2, proofs.bytes()).bytes()


def with_binders(make, good):
    """A ClientHello with these PSKs; where `make` says None, the right binder."""
    size = 2 + sum(33 if binder is None else 1 + len(binder) for _, binder in make)
    blank = said(NAME, MODES, offered(*((ticket, binder or bytes(32)) for ticket, binder in make)))
    covered = hash_of("SHA256", blank[5:-size])
    binder = verify_data(KeySchedule(SUITES13[0x1301], good.secret).binder_key(), covered, "SHA256")
    return said(NAME, MODES, offered(*((ticket, mine or binder) for ticket, mine in make)))


@pytest.mark.parametrize(("make", "place", "alert"), rows([
    ("4.3.11", "the right one", lambda t: [(t, None)], 0, ""),
    ("4.3.11", "one nobody knows first", lambda t: [(b"?", bytes(32)), (t, None)], 1, ""),
    ("4.3.11", "a wrong binder that nobody asks for", lambda t: [(t, None), (t, b"x" * 32)], 0,
     ""),
    ("4.3.11", "only unknown ones", lambda t: [(b"?", bytes(32)), (b"!", bytes(48))], None, ""),
    ("4.3.11", "a wrong binder", lambda t: [(t, bytes(32))], None, "decrypt_error"),
    ("4.3.11", "a binder of SHA-384's length", lambda t: [(t, bytes(48))], None,
     "decrypt_error"),
    ("4.3.11", "the second one's is wrong", lambda t: [(b"?", bytes(32)), (t, bytes(32))], None,
     "decrypt_error"),
    ("4.3.11", "a ticket with a byte more", lambda t: [(t + b"x", bytes(32))], None, ""),
]))
def test_binders(make, place, alert):
    made = session(cipher_suites=(0x1301,))
    other = server(tickets=tickets(max_early_data=100))
    assert refusal(other, with_binders(make(made.ticket), made)) == (alert or "nothing wrong")
    if not alert:
        answer = messages.parse_handshake(next(
            item for item in other.transcript if item[0] == H.server_hello))
        chosen = answer.extension(E.pre_shared_key)
        assert (chosen.value if chosen else None) == place


@pytest.mark.parametrize(("added", "without", "alert"), rows([
    ("4.3.9", "PSK alone, nothing else in common", [(45, b"\1\0"), PSK], (10, 13, 51),
     "handshake_failure"),
    ("4.3.9", "no schemes and no ticket of ours", [MODES, PSK], (13,), "missing_extension"),
    ("9.2", "PSK, groups and no shares", [MODES, PSK], (51,), "missing_extension"),
    ("9.2", "PSK, shares and no groups", [MODES, PSK], (10,), "missing_extension"),
    ("4.3.9", "no modes", [PSK], (), "missing_extension"),
    ("4.3.9", "no known mode", [(45, b"\1\x6a"), PSK], (), ""),
    ("4.3.11", "not the last", [MODES, PSK, (21, b"")], (), "illegal_parameter"),
    ("4.3.11", "one binder too few", [MODES, (41, Writer().vector(2, 2 * b"\0\1x\0\0\0\0").vector(
        2, b"\x20" + bytes(32)).bytes())], (), "illegal_parameter"),
    ("4.3.11", "no binders", [MODES, (41, b"\0\7\0\1x\0\0\0\0\0\0")], (), "decode_error"),
    ("4.3.11", "an empty identity", [MODES, (41, b"\0\7\0\0\0\0\0\0x\0\x21\x20" + bytes(32))],
     (), "decode_error"),
]))
def test_pre_shared_key(added, without, alert):
    assert refusal(server(tickets=tickets()), said(*added, without=without)
                   ) == (alert or "nothing wrong")


# --- what the server itself says --------------------------------------------------------------

@pytest.mark.parametrize("session_id", [b"", b"x", bytes(31), bytes(range(32))])
def test_what_is_in_a_server_hello(session_id):
    """4.2.3, E.4: the echo; a ChangeCipherSpec if and only if the client plays along."""
    other = server()
    other.receive_data(said(session_id=session_id))
    data = other.data_to_send()
    answer = messages.parse_handshake(other.transcript[1])
    assert (answer.session_id, answer.server_version, answer.compression_method) == (
        session_id, TLS12, 0)
    assert {item.type for item in answer.extensions} == {E.supported_versions, E.key_share}
    assert other.transcript[2][0] == H.encrypted_extensions
    size = 5 + int.from_bytes(data[3:5], "big")
    assert (data[size:size + 6] == record(b"\1", 20)) == bool(session_id)
    assert data[1:3] == data[size + 1:size + 3] == b"\3\3"


def test_what_is_in_tickets():
    """4.7.1: no lifetime over a week; nonces and age_adds of their own; none for a client that
    could not use it."""
    sealed = tickets(count=4, lifetime=604_800)
    peer, other = client(), server(tickets=sealed)
    flow(peer, other)
    assert len({made.age_add for made in peer.sessions}) == 4
    assert len({made.secret for made in peer.sessions}) == 4
    assert {made.lifetime for made in peer.sessions} == {604_800}
    peer, other = client(tickets=False), server(tickets=sealed)
    flow(peer, other)
    assert peer.sessions == []


def test_no_certificate_request_with_a_psk():
    """4.4.2."""
    peer = client(session=session(), identity=identity("client"))
    other = server(tickets=tickets(max_early_data=100), client_trust=trust())
    flow(peer, other)
    assert other.connected
    assert H.certificate_request not in [item[0] for item in other.transcript]


@pytest.mark.parametrize(("theirs", "scheme"), [
    ((0x0401, 0x0804), 0x0804), ((0x0806, 0x0804), 0x0804), ((0x0809, 0x0601, 0x0805), 0x0805)])
def test_the_old_padding_signs_nothing(theirs, scheme):
    """4.3.3."""
    other = server("rsa")
    other.receive_data(said(instead={13: extensions.signature_algorithms(theirs)}))
    verify = next(item for item in other.transcript if item[0] == H.certificate_verify)
    assert int.from_bytes(verify[4:6]) == scheme


@pytest.mark.parametrize(("age", "early"), [(0, True), (8, True), (60, False)])
def test_the_age_of_a_ticket(age, early):
    """4.3.10: too far from what the server thinks, and only the early data is refused."""
    made = replace(session(), age_add=session().age_add + age * 1000)
    peer = client(session=made, early_data=b"GET", groups=(29,), clock=Clock(NOW))
    other = server(tickets=tickets(max_early_data=100))
    events = other.receive_data(peer.data_to_send())
    assert (events == [EarlyData(b"GET")]) == early
    assert other.resumed


# --- the client's flight and after (4.5, 4.7, 5) ----------------------------------------------

@pytest.mark.parametrize(("kind", "change", "alert"), rows([
    ("5.1", "KeyUpdate in the record of Finished", H.finished,
     lambda m: m + build.key_update(0), "unexpected_message"),
    ("5.1", "a byte behind Finished", H.finished, lambda m: m + b"\x18", "unexpected_message"),
    ("4.5.3", "an empty Finished", H.finished, lambda m: build.finished(b""), "decode_error"),
    ("4.5.3", "31 bytes of Finished", H.finished, lambda m: build.finished(m[4:-1]),
     "decode_error"),
    ("4.5.3", "48 bytes of Finished", H.finished, lambda m: build.finished(m[4:] + bytes(16)),
     "decode_error"),
    ("4.5.3", "the server's Finished", H.finished, lambda m: None, ""),
    ("4.4.1", "EncryptedExtensions", H.finished, lambda m: build.encrypted_extensions(()),
     "unexpected_message"),
    ("4.5.2", "CertificateVerify alone", H.finished,
     lambda m: [build.certificate_verify(0x0403, b"x"), m], "unexpected_message"),
    ("4.4.2", "CertificateRequest", H.finished, lambda m: build.certificate_request13(
        [extensions.signature_algorithms((0x0403,))]), "unexpected_message"),
    ("4.7.1", "NewSessionTicket", H.finished, lambda m: [build.new_session_ticket13(
        1, 2, b"", b"t", ()), m], "unexpected_message"),
]))
def test_finished(kind, change, alert):
    expected = ("server", alert) if alert else ("nobody", "")
    peer = bend(client(versions=(TLS13,), groups=(29,)), kind, change)
    assert outcome(peer, server(cipher_suites=(0x1301,))) == expected


@pytest.mark.parametrize(("kind", "change", "alert"), rows([
    ("4.5.1", "an extension that was not asked for", H.certificate, lambda m: chain(
        (identity("client").chain[0], b"\0\x12\0\0")), "unsupported_extension"),
    ("4.5.1", "an empty entry", H.certificate, lambda m: chain((b"", b"")), "decode_error"),
    ("4.5.1", "a context", H.certificate, lambda m: build.certificate13(b"x", ()),
     "illegal_parameter"),
    ("4.5.2", "RSA-PSS with another OID", H.certificate_verify,
     lambda m: patched(m, 4, b"\x08\x09"), "illegal_parameter"),
    ("4.5.2", "SHA-1", H.certificate_verify, lambda m: patched(m, 4, b"\2\3"),
     "illegal_parameter"),
    ("4.5.2", "an empty signature", H.certificate_verify,
     lambda m: build.certificate_verify(0x0403, b""), "decrypt_error"),
    ("4.5.2", "after an empty Certificate", H.certificate, lambda m: build.certificate13(b"", ()),
     "unexpected_message"),
    ("4.5.2", "bytes after it", H.certificate_verify,
     lambda m: build.handshake(15, m[4:] + b"?"), "decode_error"),
]))
def test_a_client_that_was_asked(kind, change, alert):
    assert with_client(kind, change, wanted=True, identity=identity("client"), versions=(TLS13,)
                       ) == ("server", alert)


def test_a_client_that_has_to_show_a_certificate():
    """4.5.1.3."""
    other = server(client_trust=trust(), require_client_certificate=True)
    assert outcome(client(versions=(TLS13,)), other) == ("server", "certificate_required")


def connected():
    peer, other = client(versions=(TLS13,), groups=(29,)), server(cipher_suites=(0x1301,))
    flow(peer, other)
    assert other.connected
    return peer, other


def test_the_key_of_the_handshake_is_of_no_use_after_it():
    peer, other = client(versions=(TLS13,)), server()
    other.receive_data(peer.data_to_send())
    peer.receive_data(other.data_to_send())
    handshake = peer.rules.protection("client", "handshake")
    handshake.sequence_number = 1
    assert refusal(other, peer.data_to_send() + b"".join(handshake.seal(23, b"late"))
                   ) == "bad_record_mac"


@pytest.mark.parametrize(("data", "alert"), rows([
    ("5", "ChangeCipherSpec", record(b"\1", 20), "unexpected_message"),
    ("5.1", "data in the clear", record(b"x", 23), "bad_record_mac"),
    ("5.2", "a record that is too long", record(bytes(2**14 + 257), 23), "record_overflow"),
    ("4.2.2", "a ClientHello in the clear", record(hello()), "unexpected_message"),
    ("6", "an alert in the clear", record(b"\2\x28", 21), "unexpected_message"),
]))
def test_records_after_the_handshake(data, alert):
    _, other = connected()
    assert refusal(other, data) == alert


@pytest.mark.parametrize(("kind", "data", "zeros", "alert"), rows([
    ("4.2.2", "a ClientHello", 22, hello(), 0, "unexpected_message"),
    ("4.7.2", "a Certificate nobody asked for", 22, chain(), 0, "unexpected_message"),
    ("4.5.3", "a second Finished", 22, build.finished(bytes(32)), 0, "unexpected_message"),
    ("4.6", "EndOfEarlyData", 22, build.end_of_early_data(), 0, "unexpected_message"),
    ("4", "HelloRequest", 22, build.handshake(0, b""), 0, "unexpected_message"),
    ("4.1", "message_hash", 22, build.handshake(254, bytes(32)), 0, "unexpected_message"),
    ("4.7.3", "an empty KeyUpdate", 22, build.handshake(24, b""), 0, "decode_error"),
    ("4.7.3", "a long KeyUpdate", 22, build.handshake(24, b"\0\0"), 0, "decode_error"),
    ("4.7.3", "request_update 2", 22, build.key_update(2), 0, "illegal_parameter"),
    ("5.1", "two KeyUpdates in a record", 22, 2 * build.key_update(0), 0, "unexpected_message"),
    ("5", "ChangeCipherSpec inside", 20, b"\1", 0, "unexpected_message"),
    ("5.4", "an empty alert", 21, b"", 9, "unexpected_message"),
    ("5.4", "an empty handshake record", 22, b"", 9, "unexpected_message"),
    ("5.4", "no type", 0, b"", 9, "unexpected_message"),
    ("5.1", "an empty record of data", 23, b"", 0, "nothing wrong"),
    ("5.1", "the same, padded to the limit", 23, b"", 2**14, "nothing wrong"),
    ("5.4", "one zero too many", 23, b"", 2**14 + 1, "record_overflow"),
    ("5.1", "as much data as may be", 23, bytes(2**14), 0, "nothing wrong"),
    ("5.1", "a byte more", 23, bytes(2**14 + 1), 0, "record_overflow"),
]))
def test_sealed_records_after_the_handshake(kind, data, zeros, alert):
    peer, other = connected()
    assert refusal(other, peer.layer.write.protect(kind, data, zeros).bytes()) == alert


def test_a_key_update_is_answered_before_the_next_data():
    """4.7.3."""
    peer, other = connected()
    peer.update_keys(request=True)
    other.receive_data(peer.data_to_send())
    other.send(b"data")
    events = peer.receive_data(other.data_to_send())
    assert [type(event).__name__ for event in events] == ["KeyUpdated", "ApplicationData"]
    assert events[0] == KeyUpdated()


@pytest.mark.parametrize("alert", [b"\1\x28", b"\2\x28", b"\1\xee", b"\0\x0a"])
def test_every_error_alert_is_the_end(alert):
    """6: whatever its level, known or not; nothing is sent any more."""
    peer, other = connected()
    event, = other.receive_data(b"".join(peer.layer.write.seal(21, alert)))
    assert isinstance(event, AlertReceived)
    assert event.fatal
    assert other.state is State.CLOSED
    assert other.data_to_send() == b""

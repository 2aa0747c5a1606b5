"""What a client may not do: the server ends the connection with this very alert."""

import pytest

from helpers.tls import build, extensions, extensions13
from helpers.tls.registry import TLS12
from helpers.tls.registry import ExtensionType as E
from helpers.tls.registry13 import TLS13
from helpers.tls.states import State
from helpers.wire import Writer
from tests.tls.bent import H, bend, body, hello, outcome, refusal
from tests.tls.hand_server import record, trust
from tests.tls.pairs import client, flow, identity, server, tickets
from tests.tls.test_client13_refuses import chain, patched

SHARE = extensions13.offer_shares([(29, bytes(31) + b"\x09")])
GOOD = {
    E.supported_versions: extensions13.offer_versions((TLS13,)),
    E.supported_groups: extensions.supported_groups((29, 23)),
    E.signature_algorithms: extensions.signature_algorithms((0x0403, 0x0804)),
    E.key_share: SHARE,
}


def said(*added, without=(), instead=None, **fields) -> bytes:
    """A ClientHello that would be good but for the changes, as a record."""
    kept = [(instead or {}).get(kind, pair) for kind, pair in GOOD.items() if kind not in without]
    return record(hello(extensions=[*kept, *added], **fields))


def raw(kind: int, data: str) -> dict:
    return {"instead": {kind: (kind, bytes.fromhex(data))}}


def test_the_good_one():
    other = server()
    assert refusal(other, said()) == "nothing wrong"
    assert other.state is State.WAIT_FINISHED


@pytest.mark.parametrize(("changes", "alert"), [
    ({"without": (51,)}, "missing_extension"), ({"without": (10,)}, "missing_extension"),
    ({"without": (13,)}, "missing_extension"), ({"without": (10, 51)}, "missing_extension"),
    ({"without": (43,)}, "handshake_failure"),  # TLS 1.2 then, and no suite for it
    ({"methods": (1,)}, "illegal_parameter"), ({"methods": (0, 1)}, "illegal_parameter"),
    ({"methods": ()}, "decode_error"), ({"suites": ()}, "decode_error"),
    ({"suites": (0x1304,)}, "handshake_failure"), ({"suites": (0x0A0A, 0x1301)}, ""),
    ({"version": 0x0300}, "protocol_version"), ({"version": 0x0301}, "protocol_version"),
    ({"version": 0x0304}, "protocol_version"), ({"session_id": bytes(33)}, "decode_error"),
    ({"session_id": bytes(5)}, ""),
    (raw(43, "020303"), "handshake_failure"), (raw(43, "020302"), "protocol_version"),
    (raw(43, "060a0a7f1c0304"), ""), (raw(43, "00"), "decode_error"),
    (raw(43, "03030403"), "decode_error"), (raw(43, "0203"), "decode_error"),
    (raw(43, "02030400"), "decode_error"),
    (raw(10, "0000"), "decode_error"), (raw(10, "0001001d"), "decode_error"),
    (raw(10, "00020017"), "illegal_parameter"),  # a share for a group that is not offered
    (raw(10, "00060a0a001d0017"), ""), (raw(10, "0004001d"), "decode_error"),
    (raw(13, "0000"), "decode_error"), (raw(13, "00020401"), "handshake_failure"),
    (raw(13, "00020203"), "handshake_failure"), (raw(13, "00040a0a0403"), ""),
    (raw(13, "0003040308"), "decode_error"),
    (raw(51, "0000"), ""),  # no share at all: the server may ask for one
    (raw(51, "0004001d0000"), "decode_error"), (raw(51, "0024001d0020" + "00" * 31),
                                                "decode_error"),
    (raw(51, "0024001d0020" + "00" * 32), "illegal_parameter"),
    (raw(51, "0023001d001f" + "09" * 31), "illegal_parameter"),
    (raw(51, "0048" + 2 * ("001d0020" + "09" * 32)), "illegal_parameter"),
    (raw(51, "00290a0a000100" + "001d0020" + "09" * 32), "illegal_parameter"),
    (raw(51, "0045" + "00170041" + "04" + "ff" * 64), "illegal_parameter"),
    (raw(51, "0026" + "00170022" + "02" + "09" * 33), "illegal_parameter"),
])
def test_client_hello(changes, alert):
    assert refusal(server(), said(**changes)) == (alert or "nothing wrong")


@pytest.mark.parametrize(("added", "alert"), [
    ([(0x1234, b"what nobody knows")], ""), ([(0x0A0A, b"")], ""), ([(21, bytes(300))], ""),
    ([GOOD[43]], "illegal_parameter"), ([(0x1234, b""), (0x1234, b"")], "illegal_parameter"),
    ([(0, b"")], "decode_error"), ([(0, b"\0\0")], "decode_error"),
    ([(0, bytes.fromhex("0003000000"))], "decode_error"),
    ([(0, bytes.fromhex("000400000161ff"))], "decode_error"),
    ([extensions.server_name("another.example")], ""),  # unrecognized, and served all the same
    ([(16, b"\0\0")], "decode_error"), ([(16, b"\0\1\0")], "decode_error"),
    ([(16, bytes.fromhex("00020000"))], "decode_error"),
    ([(45, b"\0")], "decode_error"), ([(45, b"\1\1")], ""), ([(45, b"\2\1")], "decode_error"),
    ([(44, b"\0\0")], "decode_error"), ([(44, b"\0\1x")], ""), ([(42, b"x")], "decode_error"),
    ([(42, b"")], ""), ([(23, b"x")], "decode_error"), ([(49, b"")], ""),
])
def test_extensions_of_a_client_hello(added, alert):
    assert refusal(server(), said(*added)) == (alert or "nothing wrong")


def test_shapes_of_a_client_hello():
    good = hello(extensions=list(GOOD.values()))
    for wrong in (good[:4] + body(good)[:-1], build.handshake(1, body(good)[:-1]),
                  build.handshake(1, body(good) + b"?"), build.handshake(1, body(good)[:30]),
                  build.handshake(1, b"")):
        data = record(wrong)
        if len(wrong) < 4 + int.from_bytes(wrong[1:4]):
            assert refusal(server(), data) == "nothing wrong"  # the rest may come
        else:
            assert refusal(server(), data) == "decode_error"


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_client_hello_in_small_records(size):
    other, good = server(), hello(extensions=list(GOOD.values()))
    for at in range(0, len(good), size):
        other.receive_data(record(good[at:at + size]))
    assert other.state is State.WAIT_FINISHED


def test_a_big_client_hello():
    many = [(0x2000 + number, bytes(4000)) for number in range(16)]
    good = hello(extensions=[*many, *GOOD.values()])
    assert len(good) > 60_000
    other = server()
    for at in range(0, len(good), 2**14):
        other.receive_data(record(good[at:at + 2**14]))
    assert other.state is State.WAIT_FINISHED


@pytest.mark.parametrize(("data", "alert"), [
    (record(b"\x01", 20), "unexpected_message"), (record(b"GET /", 23), "unexpected_message"),
    (record(b""), "unexpected_message"), (record(b"", 21), "unexpected_message"),
    (record(build.handshake(2, b"")), "unexpected_message"),
    (record(build.finished(bytes(32))), "unexpected_message"),
    (record(build.handshake(0, b"")), "unexpected_message"),
    (record(build.handshake(11, b"")), "unexpected_message"),
    (record(build.key_update(0)), "unexpected_message"),
    (record(build.handshake(200, b"")), "unexpected_message"),
    (b"GET / HTTP/1.1\r\n\r\n", "unexpected_message"),
    (bytes.fromhex("802e0100020015000000100100800200"), "unexpected_message"),  # SSL 2.0
    (record(b"\x01\xff\xff\xff"), "decode_error"), (b"\x16\x03\x01\xff\xff", "record_overflow"),
])
def test_first_records(data, alert):
    assert refusal(server(), data) == alert


def test_a_message_may_not_follow_the_client_hello_in_its_record():
    good = hello(extensions=list(GOOD.values()))
    for tail in (b"\x14", build.finished(bytes(32)), good):
        assert refusal(server(), record(good + tail)) == "unexpected_message"
    lonely = hello(extensions=[*[pair for kind, pair in GOOD.items() if kind != 51],
                               extensions13.offer_shares(())])
    assert refusal(server(), record(lonely + lonely[:5])) == "unexpected_message"


# --- after a HelloRetryRequest ----------------------------------------------------------------

def asked_again(**options):
    other = server(groups=(23,), **options)
    other.receive_data(said(session_id=bytes(32)))
    assert other.rules.facts == {"retry"}
    return other


P256 = extensions13.offer_shares([(23, bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))])
BOTH_SHARES = extensions13.offer_shares([(23, P256[1][6:]), (29, SHARE[1][6:])])


@pytest.mark.parametrize(("changes", "added", "alert"), [
    ({}, (), ""), ({"suites": (0x1301, 0x1302)}, (), "illegal_parameter"),
    ({"random": bytes(32)}, (), "illegal_parameter"), ({"session_id": b""}, (),
                                                       "illegal_parameter"),
    ({}, ((0x1234, b""),), "illegal_parameter"), ({}, ((21, bytes(10)),), ""),
    ({}, ((42, b""),), "illegal_parameter"), ({"share": SHARE}, (), "illegal_parameter"),
    ({"share": BOTH_SHARES}, (), "illegal_parameter"),
    ({"share": extensions13.offer_shares(())}, (), "illegal_parameter"),
    ({"without": (51,)}, (), "missing_extension"),
    ({"without": (43,)}, (), "illegal_parameter"),
])
def test_second_client_hello(changes, added, alert):
    other = asked_again()
    changes = {"session_id": bytes(32), **changes}
    again = said(*added, instead={51: changes.pop("share", P256)}, **changes)
    assert refusal(other, again) == (alert or "nothing wrong")


def test_the_same_again():
    other = asked_again()
    assert refusal(other, said(session_id=bytes(32))) == "illegal_parameter"


@pytest.mark.parametrize(("cookie", "alert"), [
    (b"right", ""), (b"wrong", "illegal_parameter"), (None, "illegal_parameter")])
def test_cookies(cookie, alert):
    other = asked_again(cookie=b"right")
    added = () if cookie is None else (extensions13.send_cookie(cookie),)
    again = said(*added, instead={51: P256}, session_id=bytes(32))
    assert refusal(other, again) == (alert or "nothing wrong")


# --- PSK --------------------------------------------------------------------------------------

PSK = extensions13.offer_psk(b"ticket", 0, bytes(32))
MODES = extensions13.psk_with_key_exchange()


@pytest.mark.parametrize(("added", "alert"), [
    ((MODES, PSK), ""), ((PSK,), "missing_extension"), ((MODES, PSK, (0x1234, b"")),
                                                        "illegal_parameter"),
    ((PSK, MODES), "illegal_parameter"), ((MODES, (41, b"\0\0\0\0")), "decode_error"),
    ((MODES, (41, b"\0\x07\0\1x\0\0\0\0\0\0")), "decode_error"),
    ((MODES, (41, PSK[1][:-33] + b"\x1f" + bytes(31))), "decode_error"),
    ((MODES, (41, PSK[1] + b"?")), "decode_error"),
    ((MODES, (41, PSK[1][:14] + b"\0\x42" + 2 * (b"\x20" + bytes(32)))), "illegal_parameter"),
])
def test_shapes_of_pre_shared_key(added, alert):
    for options in ({}, {"tickets": tickets()}):
        assert refusal(server(**options), said(*added)) == (alert or "nothing wrong")


def test_a_wrong_binder():
    kept = tickets()
    peer = client()
    flow(peer, server(tickets=kept))
    ticket = peer.sessions[0]
    psk = extensions13.offer_psk(ticket.ticket, ticket.age_add, bytes(32))
    name = extensions.server_name("shop.example")
    assert refusal(server(tickets=kept), said(name, MODES, psk)) == "decrypt_error"
    only = (45, b"\1\0")  # psk_ke: without a fresh key exchange, which this server does not do
    assert refusal(server(tickets=kept), said(name, only, psk)) == "nothing wrong"


def test_no_signature_algorithms_and_no_good_ticket():
    assert refusal(server(tickets=tickets()), said(MODES, PSK, without=(13,))
                   ) == "missing_extension"


# --- the client's flight ----------------------------------------------------------------------

def with_client(kind, change, *, wanted=False, **options):
    peer = client(**options)
    other = server("rsa", **({"client_trust": trust()} if wanted else {}))
    return outcome(bend(peer, kind, change), other)


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 10, bytes((m[10] ^ 1,))), "decrypt_error"),
    (lambda m: build.finished(bytes(48)), "decode_error"),
    (lambda m: build.finished(bytes(12)), "decode_error"),
    (lambda m: build.handshake(20, body(m) + b"?"), "decode_error"),
    (lambda m: [build.end_of_early_data(), m], "unexpected_message"),
    (lambda m: [chain(), m], "unexpected_message"),
    (lambda m: [build.key_update(0), m], "unexpected_message"),
    (lambda m: build.handshake(1, b""), "unexpected_message"),
])
def test_finished(change, alert):
    assert with_client(H.finished, change) == ("server", alert)


LEAF = identity("client").chain


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: chain(*((item, b"") for item in LEAF), context=b"c"), "illegal_parameter"),
    (lambda m: chain((LEAF[0], b"\0\5\0\0"), (LEAF[1], b"")), "unsupported_extension"),
    (lambda m: None, "unexpected_message"), (lambda m: [m, m], "unexpected_message"),
    (lambda m: chain((b"?", b"")), "bad_certificate"),
])
def test_client_certificate(change, alert):
    assert with_client(H.certificate, change, wanted=True, identity=identity("client"),
                       versions=(TLS13,)) == ("server", alert)


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 4, b"\x04\x01"), "illegal_parameter"),
    (lambda m: patched(m, 4, b"\x08\x04"), "illegal_parameter"),
    (lambda m: patched(m, 4, b"\x05\x03"), "illegal_parameter"),
    (lambda m: build.certificate_verify(0x0403, b"x"), "decrypt_error"),
    (lambda m: None, "unexpected_message"),
])
def test_client_certificate_verify(change, alert):
    assert with_client(H.certificate_verify, change, wanted=True, identity=identity("client"),
                       versions=(TLS13,)) == ("server", alert)


def test_a_certificate_verify_without_a_certificate():
    assert with_client(H.finished, lambda m: [build.certificate_verify(0x0403, b"x"), m],
                       wanted=True) == ("server", "unexpected_message")


@pytest.mark.parametrize(("kind", "data", "alert"), [
    (20, b"\x02", "unexpected_message"), (22, build.finished(bytes(32)), "unexpected_message"),
    (23, b"x" * 40, "bad_record_mac"), (20, b"\x01", "nothing wrong"),
])
def test_records_in_the_clear_after_the_server_hello(kind, data, alert):
    other = server()
    other.receive_data(said())
    assert refusal(other, record(data, kind)) == alert


def test_an_alert_in_the_clear_from_a_client_that_has_no_keys():
    """OpenSSL's client does that."""
    other = server()
    other.receive_data(said())
    assert other.receive_data(record(b"\x02\x2a", 21))[0].alert == "bad_certificate"


@pytest.mark.parametrize(("message", "alert"), [
    (build.key_update(2), "illegal_parameter"), (hello(), "unexpected_message"),
    (build.new_session_ticket13(1, 2, b"", b"t", ()), "unexpected_message"),
    (chain(), "unexpected_message"), (build.key_update(0) + b"\x18", "unexpected_message"),
])
def test_after_the_handshake(message, alert):
    peer, other = client(), server()
    flow(peer, other)
    peer.layer.send(22, message)
    assert refusal(other, peer.data_to_send()) == alert


def test_early_data_without_its_end():
    kept = tickets(max_early_data=100)
    peer = client()
    flow(peer, server(tickets=kept))
    again = bend(client(session=peer.sessions[0], early_data=b"GET /"), H.end_of_early_data,
                 lambda m: None)
    assert outcome(again, server(tickets=kept)) == ("server", "bad_record_mac")
    again = bend(client(session=peer.sessions[0], early_data=b"GET /"), H.end_of_early_data,
                 lambda m: build.finished(bytes(32)))
    assert outcome(again, server(tickets=kept)) == ("server", "unexpected_message")


# --- TLS 1.2 ----------------------------------------------------------------------------------

GOOD12 = [extensions.supported_groups((29, 23)), extensions.signature_algorithms((0x0403, 0x0804)),
          extensions.renegotiation_info()]


def said12(*added, suites=(0xC02F,), **fields):
    return record(hello(suites=suites, extensions=[*GOOD12, *added], **fields))


@pytest.mark.parametrize(("fields", "added", "alert"), [
    ({}, (), ""), ({"suites": (0x002F,)}, (), "handshake_failure"),
    ({"suites": (0xC02B,)}, (), "handshake_failure"),  # the key is of another kind
    ({"version": 0x0302}, (), "protocol_version"), ({"version": 0x0301}, (), "protocol_version"),
    ({"version": 0x0304}, (), ""), ({"version": 0x0399}, (), ""),
    ({"methods": (1,)}, (), "illegal_parameter"), ({"methods": (1, 0)}, (), ""),
    ({}, ((11, b"\1\1"),), "illegal_parameter"), ({}, ((11, b"\1\0"),), ""),
    ({}, ((11, b"\0"),), "decode_error"), ({}, ((23, b"x"),), "decode_error"),
    ({}, ((0x1234, b"?"),), ""), ({}, ((0xFF01, b"\0"),), "illegal_parameter"),
    ({}, ((35, b"no ticket of ours"),), ""),
])
def test_client_hello_12(fields, added, alert):
    assert refusal(server("rsa"), said12(*added, **fields)) == (alert or "nothing wrong")


def test_renegotiation_info_in_a_first_handshake():
    wrong = record(hello(suites=(0xC02F,), extensions=[*GOOD12[:2], (0xFF01, b"\1x")]))
    assert refusal(server("rsa"), wrong) == "handshake_failure"


def test_no_signature_algorithms_in_tls12():
    """That would mean SHA-1. RSA key exchange signs nothing."""
    bare = record(hello(suites=(0xC02F, 0x009C), extensions=[GOOD12[0]]))
    assert refusal(server("rsa"), bare) == "handshake_failure"
    assert refusal(server("rsa", cipher_suites=(0x009C,)), bare) == "nothing wrong"


def test_no_extensions_at_all():
    data = Writer().uint(2, TLS12).opaque(bytes(32)).vector(1, b"").uints(2, 2, (0x009C,))
    bare = build.handshake(1, data.uints(1, 1, (0,)).bytes())
    assert refusal(server("rsa", cipher_suites=(0x009C,)), record(bare)) == "nothing wrong"


@pytest.mark.parametrize(("kind", "change", "alert"), [
    (H.client_key_exchange, lambda m: build.client_key_exchange(bytes(32), "ECDHE"),
     "illegal_parameter"),
    (H.client_key_exchange, lambda m: build.client_key_exchange(b"", "ECDHE"), "decode_error"),
    (H.client_key_exchange, lambda m: build.handshake(16, body(m) + b"?"), "decode_error"),
    (H.client_key_exchange, lambda m: None, "unexpected_message"),
    (H.client_key_exchange, lambda m: [m, m], "unexpected_message"),
    (H.client_key_exchange, lambda m: [build.certificate(()), m], "unexpected_message"),
    (H.client_key_exchange, lambda m: [build.finished(bytes(12)), m], "unexpected_message"),
    (H.finished, lambda m: build.finished(bytes(12)), "decrypt_error"),
    (H.finished, lambda m: build.finished(bytes(11)), "decode_error"),
    (H.finished, lambda m: build.handshake(16, b""), "unexpected_message"),
])
def test_client_flight_12(kind, change, alert):
    assert with_client(kind, change, versions=(TLS12,), groups=(29,)) == ("server", alert)


def test_what_the_client_says_is_the_first_thing_that_it_must():
    other = server("rsa")
    other.receive_data(said12())
    assert refusal(other, record(b"\x01", 20)) == "unexpected_message"


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 4, b"\x02\x03"), "illegal_parameter"),
    (lambda m: build.certificate_verify(0x0403, b"x"), "decrypt_error"),
    (lambda m: None, "unexpected_message"),
])
def test_client_certificate_verify_12(change, alert):
    assert with_client(H.certificate_verify, change, wanted=True, identity=identity("client"),
                       versions=(TLS12,)) == ("server", alert)

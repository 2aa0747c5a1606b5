"""What a TLS 1.3 server may not do: the client ends the connection with this very alert."""

import pytest

from helpers.tls import build, extensions, extensions13
from helpers.tls.endpoint import MAX_IDLE
from helpers.tls.errors import TLSError
from helpers.tls.events import ApplicationData
from helpers.tls.record13 import MAX_SEALED
from helpers.tls.registry import ExtensionType as E
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, TLS13
from helpers.wire import Writer
from tests.tls.bent import H, bend, body, extended, outcome, refusal
from tests.tls.hand_server import record
from tests.tls.pairs import client, flow, identity, server, tickets

OPTIONS = {"versions": (TLS13,), "groups": (29, 23), "shares": (29,)}


def with_server(kind, change, *, offered=None, **options):
    """Our client against our server, one of whose messages is changed."""
    return outcome(client(**OPTIONS | (offered or {})), bend(server(**options), kind, change))


def patched(message: bytes, at: int, new: bytes) -> bytes:
    return message[:at] + new + message[at + len(new):]


SUITE_AT = 4 + 2 + 32 + 1 + 32


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 4, b"\x03\x02"), "protocol_version"),
    (lambda m: patched(m, 4, b"\x03\x04"), "protocol_version"),
    (lambda m: patched(m, 40, b"?"), "illegal_parameter"),  # the echo of session_id
    (lambda m: patched(m, SUITE_AT, b"\x13\x04"), "illegal_parameter"),
    (lambda m: patched(m, SUITE_AT, b"\xc0\x2f"), "illegal_parameter"),
    (lambda m: patched(m, SUITE_AT + 2, b"\x01"), "illegal_parameter"),  # compression
    (lambda m: extended(m, instead={43: b"\x03\x03"}), "illegal_parameter"),
    (lambda m: extended(m, instead={43: b"\x03\x05"}), "illegal_parameter"),
    (lambda m: extended(m, instead={43: b"\x03"}), "decode_error"),
    (lambda m: extended(m, without=(43,)), "protocol_version"),
    (lambda m: extended(m, (0x1234, b"")), "unsupported_extension"),
    (lambda m: extended(m, (0x0A0A, b"")), "unsupported_extension"),
    (lambda m: extended(m, (E.server_name, b"")), "illegal_parameter"),
    (lambda m: extended(m, extensions.supported_groups((29,))), "illegal_parameter"),
    (lambda m: extended(m, extensions13.choose_psk(0)), "unsupported_extension"),
    (lambda m: extended(m, extensions13.choose_version(TLS13)), "illegal_parameter"),  # twice
    (lambda m: extended(m, without=(51,)), "missing_extension"),
    (lambda m: extended(m, instead={51: Writer().uint(2, 23).vector(2, bytes(65)).bytes()}),
     "illegal_parameter"),
    (lambda m: extended(m, instead={51: Writer().uint(2, 24).vector(2, bytes(97)).bytes()}),
     "illegal_parameter"),
    (lambda m: extended(m, instead={51: Writer().uint(2, 29).vector(2, bytes(32)).bytes()}),
     "illegal_parameter"),
    (lambda m: extended(m, instead={51: Writer().uint(2, 29).vector(2, bytes(31)).bytes()}),
     "illegal_parameter"),
    (lambda m: extended(m, instead={51: Writer().uint(2, 29).vector(2, b"").bytes()}),
     "decode_error"),
    (lambda m: build.handshake(2, body(m) + b"?"), "decode_error"),
    (lambda m: build.handshake(2, body(m)[:-1]), "decode_error"),
    (lambda m: build.handshake(2, body(m)[:20]), "decode_error"),
    (lambda m: build.handshake(8, b"\0\0"), "unexpected_message"),
    (lambda m: build.handshake(99, b""), "unexpected_message"),
    (lambda m: build.handshake(0, b""), "unexpected_message"),
])
def test_server_hello(change, alert):
    assert with_server(H.server_hello, change) == ("client", alert)


@pytest.mark.parametrize(("kind", "group", "public"), [
    ("short", 4588, bytes(1119)), ("wrong order", 4588, bytes(1120)), ("long", 4588, bytes(1121)),
    ("no point", 23, b"\x04" + bytes(64)), ("compressed", 23, b"\x02" + bytes(32)),
])
def test_shares_that_are_no_use(kind, group, public):
    share = {51: Writer().uint(2, group).vector(2, public).bytes()}
    offered = {"groups": (group,), "shares": (group,)}
    assert with_server(H.server_hello, lambda m: extended(m, instead=share), offered=offered,
                       groups=(group,)) == ("client", "illegal_parameter")


# --- HelloRetryRequest ------------------------------------------------------------------------

def retry(session_id: bytes, *added: tuple[int, bytes], suite: int = 0x1301,
          version: int = TLS13) -> bytes:
    return build.server_hello(HELLO_RETRY_REQUEST_RANDOM, session_id, suite,
                              [extensions13.choose_version(version), *added])


@pytest.mark.parametrize(("added", "alert"), [
    ((), "illegal_parameter"),
    ((extensions13.ask_for_group(29),), "illegal_parameter"),  # it is there already
    ((extensions13.ask_for_group(24),), "illegal_parameter"),
    ((extensions13.ask_for_group(4588),), "illegal_parameter"),
    ((extensions13.ask_for_group(23), (0x1234, b"")), "unsupported_extension"),
    ((extensions13.ask_for_group(23), (E.server_name, b"")), "illegal_parameter"),
    ((extensions13.ask_for_group(23), (E.cookie, b"\0\0")), "decode_error"),
    (((E.key_share, b"\0\x17\0"),), "decode_error"),
])
def test_hello_retry_request(added, alert):
    peer = client(**OPTIONS)
    peer.data_to_send()
    assert refusal(peer, record(retry(peer.rules.session_id, *added))) == alert


@pytest.mark.parametrize(("changes", "alert"), [
    ({"suite": 0x1304}, "illegal_parameter"), ({"version": 0x0303}, "illegal_parameter"),
    ({"session_id": b""}, "illegal_parameter"),
])
def test_hello_retry_request_with_other_choices(changes, alert):
    peer = client(**OPTIONS)
    session_id = changes.pop("session_id", peer.rules.session_id)
    data = record(retry(session_id, extensions13.ask_for_group(23), **changes))
    assert refusal(peer, data) == alert


def asked_again(**options):
    peer = client(**OPTIONS | options)
    peer.receive_data(record(retry(peer.rules.session_id, extensions13.ask_for_group(23))))
    return peer


def test_a_second_hello_retry_request():
    peer = asked_again()
    again = retry(peer.rules.session_id, extensions13.send_cookie(b"again"))
    assert refusal(peer, record(again)) == "unexpected_message"


def answer(peer, *, suite=0x1301, group=23, version=TLS13):
    share = Writer().uint(2, group).vector(2, bytes(65)).bytes()
    added = [(51, share)] + ([extensions13.choose_version(version)] if version else [])
    return record(build.server_hello(bytes(32), peer.rules.session_id, suite, added))


@pytest.mark.parametrize(("changes", "options"), [
    ({"suite": 0x1302}, {}), ({"group": 29}, {}),
    ({"version": None}, {"versions": (TLS13, 0x0303)}),
])
def test_another_choice_than_in_the_hello_retry_request(changes, options):
    peer = asked_again(**options)
    assert refusal(peer, answer(peer, **changes)) == "illegal_parameter"


# --- EncryptedExtensions ----------------------------------------------------------------------

@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: extended(m, (0x1234, b"")), "unsupported_extension"),
    (lambda m: extended(m, (E.early_data, b"")), "unsupported_extension"),
    (lambda m: extended(m, (E.max_fragment_length, b"\1")), "unsupported_extension"),
    (lambda m: extended(m, extensions13.choose_version(TLS13)), "illegal_parameter"),
    (lambda m: extended(m, (E.key_share, b"\0\x1d")), "illegal_parameter"),
    (lambda m: extended(m, (E.signature_algorithms, b"\0\2\4\3")), "illegal_parameter"),
    (lambda m: extended(m, extensions.server_name("shop.example")), "decode_error"),
    (lambda m: extended(m, extensions.alpn((b"h3",))), "illegal_parameter"),
    (lambda m: extended(m, extensions.alpn((b"h2", b"http/1.1"))), "illegal_parameter"),
    (lambda m: extended(m, (16, b"\0\0")), "decode_error"),
    (lambda m: m + b"", ""),
    (lambda m: extended(m, (E.server_name, b"")), ""),
    (lambda m: extended(m, extensions.supported_groups((0x0A0A, 29))), ""),
    (lambda m: build.handshake(8, b""), "decode_error"),
    (lambda m: build.handshake(8, b"\0\0\0"), "decode_error"),
    (lambda m: [m, m], "unexpected_message"),
    (lambda m: None, "unexpected_message"),
])
def test_encrypted_extensions(change, alert):
    offered = {"alpn": (b"h2", b"http/1.1")}
    expected = ("client", alert) if alert else ("nobody", "")
    assert with_server(H.encrypted_extensions, change, offered=offered) == expected


# --- CertificateRequest, Certificate, CertificateVerify, Finished -----------------------------

def request(context: bytes, *added: tuple[int, bytes]) -> bytes:
    return build.handshake(13, Writer().vector(1, context).opaque(
        extensions.build_extensions(added)).bytes())


SCHEMES = extensions.signature_algorithms((0x0403, 0x0804))


@pytest.mark.parametrize(("made", "alert"), [
    (request(b"", SCHEMES), ""), (request(b"", SCHEMES, (0x1234, b"?")), ""),
    (request(b"", SCHEMES, (E.status_request, b"")), ""),
    (request(b"x", SCHEMES), "illegal_parameter"), (request(b""), "missing_extension"),
    (request(b"", SCHEMES, extensions.supported_groups((29,))), "illegal_parameter"),
    (request(b"", (E.signature_algorithms, b"\0\0")), "decode_error"),
    (request(b"", SCHEMES) + b"", ""),
])
def test_certificate_request(made, alert):
    expected = ("client", alert) if alert else ("server", "unexpected_message")
    # a server that does not know what it asked is surprised by an answer
    assert with_server(H.encrypted_extensions, lambda m: [m, made]) == expected


@pytest.mark.parametrize("where", [H.certificate, H.certificate_verify, H.finished])
def test_certificate_request_in_the_wrong_place(where):
    made = request(b"", SCHEMES)
    change = {H.certificate: lambda m: [made, made, m]}.get(where, lambda m: [made, m])
    assert with_server(where, change) == ("client", "unexpected_message")


def chain(*entries: tuple[bytes, bytes], context: bytes = b"") -> bytes:
    listed = Writer()
    for certificate, added in entries:
        listed.vector(3, certificate).vector(2, added)
    return build.handshake(11, Writer().vector(1, context).vector(3, listed.bytes()).bytes())


LEAF, ABOVE = identity("ecdsa").chain


@pytest.mark.parametrize(("made", "alert"), [
    (chain(), "decode_error"), (chain((LEAF, b""), (ABOVE, b""), context=b"x"),
                                "illegal_parameter"),
    (chain((LEAF, b"\0\5\0\0"), (ABOVE, b"")), "unsupported_extension"),
    (chain((LEAF, b"\x12\x34\0\0"), (ABOVE, b"")), "unsupported_extension"),
    (chain((LEAF, b"")), "unknown_ca"), (chain((LEAF[:-1], b"")), "bad_certificate"),
    (chain((b"", b"")), "decode_error"), (chain((b"?", b"")), "bad_certificate"),
    (build.handshake(11, b"\0\0\0\1\0"), "decode_error"),
])
def test_certificate(made, alert):
    assert with_server(H.certificate, lambda m: made) == ("client", alert)


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 4, b"\x04\x01"), "illegal_parameter"),  # PKCS#1 v1.5
    (lambda m: patched(m, 4, b"\x02\x03"), "illegal_parameter"),  # SHA-1
    (lambda m: patched(m, 4, b"\x05\x03"), "illegal_parameter"),  # the scheme of another curve
    (lambda m: patched(m, 4, b"\x08\x04"), "illegal_parameter"),  # of another kind of key
    (lambda m: patched(m, 4, b"\x0a\x0a"), "illegal_parameter"),
    (lambda m: patched(m, 20, bytes((m[20] ^ 1,))), "decrypt_error"),
    (lambda m: build.certificate_verify(0x0403, b""), "decrypt_error"),
    (lambda m: build.handshake(15, body(m)[:-1]), "decode_error"),
    (lambda m: build.handshake(15, body(m) + b"?"), "decode_error"),
    (lambda m: [m, m], "unexpected_message"), (lambda m: None, "unexpected_message"),
])
def test_certificate_verify(change, alert):
    assert with_server(H.certificate_verify, change) == ("client", alert)


def test_a_scheme_that_was_not_offered():
    assert with_server(H.certificate_verify, lambda m: m, offered={"schemes": (0x0804,)},
                       ) == ("server", "handshake_failure")


@pytest.mark.parametrize("scheme", [0x0401, 0x0501])
def test_no_old_padding_from_an_rsa_key(scheme):
    assert with_server(H.certificate_verify, lambda m: patched(m, 4, scheme.to_bytes(2, "big")),
                       ) == ("client", "illegal_parameter")


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: patched(m, 10, bytes((m[10] ^ 1,))), "decrypt_error"),
    (lambda m: build.finished(bytes(32)), "decrypt_error"),
    (lambda m: build.finished(bytes(48)), "decode_error"),
    (lambda m: build.finished(bytes(12)), "decode_error"),
    (lambda m: build.finished(b""), "decode_error"),
    (lambda m: build.finished(body(m) + b"?"), "decode_error"),
    (lambda m: [build.new_session_ticket13(1, 2, b"", b"t", ()), m], "unexpected_message"),
    (lambda m: [build.key_update(0), m], "unexpected_message"),
])
def test_finished(change, alert):
    assert with_server(H.finished, change) == ("client", alert)


# --- records and changes of keys --------------------------------------------------------------

def in_handshake(**options):
    """A client that has the ServerHello, and the server whose keys it then has."""
    peer, other = client(**OPTIONS), server(**options)
    other.receive_data(peer.data_to_send())
    peer.receive_data(first_record(other))
    other.layer.write = other.rules.protection("server", "handshake")
    return peer, other


def sealed(other, kind, data):
    """One record, sealed with the key that the server uses now."""
    return b"".join(other.layer.write.seal(kind, data))


def first_record(other):
    data = other.data_to_send()
    return data[:5 + int.from_bytes(data[3:5], "big")]


@pytest.mark.parametrize(("kind", "data", "alert"), [
    (20, b"\x02", "unexpected_message"), (20, b"\x01\x01", "unexpected_message"),
    (20, b"", "unexpected_message"), (22, b"\x08\0\0\2\0\0", "unexpected_message"),
    (23, b"x" * 40, "bad_record_mac"), (23, b"x" * 10, "bad_record_mac"),
    (23, b"", "bad_record_mac"), (23, bytes(MAX_SEALED + 1), "record_overflow"),
    (24, b"x", "unexpected_message"),
])
def test_records_in_the_clear_after_the_server_hello(kind, data, alert):
    peer, _ = in_handshake()
    assert refusal(peer, record(data, kind)) == alert


@pytest.mark.parametrize(("kind", "data", "alert"), [
    (20, b"\x01", "unexpected_message"), (23, b"too early", "unexpected_message"),
    (22, b"", ""), (21, b"\x02", "decode_error"), (21, b"\x02\x28\x02\x28", "decode_error"),
    (24, b"x", "unexpected_message"), (0, b"", "unexpected_message"),
])
def test_sealed_records(kind, data, alert):
    peer, other = in_handshake()
    record_ = other.layer.write.protect(kind, data).bytes()
    assert refusal(peer, record_) == (alert or "unexpected_message")


def test_too_much_in_a_sealed_record():
    peer, other = in_handshake()
    too_much = other.layer.write.protect(22, bytes(2**14 + 1)).bytes()
    assert refusal(peer, too_much) == "record_overflow"
    peer, other = in_handshake()
    assert refusal(peer, other.layer.write.protect(22, b"\x08\0\0\2\0\0", 2**14).bytes()
                   ) == "record_overflow"


def test_a_message_may_not_go_on_after_a_change_of_keys():
    peer, other = client(**OPTIONS), server()
    other.receive_data(peer.data_to_send())
    hello = first_record(other)[5:]
    for tail in (b"\x08", b"\x08\0\0\2\0\0"):
        other_peer = client(**OPTIONS)
        assert refusal(other_peer, record(hello + tail)) == "unexpected_message"
    peer, other = in_handshake()
    bend(other, H.finished, lambda m: m)
    flight = b"".join(other.transcript[2:]) + build.key_update(0)
    assert refusal(peer, sealed(other, 22, flight)) == "unexpected_message"


def test_messages_may_share_records_or_be_cut():
    for size in (1, 50, 2**14):
        peer, other = in_handshake()
        flight = b"".join(other.transcript[2:])
        for at in range(0, len(flight), size):
            peer.receive_data(sealed(other, 22, flight[at:at + size]))
        assert peer.connected


def test_another_record_in_the_middle_of_a_message():
    peer, other = in_handshake()
    peer.receive_data(sealed(other, 22, b"\x08\0"))
    peer.receive_data(record(b"\x01", 20))  # this one means nothing anywhere
    assert refusal(peer, sealed(other, 21, b"\x01\0")) == "unexpected_message"


def test_change_cipher_specs_are_counted():
    peer, _ = in_handshake()
    for _ in range(MAX_IDLE):
        peer.receive_data(record(b"\x01", 20))
    assert refusal(peer, record(b"\x01", 20)) == "unexpected_message"


def test_alerts_in_the_clear_count_until_the_first_sealed_record():
    peer, other = in_handshake()
    assert [event.alert for event in peer.receive_data(record(b"\x02\x28", 21))] == [
        "handshake_failure"]
    peer, other = in_handshake()
    peer.receive_data(sealed(other, 22, other.transcript[2]))
    assert refusal(peer, record(b"\x02\x28", 21)) == "unexpected_message"


def test_a_change_cipher_spec_before_a_tls12_server_hello():
    peer = client(versions=(TLS13, 0x0303))
    other = server(versions=(0x0303,))
    other.receive_data(peer.data_to_send())
    peer.receive_data(record(b"\x01", 20))
    assert refusal(peer, other.data_to_send()) == "unexpected_message"


def test_a_tls12_server_that_claims_to_resume():
    """The echo of a session_id that was only for middleboxes."""
    peer, other = client(), server(versions=(0x0303,))

    def echo(message):
        rest = body(message)[35:]
        return build.handshake(2, body(message)[:34] + b"\x20" + peer.rules.session_id + rest)

    assert outcome(peer, bend(other, H.server_hello, echo)) == ("client", "illegal_parameter")


# --- after the handshake ----------------------------------------------------------------------

def connected(**options):
    peer, other = client(**OPTIONS), server(**options)
    flow(peer, other)
    assert peer.connected
    return peer, other


@pytest.mark.parametrize(("message", "alert"), [
    (build.key_update(2), "illegal_parameter"), (build.handshake(24, b""), "decode_error"),
    (build.handshake(24, b"\0\0"), "decode_error"),
    (build.key_update(0) + build.key_update(0), "unexpected_message"),
    (build.key_update(0) + b"\x04", "unexpected_message"),
    (build.handshake(0, b""), "unexpected_message"), (request(b"c", SCHEMES), "unexpected_message"),
    (build.handshake(1, bytes(40)), "unexpected_message"),
    (build.handshake(2, bytes(40)), "unexpected_message"),
    (build.finished(bytes(32)), "unexpected_message"),
    (build.handshake(5, b""), "unexpected_message"), (build.handshake(254, b"x"),
                                                      "unexpected_message"),
    (build.handshake(4, b""), "decode_error"),
    (build.new_session_ticket13(1, 2, b"", b"", ()), "decode_error"),
    (build.new_session_ticket13(1, 2, b"", b"t", ((42, b"\0"),)), "decode_error"),
    (build.new_session_ticket13(1, 2, b"", b"t", ((42, bytes(4)), (42, bytes(4)))),
     "illegal_parameter"),
])
def test_after_the_handshake(message, alert):
    peer, other = connected()
    other.layer.send(22, message)
    assert refusal(peer, other.data_to_send()) == alert


def test_change_cipher_spec_after_the_handshake():
    peer, _ = connected()
    assert refusal(peer, record(b"\x01", 20)) == "unexpected_message"


def test_tickets_with_what_nobody_knows():
    peer, other = connected()
    other.layer.send(22, build.new_session_ticket13(100, 2, b"", b"t", ((0x1234, b"?"),)))
    other.layer.send(22, build.new_session_ticket13(0, 2, b"", b"dead", ()))
    other.layer.send(22, build.new_session_ticket13(2**32 - 1, 2, b"x", b"t", ()))
    peer.receive_data(other.data_to_send())
    assert [session.lifetime for session in peer.sessions] == [100, 7 * 24 * 3600]


def test_loitering():
    for kind, data in ((23, b""), (22, build.key_update(0)), (22, build.new_session_ticket13(
            0, 1, b"", b"t", ()))):
        peer, other = connected()
        for _ in range(MAX_IDLE):
            if data[:1] == b"\x18":
                other.update_keys()
            else:
                other.layer._out.append(sealed(other, kind, data))
            peer.receive_data(other.data_to_send())
        other.layer._out.append(sealed(other, kind, data))
        assert refusal(peer, other.data_to_send()) == "unexpected_message"


def test_empty_records_are_fine_where_they_bring_nothing():
    peer, other = connected()
    other.layer._out.append(sealed(other, 23, b""))
    assert peer.receive_data(other.data_to_send()) == []
    other.send(b"data")
    assert peer.receive_data(other.data_to_send()) == [ApplicationData(b"data")]


# --- PSK --------------------------------------------------------------------------------------

def session_of(**options):
    kept = tickets(max_early_data=100, **options)
    peer = client(**OPTIONS)
    flow(peer, server(tickets=kept))
    return peer.sessions[0], kept


@pytest.mark.parametrize(("change", "alert"), [
    (lambda m: extended(m, instead={41: b"\0\1"}), "illegal_parameter"),
    (lambda m: extended(m, instead={41: b"\0"}), "decode_error"),
    (lambda m: patched(m, SUITE_AT, b"\x13\x02"), "illegal_parameter"),  # the hash is another
    (lambda m: extended(m, without=(51,)), "illegal_parameter"),
])
def test_psk_answers(change, alert):
    session, kept = session_of()
    assert with_server(H.server_hello, change, offered={"session": session}, tickets=kept
                       ) == ("client", alert)


def test_early_data_accepted_without_the_psk():
    session, _ = session_of()
    offered = {"session": session, "early_data": b"GET /"}
    assert with_server(H.encrypted_extensions, lambda m: extended(m, (E.early_data, b"")),
                       offered=offered) == ("client", "illegal_parameter")


def test_a_certificate_in_a_resumed_handshake():
    session, kept = session_of()
    assert with_server(H.finished, lambda m: [chain((LEAF, b"")), m],
                       offered={"session": session}, tickets=kept
                       ) == ("client", "unexpected_message")


def test_the_reason_says_what_came_and_what_was_awaited():
    with pytest.raises(TLSError, match="certificate came while this end waits for ServerHello"):
        client(**OPTIONS).receive_data(record(chain()))

"""What a server may not do: the client raises TLSError with this very alert, and sends it."""

import dataclasses
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from helpers import lab
from helpers.pki import authority
from helpers.tls import extensions
from helpers.tls.client import Client
from helpers.tls.endpoint import MAX_IDLE
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData
from helpers.tls.record import MAX_PLAINTEXT
from helpers.tls.registry import AlertLevel, CipherSuite, ContentType, ExtensionType
from helpers.tls.states import State
from helpers.tls.trust import TrustStore
from tests.tls.hand_server import (
    RSA,
    SECURE,
    HandServer,
    client,
    connected,
    handshake,
    record,
    trust,
)

ALERT, CCS, DATA = (ContentType.alert, ContentType.change_cipher_spec,
                    ContentType.application_data)


def refused(peer: Client, data: bytes, alert: str, reason: str = "") -> TLSError:
    """The client refuses these bytes with this alert, sends it, and is closed for good."""
    peer.data_to_send()
    plain = peer.state in (State.WAIT_SERVER_HELLO, State.WAIT_CERTIFICATE,
                           State.WAIT_SERVER_KEY_EXCHANGE, State.WAIT_SERVER_HELLO_DONE)
    with pytest.raises(TLSError, match=reason or None) as caught:
        peer.receive_data(data)
    assert caught.value.alert.name == alert
    assert caught.value.fault == "peer"
    assert peer.alerts_sent[-1] == alert
    sent = peer.data_to_send()
    if plain and peer.layer.write is None:
        assert sent[-7:] == record(bytes((AlertLevel.fatal, caught.value.alert)), ALERT)
    else:
        assert bytes((AlertLevel.fatal, caught.value.alert)) not in sent[-2:]  # it is sealed
    assert peer.state is State.CLOSED
    assert not peer.connected
    assert peer.receive_data(data) == []
    return caught.value


# --- ServerHello ------------------------------------------------------------------------------

@pytest.mark.parametrize(("changes", "alert", "reason"), [
    ({"version": 0x0302}, "protocol_version", "0x0302"),
    ({"version": 0x0304}, "protocol_version", "0x0304"),
    ({"suite": CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA}, "illegal_parameter", "0x002f"),
    ({"suite": 0x1301}, "illegal_parameter", "TLS_AES_128_GCM_SHA256"),
    ({"compression": 1}, "illegal_parameter", "compression"),
    ({"added": (*SECURE, (ExtensionType.session_ticket, b""))}, "unsupported_extension",
     "session_ticket"),
    ({"added": (*SECURE, extensions.alpn([b"h2"]))}, "unsupported_extension", "application_layer"),
    ({"added": (*SECURE, (0x1234, b"?"))}, "unsupported_extension", "4660"),
    ({"added": (*SECURE, extensions.signature_algorithms([0x0804]))}, "illegal_parameter",
     "signature_algorithms"),
    ({"added": (*SECURE, extensions.renegotiation_info())}, "illegal_parameter", "twice"),
    ({"added": (*SECURE, extensions.server_name("shop.example"))}, "decode_error", "server_name"),
    ({"added": (*SECURE, (ExtensionType.ec_point_formats, b"\x01\x01"))}, "illegal_parameter",
     "uncompressed"),
    ({"added": (extensions.extended_master_secret(),)}, "handshake_failure", "renegotiation_info"),
    ({"added": ((ExtensionType.renegotiation_info, b"\x01x"),)}, "handshake_failure", "not empty"),
    ({"added": (extensions.renegotiation_info(), (ExtensionType.extended_master_secret, b"x"))},
     "decode_error", "left over"),
])
def test_server_hello(changes, alert, reason):
    peer = client()
    refused(peer, record(HandServer(peer).hello(**changes)), alert, reason)


def test_suite_that_this_client_did_not_offer():
    peer = client(cipher_suites=(RSA,))
    refused(peer, record(HandServer(peer).hello()), "illegal_parameter", "was not offered")


def test_extended_master_secret_unasked():
    peer = client(extended_master_secret=False)
    refused(peer, record(HandServer(peer).hello()), "unsupported_extension")


@pytest.mark.parametrize("chosen", [[b"h3"], [b"h2", b"http/1.1"]])
def test_alpn_answer_that_was_not_offered(chosen):
    peer = client(alpn=(b"h2", b"http/1.1"))
    hello = HandServer(peer).hello(added=(*SECURE, extensions.alpn(chosen)))
    refused(peer, record(hello), "illegal_parameter", "ALPN")


def test_alpn_answer_is_reported():
    peer = client(alpn=(b"h2", b"http/1.1"))
    peer.receive_data(record(HandServer(peer).hello(added=(*SECURE, extensions.alpn([b"h2"])))))
    assert peer.alpn == b"h2"


# --- Certificate ------------------------------------------------------------------------------

def certificate_refused(alert: str, reason: str = "", *, suite: int | None = None,
                        chain: tuple[bytes, ...] | None = None, kind: str = "rsa", **options):
    peer = client(**options)
    server = HandServer(peer, kind=kind, **({"suite": suite} if suite else {}))
    peer.receive_data(record(server.hello()))
    refused(peer, record(server.certificate(chain)), alert, reason)


def test_other_root():
    certificate_refused("unknown_ca", trust=trust("other_root"))


def test_other_host():
    certificate_refused("certificate_unknown", "subjectAltName", server_name="bank.example")


@pytest.mark.parametrize("days", [-11, 91])
def test_clock_outside_the_certificate(days):
    store = TrustStore([authority.root().certificate], lab.NOW + timedelta(days=days))
    certificate_refused("certificate_expired", trust=store)


def test_missing_intermediate():
    certificate_refused("unknown_ca", chain=authority.server().chain[:1])


def test_no_certificate():
    certificate_refused("decode_error", "no certificate", chain=())


@pytest.mark.parametrize("offset", [-1, -30])
@pytest.mark.parametrize("index", [0, 1])
def test_changed_signature_on_a_certificate(index, offset):
    chain = [bytearray(item) for item in authority.server().chain]
    chain[index][offset] ^= 1
    certificate_refused("bad_certificate", chain=tuple(map(bytes, chain)))


def test_bytes_that_are_no_certificate():
    certificate_refused("bad_certificate", "cannot be read", chain=(b"hello",))


def test_kind_of_key_that_does_not_fit_the_suite():
    certificate_refused("unsupported_certificate", "RSA key", kind="ecdsa")


def leaf_with(usage: x509.KeyUsage | None) -> tuple[bytes, ...]:
    issuer, key = authority.intermediate(), lab.key("server_rsa")
    builder = (x509.CertificateBuilder().subject_name(authority.server().certificate.subject)
               .issuer_name(issuer.certificate.subject).public_key(key.public_key())
               .serial_number(77).not_valid_before(lab.NOW - timedelta(days=1))
               .not_valid_after(lab.NOW + timedelta(days=1))
               .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
               .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
               .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(
                   issuer.key.public_key()), False)
               .add_extension(x509.SubjectAlternativeName([x509.DNSName(lab.HOST)]), False))
    if usage is not None:
        builder = builder.add_extension(usage, True)
    leaf = builder.sign(issuer.key, hashes.SHA256())
    made = dataclasses.replace(authority.server(), certificate=leaf)
    return made.chain


@pytest.mark.parametrize(("suite", "allowed"), [
    (None, {"key_encipherment": True}), (RSA, {"digital_signature": True}),
])
def test_key_usage_that_forbids_this_key_exchange(suite, allowed):
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
             "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    usage = x509.KeyUsage(**(dict.fromkeys(names, False) | allowed))
    certificate_refused("unsupported_certificate", "key usage", suite=suite,
                        chain=leaf_with(usage))


def test_no_key_usage_allows_everything():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(record(server.hello()) + record(server.certificate(leaf_with(None))))
    assert peer.state is State.WAIT_SERVER_KEY_EXCHANGE


# --- ServerKeyExchange ------------------------------------------------------------------------

@pytest.mark.parametrize(("changes", "alert", "reason"), [
    ({"curve": 24}, "illegal_parameter", "secp384r1"),
    ({"curve": 23}, "illegal_parameter", "secp256r1.*not offered"),
    ({"curve_type": 1}, "illegal_parameter", "curve_type"),
    ({"signature": b"x" * 256}, "decrypt_error", "does not fit"),
    ({"signature": b""}, "decrypt_error", ""),
    ({"scheme": 0x0403}, "illegal_parameter", "ecdsa_secp256r1_sha256"),
    ({"scheme": 0x0401}, "decrypt_error", "rsa_pkcs1_sha256"),
    ({"scheme": 0x0201}, "illegal_parameter", "rsa_pkcs1_sha1.*not offered"),
    ({"scheme": 0x0A0A}, "illegal_parameter", "GREASE"),
    ({"public": b""}, "decode_error", "at least 1"),
])
def test_server_key_exchange(changes, alert, reason):
    peer = client(groups=(29,))
    server = HandServer(peer)
    peer.receive_data(record(server.hello()) + record(server.certificate()))
    refused(peer, record(server.key_exchange(**changes)), alert, reason)


@pytest.mark.parametrize(("curve", "public"), [
    (29, bytes(32)), (29, bytes(31)), (29, b"\x01" + bytes(31)), (23, bytes(65)),
    (23, b"\x02" + bytes(32)), (23, b"\x04" + b"\xff" * 64), (23, b"\x00"),
])
def test_share_that_is_no_point(curve, public):
    peer = client()
    server = HandServer(peer)
    peer.receive_data(record(server.hello()) + record(server.certificate())
                      + record(server.key_exchange(curve=curve, public=public)))
    refused(peer, record(server.done()), "illegal_parameter", "not a usable point")


# --- order, and what a record may be ----------------------------------------------------------

def test_messages_out_of_order():
    for early in ("certificate", "key_exchange", "done", "request"):
        peer = client()
        refused(peer, record(getattr(HandServer(peer), early)()), "unexpected_message",
                "waits for ServerHello")


def test_key_exchange_message_in_an_rsa_handshake():
    peer = client()
    server = HandServer(peer, RSA)
    peer.receive_data(record(server.hello()) + record(server.certificate()))
    refused(peer, record(server.key_exchange()), "unexpected_message")


def test_no_key_exchange_message_in_an_ecdhe_handshake():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(record(server.hello()) + record(server.certificate()))
    refused(peer, record(server.done()), "unexpected_message", "ServerKeyExchange")


def test_second_certificate_request():
    peer = client()
    server = HandServer(peer)
    start = [server.hello(), server.certificate(), server.key_exchange(), server.request()]
    peer.receive_data(b"".join(map(record, start)))
    refused(peer, record(server.request()), "unexpected_message", "twice")


@pytest.mark.parametrize("kind", [1, 4, 8, 15, 16, 20, 22, 99])
def test_messages_that_a_server_must_not_send_now(kind):
    peer = client()
    refused(peer, record(handshake(kind, b"")), "unexpected_message")


@pytest.mark.parametrize("after", range(5))
def test_change_cipher_spec_before_its_time(after):
    """CVE-2014-0224 was a ChangeCipherSpec before the keys were there."""
    peer = client()
    server = HandServer(peer)
    parts = [server.hello, server.certificate, server.key_exchange]
    for part in parts[:after]:
        peer.receive_data(record(part()))
    if after < 4:
        refused(peer, record(b"\x01", CCS), "unexpected_message")
    else:
        peer.receive_data(record(server.done()))
        peer.receive_data(record(b"\x01", CCS))
        refused(peer, record(b"\x01", CCS), "bad_record_mac")


@pytest.mark.parametrize(("data", "alert"), [
    (record(b"\x02", CCS), "unexpected_message"), (record(b"", CCS), "unexpected_message"),
    (record(b"\x01\x01", CCS), "unexpected_message"),
    (record(b"", ContentType.handshake), "unexpected_message"),
    (record(b"", ALERT), "unexpected_message"), (record(b"\x02", ALERT), "decode_error"),
    (record(b"\x02\x28\x00", ALERT), "decode_error"),
    (record(b"\x07\x28", ALERT), "illegal_parameter"),
    (record(b"hello", DATA), "unexpected_message"), (record(b"", DATA), "unexpected_message"),
    (record(b"x", 24), "unexpected_message"), (record(b"x", 22, 0x0203), "protocol_version"),
    (b"\x16\x03\x03\xff\xff", "record_overflow"),
    (record(bytes(MAX_PLAINTEXT + 1)), "record_overflow"),
    (b"HTTP/1.1 400 Bad Request\r\n\r\n", "unexpected_message"),
    (record(handshake(2, b"")[:1] + b"\xff\xff\xff"), "decode_error"),
])
def test_records(data, alert):
    refused(client(), data, alert)


def test_version_of_a_record_after_the_version_was_agreed():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(record(server.hello(), version=0x0301))  # until then any 3.x is fine
    refused(peer, record(server.certificate(), version=0x0302), "protocol_version", "0x0302")


def test_another_record_inside_a_handshake_message():
    peer = client()
    hello = HandServer(peer).hello()
    peer.receive_data(record(hello[:10]))
    refused(peer, record(b"\x02\x28", ALERT), "unexpected_message", "in the middle")


# --- Finished and after -----------------------------------------------------------------------

def test_wrong_finished():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(server.flight())
    server.accept()
    refused(peer, server.finished(b"F" * 12), "decrypt_error", "Finished")


def test_finished_in_the_clear():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(server.flight())
    refused(peer, record(handshake(20, bytes(12))), "unexpected_message", "ChangeCipherSpec")


@pytest.mark.parametrize("at", [5, 13, 20, -1])
def test_changed_byte_in_a_sealed_record(at):
    peer, server = connected()
    data = bytearray(server.sealed(DATA, b"secret"))
    data[at] ^= 0x80
    refused(peer, bytes(data), "bad_record_mac")


def test_a_replayed_record():
    peer, server = connected()
    data = server.sealed(DATA, b"pay 10")
    assert peer.receive_data(data) == [ApplicationData(b"pay 10")]
    refused(peer, data, "bad_record_mac", "tag of record 2")


def test_a_sealed_record_of_the_wrong_type():
    peer, server = connected()
    data = bytearray(server.sealed(DATA, b"\x01\x00"))
    data[0] = ALERT  # the type is covered by the tag
    refused(peer, bytes(data), "bad_record_mac")


def test_too_much_plaintext_in_a_sealed_record():
    peer, server = connected()
    refused(peer, server.sealed(DATA, bytes(MAX_PLAINTEXT + 1)), "record_overflow")


def test_a_sealed_record_that_is_too_short():
    peer, _ = connected()
    refused(peer, record(bytes(23), DATA), "bad_record_mac", "23 came")


@pytest.mark.parametrize("make", [
    lambda server: server.sealed(DATA, b""),
    lambda server: server.sealed(ContentType.handshake, handshake(0, b"")),
    lambda server: server.sealed(ALERT, bytes((1, 90))),
])
def test_a_peer_that_only_loiters(make):
    peer, server = connected()
    for _ in range(MAX_IDLE):
        peer.receive_data(make(server))
    refused(peer, make(server), "unexpected_message", "too many")


def test_a_new_handshake_is_refused_politely():
    peer, server = connected()
    peer.data_to_send()
    assert peer.receive_data(server.sealed(ContentType.handshake, handshake(0, b""))) == []
    assert peer.alerts_sent == ["no_renegotiation"]
    assert peer.connected
    refused(peer, server.sealed(ContentType.handshake, server.hello()), "unexpected_message")


def test_a_hello_request_in_the_handshake_is_ignored():
    peer = client()
    server = HandServer(peer)
    peer.receive_data(record(handshake(0, b"")) + server.flight())
    server.accept()
    peer.receive_data(server.finished())
    assert peer.connected
    assert peer.alerts_sent == []


def test_events_before_the_error_are_kept():
    peer, server = connected()
    error = refused(peer, server.sealed(DATA, b"first") + record(bytes(40), DATA),
                    "bad_record_mac")
    assert error.events == [ApplicationData(b"first")]


def test_a_fatal_alert_ends_it_without_an_answer():
    peer, server = connected()
    peer.data_to_send()
    assert peer.receive_data(server.sealed(ALERT, bytes((2, 80)))) == [
        AlertReceived("internal_error", True)]
    assert peer.alerts_received == ["internal_error"]
    assert peer.data_to_send() == b""
    assert not peer.connected

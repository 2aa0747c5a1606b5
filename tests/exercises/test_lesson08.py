"""The reference answers of lesson 08 are OpenSSL's, not ours: each is checked against something
that OpenSSL made (a signature, a Finished, a key log)."""

from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.exercises import catalogue, check
from helpers.experiments import own_visit
from helpers.experiments.own12 import ANNAS, ASKS
from helpers.sources import load
from helpers.tls.schedule12 import verify_data


def cases(slug):
    return catalogue.exercise(slug).made_cases()


@pytest.mark.parametrize("name", ["tls12_ecdhe", "tls12_ecdhe_ecdsa"])
def test_signed_bytes_are_what_openssl_signed(name):
    visit = load(name)
    message = visit.find("server_key_exchange")
    case = next(case for case in cases("08-signed-bytes") if case.args[2] == message.data)
    leaf = x509.load_der_x509_certificate(
        visit.find("certificate").parsed.certificate_list[0]).public_key()
    if isinstance(leaf, ec.EllipticCurvePublicKey):
        leaf.verify(message.parsed.signature, case.expected, ec.ECDSA(hashes.SHA256()))
    else:
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        leaf.verify(message.parsed.signature, case.expected, pss, hashes.SHA256())


def test_the_share_is_at_the_end_of_what_was_signed():
    signed = {case.args[2]: case.expected for case in cases("08-signed-bytes")}
    for case in cases("08-server-share"):
        assert signed[case.args[0]].endswith(case.expected)


@pytest.mark.parametrize("name", ["tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa"])
def test_transcript_hash_gives_the_finished_that_openssl_sent(name):
    visit = load(name)
    case = next(case for case in cases("08-transcript")
                if case.args[0][0] == visit.find("client_hello").wire)
    expected = verify_data(visit.suite, visit.secret("master_secret"), "client", case.expected)
    assert visit.find("finished", "client").parsed.verify_data == expected
    assert len(case.expected) == sha256().digest_size


def test_finished_is_what_the_key_log_opens():
    """The key log comes from OpenSSL; the exercise goes by the pre-master secret."""
    for case, name in zip(cases("08-decrypt-finished"), ["tls12_rsa", "tls12_rsa_second"],
                          strict=True):
        visit = load(name)
        logged = [line for line in visit.keylog if line.startswith("CLIENT_RANDOM")]
        assert visit.with_secrets(keylog=logged).find("finished", "client").data == case.expected
        assert f"{case.args[0].hex()}" in " ".join(visit.keylog)


def test_the_key_from_the_ticket_opens_what_the_server_sealed():
    """The expected key opens, with the bare AEAD, the page of the visit with these randoms."""
    tried = 0
    for settings in ({}, {"label": "on Tuesday"}, {"asks": ASKS, "shows": ANNAS}):
        talk = own_visit(own_visit(**settings).session, **settings).conversation
        random = talk.find("server_hello").parsed.random
        key = next(case.expected for case in cases("08-ticket") if case.args[3] == random)
        page = talk.find("application_data", "server")
        nonce = talk.secret("server_write_IV") + page.wire[5:13]
        additional = (1).to_bytes(8, "big") + page.wire[:3] + len(page.data).to_bytes(2, "big")
        assert AESGCM(key).decrypt(nonce, page.wire[13:], additional) == page.data
        tried += 1
    assert tried == len(cases("08-ticket"))


def test_a_decryption_that_fails_meets_its_hint():
    def learner(pre_master_secret, client_random, server_random, record):
        return AESGCM(bytes(16)).decrypt(bytes(12), record[13:], b"")

    report = check("08-decrypt-finished", learner)
    assert report.state == "not yet"
    assert "order of the randoms" in report.hint


def test_240_milliseconds():
    assert [case.expected for case in cases("08-first-byte")] == [240]


class SaysGoodbye(Exception):
    def __str__(self):
        raise SystemExit


class Endless(list):
    def __iter__(self):
        while True:
            yield 1


class NoSignature:
    @property
    def __signature__(self):
        raise SystemExit

    def __call__(self, message):
        return b""


def raises_goodbye(message):
    raise SaysGoodbye


@pytest.mark.parametrize("answer", [raises_goodbye, NoSignature(), lambda message: Endless()])
def test_nothing_that_ends_or_never_ends_gets_out(answer):
    assert check("08-server-share", answer).state == "not yet"


def test_half_a_character_can_be_shown():
    def learner(message):
        raise ValueError("\ud800")

    check("08-first-byte", "\ud800").text.encode()
    check("08-server-share", learner).html.encode()

"""The reference answers of lesson 09 are OpenSSL's and RFC 8448's, not ours: each is checked
against something that those made (a signature, a Finished, a key log, a printed secret)."""

import hmac
import json
from hashlib import sha256

import pytest

from helpers.exercises import catalogue, check
from helpers.exercises.lesson09_quiz import _SIZES, QUIZ
from helpers.exercises.lesson09_visits import before, handshake, leaf_key, retried, visit
from helpers.experiments import by_hand, fits
from helpers.lab import DATA
from helpers.tls import hkdf_expand_label
from tests.exercises.conftest import fresh_progress


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def trace(section):
    text = (DATA / "published" / "rfc8448_traces.json").read_text(encoding="utf-8")
    return next(item["steps"] for item in json.loads(text)["traces"] if item["section"] == section)


@pytest.mark.parametrize("said", ["240 ms", "240ms", 240.0, "0xf0", " 240 "])
def test_milliseconds_in_other_forms(said):
    assert check("09-first-byte", said).state == "passed"


def test_the_hash_after_certificate_is_what_was_signed():
    covered = sha256(b"".join(before("openssl", 15))).digest()
    case = next(case for case in cases("09-transcript") if case.args[1] == 11)
    assert case.expected == covered
    content = next(case.expected for case in cases("09-signed-content") if case.args == (covered,))
    said = visit("openssl").find("certificate_verify").parsed
    assert fits(leaf_key("openssl"), said.signature_scheme, said.signature, content)


def test_the_transcript_with_a_retry_is_the_one_that_was_printed():
    """RFC 8448 section 5 prints the hash that its traffic secrets were derived over."""
    printed = next(step["values"]["hash"] for step in trace(5)
                   if step["what"].startswith('derive secret "tls13 c hs traffic"'))
    assert cases("09-retry")[0].expected.hex() == printed
    assert retried()[1][6:38] == sha256(b"HelloRetryRequest").digest()


def test_the_finished_is_what_was_sent():
    for case in cases("09-client-finished"):
        secret, messages = case.args
        key = hkdf_expand_label(secret, "finished", b"", 32)
        mac = hmac.digest(key, sha256(b"".join(messages)).digest(), "sha256")
        assert case.expected == b"\x14\0\0\x20" + mac
    sent = {handshake(name)[6] for name in ("openssl", "tls13_ecdsa", "rfc8448")}
    assert {case.expected for case in cases("09-client-finished")} == sent


def test_possession_is_judged_both_ways():
    assert [case.expected for case in cases("09-possession")] == [True, True] + [False] * 4


def test_the_flight_is_what_the_key_log_opens():
    for case, name in zip(cases("09-flight"), ("openssl", "padded", "rfc8448"), strict=True):
        last = visit(name).find("finished", "server").index
        read = [message.data for message in visit(name).messages[:last + 1]
                if message.encrypted and message.content_type == 22]
        assert case.expected == b"".join(read)
        assert case.args[0] == by_hand(name).private_share


def test_a_starter_with_a_gap_is_not_started():
    def starter(server_secret, transcript_hash):
        finished_key = hkdf_expand_label(server_secret, "finished", b"", 32)
        assert finished_key
        return ...

    assert check("09-verify-data", starter).state == "not started"


def test_the_quiz_computes_what_it_asks():
    told = {question.slug: next(option.text for option in question.options if option.right)
            for question in QUIZ}
    assert told["09-quiz-retry"] == "135 ms"
    assert told["09-quiz-nonce"] == "9a"
    sealed = [message.wire for message in visit("tls13_ecdsa").messages if message.encrypted]
    assert tuple(len(record) for record in sealed[:4]) == _SIZES
    assert "403 bytes" in told["09-quiz-record"]

"""The reference answers of lesson 02, each computed in another way or sent by OpenSSL."""

import hmac
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from helpers.exercises import catalogue
from helpers.exercises.lesson02_already import ORDER_LENGTH, SECRET_LENGTH
from helpers.exercises.lesson02_expand import expand_trouble
from helpers.exercises.lesson02_info import info_trouble, last_info
from helpers.exercises.lesson02_vectors import RFC4231, RFC5869
from helpers.exercises.model import Attempt
from helpers.experiments import stolen_digest
from helpers.lab import seeded
from helpers.sources import load
from helpers.tls.schedule13 import hkdf_label
from helpers.toy import padding, resume


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def test_the_pin_is_the_one_that_was_hashed():
    (case,) = cases("02-pin")
    assert sha256(case.expected.encode()).digest() == stolen_digest()
    assert len(case.expected) == 4
    assert case.expected.isdigit()


@pytest.mark.parametrize("one", RFC4231, ids=lambda one: f"case-{one.case}")
def test_hmac_vectors_are_those_of_the_rfc(one):
    assert hmac.digest(one.key, one.message, "sha256") == one.tag


@pytest.mark.parametrize("one", RFC5869, ids=lambda one: f"case-{one.case}")
def test_hkdf_vectors_are_those_of_the_rfc(one):
    assert HKDFExpand(SHA256(), len(one.output), one.info).derive(one.key) == one.output


def test_the_first_hkdf_key_is_extracted_as_published():
    secret, salt = b"\x0b" * 22, bytes(range(13))
    assert HKDF.extract(SHA256(), salt, secret) == RFC5869[0].key


def test_from_that_many_bytes_on_hashing_goes_on():
    """With the lengths of the task, and rounding up to the next block is not enough."""
    (case,) = cases("02-already")
    message, more = seeded("secret and order")(SECRET_LENGTH + ORDER_LENGTH), b"more"
    whole = message + padding(len(message)) + more
    assert resume(sha256(message).digest(), case.expected, more) == sha256(whole).digest()
    assert case.expected - len(message) > 64


@pytest.mark.parametrize("place", range(4))
def test_a_forged_order_passes_the_shops_own_check(place):
    """The shop's check, with the secret that the learner never sees."""
    case = cases("02-forge")[place]
    tag, order, more, length = case.args
    secret = seeded(f"a secret of {length}")(length)
    assert sha256(secret + order).digest() == tag
    forged, forged_tag = case.expected
    assert sha256(secret + forged).digest() == forged_tag
    assert forged.startswith(order)
    assert forged.endswith(more)


def test_keys_by_label_open_records_or_were_published():
    for case in cases("02-label"):
        secret, label, context, length = case.args
        full = b"tls13 " + label.encode()
        info = length.to_bytes(2, "big") + bytes([len(full)]) + full
        info += bytes([len(context)]) + context
        whole = hmac.digest(secret, info + b"\1", "sha256")
        assert whole[:length] == case.expected
    assert {len(case.args[2]) for case in cases("02-label")} == {0, 32}
    assert {case.args[1] for case in cases("02-label")} == {"key", "iv", "finished", "c hs traffic"}


def test_a_loop_without_an_end_is_named():
    (case, *_) = cases("02-expand")
    assert "does not end" in expand_trouble(Attempt(None, case, error="TooLong"))


def test_finished_is_what_openssl_sent():
    for case, (name, sender) in zip(cases("02-finished"), [
            ("tls13_x25519", "server"), ("tls13_ecdsa", "server"), ("tls13_x25519", "client")],
            strict=True):
        message = load(name).find("finished", sender)
        assert message.data[4:] == case.expected
        assert message.encrypted


def test_the_records_hold_a_change_cipher_spec_and_headers():
    for case in cases("02-finished"):
        _, records, messages = case.args
        assert {record[0] for record in records} == {20, 22}
        assert all(int.from_bytes(one[3:5], "big") == len(one) - 5 for one in records)
        assert all(int.from_bytes(one[1:4], "big") == len(one) - 4 for one in messages)


def learner(secret, label, context, length):
    return HKDFExpand(SHA256(), length, b"\0\x10" + label.encode()).derive(secret)


def test_the_info_that_a_function_makes_is_seen():
    args = (bytes(32), "key", b"", 16)
    seen = last_info(learner, args)
    assert seen == b"\0\x10key"
    assert "from byte 2 on" in info_trouble(seen, *args[1:])
    assert last_info(len, args) is None
    assert last_info(lambda *args: None, args) is None


def test_a_right_info_has_no_trouble():
    right = hkdf_label("finished", bytes(32), 32)
    assert info_trouble(right, "finished", bytes(32), 32) == ""
    assert "end there" in info_trouble(right + b"\0", "finished", bytes(32), 32)
    assert info_trouble(None, "finished", b"", 32) == ""

"""Noting what a learner's function hands to AESGCM, without changing anything of theirs."""

import threading

from cryptography.hazmat.primitives.ciphers import aead
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.exercises import check
from helpers.exercises.watching import last_decryption

KEY, NONCE, SEALED = bytes(16), bytes(12), bytes(32)


def open_record(sealed, more=b"m"):
    return AESGCM(KEY).decrypt(NONCE, sealed, more)


def through_another(sealed):
    print("lengths", len(sealed))  # noqa: T201 - learners do
    return open_record(sealed)


def test_key_nonce_data_and_additional_data_are_noted():
    seen = last_decryption(open_record, (SEALED,))
    assert (seen.key, seen.nonce, seen.data, seen.additional) == (KEY, NONCE, SEALED, b"m")
    assert seen.complete


def test_functions_defined_beside_it_are_followed_and_print_nothing_again(capsys):
    assert last_decryption(through_another, (SEALED,)).data == SEALED
    assert capsys.readouterr().out == ""


def test_nothing_of_the_learner_changes():
    before = dict(open_record.__globals__)
    last_decryption(through_another, (SEALED,))
    assert open_record.__globals__ == before
    assert open_record.__globals__["AESGCM"] is AESGCM is aead.AESGCM


def test_a_key_that_is_refused_is_noted():
    def short_key(sealed):
        return AESGCM(bytes(15)).decrypt(NONCE, sealed, b"")

    seen = last_decryption(short_key, (SEALED,))
    assert seen.key == bytes(15)
    assert not seen.complete


def test_what_cannot_be_seen_is_none():
    def elsewhere(sealed):
        return aead.AESGCM(KEY).decrypt(NONCE, sealed, b"")

    assert last_decryption(elsewhere, (SEALED,)) is None
    assert last_decryption(len, (SEALED,)) is None


def test_without_notes_the_paragraph_is_left():
    def learner(pre_master_secret, client_random, server_random, record):
        return aead.AESGCM(KEY).decrypt(NONCE, record[13:], b"")

    assert "Print their lengths first" in check("08-decrypt-finished", learner).hint


def test_several_at_once_note_their_own():
    found = {}

    def run(number):
        found[number] = last_decryption(open_record, (bytes([number]) * 32,)).data[0]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(8)}

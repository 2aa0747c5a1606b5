"""The reference answers of lesson 01 against the ciphers themselves and published values."""

import re

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.exercises import catalogue, check
from helpers.exercises.lesson01_change import (
    NIST_COUNTER,
    NIST_KEYS,
    NIST_SEALED,
    NIST_TEXT,
)
from helpers.exercises.lesson01_questions import QUIZ
from helpers.exercises.lesson01_records import (
    CLIENT_CONTENT,
    CLIENT_IV,
    CLIENT_KEY,
    changed,
    padded_record,
)
from helpers.experiments import intercepted, penguin
from helpers.experiments.modes import decrypt, encrypt
from helpers.sources import load
from tests.tls import rfc8448


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def right(slug):
    return next(option.text for option in _question(slug).options if option.right)


def _question(slug):
    return next(question for question in QUIZ if question.slug == slug)


def test_the_second_message_comes_from_the_first():
    first, second, known = intercepted()
    pad = bytes(a ^ b for a, b in zip(first, known, strict=True))
    text = bytes(a ^ b for a, b in zip(second, pad, strict=True))
    assert [text.decode()] == [case.expected for case in cases("01-second-message")]
    assert check("01-second-message", text).state == "passed"
    assert check("01-second-message", repr(text)).state == "passed"
    assert check("01-second-message", text.decode().upper()).state == "passed"


def test_one_bit_more_is_twice_the_time():
    hours = 1
    for _ in range(40, 56):
        hours *= 2
    assert [case.expected for case in cases("01-key-bits")] == [hours]
    assert check("01-key-bits", f"{hours:,} hours").state == "passed"


def test_nist_s_blocks_are_nist_s():
    """SP 800-38A F.1.1 has the text and the key of its CTR example."""
    nist = next(case for case in cases("01-equal-blocks") if "NIST" in case.label)
    key = NIST_KEYS["F.5.1 (CTR-AES128)"]
    sealed = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(NIST_TEXT)
    assert nist.args == (sealed,)
    assert nist.expected == 4


def test_the_penguin_s_blocks_decrypt_to_the_penguin():
    for case in cases("01-equal-blocks"):
        mode = case.label.rpartition(" ")[2]
        if mode in ("ECB", "CTR"):
            assert penguin().startswith(decrypt(mode, "B", case.args[0]))
            assert encrypt(mode, "B", penguin()).startswith(case.args[0])
            assert len(case.args[0]) >= 8000


@pytest.mark.parametrize("name", NIST_SEALED)
def test_nist_s_ciphertexts_decrypt(name):
    cipher = Cipher(algorithms.AES(NIST_KEYS[name]), modes.CTR(NIST_COUNTER))
    assert cipher.decryptor().update(NIST_SEALED[name]) == NIST_TEXT


def test_the_changed_ciphertext_decrypts_to_what_was_wanted():
    for case in cases("01-change-payment"):
        sealed, position, old, new = case.args
        name = next(name for name, published in NIST_SEALED.items() if published == sealed)
        read = Cipher(algorithms.AES(NIST_KEYS[name]),
                      modes.CTR(NIST_COUNTER)).decryptor().update(case.expected)
        assert read[position:position + len(new)] == new != old
        assert read.replace(new, old) == NIST_TEXT


def test_nonces_open_the_records():
    visit = load("tls13_x25519")
    for case in cases("01-record-nonce"):
        for sender in ("client", "server"):
            message = visit.find("application_data", sender)
            if case.args == (visit.secret(f"{sender}_application_write_iv_0"),
                             message.sequence_number):
                key = visit.secret(f"{sender}_application_write_key_0")
                inner = AESGCM(key).decrypt(case.expected, message.wire[5:], message.wire[:5])
                assert inner == message.data + b"\x17"
    assert len({case.expected for case in cases("01-record-nonce")}) == 4


def test_rfc_8448_is_as_published():
    case = next(case for case in cases("01-open-record") if "8448" in case.label)
    assert case.args == (CLIENT_KEY, CLIENT_IV, 0, rfc8448.CLIENT_DATA_RECORD)
    assert CLIENT_KEY.hex() == rfc8448.SECRETS["client_application_write_key_0"]
    assert CLIENT_IV.hex() == rfc8448.SECRETS["client_application_write_iv_0"]
    assert case.expected == CLIENT_CONTENT == bytes(range(50))


def test_the_padded_record_is_padded():
    key, iv, number, record, content = padded_record()
    nonce = bytes(a ^ b for a, b in zip(iv, number.to_bytes(12, "big"), strict=True))
    inner = AESGCM(key).decrypt(nonce, record[5:], record[:5])
    assert inner == content + b"\x17" + bytes(20)
    assert record[3:5] == (len(record) - 5).to_bytes(2, "big")


def test_records_are_openssl_s():
    for case in cases("01-open-record"):
        assert case.args[3][:3] == b"\x17\x03\x03"
    contents = [case.expected for case in cases("01-open-record")]
    visit = load("tls13_x25519")
    assert visit.find("application_data", "server").data in contents
    assert visit.find("application_data", "client").data in contents


def test_the_quiz_s_right_answers_are_computed_right():
    assert right("01-quiz-pads") == "n"
    first, second = (bytes.fromhex(part.split("as ")[1][:11]) for part in
                     _question("01-quiz-pads").prompt.split("the first ")[1].split("the second "))
    assert bytes(a ^ b ^ c for a, b, c in zip(first, second, b"fine", strict=True)) == b"no!!"
    texts = [option.text for option in _question("01-quiz-mask").options]
    assert len({text[:4] for text in texts[:3]}) == 3
    prompt = _question("01-quiz-number").prompt
    iv = bytes.fromhex(prompt.split("IV is ")[1].split(".")[0])
    nonce = bytes(a ^ b for a, b in zip(iv, (0x0103).to_bytes(12, "big"), strict=True))
    assert right("01-quiz-number") == nonce.hex(" ")


def test_the_quiz_s_four_readers_got_what_their_modes_give():
    """ECB spoils a block, CBC a block and one letter, CTR one letter, GCM gives nothing."""
    prompt = _question("01-quiz-flip").prompt
    read = dict(re.findall(r"([A-D]) reads (nothing|“[^”]*”)", prompt))
    letter = prompt.split("”")[0] + "”"
    wrong = {reader: [at // 16 for at, (one, other) in enumerate(
        zip(letter[1:-1], text[1:-1], strict=True)) if one != other]
        for reader, text in read.items() if text != "nothing"}
    assert set(read) - set(wrong) == {"B"}
    assert wrong["A"] == [1]
    assert set(wrong["D"]) == {1}
    assert set(wrong["C"]) == {1, 2}
    assert wrong["C"].count(2) == 1
    assert right("01-quiz-flip") == "A CTR, B GCM, C CBC, D ECB"


def test_a_record_with_a_flipped_bit_is_refused():
    key, iv, number, record, _ = padded_record()
    nonce = bytes(a ^ b for a, b in zip(iv, number.to_bytes(12, "big"), strict=True))
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(nonce, changed(record)[5:], record[:5])


def test_a_decryption_that_fails_is_told_why():
    def learner(key, iv, sequence_number, record):
        return AESGCM(key).decrypt(iv, record[5:], record[:5])

    report = check("01-open-record", learner)
    assert report.state == "not yet"
    assert "That is the IV alone" in report.hint

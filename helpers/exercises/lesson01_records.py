"""Lesson 01: the nonce of a TLS 1.3 record, and a record opened by hand."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.lab import seeded
from helpers.sources import load
from helpers.tls import nonce_of
from helpers.tls.passive import Message

from .forms import BytesForm
from .lesson01_tag import decryption_trouble, nonce_trouble
from .model import Attempt, Case, Exercise, Wrong
from .watching import last_decryption
from .wording import FunctionForm

RECORDING = "tls13_x25519"
# RFC 9001 appendix A.5: QUIC builds its nonce in the same way (its section 5.3).
QUIC_IV, QUIC_NUMBER = bytes.fromhex("e0459b3474bdd0e44a41c144"), 654360564
QUIC_NONCE = bytes.fromhex("e0459b3474bdd0e46d417eb0")
# RFC 8448 section 3 (examples of RFC 8446, which RFC 9846 replaces; these bytes are the same).
CLIENT_KEY = bytes.fromhex("17422dda596ed5d9acd890e3c63f5051")
CLIENT_IV = bytes.fromhex("5b78923dee08579033e523d9")
CLIENT_RECORD = bytes.fromhex(
    "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a2044"
    "1e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4")
CLIENT_CONTENT = bytes(range(50))

# --- the nonce ---------------------------------------------------------------------------------


def _iv(sender: str) -> bytes:
    return load(RECORDING).secret(f"{sender}_application_write_iv_0")


def _nonce_cases() -> list[Case]:
    server = load(RECORDING).find("application_data", "server").sequence_number
    return [
        Case(QUIC_NONCE, (QUIC_IV, QUIC_NUMBER), "RFC 9001, appendix A.5"),
        Case(nonce_of(_iv("server"), server), (_iv("server"), server), "the server's web page"),
        Case(_iv("client"), (_iv("client"), 0), "the client's request"),
        Case(nonce_of(_iv("client"), 2**40 + 7), (_iv("client"), 2**40 + 7), "a very late record"),
    ]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


_UNEQUAL = ("xor takes two things of the same length. The IV has 12 bytes: write the number in 12 "
            "bytes, too.")


def _nonce_trouble(attempt: Attempt) -> str:
    iv, number = attempt.case.args
    if attempt.error == "ValueError" and "zip()" in attempt.said:
        return _UNEQUAL
    return nonce_trouble(attempt.given, iv, number) if type(attempt.given) is bytes else ""


NONCE = Exercise(
    "01-record-nonce", "The nonce of a record", "medium", 6,
    FunctionForm(BytesForm(12), ("iv", "sequence_number")), _nonce_cases,
    [
        Wrong("little-endian", lambda iv, number: _xor(iv, number.to_bytes(12, "little")),
              "The number is turned round. TLS writes the most significant byte first: \"big\"."),
        Wrong("joined", lambda iv, number: iv[:4] + number.to_bytes(8, "big"),
              "You joined two parts, as AES-GCM in TLS 1.2 does. In TLS 1.3 all 12 bytes of the IV "
              "stay, and the number is XORed into them."),
        Wrong("zeros behind", lambda iv, number: _xor(iv, number.to_bytes(8, "big") + bytes(4)),
              "The zeros stand behind the number. They belong in front of it, so that the number "
              "meets the last bytes of the IV."),
        Wrong("eight bytes", lambda iv, number: _xor(iv, number.to_bytes(8, "big")),
              "Only 8 bytes came out: xor stops at the end of the shorter one. Write the number in "
              "12 bytes."),
        Wrong("the number alone", lambda iv, number: number.to_bytes(12, "big"),
              "That is the number in 12 bytes. Now XOR it with the IV."),
        Wrong("the IV alone", lambda iv, number: iv,
              "That is the IV alone, and so the same nonce for every record. The number has to go "
              "in."),
        Wrong("the next record", lambda iv, number: nonce_of(iv, number + 1),
              "That is the nonce of the next record. The numbers count from 0, and this one is "
              "already right as it is given."),
        Wrong("added", lambda iv, number: (
            (int.from_bytes(iv, "big") + number) % 2**96).to_bytes(12, "big"),
              "You added the number to the IV. XOR carries nothing from one bit to the next."),
        Wrong("twenty bytes", lambda iv, number: iv + number.to_bytes(8, "big"),
              "You put the number behind the IV. A nonce has 12 bytes: the number is XORed into "
              "them."),
    ],
    "Neither secret nor random, and yet never the same twice under one key: that is all that a "
    "nonce has to be.",
    "Write the number in 12 bytes with .to_bytes, then xor.", _nonce_trouble)

# --- the record --------------------------------------------------------------------------------


def _real(sender: str) -> Message:
    return load(RECORDING).find("application_data", sender)


def _real_case(sender: str, label: str) -> Case:
    message = _real(sender)
    key = load(RECORDING).secret(f"{sender}_application_write_key_0")
    return Case(message.data, (key, _iv(sender), message.sequence_number, message.wire), label)


def padded_record() -> tuple[bytes, bytes, int, bytes, bytes]:
    """(key, IV, number, record, content): sealed here, with zeros behind the type, as RFC 9846
    section 5.4 allows. OpenSSL does not pad unless it is told to."""
    random = seeded("lesson 01: a padded record")
    key, iv, number, content = random(16), random(12), 300, b"a short answer\n"
    inner = content + b"\x17" + bytes(20)
    header = b"\x17\x03\x03" + (len(inner) + 16).to_bytes(2, "big")
    return key, iv, number, header + AESGCM(key).encrypt(
        nonce_of(iv, number), inner, header), content


def _record_cases() -> list[Case]:
    *padded, content = padded_record()
    return [
        Case(content, tuple(padded), "a record that was padded with zeros"),
        _real_case("server", "the server's web page"),
        _real_case("client", "the client's request"),
        Case(CLIENT_CONTENT, (CLIENT_KEY, CLIENT_IV, 0, CLIENT_RECORD), "RFC 8448, section 3"),
    ]


def _opened(key: bytes, iv: bytes, number: int, record: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce_of(iv, number), record[5:], record[:5])


def _record_trouble(attempt: Attempt) -> str:
    """A hint for a decryption that failed, from what it was called with."""
    if attempt.error and (seen := last_decryption(attempt.answer, attempt.case.args)):
        return decryption_trouble(seen, *attempt.case.args)
    if attempt.error == "ValueError" and "zip()" in attempt.said:
        return _UNEQUAL
    if attempt.error == "InvalidTag":
        return ("InvalidTag: key, nonce, data or additional data is not what it was sealed with. "
                "Print the lengths of the nonce (12) and of the additional data (5).")
    if type(attempt.given) is not bytes:
        return ""
    expected, given = attempt.case.expected, attempt.given
    if given == expected[:-1]:
        return "One byte too many is cut off at the end."
    if given and expected.startswith(given):
        return "The end of the content is missing: only zeros and then one byte come off."
    if expected and given.startswith(expected):
        return "Behind the content something is left: zeros, if it was padded, and the type."
    return ""


OPEN = Exercise(
    "01-open-record", "Open a record yourself", "hard", 12,
    FunctionForm(BytesForm(), ("key", "iv", "sequence_number", "record")), _record_cases,
    [
        Wrong("type and padding left", _opened,
              "Decrypted! The end is not content: there stands one byte of content type, and "
              "behind it zeros, if the sender padded."),
        Wrong("zeros off, type left", lambda *all_of: _opened(*all_of).rstrip(b"\0"),
              "Nearly. The last byte is the content type: it does not belong to the content."),
        Wrong("no padding thought of", lambda *all_of: _opened(*all_of)[:-1],
              "Right for records without padding. This one has zeros behind the type: take them "
              "off first, then the type."),
        Wrong("still encrypted", lambda key, iv, number, record: record[5:],
              "That is the record without its header, still encrypted."),
        Wrong("ciphertext only", lambda key, iv, number, record: record[5:-16],
              "That is the ciphertext, without header and tag. It still has to be decrypted, and "
              "for that the tag is needed."),
    ],
    "Key, IV, a number nobody sent, and the header as additional data: this is how every byte of "
    "HTTPS has travelled since TLS 1.3.",
    "Four steps: nonce, the two parts of the record, decrypt, tidy up the end.", _record_trouble)

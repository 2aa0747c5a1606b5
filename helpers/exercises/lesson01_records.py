"""Lesson 01: the nonce of a TLS 1.3 record, and a record opened by hand."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.lab import seeded
from helpers.sources import load
from helpers.tls import nonce_of
from helpers.tls.passive import Message

from .forms import BytesForm, NotThisForm
from .lesson01_tag import decryption_trouble, nonce_trouble
from .model import Attempt, Case, Exercise, Wrong
from .patience import call_within
from .watching import last_decryption, names_used, with_stand_in
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


_STUMBLES = (
    ("ValueError", "zip()", _UNEQUAL),
    ("ValueError", "range(0, 256)", "One byte holds 0 to 255, and a record's number may be larger. "
     "Write it in 12 bytes, and xor all of them."),
    ("TypeError", "unsupported operand", "^ works on two numbers, not on bytes. xor(one, other) "
     "does it for bytes: write the number in 12 bytes first."),
    ("AttributeError", "to_bytes", "Only a number has .to_bytes, and this is none. The IV is "
     "handed in first, and then the number: are the two swapped?"),
    ("TypeError", "not iterable", "xor takes bytes on both sides. Write the number in 12 bytes "
     "first."),
)


def _nonce_trouble(attempt: Attempt) -> str:
    iv, number = attempt.case.args
    if attempt.error:
        return next((hint for kind, part, hint in _STUMBLES
                     if kind == attempt.error and part in attempt.said), "")
    return nonce_trouble(attempt.given, iv, number) if type(attempt.given) is bytes else ""


NONCE = Exercise(
    "01-record-nonce", "The nonce of a record", "medium", 4,
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
    "What does the nonce of a record consist of? Read the line in italics above.", _nonce_trouble)

# --- the record --------------------------------------------------------------------------------


def _real(sender: str) -> Message:
    return load(RECORDING).find("application_data", sender)


def _real_case(sender: str, label: str) -> Case:
    message = _real(sender)
    key = load(RECORDING).secret(f"{sender}_application_write_key_0")
    return Case(message.data, (key, _iv(sender), message.sequence_number, message.wire), label)


def padded_record() -> tuple[bytes, bytes, int, bytes, bytes]:
    """(key, IV, number, record, content): sealed here, with zeros behind the type, as RFC 9846
    section 5.4 allows. OpenSSL does not pad unless it is told to. The content ends in bytes that
    look like the type."""
    random = seeded("lesson 01: a padded record")
    key, iv, number, content = random(16), random(12), 300, b"a short answer \x17\x17"
    inner = content + b"\x17" + bytes(20)
    header = b"\x17\x03\x03" + (len(inner) + 16).to_bytes(2, "big")
    return key, iv, number, header + AESGCM(key).encrypt(
        nonce_of(iv, number), inner, header), content


def _ticket_case() -> Case:
    """Its content type is 22, and its content ends in a zero."""
    ticket = load(RECORDING).find("new_session_ticket", "server")
    key = load(RECORDING).secret("server_application_write_key_0")
    return Case(ticket.data, (key, _iv("server"), ticket.sequence_number, ticket.wire),
                "a session ticket, from the server")


def _record_cases() -> list[Case]:
    *padded, content = padded_record()
    return [
        Case(content, tuple(padded), "a record that was padded with zeros"),
        _ticket_case(),
        _real_case("server", "the server's web page"),
        _real_case("client", "the client's request"),
        Case(CLIENT_CONTENT, (CLIENT_KEY, CLIENT_IV, 0, CLIENT_RECORD), "RFC 8448, section 3"),
    ]


def _opened(key: bytes, iv: bytes, number: int, record: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce_of(iv, number), record[5:], record[:5])


_OF_THE_CELLS_ABOVE = {"client_key", "client_iv", "record_body", "record_header", "request"}


def _record_trouble(attempt: Attempt) -> str:
    """A hint for a decryption that failed, from what it was called with."""
    if attempt.error and (seen := last_decryption(attempt.answer, attempt.case.args)):
        return decryption_trouble(seen, *attempt.case.args)
    if attempt.error == "ValueError" and "ChaCha20Poly1305" in attempt.said:
        return "These records are sealed with AES-GCM: make the cipher with AESGCM(key)."
    if attempt.error == "TypeError" and "descriptor" in attempt.said:
        return ("First make a cipher from the key, AESGCM(key). Its .decrypt takes nonce, data, "
                "additional data.")
    if attempt.error == "ValueError" and "zip()" in attempt.said:
        return _UNEQUAL
    if attempt.error == "InvalidTag" and _a_cipher_from_outside(attempt.answer):
        return ("The cipher was made outside your function, with another key. Make one from the "
                "`key` that is handed in: AESGCM(key).")
    if attempt.error == "InvalidTag":
        return ("InvalidTag: key, nonce, data or additional data is not what it was sealed with. "
                "Print the lengths of the nonce (12) and of the additional data (5).")
    if type(attempt.given) is not bytes:
        return ""
    if _OF_THE_CELLS_ABOVE.intersection(names_used(attempt.answer)):
        return ("You opened the record of the cells above. Use what is handed in: `key`, `iv`, "
                "`sequence_number` and `record`.")
    expected, given = attempt.case.expected, attempt.given
    if len(given) >= len(attempt.case.args[3]) - 6:
        return ("That is longer than what was sealed. Did you call encrypt where decrypt belongs, "
                "or leave the header in?")
    if given == expected[:-1]:
        return "One byte too many is cut off at the end."
    if given and expected.startswith(given):
        return "The end of the content is missing: only zeros and then one byte come off."
    if expected and given.startswith(expected):
        return "Behind the content something is left: zeros, if it was padded, and the type."
    return ""


def _a_cipher_from_outside(function: Any) -> bool:
    names = names_used(function)
    return any(isinstance(function.__globals__.get(name), AESGCM | ChaCha20Poly1305)
               for name in names)


_PATIENCE = 2.0  # seconds: what takes longer is told so when its turn comes


class _ContentForm(BytesForm):
    """Bytes; a text is told apart, because a content need not be one."""

    def read(self, answer: Any) -> bytes:
        try:
            return super().read(answer)
        except NotThisForm as refused:
            if isinstance(answer, str):
                raise NotThisForm("This asks for bytes, and you gave a text. Leave out .decode(): "
                                  "not every content is one.") from None
            raise refused


class _OpenerForm(FunctionForm):
    """A function that opens records, and refuses one that was changed on its way."""

    def read(self, answer: Any) -> Any:
        function = super().read(answer)
        if gives_out_a_changed_text(function):
            raise NotThisForm(
                "It opens every record, and one more: of a record with one flipped bit it gave out "
                "a text whose tag does not fit. AESGCM(key).decrypt looks at the tag first, and "
                "stops with InvalidTag. Let it.")
        return function


def gives_out_a_changed_text(function: Any) -> bool:
    """Whether a function that opens all the records also opens one with a flipped bit."""
    quiet = with_stand_in(function, AESGCM, AESGCM) if type(function) is FunctionType else function
    form, (first, *_) = OPEN.form.returns, OPEN.made_cases()
    key, iv, number, record = first.args
    try:
        right = all(form.read(_soon(quiet, case.args)) == case.expected
                    for case in OPEN.made_cases())
        return right and bool(_soon(quiet, (key, iv, number, changed(record))))
    except KeyboardInterrupt:
        raise
    except BaseException:  # whatever it raises: it gave out nothing
        return False


def _soon(function: Any, args: tuple[Any, ...]) -> Any:
    return call_within(_PATIENCE, function, args)


def changed(record: bytes) -> bytes:
    """The same record, with one bit of its ciphertext flipped."""
    return record[:6] + bytes([record[6] ^ 1]) + record[7:]


OPEN = Exercise(
    "01-open-record", "Open a record yourself", "hard", 12,
    _OpenerForm(_ContentForm(), ("key", "iv", "sequence_number", "record")), _record_cases,
    [
        Wrong("type and padding left", _opened,
              "Decrypted! The end is not content: there stands one byte of content type, and "
              "behind it zeros, if the sender padded."),
        Wrong("zeros off, type left", lambda *all_of: _opened(*all_of).rstrip(b"\0"),
              "Nearly. The last byte is the content type: it does not belong to the content."),
        Wrong("no padding thought of", lambda *all_of: _opened(*all_of)[:-1],
              "Right for records without padding. This one has zeros behind the type: take them "
              "off first, then the type."),
        Wrong("one type only", lambda *all_of: _opened(*all_of).rstrip(b"\x17\0"),
              "You took off every byte of value 23. The type can be another one (22 is handshake), "
              "and a content may end in 23 itself: one byte comes off, whatever it is."),
        Wrong("still encrypted", lambda key, iv, number, record: record[5:],
              "That is the record without its header, still encrypted."),
        Wrong("ciphertext only", lambda key, iv, number, record: record[5:-16],
              "That is the ciphertext, without header and tag. It still has to be decrypted, and "
              "for that the tag is needed."),
    ],
    "Key, IV, a number nobody sent, and the header as additional data: this is how every byte of "
    "HTTPS has travelled since TLS 1.3.",
    "Four steps: nonce, the two parts of the record, decrypt, tidy up the end.", _record_trouble)

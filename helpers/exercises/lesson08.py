"""Lesson 08, the TLS 1.2 handshake: its exercises, predictions and quiz.

Every case comes from a recording of two real OpenSSLs (data/recordings). The reference answers
below are checked against them in tests/exercises/test_lesson08.py: the signed bytes by the
certificate's key, the hash by the Finished that OpenSSL sent, the keys by its key log.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.registry import ContentType
from helpers.tls.schedule12 import prf

from .forms import BytesForm, IntegerForm
from .lesson08_questions import PREDICTIONS, QUIZ
from .model import Case, Exercise, Lazy, Wrong
from .wording import FunctionForm

_RSA = ("tls12_rsa", "tls12_rsa_second")
_ECDHE = ("tls12_ecdhe", "tls12_ecdhe_ecdsa")
_HEADER = 5  # bytes of a record header


def _randoms(visit: Conversation) -> tuple[bytes, bytes]:
    return visit.find("client_hello").parsed.random, visit.find("server_hello").parsed.random


def _cases(names: tuple[str, ...], make: Callable[[Conversation], tuple[object, tuple]]):
    def cases() -> list[Case]:
        found = []
        for name in names:
            visit = load(name)
            expected, args = make(visit)
            found.append(Case(expected, args, visit.title))
        return found

    return cases


# --- the chosen cipher suite -------------------------------------------------------------------

def _server_hello_bytes(start: int, end: int) -> Lazy:
    return Lazy(lambda: load("tls12_ecdhe_ecdsa").find("server_hello").data[start:end])


_SUITE = Exercise(
    "08-cipher-suite", "What was chosen?", "easy", 3, BytesForm(2),
    lambda: [Case(load("tls12_ecdhe_ecdsa").find("server_hello").parsed.cipher_suite
                  .to_bytes(2, "big"))],
    [
        Wrong("version", _server_hello_bytes(4, 6),
              "That is the version, 0303. The suite comes after the random and the session id."),
        Wrong("forgot the header", _server_hello_bytes(35, 37),
              "You are still inside the random. Did you count the 4 bytes of type and length at "
              "the beginning?"),
        Wrong("session id length", _server_hello_bytes(38, 40),
              "One byte too early: your first byte is the length of the session id."),
        Wrong("one too late", _server_hello_bytes(40, 42),
              "One byte too late: your second byte is already the compression method."),
        Wrong("swapped", Lazy(lambda: load("tls12_ecdhe_ecdsa").find("server_hello").data[39:41]
                              [::-1]),
              "The right place, the wrong way round: TLS writes the most significant byte first."),
        Wrong("client's favourite", Lazy(lambda: load("tls12_ecdhe_ecdsa").find("client_hello")
                                         .parsed.cipher_suites[0].to_bytes(2, "big")),
              "That is the first suite the client offered. The server is free to take another: "
              "look in the ServerHello."),
    ],
    "Everything after this message follows from these two bytes: how keys are agreed on, who "
    "signs, how records are encrypted.",
    "Write the two bytes as hex between quotes, and run the cell and this one again.")

# --- when can the request leave ----------------------------------------------------------------

_FIRST_BYTE = Exercise(
    "08-first-byte", "When can the request leave?", "easy", 3, IntegerForm(),
    lambda: [Case(80 * (1 + load("tls12_ecdhe").find("finished", "server").flight // 2))],
    [
        Wrong("forgot TCP", 160, "You counted the handshake. Before its first byte can travel, "
              "TCP has to be opened: one more round trip."),
        Wrong("one handshake round trip", 80, "Only one round trip? Count the flights in the "
              "ladder up to the server's Finished, and remember TCP."),
        Wrong("the response", 320, "That is when the first byte of the response arrives. The "
              "question is when the request can leave."),
        Wrong("handshake of one round trip", 120, "A flight takes 40 ms, half of a round trip. "
              "There are four of them in the handshake, and TCP takes two more."),
        Wrong("steps", 800, "You counted a round trip for each of the ten steps. Messages that "
              "follow each other from the same end travel together, in one flight."),
        Wrong("flights as round trips", 400, "A flight goes one way only: two flights, there and "
              "back, are one round trip of 80 ms."),
    ],
    "On a long way the number of round trips is what people wait for. TLS 1.3 saves one of them.",
    "Put a number of milliseconds in place of None.")

# --- the server's share ------------------------------------------------------------------------

_MESSAGE = FunctionForm(BytesForm(), ("message",))

_SHARE = Exercise(
    "08-server-share", "Cut out the share", "medium", 6, _MESSAGE,
    _cases(_ECDHE, lambda visit: (visit.find("server_key_exchange").parsed.public,
                                  (visit.find("server_key_exchange").data,))),
    [
        Wrong("always 32 bytes", lambda message: message[8:40],
              "The share of this curve is longer than 32 bytes. Read its length from the byte in "
              "front of it."),
        Wrong("kept the length", lambda message: message[7:8 + message[7]],
              "Your first byte is the length in front of the share. It starts one byte later."),
        Wrong("forgot the header", lambda message: message[4:4 + message[3]],
              "That starts at the curve type. Between the 4-byte header and the share there are "
              "three bytes for the curve and one for the length."),
        Wrong("to the end", lambda message: message[8:],
              "You kept everything up to the end: the signature is in it too."),
        Wrong("end off by the start", lambda message: message[8:message[7]],
              "In a slice the second number is where it ends, not how long it is."),
    ],
    "Whoever reads lengths instead of assuming them can read any TLS message, also of a kind that "
    "did not exist when the reader was written.",
    "Replace the ... in the function by a return.")

# --- what the server signs ---------------------------------------------------------------------

def _signed(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("server_key_exchange")
    client_random, server_random = _randoms(visit)
    return (client_random + server_random + message.parsed.params,
            (client_random, server_random, message.data))


_SIGNED = Exercise(
    "08-signed-bytes", "What the server signed", "medium", 8,
    FunctionForm(BytesForm(), ("client_random", "server_random", "message")),
    _cases(_ECDHE, _signed),
    [
        Wrong("server first", lambda client, server, message:
              server + client + message[4:8 + message[7]],
              "The right pieces, but the client's random comes first here."),
        Wrong("no randoms", lambda client, server, message: message[4:8 + message[7]],
              "Without the randoms the signature would fit every handshake, and an impostor could "
              "play it back."),
        Wrong("the header too", lambda client, server, message:
              client + server + message[:8 + message[7]],
              "The message's own 4-byte header (type and length) is not signed."),
        Wrong("the signature too", lambda client, server, message: client + server + message[4:],
              "Everything after the share is the signature itself. It cannot sign itself."),
        Wrong("only the share", lambda client, server, message:
              client + server + message[8:8 + message[7]],
              "The curve and the length belong to the signed parameters as well: otherwise "
              "somebody could swap the curve."),
        Wrong("without the length", lambda client, server, message:
              client + server + message[4:7] + message[8:8 + message[7]],
              "The byte with the length of the share is missing: it is signed too."),
    ],
    "A signature says exactly as much as the bytes under it. To know what a protocol promises, "
    "look at what is signed.",
    "Replace the ... in the function by a return of bytes joined with +.")

# --- the server's write key --------------------------------------------------------------------

def _write_key(visit: Conversation) -> tuple[bytes, tuple]:
    return visit.secret("server_write_key"), (visit.secret("master_secret"), *_randoms(visit))


def _block(master: bytes, seed: bytes, label: bytes = b"key expansion", size: int = 80) -> bytes:
    return prf(master, label, seed, size)


_WRITE_KEYS = Exercise(
    "08-write-keys", "The server's key", "medium", 8,
    FunctionForm(BytesForm(16), ("master_secret", "client_random", "server_random")),
    _cases((*_RSA, "tls12_ecdhe"), _write_key),
    [
        Wrong("client random first", lambda master, client, server:
              _block(master, client + server)[16:32],
              "For the key block the server's random comes first. (For the master secret it was "
              "the client's: the RFC really swaps them.)"),
        Wrong("the client's key", lambda master, client, server:
              _block(master, server + client)[:16],
              "That is the client's write key, the first piece. The server's is the second."),
        Wrong("label of the master secret", lambda master, client, server:
              _block(master, server + client, b"master secret")[16:32],
              "The label says what the bytes are for: here it is \"key expansion\"."),
        Wrong("MAC keys first", lambda master, client, server:
              _block(master, server + client, size=104)[56:72],
              "You left room for two MAC keys. AES-GCM needs none, so the block begins with the "
              "client's write key."),
        Wrong("after the IVs", lambda master, client, server:
              _block(master, server + client)[20:36],
              "The IVs come last, after both keys: client key, server key, client IV, server IV."),
        Wrong("the whole block", lambda master, client, server:
              _block(master, server + client, size=40),
              "That is the whole key block. Cut out the second piece of 16 bytes."),
    ],
    "Each direction has a key of its own, and both ends can compute all of them from the same "
    "three values.",
    "Make the key block with p_sha256, then return a slice of it.")

# --- the nonce ---------------------------------------------------------------------------------

def _nonce_cases() -> list[Case]:
    found = []
    for name, which, sender in (("tls12_rsa", "finished", "client"),
                                ("tls12_ecdhe", "application_data", "server"),
                                ("tls12_rsa_second", "application_data", "client")):
        visit = load(name)
        record, iv = visit.find(which, sender).wire, visit.secret(f"{sender}_write_IV")
        found.append(Case(iv + record[5:13], (iv, record), f"{visit.title}, {sender}: {which}"))
    return found


def _xor(iv: bytes, explicit: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(iv.rjust(12, b"\0"), explicit.rjust(12, b"\0"),
                                       strict=True))


_NONCE = Exercise(
    "08-nonce", "The nonce of a record", "medium", 5,
    FunctionForm(BytesForm(12), ("write_iv", "record")), _nonce_cases,
    [
        Wrong("header as nonce", lambda iv, record: iv + record[:8],
              "Your last 8 bytes begin with the record header. Skip its 5 bytes."),
        Wrong("explicit part only", lambda iv, record: record[5:13],
              "That is the part that travels in the clear. The 4 secret bytes of the write IV go "
              "in front of it."),
        Wrong("the other order", lambda iv, record: record[5:13] + iv,
              "The right pieces; the secret part comes first."),
        Wrong("XOR", lambda iv, record: _xor(iv, record[5:13]),
              "You combined them with XOR. That is how ChaCha20 and TLS 1.3 do it; AES-GCM in "
              "TLS 1.2 joins them."),
        Wrong("sequence number", lambda iv, record: iv + bytes(8),
              "The explicit part is not the record's number (though it may be). Take the 8 bytes "
              "that travel with the record."),
        Wrong("last bytes", lambda iv, record: iv + record[-8:],
              "The last bytes of a record are its tag. The explicit part comes straight after the "
              "header."),
        Wrong("took twelve", lambda iv, record: record[5:17],
              "Only 8 bytes of the nonce travel with the record; the first 4 are the write IV."),
    ],
    "A nonce must never repeat under one key. Knowing how it is built is knowing why it does not.",
    "Return two pieces of bytes, joined with +.")

# --- the transcript hash -----------------------------------------------------------------------

def _until_finished(visit: Conversation) -> list[bytes]:
    return [message.wire for message in visit.messages[:visit.find("finished", "client").index]]


def _transcript(records: list[bytes], skip: int = _HEADER, *, types=(ContentType.handshake,),
                ) -> bytes:
    return sha256(b"".join(item[skip:] for item in records if item[0] in types)).digest()


_BOTH = (ContentType.handshake, ContentType.change_cipher_spec)

_TRANSCRIPT = Exercise(
    "08-transcript", "Which bytes count?", "medium", 8,
    FunctionForm(BytesForm(32), ("records",)),
    _cases(("tls12_rsa", *_ECDHE), lambda visit: (
        _transcript(_until_finished(visit)), (_until_finished(visit),))),
    [
        Wrong("record headers", lambda records: _transcript(records, 0),
              "You hashed the 5-byte record headers too. They are envelopes: only the letters "
              "count."),
        Wrong("ChangeCipherSpec", lambda records: _transcript(records, types=_BOTH),
              "You hashed the ChangeCipherSpec as well. It has its own record type (20) and is "
              "no handshake message."),
        Wrong("everything", lambda records: sha256(b"".join(records)).digest(),
              "You hashed whole records: their headers and the ChangeCipherSpec do not count."),
        Wrong("message headers off", lambda records: _transcript(records, 9),
              "The 4-byte header of a handshake message (type and length) does count; only the "
              "5-byte record header does not."),
        Wrong("not hashed", lambda records: b"".join(
            item[5:] for item in records if item[0] == 22),
              "The right bytes! Now hash them: sha256(...).digest()."),
        Wrong("hex", lambda records: _transcript(records).hex().encode(),
              "The right hash, but written as hex text. Use digest() and not hexdigest()."),
        Wrong("only one flight", lambda records: _transcript(records[:1]),
              "That is the ClientHello alone. The hash covers what both ends said."),
        Wrong("client only", lambda records: _transcript(
            [records[0], *[item for item in records if item[_HEADER] == 16]]),
              "You hashed only what the client sent. What it received counts too."),
    ],
    "One wrong byte here and Finished fails: this hash is what turns a handshake in the clear "
    "into one that nobody could change.",
    "Keep the handshake records, cut their headers off, join the rest and hash it.")

# --- the Finished ------------------------------------------------------------------------------

def _swapped(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    """Randoms in the same order twice: the tag does not fit."""
    block = _block(prf(secret, b"master secret", client + server, 48), client + server)
    return AESGCM(block[:16]).decrypt(block[32:36] + record[5:13], record[13:], None)


def _finished(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("finished", "client")
    return message.data, (visit.secret("pre_master_secret"), *_randoms(visit), message.wire)


def _stopped_at_the_wire(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    return record[13:-16]


def _kept_in_record(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    return record[_HEADER:]


def _open(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    messages = [load(name).find("finished", "client") for name in _RSA]
    return next(message.data for message in messages if message.wire == record)


_TAG_HINT = (
    "InvalidTag says that the key, the nonce, the data or the additional data is not the client's. "
    "Print their lengths first: 16, 12, 32, 13. Then look at the order of the randoms (client "
    "first for the master secret, server first for the key block) and whose key and IV you took.")

_DECRYPT = Exercise(
    "08-decrypt-finished", "Open the Finished", "hard", 14,
    FunctionForm(BytesForm(16), ("pre_master_secret", "client_random", "server_random", "record")),
    _cases(_RSA, _finished),
    [
        Wrong("the tag does not fit", _swapped, _TAG_HINT),
        Wrong("still encrypted", _stopped_at_the_wire,
              "Those are the 16 bytes of ciphertext. They still have to be decrypted with "
              "AESGCM(key).decrypt(nonce, data, additional_data)."),
        Wrong("the record's content", _kept_in_record,
              "That is the record without its header, still encrypted: 8 bytes of nonce, the "
              "ciphertext, the tag."),
        Wrong("verify_data only", lambda secret, client, server, record: _open(
            secret, client, server, record)[4:],
              "You cut off the message's 4-byte header. The whole Finished is asked for: "
              "type, length and verify_data."),
        Wrong("the master secret", lambda secret, client, server, record: prf(
            secret, b"master secret", client + server, 48),
              "That is the master secret: the first of four steps."),
        Wrong("the key", lambda secret, client, server, record: _block(
            prf(secret, b"master secret", client + server, 48), server + client)[:16],
              "That is the client's write key. Now build the nonce and decrypt the record with "
              "it."),
    ],
    "You did what a thief with the server's key does to an RSA recording, and what no thief can "
    "do to an ECDHE one.",
    "Write the steps one after the other; print lengths as you go.")


EXERCISES = [_FIRST_BYTE, _SUITE, _SHARE, _SIGNED, _WRITE_KEYS, _NONCE, _TRANSCRIPT, _DECRYPT]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

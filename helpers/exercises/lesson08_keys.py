"""Lesson 08: its exercises about keys, nonces, the transcript and the encrypted Finished."""

from __future__ import annotations

from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.registry import ContentType
from helpers.tls.schedule12 import prf

from .forms import BytesForm
from .model import Case, Exercise, Wrong
from .recorded import from_recordings, randoms
from .wording import FunctionForm

_RSA = ("tls12_rsa", "tls12_rsa_second")
_HEADER = 5  # bytes of a record header


# --- the server's write key --------------------------------------------------------------------

def _write_key(visit: Conversation) -> tuple[bytes, tuple]:
    return visit.secret("server_write_key"), (visit.secret("master_secret"), *randoms(visit))


def _block(master: bytes, seed: bytes, label: bytes = b"key expansion", size: int = 80) -> bytes:
    return prf(master, label, seed, size)


WRITE_KEYS = Exercise(
    "08-write-keys", "The server's key", "medium", 8,
    FunctionForm(BytesForm(16), ("master_secret", "client_random", "server_random")),
    from_recordings((*_RSA, "tls12_ecdhe"), _write_key),
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


NONCE = Exercise(
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

TRANSCRIPT = Exercise(
    "08-transcript", "Which bytes count?", "medium", 8,
    FunctionForm(BytesForm(32), ("records",)),
    from_recordings(("tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa"), lambda visit: (
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
    return message.data, (visit.secret("pre_master_secret"), *randoms(visit), message.wire)


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

DECRYPT = Exercise(
    "08-decrypt-finished", "Open the Finished", "hard", 20,
    FunctionForm(BytesForm(16), ("pre_master_secret", "client_random", "server_random", "record")),
    from_recordings(_RSA, _finished),
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

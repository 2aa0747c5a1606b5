"""Lesson 08: the exercise in which the learner opens the encrypted Finished."""

from __future__ import annotations

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.schedule12 import prf

from .forms import BytesForm
from .lesson08_block import block
from .lesson08_tag import TAG_HINT, decryption_trouble
from .model import Attempt, Exercise, Wrong
from .recorded import from_recordings, randoms
from .watching import last_decryption
from .wording import FunctionForm

_RSA = ("tls12_rsa", "tls12_rsa_second")


def _finished(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("finished", "client")
    return message.data, (visit.secret("pre_master_secret"), *randoms(visit), message.wire)


def _stopped_at_the_wire(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    return record[13:-16]


def _kept_in_record(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    return record[5:]


def _open(secret: bytes, client: bytes, server: bytes, record: bytes) -> bytes:
    messages = [load(name).find("finished", "client") for name in _RSA]
    return next(message.data for message in messages if message.wire == record)


def _finished_trouble(attempt: Attempt) -> str:
    """A hint for a decryption that failed, from what it was called with."""
    if attempt.given is not None or not attempt.error:
        return ""
    seen = last_decryption(attempt.answer, attempt.case.args)
    if seen is not None and (said := decryption_trouble(seen, *attempt.case.args)):
        return said
    return TAG_HINT if attempt.error == "InvalidTag" else ""


DECRYPT = Exercise(
    "08-decrypt-finished", "Open the Finished", "hard", 20,
    FunctionForm(BytesForm(16), ("pre_master_secret", "client_random", "server_random", "record")),
    from_recordings(_RSA, _finished),
    [
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
        Wrong("the key", lambda secret, client, server, record: block(
            prf(secret, b"master secret", client + server, 48), server + client)[:16],
              "That is the client's write key. Now build the nonce and decrypt the record with "
              "it."),
    ],
    "You did what a thief with the server's key does to an RSA recording, and what no thief can "
    "do to an ECDHE one.",
    "Write the steps one after the other; print lengths as you go.", _finished_trouble)

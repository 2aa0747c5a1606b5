"""Lesson 08: its exercises about keys and the transcript."""

from __future__ import annotations

from hashlib import sha256

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.registry import ContentType

from .forms import BytesForm
from .lesson08_block import block, block_trouble
from .lesson08_transcript import transcript_trouble
from .model import Attempt, Case, Exercise, Wrong
from .recorded import from_recordings, randoms
from .wording import FunctionForm

_RSA = ("tls12_rsa", "tls12_rsa_second")
_HEADER = 5  # bytes of a record header


# --- the server's write key --------------------------------------------------------------------

def _write_key(visit: Conversation) -> tuple[bytes, tuple]:
    return visit.secret("server_write_key"), (visit.secret("master_secret"), *randoms(visit))


def _write_keys_trouble(attempt: Attempt) -> str:
    master, client, server = attempt.case.args
    return block_trouble(attempt.given, master, client, server) if attempt.given else ""


WRITE_KEYS = Exercise(
    "08-write-keys", "The server's key", "medium", 8,
    FunctionForm(BytesForm(16, mixed=True), ("master_secret", "client_random", "server_random")),
    from_recordings((*_RSA, "tls12_ecdhe"), _write_key),
    [
        Wrong("client random first", lambda master, client, server:
              block(master, client + server)[16:32],
              "For the key block the server's random comes first. (For the master secret it was "
              "the client's: the RFC really swaps them.)"),
        Wrong("the client's key", lambda master, client, server:
              block(master, server + client)[:16],
              "That is the client's write key, the first piece. The server's is the second."),
        Wrong("label of the master secret", lambda master, client, server:
              block(master, server + client, b"master secret")[16:32],
              "The label says what the bytes are for: here it is \"key expansion\"."),
        Wrong("MAC keys first", lambda master, client, server:
              block(master, server + client, size=104)[56:72],
              "You left room for two MAC keys. AES-GCM needs none, so the block begins with the "
              "client's write key."),
        Wrong("after the IVs", lambda master, client, server:
              block(master, server + client)[20:36],
              "The IVs come last, after both keys: client key, server key, client IV, server IV."),
        Wrong("the whole block", lambda master, client, server:
              block(master, server + client, size=40),
              "That is the whole key block. Cut out the second piece of 16 bytes."),
    ],
    "Each direction has a key of its own, and both ends can compute all of them from the same "
    "three values.",
    "Make the key block with p_sha256, then return a slice of it.", _write_keys_trouble)

# --- the transcript hash -----------------------------------------------------------------------

def _until_finished(visit: Conversation) -> list[bytes]:
    return [message.wire for message in visit.messages[:visit.find("finished", "client").index]]


def _transcript(records: list[bytes], skip: int = _HEADER, *, types=(ContentType.handshake,),
                ) -> bytes:
    return sha256(b"".join(item[skip:] for item in records if item[0] in types)).digest()


_BOTH = (ContentType.handshake, ContentType.change_cipher_spec)



def _transcript_cases() -> list[Case]:
    """Up to Finished, and once up to ClientKeyExchange, where the extended master secret's
    session hash is taken (RFC 7627 section 3): there no ChangeCipherSpec ends the list."""
    found = []
    for name in ("tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa"):
        visit = load(name)
        records = _until_finished(visit)
        found.append(Case(_transcript(records), (records,), visit.title))
    return [*found, Case(_transcript(records[:-1]), (records[:-1],),
                         f"{visit.title}, only up to ClientKeyExchange")]


TRANSCRIPT = Exercise(
    "08-transcript", "Which bytes count?", "medium", 8,
    FunctionForm(BytesForm(32, mixed=True), ("records",)), _transcript_cases,
    [
        Wrong("the last one left out", lambda records: _transcript(records[:-1]),
              "You left out the last record. It is not always a ChangeCipherSpec: let each "
              "record's first byte tell what it is."),
        Wrong("record headers", lambda records: _transcript(records, 0),
              "You hashed the 5-byte record headers too. They are envelopes: only the letters "
              "count."),
        Wrong("ChangeCipherSpec", lambda records: _transcript(records, types=_BOTH),
              "You hashed the ChangeCipherSpec as well. It has its own record type (20) and is "
              "no handshake message."),
        Wrong("nothing kept", lambda records: sha256(b"").digest(),
              "That is the hash of nothing: your filter keeps no record. record[0] is a number, "
              "so compare it with a number, and mind which ones are hex: print(records[0][0])."),
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
    "Look at one record: which byte tells its type?", transcript_trouble)

"""Lesson 02: the exercise in which a real Finished of TLS 1.3 is made again."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from hashlib import sha256, sha384

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls.schedule13 import hkdf_expand_label

from .forms import BytesForm
from .lesson02_info import hash_object, info_trouble, last_info
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_HEADER, _HANDSHAKE = 5, 22
_FIRST = "tls13_x25519", "server"


def _case(recording: str, sender: str) -> Case:
    """What OpenSSL sent; the arguments as they stand in the task."""
    visit: Conversation = load(recording)
    finished = visit.find("finished", sender)
    before = visit.messages[:finished.index]
    clear = [one.wire for one in before if not one.encrypted]
    opened = [one.data for one in before if one.encrypted]
    secret = visit.secret(f"{sender}_handshake_traffic_secret")
    return Case(finished.parsed.verify_data, (secret, clear, opened),
                f"the {sender}'s Finished in {recording}")


def _cases() -> list[Case]:
    return [_case(*_FIRST), _case("tls13_ecdsa", "server"),
            _case("tls13_x25519", "client")]


def _messages(clear: list[bytes], opened: list[bytes], *, skip: int = _HEADER,
              types: tuple[int, ...] = (_HANDSHAKE,)) -> bytes:
    return b"".join([record[skip:] for record in clear if record[0] in types] + opened)


def _key(secret: bytes, label: str = "finished") -> bytes:
    return hkdf_expand_label(secret, label, b"", 32)


def _made(secret: bytes, text: bytes) -> bytes:
    return hmac.digest(_key(secret), sha256(text).digest(), "sha256")


def _with_headers(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    return _made(secret, _messages(clear, opened, skip=0))


def _with_spec(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    return _made(secret, _messages(clear, opened, types=(20, _HANDSHAKE)))


def _secret_as_key(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    return hmac.digest(secret, sha256(_messages(clear, opened)).digest(), "sha256")


def _not_hashed(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    return hmac.digest(_key(secret), _messages(clear, opened), "sha256")


def _hellos_only(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    return _made(secret, _messages(clear, []))


def _expanded_again(secret: bytes, clear: list[bytes], opened: list[bytes]) -> bytes:
    digest = sha256(_messages(clear, opened)).digest()
    return hkdf_expand_label(secret, "finished", digest, 32)


def _texts(clear: list[bytes], opened: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """(hint, the bytes that this mistake would hash)."""
    yield ("You hashed whole records: their 5-byte headers, and the ChangeCipherSpec with them.",
           b"".join([*clear, *opened]))
    yield ("You cut 5 bytes off once, from all records joined. Every record has a header of its "
           "own.", _messages(clear, opened, skip=0)[_HEADER:])
    yield ("Type and length of a message (4 bytes) do count; only the record's 5 bytes do not.",
           b"".join([record[9:] for record in clear if record[0] == _HANDSHAKE]
                    + [one[4:] for one in opened]))
    yield ("Only the records in the clear have a record header. The opened messages begin with "
           "their own: cut nothing off.", _messages(clear, [one[5:] for one in opened]))
    yield ("You cut the message header off the opened messages. Their 4 bytes count.",
           _messages(clear, [one[4:] for one in opened]))
    yield ("You cut off too much of the records: their header is 5 bytes, the message's own 4 "
           "stay.", _messages(clear, opened, skip=9))
    for skip in (3, 4, 6, 7):
        yield ("A record's header has exactly 5 bytes: record[5:] is what stands behind it.",
               _messages(clear, opened, skip=skip))
    yield ("The messages in the clear are missing: the transcript begins with the ClientHello. "
           "(record[0] is a number: compare it with 22.)",
           b"".join(opened))
    yield ("The ChangeCipherSpec is the one that does not count: you kept it and left out the "
           "hellos.", _messages(clear, opened, types=(20,)))
    yield ("The order counts: first the two hellos, then what was opened.",
           b"".join([*opened, *(record[5:] for record in clear if record[0] == _HANDSHAKE)]))
    yield ("The ClientHello alone, and what was opened: the ServerHello is missing.",
           b"".join([clear[0][5:], *opened]))
    for end in range(1, len(opened)):
        yield ("The last messages are missing: all that came before this Finished count.",
               _messages(clear, opened[:-end]))
        yield "Some of the opened messages are missing.", _messages(clear, opened[end:])


def _mistakes(secret: bytes, clear: list[bytes], opened: list[bytes],
              ) -> Iterator[tuple[str, bytes]]:
    text = _messages(clear, opened)
    digest = sha256(text).digest()
    yield ("That is the transcript hash. Now the HMAC, with the key made from the secret.", digest)
    yield "That is the key of the HMAC. What does it go over?", _key(secret)
    yield ("HMAC's first argument is the key. You exchanged key and hash.",
           hmac.digest(digest, _key(secret), "sha256"))
    yield ("A bare hash of key and transcript hash: lesson learnt above. Use HMAC.",
           sha256(_key(secret) + digest).digest())
    for label in ("server finished", "client finished", "key", "verify_data", "tls13 finished",
                  "Finished", "finish", "c finished", "s finished"):
        yield ("The label is one word in TLS 1.3, the same for both ends: finished (and “tls13 ” "
               "in front of it once).", hmac.digest(_key(secret, label), digest, "sha256"))
    yield ("The context of this label is empty. The transcript hash goes into the HMAC.",
           hmac.digest(hkdf_expand_label(secret, "finished", digest, 32), digest, "sha256"))
    for length in (12, 16, 48):
        yield ("The key has as many bytes as the hash: 32.", hmac.digest(
            hkdf_expand_label(secret, "finished", b"", length), digest, "sha256"))
    yield ("The transcript hash goes into the HMAC as bytes: .digest(), not .hexdigest().",
           hmac.digest(_key(secret), digest.hex().encode(), "sha256"))
    parts = [record[_HEADER:] for record in clear if record[0] == _HANDSHAKE] + opened
    digests = b"".join(sha256(one).digest() for one in parts)
    for each in (sha256(digests).digest(), digests):
        yield ("You hashed every message by itself. Join them all first, then hash once.",
               hmac.digest(_key(secret), each, "sha256"))
    info = b"\0\x20\x0etls13 finished\0"
    yield ("The info is right. But Expand is more than one HMAC over it: a count goes behind the "
           "info. HKDFExpand does that.",
           hmac.digest(hmac.digest(secret, info, "sha256"), digest, "sha256"))
    first = _case(*_FIRST).args[0]
    if secret != first:
        yield ("Right for the first connection only: you used a secret or key of a cell above, not "
               "what is handed to your function.", _made(first, text))
    for said, wrong in _texts(clear, opened):
        yield said, _made(secret, wrong)
        yield said, sha256(wrong).digest()
    yield ("Both hashes are SHA-256: this cipher suite says so.",
           hmac.digest(_key(secret), sha384(text).digest(), "sha256"))


def finished_trouble(attempt: Attempt) -> str:
    """Which mistake made this verify_data."""
    given = attempt.given
    if said := hash_object(attempt):
        return said
    info = info_trouble(last_info(attempt.answer, attempt.case.args), "finished", b"", 32)
    if not given:
        return info
    said = next((said for said, wrong in _mistakes(*attempt.case.args) if wrong == given), "")
    if said:
        return said
    right = attempt.case.expected
    if given == b"\x14\0\0\x20" + right:
        return "That is the whole message. Asked for is what stands in it: verify_data alone."
    if given == right[:12]:
        return "Only TLS 1.2 cut it to 12 bytes. In TLS 1.3 verify_data is the whole HMAC."
    if given == right.hex().encode():
        return "The right bytes, written as hex text: use .digest()."
    if info:
        return f"The key of the HMAC is not right. {info}"
    return ("Take it in three steps and print the length of each: the messages joined, their "
            "SHA-256 (32), the key from the label “finished” (32). Then one HMAC.")


FINISHED = Exercise(
    "02-finished", "Make a real Finished", "hard", 12,
    FunctionForm(BytesForm(32, mixed=True), ("traffic_secret", "records", "messages")), _cases,
    [
        Wrong("record headers", _with_headers,
              "You hashed the 5-byte headers of the records in the clear. They are envelopes: only "
              "the messages inside count."),
        Wrong("ChangeCipherSpec", _with_spec,
              "You hashed the ChangeCipherSpec, too. It is a record of type 20 and no handshake "
              "message."),
        Wrong("secret as key", _secret_as_key,
              "The traffic secret is not the key of the HMAC. Expand it first, with the label "
              "“finished”."),
        Wrong("not hashed", _not_hashed,
              "You put the messages themselves into the HMAC. What goes in is their SHA-256, the "
              "transcript hash."),
        Wrong("hellos only", _hellos_only,
              "The opened messages are missing: they count too, all that came before this "
              "Finished."),
        Wrong("expanded again", _expanded_again,
              "You gave the transcript hash to HKDF as the context. Finished is an HMAC: its key "
              "comes from the label, the hash is what it covers."),
    ],
    "With these 32 bytes each end tells the other: I saw the same handshake, byte for byte, and I "
    "have the secret. Nobody else can say that.",
    "Three steps: join the messages, hash them, HMAC the hash.", finished_trouble)

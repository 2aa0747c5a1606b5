"""Lesson 09: Finished, completed and then alone."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from helpers.tls import hkdf_expand_label

from .forms import BytesForm
from .lesson09_visits import TYPES, digest, handshake, visit
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_VISITS = ("openssl", "tls13_ecdsa", "rfc8448")
_HEADER = b"\x14\0\0\x20"


def mac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")


def finished_key(secret: bytes, label: str = "finished", context: bytes = b"",
                 length: int = 32) -> bytes:
    return hkdf_expand_label(secret, label, context, length)


def _secret(name: str, sender: str) -> bytes:
    return visit(name).secret(f"{sender}_handshake_traffic_secret")


# --- the server's, completed -------------------------------------------------------------------

def _server_cases() -> list[Case]:
    found = []
    for name in _VISITS:
        covered = digest(handshake(name)[:5])
        sent = visit(name).find("finished", "server").parsed.verify_data
        found.append(Case(sent, (_secret(name, "server"), covered), name))
    return found


def _server_trouble(attempt: Attempt) -> str:
    given, (secret, covered) = attempt.given, attempt.case.args
    if "HMAC" in attempt.said and not given:
        return "hmac.digest(key, message, \"sha256\") gives bytes at once."
    if not given:
        return ""
    key = finished_key(secret)
    if given == _HEADER + attempt.case.expected:
        return "That is the whole message. verify_data, what stands in it, is asked for."
    return _key_trouble(given, secret, covered) or (
        "One HMAC, three arguments: the key, the transcript hash, \"sha256\"."
        if len(given) == 32 else
        f"verify_data has {len(key)} bytes here, as many as the hash.")


def _key_trouble(given: bytes, secret: bytes, covered: bytes) -> str:
    return next((said for said, wrong in _key_mistakes(secret, covered) if wrong == given), "")


def _key_mistakes(secret: bytes, covered: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, what comes out) where the transcript hash is right."""
    key = finished_key(secret)
    yield "That is the key of the HMAC. What does it go over?", key
    yield "That is the transcript hash. The HMAC over it is asked for.", covered
    yield "That is the traffic secret itself.", secret
    yield "HMAC's first argument is the key: you exchanged key and hash.", mac(covered, key)
    yield ("The key of the HMAC is the finished_key, not the traffic secret it is made from.",
           mac(secret, covered))
    yield ("That is HKDF again. Finished is an HMAC: the key from the label, the hash as what it "
           "covers.", finished_key(secret, context=covered))
    yield ("The context of the label is empty: b\"\". The transcript hash goes into the HMAC.",
           mac(finished_key(secret, context=covered), covered))
    for label in ("key", "iv", "server finished", "client finished", "verify_data", "Finished",
                  "tls13 finished", "finish", "s finished", "c finished", "finished "):
        yield ("The label of the key is the one word finished, for both ends. (hkdf_expand_label "
               "puts “tls13 ” in front.)", mac(finished_key(secret, label), covered))
    for length in (12, 16, 48, 64):
        yield "The finished_key has as many bytes as the hash: 32.", mac(
            finished_key(secret, length=length), covered)
    yield ("The hash goes in as bytes, not as hex text.", mac(key, covered.hex().encode()))
    yield ("The transcript hash is hashed already. It goes into the HMAC as it is.",
           mac(key, digest([covered])))
    yield "A bare hash has no key in it: use HMAC.", digest([key, covered])
    yield ("Only TLS 1.2 cut verify_data to 12 bytes. In TLS 1.3 it is the whole HMAC.",
           mac(key, covered)[:12])


SERVER = Exercise(
    "09-verify-data", "The server's Finished", "medium", 4,
    FunctionForm(BytesForm(32, mixed=True), ("server_secret", "transcript_hash")), _server_cases,
    [
        Wrong("the key itself", lambda secret, covered: finished_key(secret),
              "That is the key of the HMAC. What does it go over?"),
        Wrong("secret as key", mac,
              "The key of the HMAC is the finished_key, not the traffic secret it is made from."),
        Wrong("exchanged", lambda secret, covered: mac(covered, finished_key(secret)),
              "HMAC's first argument is the key: you exchanged key and hash."),
        Wrong("twelve bytes", lambda secret, covered: mac(finished_key(secret), covered)[:12],
              "Only TLS 1.2 cut verify_data to 12 bytes. In TLS 1.3 it is the whole HMAC."),
    ],
    "Whoever computes these 32 bytes has the secret and has seen the same messages. No certificate "
    "is needed for it, and no signature is in it.",
    "Fill in the line marked Here: one HMAC.", _server_trouble)

# --- the client's, alone -----------------------------------------------------------------------


def client_finished(secret: bytes, messages: list[bytes]) -> bytes:
    """The whole message that the client sends after these."""
    return _HEADER + mac(finished_key(secret), digest(messages))


def _client_cases() -> list[Case]:
    return [Case(visit(name).find("finished", "client").data,
                 (_secret(name, "client"), handshake(name)[:6]), name) for name in _VISITS]


def _hashes(messages: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """(hint, another transcript hash) for every usual selection of messages."""
    for end in range(1, len(messages)):
        last = TYPES[messages[end - 1][0]]
        yield (f"Your transcript hash stops at {last}. All messages count that crossed before this "
               "Finished, the server's Finished included.", digest(messages[:end]))
        yield ("The first messages are missing from your transcript: it begins with the "
               "ClientHello.", digest(messages[end:]))
    yield ("The messages' own 4-byte headers count in the transcript.",
           digest([one[4:] for one in messages]))
    yield ("These are messages, not records: there are no 5 bytes to cut off.",
           digest([one[5:] for one in messages]))
    yield "The order counts: as they crossed.", digest(messages[::-1])
    yield "Join the messages first, then hash once.", digest([digest([one]) for one in messages])
    yield "You hashed the hex text of the messages.", digest([b"".join(messages).hex().encode()])
    yield "The messages themselves went into the HMAC. Hash them first.", b"".join(messages)


def _client_trouble(attempt: Attempt) -> str:
    given, (secret, messages) = attempt.given, attempt.case.args
    if attempt.error == "TypeError" and "HASH" in attempt.said:
        return "sha256(...) still computes. Its 32 bytes come out with .digest() at the end."
    if not given:
        return ""
    right, body = attempt.case.expected, given
    if given == right[4:]:
        return ("verify_data is right. Asked for is the whole message: type 20 (hex 14) and the "
                "length, 32, in 3 bytes, come first.")
    if given[-32:] == right[4:]:
        return ("verify_data is right, its header is not: type 20, one byte (hex 14), then the "
                "length 32 in 3 bytes (00 00 20).")
    if given.startswith(right[:4]):
        body = given[4:]
    covered = digest(messages)
    if said := _key_trouble(body, secret, covered):
        return said
    for said, wrong in _hashes(messages):
        if body in (wrong, mac(finished_key(secret), wrong)):
            return said
    return ("Four steps; print the length of each: the messages joined, their SHA-256 (32), the "
            "finished_key (32), the HMAC (32). Then the 4-byte header in front.")


CLIENT = Exercise(
    "09-client-finished", "Answer the server", "medium", 7,
    FunctionForm(BytesForm(36, mixed=True), ("client_secret", "messages")), _client_cases,
    [
        Wrong("verify_data alone", lambda secret, messages: client_finished(secret, messages)[4:],
              "verify_data is right. Asked for is the whole message: type 20 (hex 14) and the "
              "length, 32, in 3 bytes, come first."),
        Wrong("without the server's", lambda secret, messages: client_finished(
            secret, messages[:-1]),
              "Your transcript hash stops at CertificateVerify. All messages count that crossed "
              "before this Finished, the server's Finished included."),
        Wrong("secret as key", lambda secret, messages: _HEADER + mac(secret, digest(messages)),
              "The key of the HMAC is the finished_key, not the traffic secret it is made from."),
        Wrong("hellos only", lambda secret, messages: client_finished(secret, messages[:2]),
              "Your transcript hash stops at ServerHello. All messages count that crossed before "
              "this Finished, the server's Finished included."),
        Wrong("not hashed", lambda secret, messages: _HEADER + mac(
            finished_key(secret), b"".join(messages)),
              "The messages themselves went into the HMAC. Hash them first."),
    ],
    "The recorded client sent exactly these bytes. They told the server: I saw what you saw, and I "
    "have the secret.",
    "Four steps: hash the messages, make the finished_key, HMAC, and the header in front.",
    _client_trouble)

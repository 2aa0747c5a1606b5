"""Lesson 09: the exercise that takes type and padding off what a TLS 1.3 record held."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.tls import nonce_of

from .forms import BytesForm
from .lesson09_visits import visit
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm


def _opened(name: str, message: str, sender: str) -> tuple[bytes, bytes]:
    """(what came out of the AEAD, the content in it) of a recorded record."""
    talk = visit(name)
    found = talk.find(message, sender)
    epoch = "application" if message == "application_data" else "handshake"
    tail = "_0" if epoch == "application" else ""
    key = talk.secret(f"{sender}_{epoch}_write_key{tail}")
    iv = talk.secret(f"{sender}_{epoch}_write_iv{tail}")
    plaintext = AESGCM(key).decrypt(nonce_of(iv, found.sequence_number), found.wire[5:],
                                    found.wire[:5])
    return plaintext, found.data


def _cases() -> list[Case]:
    told = [("openssl", "finished", "server", "OpenSSL's Finished, not padded"),
            ("padded", "finished", "server", "a padded Finished"),
            ("padded", "application_data", "server", "a padded response")]
    found = []
    for name, message, sender, label in told:
        plaintext, content = _opened(name, message, sender)
        found.append(Case(content, (plaintext,), label))
    picture = b"\x89PNG\x17\x16\0\0"
    return [*found, Case(picture, (picture + b"\x17" + bytes(5),),
                         "made up: content that itself ends in 17 16 00 00")]


def _trouble(attempt: Attempt) -> str:
    given, (plaintext,) = attempt.given, attempt.case.args
    right = attempt.case.expected
    if given is None:
        return ""
    if given == plaintext:
        return "Nothing is taken off. At the end stand the type (one byte) and perhaps zeros."
    if given == right + plaintext[len(right):len(right) + 1]:
        return "The zeros are gone. The last byte that is left is the type: it has to go, too."
    if given == plaintext[len(right):len(right) + 1]:
        return "That is the type. The content in front of it is asked for."
    if len(given) < len(right) and right.startswith(given):
        return ("Too much is gone. From the end: all zeros, then exactly one byte, the type. What "
                "stands in front of it is content, whatever it is.")
    if plaintext.startswith(given) and len(given) > len(right):
        return ("Something is left behind the content: first all zeros at the end go, then one "
                "byte, the type.")
    if given in (plaintext[4:len(right)], plaintext[5:len(right)]):
        return "Nothing stands in front of the content here: header and nonce are gone already."
    return "Cut at the end only, in two steps: first the zeros, then one byte."


INNER = Exercise(
    "09-inner", "What is really in there", "medium", 6,
    FunctionForm(BytesForm(), ("plaintext",)), _cases,
    [
        Wrong("one byte off", lambda plaintext: plaintext[:-1],
              "You took off one byte. If the record is padded, that is a zero, and the type stands "
              "further in front."),
        Wrong("zeros only", lambda plaintext: plaintext.rstrip(b"\0"),
              "The zeros are gone. The last byte that is left is the type: it has to go, too."),
        Wrong("types as letters", lambda plaintext: plaintext.rstrip(b"\0\x16\x17"),
              "rstrip takes off every byte of that set, as often as it comes. Exactly one byte is "
              "the type; what stands in front of it may look like one."),
        Wrong("first zero", lambda plaintext: plaintext.split(b"\0")[0],
              "You cut at the first zero byte, or took zeros off twice. Zeros may stand in the "
              "content: search from the end, and stop at the type."),
    ],
    "That the type is inside, and padding behind it, is why a listener sees only type 23 and a "
    "length.",
    "Look from the end: zeros, then one byte of type, then the content.", _trouble)

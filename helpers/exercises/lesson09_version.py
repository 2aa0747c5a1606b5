"""Lesson 09: the exercise that reads which version a ServerHello really chose."""

from __future__ import annotations

from .forms import BytesForm
from .lesson09_visits import visit
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_LIE = bytes.fromhex("002b00027f1c")
_RANDOM = 6


def _hello(name: str) -> bytes:
    return visit(name).find("server_hello").data


def chosen_version(hello: bytes) -> bytes:
    """What supported_versions says, or else legacy_version."""
    at = 44 + hello[38]
    while at < len(hello):
        length = int.from_bytes(hello[at + 2:at + 4], "big")
        if hello[at:at + 2] == b"\x00\x2b":
            return hello[at + 4:at + 4 + length]
        at += 4 + length
    return hello[4:6]


def _cases() -> list[Case]:
    old = _hello("tls12_ecdhe")
    odd = old[:_RANDOM + 9] + _LIE + old[_RANDOM + 15:]
    told = [("tls13_mlkem", "TLS 1.3, hybrid"), ("tls12_ecdhe", "TLS 1.2, no session id"),
            ("tls12_ecdhe_ecdsa", "TLS 1.2, with a session id"),
            ("rfc8448", "RFC 8448, no session id, the extensions in another order")]
    return [*(Case(chosen_version(_hello(name)), (_hello(name),), label) for name, label in told),
            Case(b"\x03\x04", (_turned(_hello("tls13_mlkem")),),
                 "TLS 1.3, the extensions the other way round: a long key_share comes first"),
            Case(old[4:6], (odd,), "TLS 1.2; its random happens to contain 00 2b 00 02 7f 1c")]


def _turned(hello: bytes) -> bytes:
    """The same with its two extensions exchanged: supported_versions (6 bytes) to the end."""
    at = 44 + hello[38]
    return hello[:at] + hello[at + 6:] + hello[at:at + 6]


def _anywhere(hello: bytes) -> bytes:
    at = hello.find(b"\x00\x2b")
    return hello[at + 4:at + 6] if at >= 0 else hello[4:6]


def _trouble(attempt: Attempt) -> str:
    given, (hello,) = attempt.given, attempt.case.args
    if attempt.error == "IndexError" or given == b"":
        return ("You ran past the end of the message. Walk: type (2 bytes), length (2), body; the "
                "next extension begins where the body ends. The walk stops at len(server_hello).")
    if attempt.error == "TooLong" or "did not end" in attempt.said:
        return ("Your loop never ends: each turn has to move on by 4 + length, also when the "
                "extension is not the one you look for.")
    if not given:
        return ""
    if given in (b"\x03\x01", b"\x03\x02", b"\x02\x03"):
        return "Take the two bytes as they stand in the message; do not compute with them."
    if given == b"\x00\x2b":
        return "That is the extension's type. Its body, behind type and length, is asked for."
    if given == b"\x00\x02":
        return "That is the extension's length. The body begins 2 bytes later: at + 4."
    if given == b"\x00\x02\x03\x04"[:len(given)] or given.endswith(b"\x00\x02\x03\x04"):
        return "Skip type (2 bytes) and length (2) of the extension: only its body is asked for."
    if len(given) == 1:
        return "A version is two bytes: take a slice, not one index."
    if given == hello[38:40] or given in hello[39:39 + hello[38]]:
        return ("Those bytes belong to the session id. Byte 38 says how long it is, and the "
                "suite begins behind it.")
    if given in hello[6:38]:
        return "Those bytes belong to the random (6 to 37)."
    return ("Behind the session id come suite (2), compression (1) and the length of all "
            "extensions (2): then the first extension's type. Print at and server_hello[at:at + 4] "
            "in each turn.")


VERSION = Exercise(
    "09-version", "Which version is it?", "medium", 6,
    FunctionForm(BytesForm(2), ("server_hello",)), _cases,
    [
        Wrong("legacy_version", lambda hello: hello[4:6],
              "That is legacy_version, which says the same in TLS 1.2 and 1.3. Look for the "
              "extension supported_versions (43, in hex 00 2b) first."),
        Wrong("always 1.3", lambda hello: b"\x03\x04",
              "This ServerHello chose TLS 1.2: it has no supported_versions. Then legacy_version "
              "counts."),
        Wrong("anywhere", _anywhere,
              "You search the whole message for 00 2b. These bytes can also stand in a random or "
              "in a share. Walk from extension to extension by their lengths."),
        Wrong("bare type", lambda hello: b"\x00\x2b",
              "That is the extension's type. Its body, behind type and length, is asked for."),
    ],
    "A field that had to lie for twenty years of middleboxes, and an extension that tells the "
    "truth: every TLS 1.3 parser begins with this detour.",
    "Start behind the session id and walk from extension to extension.", _trouble)

"""Lesson 08: what went wrong when two bytes of a ServerHello are not its cipher suite."""

from __future__ import annotations

import re
from typing import Any

from helpers.sources import load

from .model import Attempt

# Where the fields of this ServerHello end, and what to say to whoever stopped inside them.
_FIELDS = (
    (4, "Those bytes are in the 4-byte header: type and length."),
    (6, "Those bytes touch the version. Random and session id come first."),
    (38, "Those bytes are in the random, which takes 32 bytes from byte 6 on. Skip it, then the "
         "session id."),
    (39, "You begin at the length of the session id. Skip it, and as many bytes as it says."),
    (71, "Those bytes are in the session id. Its length is the byte in front of it, in hex: skip "
         "that many bytes."),
)  # fmt: skip
_TOO_FAR = ("Those bytes come after the suite: compression method, then extensions. The suite "
            "stands straight behind the session id.")
_TEXT = ("That is a slice of the text, and there every byte takes three characters: two digits "
         "and a space. Turn it into bytes first, bytes.fromhex(other_hello), and slice those.")
_IF = ("If it is a slice of the text: there every byte takes three characters, two digits and a "
       "space. Turn the text into bytes first: bytes.fromhex(other_hello).")
_LENGTH = 106  # of this ServerHello


def suite_trouble(attempt: Attempt) -> str:
    """A hint for two bytes, or a text, that is not the suite of the visit in question."""
    message = load("tls12_ecdhe_ecdsa").find("server_hello").data
    raw = attempt.answer if type(attempt.answer) is str and len(attempt.answer) < 2000 else None
    if raw is not None and re.search(r"(?i)tls_|ecdsa|ecdhe|aes|chacha|poly", raw):
        return ("That is a name. Give the two bytes as they stand in the message, in hex, such as "
                "\"00ff\".")
    if raw is not None and raw != raw.strip() and raw in message.hex(" ") and len(raw) < 4:
        return _TEXT
    if _position(attempt.answer):
        return ("That looks like a position in the message, or a length. Asked for are the two "
                "bytes that stand there.")
    if raw is not None and _cut_from_text(raw, message, attempt.given):
        return f"One byte only, where two are wanted. {_IF}" if attempt.given else _TEXT
    if attempt.given is None:
        return "Copy four hex digits out of the ServerHello, and put them between quotes."
    return _at(message, attempt, raw)


def _position(answer: Any) -> bool:
    if type(answer) is str and re.fullmatch(r"\s*[0-9]{1,3}\s*", answer[:20]):
        return int(answer) < _LENGTH
    return type(answer) is int and 0 <= answer < _LENGTH


def _cut_from_text(raw: str, message: bytes, given: bytes | None) -> bool:
    """Whether `raw` looks like a slice of the hex text, cut without regard to the digits."""
    if raw not in message.hex(" ") or not raw.strip():
        return False
    return given is None or len(given) == 1 or raw != raw.strip()


def _at(message: bytes, attempt: Attempt, raw: str | None) -> str:
    """What stands where these bytes were found."""
    given = attempt.given
    if not given:
        return "There are no bytes in it. Copy two bytes out of the ServerHello, four hex digits."
    at = message.find(given)
    if at < 0 and given[0] == 0 and type(attempt.answer) is int:
        return ("That is a number below 256: one index, x[7], gives one byte as a number. A slice, "
                "x[7:9], gives two bytes.")
    if at < 0 and raw is not None and _digits(raw) in message.hex():
        return ("You cut a byte in two: its first hex digit stayed behind. Count pairs of digits, "
                "not single ones.")
    if at < 0:
        return ("Those bytes do not stand in this ServerHello. Copy them out of the hex text that "
                "the cell shows.")
    if at == 0 and len(given) > 2:
        return ("The suite is in there somewhere. Skip type, length, version, random and session "
                "id, and take two bytes.")
    if at == 71:
        return "A suite is two bytes long: you took another number of them."
    if at in (13, 23, 24) and raw is not None and " " in raw:  # text[39:44], text[71:75]
        return _TEXT
    said = next((said for end, said in _FIELDS if at < end), _TOO_FAR)
    return said if len(given) <= 2 else f"{said} And a suite is two bytes long."


def _digits(raw: str) -> str:
    return re.sub(r"[^0-9a-f]", "", raw.lower())

"""Lesson 06: when the logs saw a certificate, read out of its list of timestamps.

The lists are those of two public certificates and, with other sizes, of made-up logs. A test holds
the answers against what `cryptography` reads.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography import x509

from helpers import lab
from helpers.pki.store import real_chain

from .forms import IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

_OID = x509.PrecertificateSignedCertificateTimestamps.oid
_AT, _END = 33, 41  # behind the version (1) and the log's id (32)


class _Time(IntegerForm):
    """A time in milliseconds; says so where it comes as a date, a fraction or text."""

    def read(self, answer: Any) -> int:
        if isinstance(answer, datetime):
            raise NotThisForm("There are dates in your list. The numbers are asked for, as they "
                              "stand there: milliseconds since 1970.")
        if isinstance(answer, float):
            raise NotThisForm("There are fractions in your list. Leave the numbers as they stand "
                              "there: whole milliseconds, not divided by anything.")
        if isinstance(answer, str) and len(answer) == 16:
            raise NotThisForm("There is hexadecimal text in your list. int.from_bytes(bytes, "
                              "\"big\") makes a number of the bytes, without .hex().")
        return super().read(answer)


def stamp_bytes(certificate: x509.Certificate) -> bytes:
    """The list of timestamps in a certificate, out of the OCTET STRING that holds it."""
    value = certificate.extensions.get_extension_for_oid(_OID).value.public_bytes()
    return value[4 if value[1] == 0x82 else 3 if value[1] == 0x81 else 2:]


def made(label: str, sizes: tuple[int, ...], times: tuple[int, ...]) -> bytes:
    """A list in the same form by nobody's log: signatures of the given sizes, given times."""
    random, stamps = lab.seeded(label), []
    for size, time in zip(sizes, times, strict=True):
        extra = random(size % 3)
        stamp = (b"\0" + random(32) + time.to_bytes(8) + len(extra).to_bytes(2) + extra
                 + b"\4\3" + size.to_bytes(2) + random(size))
        stamps.append(len(stamp).to_bytes(2) + stamp)
    inside = b"".join(stamps)
    return len(inside).to_bytes(2) + inside


def times_of(stamps: bytes) -> list[int]:
    """The reference answer."""
    found, position = [], 2
    while position < len(stamps):
        size = int.from_bytes(stamps[position:position + 2])
        stamp = stamps[position + 2:position + 2 + size]
        found.append(int.from_bytes(stamp[_AT:_END]))
        position += 2 + size
    return found


def _cases() -> list[Case]:
    start = 1_788_000_000_000
    lists = [
        (stamp_bytes(real_chain()[0]), "cryptography.io, 2018"),
        (made("one log", (71,), (start,)), "one log"),
        (made("three logs", (72, 256, 70), (start + 5, start + 1_000, start - 86_400_000)),
         "three logs, signatures of different sizes"),
    ]
    return [Case(tuple(times_of(stamps)), (stamps,), label) for stamps, label in lists]


_TWO_SIZES = ("Two sizes stand in front of the first SCT, the list's and its own, 2 bytes each: "
              "you passed only one of them.")


def _trouble(attempt: Attempt) -> str:
    (stamps,), given, right = attempt.case.args, attempt.given, attempt.case.expected
    if attempt.error == "TooLong":
        return ("Move on in every round: the next timestamp begins 2 + size bytes behind this one.")
    if given is None:
        return ""
    if not given:
        return "An empty list. The first timestamp's size stands at 2, the timestamp itself at 4."
    if tuple(given) == tuple(right)[::-1] and len(right) > 1:
        return "The other way round: in the order in which they stand."
    if len(given) < len(right) and tuple(given) == tuple(right)[:len(given)]:
        return ("Right, and there are more of them: go on 2 + size bytes further, to the end of "
                "the list.")
    if len(given) > len(right) and tuple(given)[:len(right)] == tuple(right):
        return "You read on behind the end of the list."
    first = stamps[4:]
    wrong = {
        int.from_bytes(first[_AT:_END], "little"): "The high byte comes first: \"big\".",
        int.from_bytes(first[32:40]): "One byte too early: the version (1 byte) stands in front of "
                                      "the log's id.",
        int.from_bytes(first[34:42]): "One byte too late: version 1, log id 32, so the time begins "
                                      "at 33.",
        int.from_bytes(first[33:37]): "Four bytes are not enough: the time has eight.",
        int.from_bytes(first[33:40]): "The time has eight bytes, 33 to 40; a slice ends one later.",
        int.from_bytes(stamps[33:41]): "You counted from the beginning of the list. Each timestamp "
                                       "has a size in front, and the list has one, too.",
        int.from_bytes(stamps[35:43]): _TWO_SIZES,
        right[0] // 1000: "Those are seconds. This asks for what stands there: milliseconds.",
        int.from_bytes(first[1:33]): "That is the log's id. The time stands behind it.",
    }
    wrong.pop(right[0], None)
    if said := wrong.get(given[0]):
        return said
    if given[0] == right[0] and len(given) > 4 * len(right):
        return ("The first is right; then you move on too little. The size is both bytes together, "
                "the high one first, and 2 more are its own.")
    if given[0] == 0:
        return ("The first time came out as 0: there was nothing to read in what you cut out. The "
                "size is both bytes together, the high one first, and the SCT stands behind them.")
    if tuple(given[:2]) == tuple(right[:2]):
        return ("The first two are right. The second SCT has more than 255 bytes: its size does "
                "not fit into one byte, so read both.")
    if given[0] == right[0]:
        return ("The first is right, the next is not: it begins 2 + size bytes further. The sizes "
                "differ, for signatures do.")
    return ("A timestamp is: version 1 byte, log id 32, time 8, and more. Cut its 8 bytes out and "
            "read them as a number.")


def _first_only(stamps: bytes) -> list[int]:
    return times_of(stamps)[:1]


def _fixed_size(stamps: bytes) -> list[int]:
    size = 2 + int.from_bytes(stamps[2:4])
    return [int.from_bytes(stamps[at + 35:at + 43])
            for at in range(2, len(stamps), size)]


def _forgot_own_length(stamps: bytes) -> list[int]:
    return [int.from_bytes(stamps[35:43])]


SCT = Exercise(
    "06-sct", "When was it logged?", "medium", 8,
    FunctionForm(ListForm(_Time(), what="a list of times"), ("stamps",)), _cases,
    [
        Wrong("first only", _first_only, "Right, and there are more of them: go on 2 + size bytes "
              "further, to the end of the list."),
        Wrong("all of one size", _fixed_size, "Your timestamps all have the size of the first. "
              "Read the size of each one anew: signatures differ in length."),
        Wrong("a size forgotten", _forgot_own_length, _TWO_SIZES),
    ],
    "A certificate that the logs know cannot be kept secret from the owner of the name.",
    "Write a loop that walks through `stamps`. Begin with the first SCT alone: where in `stamps` "
    "does it begin?", _trouble,
    silent="Collect the times in a list, and return it behind the loop.")

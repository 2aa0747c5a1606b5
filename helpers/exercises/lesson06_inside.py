"""Lesson 06: which of eight things are in a certificate, and how long a DER element is."""

from __future__ import annotations

from types import GeneratorType
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from helpers.experiments.certificates import shop_parts
from helpers.pki import authority
from helpers.pki.encode import tlv
from helpers.pki.store import real_chain

from .forms import IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Lazy, Wrong
from .wording import ChoiceForm, FunctionForm, ListForm
from .words import quoted

_DER = Encoding.DER

# --- what is inside ----------------------------------------------------------------------------

_NAMES = ("host name", "public modulus n", "private exponent d", "prime p", "issuer's name",
          "issuer's public key", "issuer's signature", "root's name")
_PRIVATE = {"private exponent d", "prime p"}


class _Names(ListForm):
    """Names out of `parts`; says so where the bytes themselves or verdicts come."""

    def read(self, answer: Any) -> Any:
        if isinstance(answer, dict) and any(type(one) is bool for one in answer.values()):
            raise NotThisForm("Those are verdicts with their names. Keep the names whose verdict "
                              "is True, as a list.")
        if isinstance(answer, dict):
            return super().read(list(answer))
        if isinstance(answer, GeneratorType):
            raise NotThisForm("That is a generator, which has made nothing yet. Square brackets in "
                              "place of the round ones make a list.")
        if isinstance(answer, int) and not isinstance(answer, bool):
            raise NotThisForm("A number says how many. This asks for a list of names: which?")
        if isinstance(answer, str):
            raise NotThisForm("That is one text. This asks for a list of names: "
                              "[name for name, part in parts.items() if ...].")
        if isinstance(answer, list | tuple | set | frozenset):
            if any(isinstance(one, bool) for one in answer):
                raise NotThisForm("Those are verdicts. Give the names whose bytes are in it: "
                                  "[name for name, part in parts.items() if ...].")
            if any(isinstance(one, bytes | bytearray) for one in answer):
                raise NotThisForm("Those are the bytes. Give the names of the parts, as texts.")
            if any(isinstance(one, tuple) for one in answer):
                raise NotThisForm("Those are pairs of name and bytes. Give the names alone.")
        return super().read(answer)

    def difference(self, expected: Any, got: Any) -> str:
        return f"{len(got - expected)} too many, {len(expected - got)} missing."


class _Part(ChoiceForm):
    """One of the names, shown as it was written in the list."""

    def show(self, value: str) -> str:
        return quoted(next(name for name in self.options if _plain(name) == value))


def _plain(name: str) -> str:
    return ChoiceForm(_NAMES).read(name)


def _inside() -> frozenset[str]:
    certificate, parts = shop_parts()
    return frozenset(_plain(name) for name, part in parts.items() if part in certificate)


def _inside_trouble(attempt: Attempt) -> str:
    if attempt.given is None:
        return ""
    given, right = attempt.given, attempt.case.expected
    if given & {_plain(name) for name in _PRIVATE}:
        return ("There is something private in your list. A certificate is shown to everybody: "
                "look whether those bytes really are in it.")
    if _plain("issuer's public key") in given:
        return ("The issuer's public key: look for its bytes. The certificate names its issuer and "
                "carries that one's signature. Is the key there as well?")
    if _plain("root's name") in given:
        return ("The root's name: look for its bytes. A certificate names the one who signed it, "
                "and the root did not sign this one.")
    if not given:
        return "An empty list: something is in there. Ask `part in certificate` for each part."
    missing = len(right - given)
    return f"All in your list are right; {missing} more {'is' if missing == 1 else 'are'} in it."


INSIDE = Exercise(
    "06-inside", "What is in it?", "easy", 3,
    _Names(_Part(_NAMES), ordered=False, what="a list of names of parts"),
    lambda: [Case(_inside())],
    [
        Wrong("everything", _NAMES, "Eight of eight: then the private key would be public. Ask "
              "`part in certificate` for each part."),
        Wrong("the other way round", Lazy(lambda: tuple(
            name for name in _NAMES if _plain(name) not in _inside())),
            "Those are the four that are NOT in it. Give the others."),
        Wrong("key and name", ("host name", "public modulus n"), "Both are in it, and so are "
              "two more: who says so, and the proof of it."),
    ],
    "A name, a public key, who says so, and that one's signature. Nothing secret.",
    "Put the list of the names of the parts whose bytes are in the certificate in place of None.",
    _inside_trouble)

# --- how long is it ----------------------------------------------------------------------------


def _length_cases() -> list[Case]:
    leaf, issuer = real_chain()
    data, mozilla = leaf.public_bytes(_DER), issuer.public_bytes(_DER)
    exponent = data.index(bytes.fromhex("0203010001"))
    middle = data.index(bytes.fromhex("3081"))
    shop = authority.server("ecdsa").certificate
    long = tlv(4, bytes(70_000))
    return [
        Case(len(data), (data,), "the certificate of cryptography.io"),
        Case(5, (data[exponent:],), "a number in it, and what follows"),
        Case(3 + data[middle + 2], (data[middle:],), "another element in it, and what follows"),
        Case(len(shop.tbs_certificate_bytes), (shop.public_bytes(_DER)[4:],),
             "the signed part of the shop's certificate, and what follows"),
        Case(len(mozilla), (mozilla + data,), "two certificates, one behind the other"),
        Case(len(long), (long + b"\0",), "an element of 70,000 bytes, and one byte more"),
        Case(129, (tlv(4, bytes(127)) + data,), "an element with 127 bytes in it, and more behind"),
        Case(131, (tlv(4, bytes(128)) + data,), "an element with 128 bytes in it, and more behind"),
        Case(2, (b"\x05\x00\x30\x03",), "an element with nothing in it, and what follows"),
    ]


_BYTES = {"invalid literal": "int(...) reads digits.",
          "'bytes' and 'int'": "You calculate with bytes.",
          "'int' and 'bytes'": "You calculate with bytes.",
          "concat int to bytes": "You calculate with bytes."}
"""What stands in Python's own sentence, and what it comes from."""


def _length_trouble(attempt: Attempt) -> str:
    (data,), right, given = attempt.case.args, attempt.case.expected, attempt.given
    if attempt.error == "IndexError":
        return "You read behind the end of the data: what follows need not be long."
    if given is None:
        return next((f"{said} Bytes are read as a number by int.from_bytes(bytes, \"big\")."
                     for part, said in _BYTES.items() if part in attempt.said), "")
    first, extra = data[1], 0 if data[1] < 128 else data[1] - 128
    body = right - 2 - extra
    known = {
        body: "That is the length of the contents. Tag and length bytes count as well.",
        body + 2: f"Nearly: the length itself takes {1 + extra} bytes here, not one.",
        body + 1: "Nearly: count the tag (1 byte) and every byte of the length.",
        body + 4: "Nearly: you added 4, as for a certificate. This length is written with "
                  f"{1 + extra} byte{'s' if extra else ''}, and the tag has one.",
        len(data): "That is all the data there is. The element says itself where it ends, and more "
                   "may follow.",
        first: "That is the byte at 1 alone. From 128 on it says how many bytes of length follow.",
        first + 2: "From 128 on the byte at 1 is no length: it says how many bytes of length "
                   "follow.",
        extra: "That many bytes of length follow. Read them as a number.",
        int.from_bytes(data[2:2 + extra], "little") + 2 + extra:
            "The bytes of the length are read the wrong way round: the high byte comes first.",
    }
    known.pop(right, None)
    return known.get(given, "") or _misread(data, extra, right, given) or (
        "Below 128 the byte at 1 is the length. From 128 on, take 128 away: so many bytes follow, "
        "and they are the length, high byte first. Then add tag and length bytes.")


def _misread(data: bytes, extra: int, right: int, given: int) -> str:
    """Length bytes cut out at the wrong place."""
    if given in (right - 1, right + 1):
        much = "few" if given < right else "many"
        return (f"One byte too {much}: the tag counts 1, the byte at 1 counts 1, and then come the "
                "bytes of length, if there are any, and the value.")
    if not extra:
        return ""
    if given == 2 + extra:
        return ("The slice with the bytes of length came out empty. It begins at 2 and ends behind "
                "the last of them, at 2 and as many more.")
    if given - int.from_bytes(data[1:1 + extra]) in (1, 2, 1 + extra, 2 + extra):
        return ("You began to read the length at the byte at 1, which says only how many bytes of "
                "length follow. They begin at 2.")
    if given - int.from_bytes(data[2:3 + extra]) in (2, 2 + extra, 3 + extra):
        return (f"You read {extra + 1} bytes as length; there are {extra}. From the byte at 1 take "
                "128 away.")
    if given - int.from_bytes(data[2:1 + extra]) in (2, 1 + extra, 2 + extra):
        return f"You read {extra - 1} of the bytes of length; there are {extra}."
    if given > 2**40:
        return ("A huge number: far too many bytes were read as length. From the byte at 1 take "
                "128 away; so many bytes of length follow.")
    return ""


def _two_bytes_always(data: bytes) -> int:
    return 4 + int.from_bytes(data[2:4], "big")


def _short_only(data: bytes) -> int:
    return 2 + data[1]


LENGTH = Exercise(
    "06-length", "Where does it end?", "easy", 6,
    FunctionForm(IntegerForm(), ("data",)), _length_cases,
    [
        Wrong("two bytes always", _two_bytes_always, "You read two bytes of length whatever the "
              "byte at 1 says. Below 128 there are none, and from 128 on that byte says how many."),
        Wrong("one byte always", _short_only, "From 128 on the byte at 1 is no length: it says how "
              "many bytes of length follow."),
        Wrong("whole data", len, "That is all the data there is. The element says itself where it "
              "ends, and more may follow."),
    ],
    "Every reader of certificates begins like this. Where lengths are believed without a look at "
    "what is really there, readers have been broken into.",
    "Look at data[1]: below 128 it is the length, from 128 on it says how many bytes of length "
    "follow. Return the size of the whole element.", _length_trouble)

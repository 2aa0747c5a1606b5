"""Lesson 02: the exercise in which a tag made by hashing a secret in front is forged."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from helpers.lab import seeded
from helpers.toy.sha256 import padding, resume

from .forms import BytesForm
from .lesson02_info import hash_object, last_already
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

Pair = tuple[bytes, bytes]
_GLUE_OF_ALL = ("Your padding also counts the addition. It is the padding of the *old* hash: "
                "secret and order.")

_ORDERS = (
    (16, b"item=book&price=20&to=anna", b"&to=mallory"),
    (27, b"item=lamp&price=45&to=ben", b"&price=1"),
    (9, b"to=shop&pay=100&for=two lamps and a chair", b"&pay=0"),
    (32, b"item=book&price=20&to=anna&note=please leave it at the door, thank you", b"&to=me"),
)


def _cases() -> list[Case]:
    """Secrets of known length; what must come out is checked by hashlib with the secret itself."""
    found = []
    for length, order, more in _ORDERS:
        secret = seeded(f"a secret of {length}")(length)
        tag = sha256(secret + order).digest()
        longer = order + padding(length + len(order)) + more
        found.append(Case((longer, sha256(secret + longer).digest()), (tag, order, more, length),
                          f"a secret of {length} bytes, an order of {len(order)}"))
    return found


def _made(tag: bytes, order: bytes, more: bytes, length: int, *, hashed: int | None = None,
          already: int | None = None) -> Pair:
    """What comes out with another length under the padding, or another number of bytes already
    hashed (rounded to whole blocks, as resume wants it)."""
    glue = padding(length + len(order) if hashed is None else hashed)
    done = length + len(order) + len(glue) if already is None else already
    return order + glue + more, resume(tag, done // 64 * 64, more)


def _without_padding(tag: bytes, order: bytes, more: bytes, length: int) -> Pair:
    return order + more, _made(tag, order, more, length)[1]


def _forgot_the_secret(tag: bytes, order: bytes, more: bytes, length: int) -> Pair:
    glue = padding(len(order))
    return order + glue + more, resume(tag, len(order) + len(glue), more)


def _bits(tag: bytes, order: bytes, more: bytes, length: int) -> Pair:
    return _made(tag, order, more, length, hashed=8 * (length + len(order)))


def _only_hashed(tag: bytes, order: bytes, more: bytes, length: int) -> Pair:
    glue = padding(length + len(order))
    return order + glue + more, sha256(order + glue + more).digest()


def _swapped(tag: bytes, order: bytes, more: bytes, length: int) -> Pair:
    forged, new = _made(tag, order, more, length)
    return new, forged


def _order_trouble(given: bytes, order: bytes, more: bytes, length: int) -> str:
    """What is wrong with a forged order."""
    glue = padding(length + len(order))
    if not given.startswith(order):
        if order in given:
            return ("Something stands in front of the order. The secret is not yours to send: the "
                    "shop puts its own in front.")
        return "The forged order begins with the old one, unchanged: the shop hashed that."
    if not given.endswith(more):
        return "The addition goes to the very end of the forged order, behind the padding."
    middle = given[len(order):len(given) - len(more)]
    for said, wrong in (
        ("There is no padding between the old order and the addition.", b""),
        ("That is the padding of a message as long as the order alone. The shop hashed the secret "
         "in front of it: count its bytes, too.", padding(len(order))),
        ("That is the padding of a message as long as the secret alone. The order was hashed, "
         "too.", padding(length)),
        ("That padding also counts the addition. It is the padding of the *old* hash: secret and "
         "order.", padding(length + len(order) + len(more))),
        ("padding() wants bytes. It turns them into bits by itself.",
         padding(8 * (length + len(order)))),
        ("The padding stands there twice.", glue + glue),
    ):
        if middle == wrong:
            return said
    return ("What stands between the old order and the addition is not the padding of the old "
            "hash: padding(number of bytes of secret and order together).")


def _tags(tag: bytes, order: bytes, more: bytes, length: int) -> Iterator[tuple[str, bytes]]:
    """(hint, the tag that this mistake makes), the forged order being right."""
    forged = order + padding(length + len(order)) + more
    yield "That is the old tag. Go on from it: resume(tag, already, more).", tag
    yield ("That hash begins anew, without the secret. You cannot hash it from the beginning, but "
           "you need not: resume takes up the old tag.", sha256(forged).digest())
    yield ("You hashed the tag and the addition. The tag is a state: resume goes on from there.",
           sha256(tag + more).digest())
    for already in range(0, 64 * (len(forged) // 64 + 3), 64):
        yield ("The second argument of resume is not right: it is the number of bytes that the "
               "state has taken in, which is secret, order and padding together.",
               resume(tag, already, more))
        yield ("Only the addition goes through resume: all in front of it is already in the tag.",
               resume(tag, already, forged))
        yield ("The padding is already in the old tag. Only the addition goes through resume.",
               resume(tag, already, forged[len(order):]))


def _already_trouble(attempt: Attempt) -> str:
    """What a number of bytes counts that is no whole number of blocks."""
    _tag, order, more, length = attempt.case.args
    already, hashed = last_already(attempt.answer, attempt.case.args), length + len(order)
    glue, added = len(padding(hashed)), len(more)
    counts = {
        hashed + glue + added: "The addition is not hashed yet: it does not belong in `already`.",
        hashed + added + len(padding(hashed + added)): _GLUE_OF_ALL,
        hashed + len(padding(hashed + added)): _GLUE_OF_ALL,
        hashed: "The padding is not counted in `already`.",
        len(order) + glue: "The secret is not counted in `already`.",
        length + glue: "The order is not counted in `already`.",
        glue: "Only the padding is counted in `already`.",
        hashed + len(padding(len(order))): "The padding in `already` is that of the order alone; "
        "it depends on the secret's length, too.",
        hashed + len(padding(8 * hashed)): "padding() takes a number of bytes, not of bits.",
    }
    if type(already) is not int:
        return "Count those three for `already`."
    return counts.get(already, "`already` counts something else, too, or one of the three is not "
                      "in it.")


def forge_trouble(attempt: Attempt) -> str:
    """Which of the two is wrong, the order or the tag, and the likely reason."""
    args: tuple[Any, ...] = attempt.case.args
    if said := hash_object(attempt):
        return said
    if attempt.error == "ValueError" and "whole number of blocks" in attempt.said:
        return ("resume goes on behind a whole number of blocks of 64 bytes: secret, order and "
                f"padding together make one. {_already_trouble(attempt)}")
    if attempt.error == "ValueError" and "32 bytes" in attempt.said:
        return "The first argument of resume is the old tag: 32 bytes, the state to go on from."
    if attempt.given is None:
        return ""
    if len(attempt.given) != 2:
        return "Two things are asked for, in this order: the forged order and its tag."
    forged, tag = attempt.given
    right_order = attempt.case.expected[0]
    if forged != right_order:
        return f"The forged order: {_order_trouble(forged, *args[1:])}"
    said = next((said for said, wrong in _tags(*args) if wrong == tag), "")
    return f"The forged order is right, its tag is not. {said}".strip()


FORGE = Exercise(
    "02-forge", "Forge a tag", "medium", 7,
    FunctionForm(ListForm(BytesForm(), what="two values, the forged order and its tag"),
                 ("tag", "order", "more", "secret_length")),
    _cases,
    [
        Wrong("without padding", _without_padding,
              "The tag goes on behind the padding, so the padding has to be in the forged order: "
              "the shop will hash it there."),
        Wrong("padding of the order alone", _forgot_the_secret,
              "The shop hashed secret and order. The padding depends on the length of both "
              "together."),
        Wrong("length in bits", _bits,
              "padding() takes a number of bytes; it writes the bits by itself."),
        Wrong("hashed without the secret", _only_hashed,
              "You hashed the forged order from the beginning, without the secret. The shop's "
              "hash has the secret in it: the old tag is where to go on."),
        Wrong("the other way round", _swapped,
              "The right two values, the other way round: first the order, then the tag."),
        Wrong("nothing done", lambda tag, order, more, length: (order + more, tag),
              "You put the addition behind the order and kept the old tag. The shop will notice: "
              "the tag is that of the shorter order."),
    ],
    "You made a valid tag for an order that nobody with the secret ever wrote. HMAC exists "
    "because of this.",
    "Begin with the padding of the old hash: padding(secret_length + ...).", forge_trouble)

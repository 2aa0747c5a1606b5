"""Lesson 00: whether a word leaks from what crossed, however it was cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments import order_by

from .alike import alike
from .lesson00_forms import VerdictForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_COOKIE = "blue-otter-41"


def leaks(crossings: list[tuple[str, bytes]], word: str) -> bool:
    """The reference answer: whether one end said the word openly, however its bytes were cut."""
    streams = {who: b"".join(data for sender, data in crossings if sender == who)
               for who, _ in crossings}
    return any(word.encode() in stream for stream in streams.values())


def crossings_of(visit: Conversation) -> list[tuple[str, bytes]]:
    """(who sent it, the bytes) for each thing that crossed."""
    return [(item.sender, item.sent) for item in visit.crossings]


def _cut(visit: Conversation, size: int) -> list[tuple[str, bytes]]:
    return [(sender, data[at : at + size]) for sender, data in crossings_of(visit)
            for at in range(0, len(data), size)]


def _leak_cases() -> list[Case]:
    http, https = order_by("http"), order_by("https")
    mixed = [(CLIENT, b"GET /blue-ot"), (SERVER, b"ter-41: not found")]
    turns = [(CLIENT, b"GET /blue"), (SERVER, b"HTTP/1.1 100 Continue"), (CLIENT, b"-otter-41")]
    both = [(CLIENT, b"GET /lamp"), (SERVER, b"one lamp")]
    rows = (
        ("the cookie by HTTP", crossings_of(http), _COOKIE),
        ("the cookie by HTTPS", crossings_of(https), _COOKIE),
        ("the shop's name by HTTPS", crossings_of(https), "shop.example"),
        ("what the server says by HTTP", crossings_of(http), "Anna Weber"),
        ("the same, cut into packets of 10 bytes", _cut(http, 10), "Anna Weber"),
        ("half a word from each end: nobody said it", mixed, _COOKIE),
        ("a word in two pieces, with the other end between them", turns, _COOKIE),
        ("both ends say it", both, "lamp"),
        ("a packet that is the word, and nothing else", [(SERVER, b"lamp")], "lamp"),
        ("nothing crossed", [], "a"),
    )
    return [Case(leaks(given, word), (given, word), label) for label, given, word in rows]


def _exchanged(function: Any) -> bool:
    names = getattr(getattr(function, "__code__", None), "co_varnames", ())
    return isinstance(names, tuple) and names[:2] == ("word", "crossings")


def _leak_trouble(attempt: Attempt) -> str:
    if _exchanged(attempt.answer):
        return "The arguments are exchanged: first crossings, then word, as in the starter."
    if attempt.error == "UnicodeDecodeError":
        return ("Sealed bytes are no text, so do not decode them. Turn the word into bytes "
                "instead: word.encode()")
    if attempt.error == "AttributeError":
        return ("Each crossing is a pair here and has no parts with names: write `for sender, data "
                "in crossings`.")
    if attempt.error == "TypeError":
        return ("Bytes are joined by b\"\".join(...), and searched for bytes: word.encode() turns "
                "the text into bytes.")
    if attempt.error == "ValueError":
        return ("Each crossing is a pair: `for sender, data in crossings`. To search, `in` says "
                "yes or no; .index raises an error where there is nothing.")
    if attempt.error:
        return ""
    if said := alike(attempt, LEAKS.made_cases(), _LEAK_MISTAKES):
        return said
    if "packets of 10" in attempt.case.label or "two pieces" in attempt.case.label:
        return ("Here the word is cut in two by the end of a packet. Join the bytes of each sender "
                "first, then search.")
    if "half a word" in attempt.case.label:
        return ("The two halves come from different ends: nobody said the word. Join the bytes of "
                "each sender by themselves.")
    return ("Join the bytes of each end, `for sender, data in crossings` (each is a pair). Search "
            "them for word.encode(), and return True or False.")


def _said_by(crossings: list[tuple[str, bytes]], who: str) -> bytes:
    return b"".join(data for sender, data in crossings if sender == who)


_LEAK_MISTAKES: tuple[tuple[Callable[..., Any], str], ...] = (
    (lambda crossings, word: any(_said_by(crossings, who).find(word.encode()) > 0
                                 for who in (CLIENT, SERVER)),
     "`.find` gives 0 for a word at the very beginning, which is found as well: ask with `in`."),
    (lambda crossings, word: all(word.encode() in _said_by(crossings, who)
                                 for who in (CLIENT, SERVER)),
     "You ask that both ends say it: one of them is enough (`or`)."),
    (lambda crossings, word: word.encode() in [data for _, data in crossings],
     "In a list, or in a pair, `in` finds only what is the whole word and nothing else. Join the "
     "pieces of each sender with b\"\".join first."),
    (lambda crossings, word: leaks(crossings, word.lower()),
     "Capital letters count: search for the word as it is."),
    (lambda crossings, word: word.encode() in _said_by(crossings, CLIENT),
     "The server says something, too: search both. (Does a return False stand inside the loop, so "
     "that it ends with the client?)"),
    (lambda crossings, word: word.encode() not in _said_by(crossings, CLIENT),
     "The wrong way round: True means that somebody can read it."),
    (lambda crossings, word: all(word.encode() not in _said_by(crossings, who)
                                 for who in (CLIENT, SERVER)),
     "The wrong way round: True means that somebody can read it."),
    (lambda crossings, word: True, "True for everything: what does not leak must give False."),
    (lambda crossings, word: all(word.encode() in data for _, data in crossings),
     "Every single one need not hold it: `any` instead of `all`."),
    (lambda crossings, word: word.encode() not in b"".join(data for _, data in crossings),
     "The wrong way round: True means that somebody can read it."),
    (lambda crossings, word: not leaks(crossings, word) if crossings else False,
     "The wrong way round: True means that somebody can read it."),
    (lambda crossings, word: any(word.encode() not in b"".join(
        data for sender, data in crossings if sender == who) for who in (CLIENT, SERVER)),
     "The wrong way round: True means that somebody can read it."),
    (lambda crossings, word: word.encode() in b"".join(
        data for sender, data in crossings if sender == SERVER),
     "The client says something, too: search both."),
    (lambda crossings, word: False,
     "False for everything: does a return False stand inside the loop, or do you compare texts "
     "with bytes? word.encode() turns a text into bytes, and each crossing is a pair."),
    (lambda crossings, word: word.encode() in crossings[0][1] if crossings else "IndexError",
     "You look at the first crossing only: go through all of them."),
    (lambda crossings, word: word.encode() in (crossings[0][1] if crossings else b""),
     "You look at the first crossing only. Is there a return inside the loop?"),
)
LEAKS = Exercise(
    "00-leaks", "Does the word leak?", "medium", 5,
    FunctionForm(VerdictForm(), ("crossings", "word")), _leak_cases,
    [
        Wrong("packet by packet", lambda crossings, word: any(
            word.encode() in data for _, data in crossings),
              "Packet by packet is not enough: here a word is cut in two. Join the bytes of each "
              "sender by themselves, with b\"\".join and nothing in between, then search."),
        Wrong("both ends together", lambda crossings, word: word.encode() in b"".join(
            data for _, data in crossings),
              "You joined what both ends said. Join the bytes of each sender by themselves."),
    ],
    "The word you hide does not leak; the name of the shop does, for the server has to know whom "
    "you want. Lesson 09 shows how that gap is being closed (Encrypted ClientHello).",
    "Write something in place of each `...`: what this end said, and when the answer is True.",
    _leak_trouble, silent="Return True or False. (print shows it, and hands nothing back.)",
    patience=5)

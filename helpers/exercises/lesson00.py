"""Lesson 00, start here: its exercises, and everything it exports.

Cases come from recordings of two real OpenSSLs and from the latency model of lesson 10, which is
measured there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.experiments import sights
from helpers.sources import load

from .alike import alike
from .lesson00_forms import CountForm
from .lesson00_leaks import LEAKS
from .lesson00_questions import PREDICTIONS, QUIZ
from .lesson00_wait import WAIT
from .model import Attempt, Case, Exercise, Lazy, Wrong
from .wording import FunctionForm, TextForm

# --- what was overheard --------------------------------------------------------------------------

_COOKIE = "blue-otter-41"


def _overheard_trouble(attempt: Attempt) -> str:
    if attempt.given is None:
        return "Only the word itself, as a text between quotes."
    given, right = str(attempt.given), str(attempt.case.expected)
    if "get/" in given:
        return "Not the whole request: only what stands behind `session=`."
    if given.startswith("b'") and right in given:
        return "Leave the b and the inner quotes out: it is the word between them."
    if right in given:
        return "The word is in it, and more. Only the word behind the sign =."
    if len(given) > 4 and given in right:
        return "It is cut off: take all that stands behind the sign =, up to the end of the line."
    if sorted(given) == sorted(right):
        return "Look again, letter by letter: the signs are right, their order is not."
    if "shop.example" in given:
        return "That is the shop's name. He can read it, but it lets nobody in: look one line on."
    if "orders" in given:
        return "That says what was asked for. The word that opens Anna's account stands below it."
    return "Look for the line that begins with Cookie. The word stands behind the sign =."


OVERHEARD = Exercise(
    "00-overheard", "What did he overhear?", "easy", 2, TextForm("the word behind `session=`"),
    lambda: [Case(_COOKIE.replace("-", ""))],
    [
        Wrong("with its name", "session=" + _COOKIE,
              "Nearly: that has the cookie's name in it. Only the word behind the sign =."),
        Wrong("host", "shop.example",
              "That is the shop's name. He can read it, but it lets nobody in: look one line on."),
        Wrong("path", "/orders/7",
              "That says what was asked for. The word that opens Anna's account stands below it."),
        Wrong("header's name", "Cookie",
              "That is the name of the header line. Its content stands behind it."),
    ],
    "With this word anybody is logged in as Anna. On open networks it was stolen by the thousand, "
    "until sites turned to HTTPS for every page and not only for the login.",
    "Write the word between quotes, in place of None.", _overheard_trouble)

# --- how many messages before the request --------------------------------------------------------


def _titles() -> list[str]:
    """The rows of the picture, as they are numbered there from 1."""
    return [sight.title for sight in sights("https")]


def _before_trouble(attempt: Attempt) -> str:
    if type(attempt.answer) in (list, tuple):
        return "Count them: how many rows stand in front of the HTTP request?"
    given, right = attempt.given, attempt.case.expected
    if not isinstance(given, int):
        return ""
    if given < 0:
        return "A number of messages is never below 0. Count the rows in front of the HTTP request."
    if given == 0:
        return "By HTTP nothing stands in front of the request. By HTTPS a lot does: look right."
    if given == right - 1:
        return "One too few. Did you begin to count from 0, or leave out a title that comes twice?"
    if given in (2, 4):
        return "Those are the ones that lie open. The sealed ones cross before the request, too."
    if given == _titles().index("Certificate"):
        return "Go on counting: more follows after the certificate, from both ends."
    if given == _titles().index("Finished"):
        return "Go on: the server's Finished comes next, and then the client says something again."
    if given > 100:
        return "That looks like a number of bytes. How many messages are there?"
    if given >= len(_titles()):
        return "That is more than there are rows. Only those in front of the HTTP request count."
    if given > right:
        return "That goes past the request. What follows it is the server's reaction to it."
    return "Count every row in front of the HTTP request, whoever sent it, open or sealed."


BEFORE = Exercise(
    "00-before-request", "How many come first?", "easy", 3,
    CountForm(text="Write it in digits: 7, not “seven”."),
    lambda: [Case(_titles().index("HTTP request"))],
    [
        Wrong("with the request", Lazy(lambda: _titles().index("HTTP request") + 1),
              "One too many: that row is the request itself."),
        Wrong("up to the response", Lazy(lambda: _titles().index("HTTP response")),
              "You counted up to the response. How many stand in front of the request?"),
        Wrong("all", Lazy(lambda: len(_titles())),
              "Those are all rows. Only those in front of the HTTP request."),
        Wrong("the server's only", Lazy(lambda: _titles().index("Finished") + 1),
              "Up to the server's Finished. Two more follow from the client before it asks. "
              "(Titles that come twice, once from each end, count twice.)"),
        Wrong("round trips", 1, "That is how often one has to go there and back. How many "
              "messages are there?"),
    ],
    "Nine messages, and yet only one way there and back: several travel together. Lesson 09 takes "
    "each of them apart.",
    "Put a whole number in place of None.", _before_trouble)

# --- how many bytes lie open ---------------------------------------------------------------------


def open_bytes(messages: list) -> int:
    """The reference answer: bytes on the wire of the messages that are not encrypted."""
    return sum(len(message.wire) for message in messages if not message.encrypted)


def _open_cases() -> list[Case]:
    rows = (("your first visit", "first_visit"), ("a visit by the older TLS 1.2", "tls12_ecdhe"),
            ("another visit by TLS 1.3", "tls13_x25519"))
    made = [Case(open_bytes(load(name).messages), (list(load(name).messages),), label)
            for label, name in rows]
    sealed = [message for message in load("first_visit").messages if message.encrypted]
    return [*made, Case(0, (sealed,), "only sealed messages"), Case(0, ([],), "no message")]


def _open_trouble(attempt: Attempt) -> str:
    if attempt.error == "TypeError":
        return "len() takes bytes: len(message.wire) for each message that counts."
    if attempt.error == "AttributeError":
        return "A message has .wire (its bytes as they crossed) and .encrypted (True or False)."
    if attempt.error == "NameError":
        return "Only what you are given, and what you make of it: `messages` is the argument."
    if attempt.error:
        return ""
    first = OPEN.made_cases()[0]
    if attempt.given == first.expected and attempt.case is not first:
        return ("That is the number of your first visit, for another visit as well: the function "
                "has to look at the argument `messages`.")
    return alike(attempt, OPEN.made_cases(), _OPEN_MISTAKES) or (
        "For each message: is it not encrypted? Then add len(message.wire).")


def _until_sealed(messages: list) -> int:
    total = 0
    for message in messages:
        if message.encrypted:
            break
        total += len(message.wire)
    return total


_OPEN_MISTAKES: tuple[tuple[Callable[..., Any], str], ...] = (
    (lambda messages: 0,
     "Nothing is ever added. `.encrypted` is True or False, and no text: for what is not encrypted "
     "ask `if not message.encrypted`."),
    (lambda messages: 2 * open_bytes(messages),
     "Twice as much as it is: .hex() writes two signs for each byte. len(message.wire) counts "
     "bytes."),
    (_until_sealed,
     "You stop at the first sealed message. Open ones come after it as well: look at all."),
    (lambda messages: open_bytes(messages[1:]),
     "The first message is left out: a list begins at 0."),
    (lambda messages: open_bytes(messages[:-1]), "The last message is left out."),
    (lambda messages: sum(not message.encrypted for message in messages),
     "That counts messages. How many bytes are they? len(message.wire)"),
    (len, "That counts messages, all of them. How many bytes are the open ones?"),
    (lambda messages: next((len(item.wire) for item in messages if not item.encrypted), 0),
     "That is the first one only: does the loop go on after it?"),
    (lambda messages: next((len(item.wire) for item in messages if not item.encrypted), None),
     "That is the first one only: the return stands inside the loop."),
    (lambda messages: next((None if item.encrypted else len(item.wire) for item in messages), 0),
     "That is the first one only: does the loop go on after it?"),
    (lambda messages: next((0 if item.encrypted else len(item.wire) for item in messages), None),
     "That is the first one only: the return stands inside the loop."),
    (lambda messages: ([0, *(len(item.wire) for item in messages if not item.encrypted)])[-1],
     "That is the last one only: += adds, = begins anew."),
    (lambda messages: len(messages[0].wire) if messages else "IndexError",
     "That is the first one only: go through all of them."),
    (lambda messages: sum(len(item.wire) for item in messages[:2])
     if len(messages) > 1 else "IndexError",
     "Those are the two hellos, or what stands in their places. A few small ones lie open as well: "
     "let the program look at every message."),
)
OPEN = Exercise(
    "00-open-bytes", "How much lies open?", "medium", 5,
    FunctionForm(CountForm(text="Return the sum itself, no text."), ("messages",)), _open_cases,
    [
        Wrong("the sealed ones", lambda messages: sum(
            len(message.wire) for message in messages if message.encrypted),
              "Those are the sealed ones: `if not message.encrypted`."),
        Wrong("all", lambda messages: sum(len(message.wire) for message in messages),
              "That is all of them. Leave out those that are encrypted."),
        Wrong("without headers", lambda messages: sum(
            len(message.data or b"") for message in messages if not message.encrypted),
              "That is what is inside, without the five bytes of header in front of it, which "
              "cross in the open, too: message.wire has them."),
    ],
    "TLS 1.3 leaves the hellos open, and little else. In TLS 1.2 the certificate lay open, too: "
    "everybody saw whom you visited.",
    "Write something in place of each `...`: what the loop does, and what comes back.",
    _open_trouble, silent="Return the sum. (print shows it, and hands nothing back.)", patience=5)

EXERCISES = [OVERHEARD, BEFORE, OPEN, LEAKS, WAIT]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]

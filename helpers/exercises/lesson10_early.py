"""Lesson 10: which requests a server may act on early (RFC 8470; safe methods: RFC 9110 9.2.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers import lab
from helpers.experiments.coming_back import ORDER, PAGE
from helpers.experiments.replayed import LINK_ORDER

from .alike import alike
from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

SAFE = (b"GET", b"HEAD", b"OPTIONS", b"TRACE")
OK, TOO_EARLY = 200, 425


def status_of(request: bytes, handshake_done: bool) -> int:
    """The reference answer."""
    method = request.split(b" ")[0]
    head = request.split(b"\r\n\r\n")[0].lower()
    risky = not handshake_done or b"\r\nearly-data: 1" in head
    return TOO_EARLY if risky and method not in SAFE else OK


def _request(method: str, *lines: str, body: str = "") -> bytes:
    head = "\r\n".join([f"{method} /basket HTTP/1.1", f"Host: {lab.HOST}", *lines])
    return f"{head}\r\n\r\n{body}".encode()


def _cases() -> list[Case]:
    forwarded = "Early-Data: 1"
    tries = [
        (PAGE, False, "GET, early"), (ORDER, False, "POST, early"),
        (ORDER, True, "POST, after Finished"), (PAGE, True, "GET, after Finished"),
        (_request("HEAD"), False, "HEAD, early"), (_request("OPTIONS"), False, "OPTIONS, early"),
        (_request("TRACE"), False, "TRACE, early"), (_request("DELETE"), False, "DELETE, early"),
        (_request("PUT"), False, "PUT, early"), (_request("PATCH"), False, "PATCH, early"),
        (LINK_ORDER, False, "GET of an address that orders, early"),
        (_request("PUT"), True, "PUT, after Finished"),
        (_request("GETX"), False, "a method nobody knows, early"),
        (_request("POST", body="note=GET it today"), False, "POST with GET in its body, early"),
        (_request("POST", forwarded), True, "a proxy got this POST early and says so"),
        (_request("GET", forwarded), True, "a proxy got this GET early and says so"),
        (_request("DELETE", forwarded.lower()), True, "the proxy's line in small letters"),
        (_request("POST", forwarded), False, "both: early here and at a proxy"),
        (_request("get"), False, "get in small letters is another method, early"),
        (_request("POST", body="Early-Data: 1"), True, "the words stand in the body only"),
    ]  # fmt: skip
    return [Case(status_of(request, done), (request, done), label)
            for request, done, label in tries]


def _site(risky: Callable[[bytes, bool], bool], safe: Callable[[bytes], bool]) -> Any:
    return lambda request, done: TOO_EARLY if risky(request, done) and not safe(request) else OK


def _method(request: bytes) -> bytes:
    return request.split(b" ")[0]


def _is_safe(request: bytes) -> bool:
    return _method(request) in SAFE


def _early(request: bytes, done: bool) -> bool:
    return not done


def _head(request: bytes) -> bytes:
    return request.split(b"\r\n\r\n")[0]


def _risky(request: bytes, done: bool) -> bool:
    return not done or b"\r\nearly-data: 1" in _head(request).lower()


def _anywhere(request: bytes, done: bool) -> bool:
    return not done or b"early-data: 1" in request.lower()


_FORWARDED = ("The proxy's line is overlooked: a request with Early-Data: 1 was early on its way "
              "to somebody else. That the handshake with you is done does not help.")
_FEW = "There are four safe methods, and GET is only one of them."
_MISTAKES = (
    (lambda request, done: OK, "You act on everything, early POSTs too."),
    (lambda request, done: TOO_EARLY, "You refuse everything. What comes after Finished is no "
     "copy, and a safe method may go early."),
    (_site(_early, _is_safe), _FORWARDED),
    (_site(_early, lambda r: r.startswith(SAFE)), _FORWARDED + " And a method must be one of the "
     "four as a whole word."),
    (_site(_early, lambda r: _method(r) == b"GET"), _FEW + " " + _FORWARDED),
    (_site(_early, lambda r: _method(r) != b"POST"), "POST is not the only method that changes "
     "things. Let the four safe ones pass, and no others."),
    (_site(_early, lambda r: False), "Early does not mean refused: a safe method may be answered "
     "at once."),
    (_site(_early, lambda r: b"GET" in r), "Look at the method only: the first word of the "
     "request."),
    (_site(_risky, lambda r: _method(r) == b"GET"), _FEW),
    (_site(_risky, lambda r: _method(r) in SAFE[:2]), "OPTIONS and TRACE are safe, too."),
    (_site(_risky, lambda r: _method(r) in SAFE[:3]), "The fourth safe method is TRACE."),
    (_site(_risky, lambda r: _method(r) != b"POST"), "POST is not the only method that changes "
     "things. Let the four safe ones pass, and no others."),
    (_site(_risky, lambda r: r.startswith(SAFE)), "A method is the whole first word: GETX begins "
     "with GET and is something else."),
    (_site(_risky, lambda r: False), "You refuse whatever is risky, safe methods too. (b\"GET\" "
     "and \"GET\" are never equal: compare bytes with bytes.)"),
    (_site(_risky, lambda r: any(one in r for one in SAFE[:2])), "Look at the method only: the "
     "first word of the request. And four methods are safe."),
    (_site(_risky, lambda r: any(one in r for one in SAFE)), "Look at the method only: the first "
     "word of the request. The body may contain any words."),
    (_site(_risky, lambda r: _method(r) in (*SAFE, b"PUT", b"DELETE")), "PUT and DELETE are "
     "idempotent, twice is as good as once, but they change things: they are not safe."),
    (_site(_risky, lambda r: _is_safe(r) and b"order" not in r), "You look at the address. A "
     "server could, for it knows its own addresses; asked for here is the rule by the method."),
    (_site(lambda r, d: not d or b"Early-Data: 1" in _head(r), _is_safe), "Names of header fields "
     "do not care for capital letters: compare in small ones."),
    (_site(lambda r, d: not d or b"Early-Data: 1" in r, _is_safe), "Names of header fields "
     "do not care for capital letters, and the body is no header."),
    (_site(lambda r, d: d, _is_safe), "handshake_done is True when there is nothing to fear. You "
     "have it the other way round."),
    (_site(lambda r, d: not d and b"\r\nearly-data: 1" in _head(r).lower(), _is_safe),
     "Either of the two is enough to make a request risky: or, not and."),
    (_site(lambda r, d: True, _is_safe), "After Finished an unsafe method may be acted on: the "
     "client is there, and it is no copy."),
    (lambda request, done: OK if _risky(request, done) and not _is_safe(request) else TOO_EARLY,
     "The two numbers are the wrong way round."),
    (lambda request, done: OK if not done and not _is_safe(request) else TOO_EARLY,
     "The two numbers are the wrong way round. " + _FORWARDED),
    (_site(_anywhere, lambda r: False), "Is any method safe for you? b\"GET\" and \"GET\" are "
     "never equal: compare bytes with bytes. And look for the proxy's line in the header only."),
    (_site(_anywhere, lambda r: r.startswith(SAFE)), "A method is the whole first word: GETX "
     "begins with GET and is something else. And the body is no header."),
    (_site(_anywhere, lambda r: _method(r) in SAFE[:2]), "OPTIONS and TRACE are safe, too. And the "
     "body is no header."),
    (_site(_anywhere, lambda r: _method(r) in (*SAFE, b"PUT", b"DELETE")), "PUT and DELETE are "
     "idempotent, but they change things: they are not safe. And the body is no header."),
)


def _trouble(attempt: Attempt) -> str:
    if attempt.error == "TypeError":
        return "request is bytes: compare it with b\"...\", and split it at b\" \"."
    if attempt.error or attempt.given is None:
        return ""
    if attempt.given not in (OK, TOO_EARLY):
        return "Two numbers can come out, and the task names both."
    if said := alike(attempt, EARLY.made_cases(), _MISTAKES):
        return said
    if attempt.case.expected == OK:
        return ("You refuse a request that may be acted on: its method is safe, or it came after "
                "Finished and was never early.")
    return ("You act on a request that may be a copy, and it changes something. Is it early, here "
            "or at a proxy? Is its method one of the four safe ones?")


EARLY = Exercise(
    "10-early", "Too early?", "medium", 8,
    FunctionForm(IntegerForm(), ("request", "handshake_done")), _cases,
    [
        Wrong("any letters", _site(_risky, lambda r: _method(r).upper() in SAFE),
              "Methods are written in capital letters, and “get” is another method that nobody "
              "knows (RFC 9110 section 9.1)."),
        Wrong("the body, too", _site(lambda r, d: not d or b"early-data: 1" in r.lower(),
                                     _is_safe),
              "The body is no header: look for the line in front of the empty line only."),
    ],
    "TLS cannot know which request may be repeated. Whoever switches 0-RTT on has to.",
    "Cut out the method: what stands in front of the first blank.", _trouble,
    silent="Return 200 or 425.")

"""Lesson 00: when the first byte comes, checked against the latency model of lesson 10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.experiments import protocol
from helpers.experiments.latency import round_trips

from .alike import alike
from .lesson00_forms import CountForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

DNS = 20  # milliseconds, as the task says


def wait(round_trip: int, redirected: bool, quic: bool) -> int:
    """The reference answer, with the round trips that the latency model counts."""
    trips = round_trips(protocol("QUIC" if quic else "TLS 1.3"))
    trips += round_trips(protocol("HTTP")) if redirected else 0
    return DNS + round_trip * trips


def _wait_cases() -> list[Case]:
    rows = ((60, True, False, "60 ms, with a redirect"),
            (80, False, False, "80 ms, straight to https over TCP"),
            (80, False, True, "80 ms, over QUIC"), (80, True, False, "80 ms, with a redirect"),
            (200, True, True, "200 ms, redirect, then QUIC"), (0, False, False, "next door"),
            (5, True, False, "5 ms, with a redirect"))
    return [Case(wait(*row[:3]), row[:3], row[3]) for row in rows]


def _wait_trouble(attempt: Attempt) -> str:
    if attempt.error:
        return ""
    if said := alike(attempt, WAIT.made_cases(), _WAIT_MISTAKES):
        return said
    if attempt.given == WAIT.made_cases()[0].expected:
        return "That fits one of the visits. Others have other numbers: use the arguments."
    if alike(attempt, WAIT.made_cases(), [(lambda *_: attempt.given, "the same")]):
        return "The same number for every visit: use the arguments."
    return (
        "In steps: how many round trips over TCP, how many over QUIC, how many more if redirected? "
        "Multiply those by round_trip, and add the 20 ms of DNS at the end.")


def _guess(redirect: int, over_tcp: int, over_quic: int, dns: int = DNS) -> Callable[..., int]:
    return lambda round_trip, redirected, quic: dns + round_trip * (
        redirect * bool(redirected) + (over_quic if quic else over_tcp))


def _trips(redirected: bool, quic: bool) -> int:
    return (2 if quic else 3) + 2 * bool(redirected)


_HALVED = "`round_trip` is the time there and back: nothing has to be halved."
_WAIT_MISTAKES: tuple[tuple[Callable[..., Any], str], ...] = (
    (lambda round_trip, redirected, quic: DNS + round_trip // 2 * _trips(redirected, quic),
     _HALVED),
    (lambda round_trip, redirected, quic: DNS + round_trip * _trips(redirected, quic) // 2,
     _HALVED),
    (lambda round_trip, redirected, quic: DNS + 2 * round_trip * _trips(redirected, quic),
     "`round_trip` is there and back already: it counts once, not twice."),
    (lambda round_trip, redirected, quic: DNS * (1 + bool(redirected))
     + round_trip * _trips(redirected, quic),
     "The name is looked up once: the redirect leads to the same name."),
    (lambda round_trip, redirected, quic: DNS + round_trip * (5 if redirected else 2 if quic
                                                              else 3),
     "After a redirect you forget QUIC: it saves its round trip then as well."),
    (lambda round_trip, redirected, quic: DNS + round_trip * (
        (2 if quic else 3) * (2 if redirected else 1)),
     "The redirect does not double everything: it goes by plain HTTP, so it adds TCP and one "
     "request with its answer."),
    (_guess(2, 3, 5), "QUIC takes the place of TCP and TLS: its round trips do not come on top."),
    (_guess(2, 4, 3), "One round trip too many: connection, TLS, request with its answer. The name "
                      "is in the 20 ms."),
    (_guess(2, 4, 2), "Over TCP there are three: one opens TCP, one is TLS, one is request and "
                      "answer together."),
    (_guess(2, 2, 1), "That is when the request leaves. Until the answer's first byte is here it "
                      "takes one round trip more."),
    (_guess(2, 2, 2), "Over TCP there are three: one opens TCP, one is TLS, one is request and "
                      "answer."),
    (_guess(1, 3, 2), "A redirect over HTTP takes two round trips: one opens TCP, one asks."),
    (_guess(0, 3, 2), "A redirect costs something: first TCP, then the request that is answered "
                      "with \"come by https\"."),
    (_guess(2, 3, 3), "QUIC opens the connection and does TLS in one and the same round trip."),
    (_guess(2, 2, 3), "The two are exchanged: QUIC is the faster one."),
    (_guess(3, 3, 2), "The redirect comes by plain HTTP: there is no TLS in it, so it takes two."),
    (_guess(2, 3, 2, 2 * DNS), "The name is looked up once: the redirect leads to the same name."),
    (lambda round_trip, redirected, quic: (DNS + (2 if quic else 3) + 2 * bool(redirected))
     * round_trip, "Without parentheses: only the trips are multiplied by round_trip."),
    (lambda round_trip, redirected, quic: DNS + (2 if quic else 3) + 2 * bool(redirected),
     "Those are trips. Each of them takes round_trip milliseconds."),
    (lambda round_trip, redirected, quic: DNS + round_trip * (2 if redirected else 2 if quic
                                                              else 3),
     "The redirect's two come on top of the others: they take place as well."),
    (lambda round_trip, redirected, quic: DNS + round_trip * ((2 if quic else 3)
                                                              + 2 * (not redirected)),
     "The wrong way round: without a redirect there are fewer."),
    (lambda round_trip, redirected, quic: DNS + round_trip * 3,
     "Look at all three arguments: a redirect costs something, and QUIC saves something."),
    (lambda round_trip, redirected, quic: (DNS + round_trip) * ((2 if quic else 3)
                                                               + 2 * bool(redirected)),
     "DNS is asked once, not in every round trip: add 20 at the end."),
    (lambda round_trip, redirected, quic: _trips(redirected, quic),
     "Those are trips, and right. Each takes round_trip milliseconds; DNS comes on top."),
    (lambda round_trip, redirected, quic: DNS * _trips(redirected, quic),
     "A trip takes round_trip milliseconds. The 20 ms of DNS come once, on top."),
    (lambda round_trip, redirected, quic: round_trip * 3,
     "Three round trips are right for one kind of visit only: look at redirected and quic, too. "
     "And DNS is missing."),
    (_guess(2, 5, 5), "You add the redirect's two in every visit: only `if redirected`."),
    (_guess(0, 5, 5), "You add the redirect's two in every visit: only `if redirected`."),
    (_guess(0, 1, 1), "That is request and answer alone. Before it a connection is opened and "
                      "TLS agrees on keys."),
)
WAIT = Exercise(
    "00-wait", "When does the first byte come?", "hard", 8,
    FunctionForm(CountForm(
        text="Return the number itself: no text and no unit.",
        fraction="It is to be milliseconds, and all you are given is in milliseconds already: "
        "nothing has to be divided, and DNS takes 20."),
        ("round_trip", "redirected", "quic")), _wait_cases,
    [
        Wrong("no DNS", _guess(2, 3, 2, 0), "The 20 ms of DNS are missing."),
        Wrong("QUIC in one round trip", _guess(2, 3, 1),
              "Over QUIC there are two: one for the connection and TLS, one more for request and "
              "answer."),
    ],
    "No computer makes light faster: what counts is how often you have to go there and back. "
    "Lesson 10 measures this, and counts bytes as well.",
    "Write something in place of each `...`. Count the round trips first.", _wait_trouble,
    silent="Return the milliseconds. (print shows them, and hands nothing back.)",
    patience=5)

"""Lesson 10: does this browser go by https, whatever was typed? (RFC 6797 sections 8.2 and 8.3)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .wording import FunctionForm

NOW = 1_000
KNOWN = {"shop.example": (2_000, True), "bank.example": (5_000, False),
         "old.example": (900, True), "www.news.example": (9_000, True)}
_HOSTS = (
    ("bank.example", "the very host"), ("other.example", "a host nobody noted"),
    ("www.bank.example", "below a host that spoke for itself alone"),
    ("www.shop.example", "below a host that spoke for those below, too"),
    ("a.b.shop.example", "two labels below it"), ("old.example", "its time is over"),
    ("www.old.example", "below one whose time is over"),
    ("notshop.example", "ends in the same letters"), ("example", "above all of them"),
    ("news.example", "above the host that was noted"), ("Shop.Example", "in capital letters"),
)  # fmt: skip


def goes_by_https(host: str, now: int, known: dict[str, tuple[int, bool]]) -> bool:
    """The reference answer: every name above `host`, itself included, may speak for it."""
    labels = host.lower().split(".")
    for above in range(len(labels)):
        until, below_too = known.get(".".join(labels[above:]), (0, False))
        if now < until and (above == 0 or below_too):
            return True
    return False


def _cases() -> list[Case]:
    both = {"shop.example": (2_000, False), "example": (3_000, True)}
    again = {"shop.example": (1_500, False), "www.shop.example": (500, True)}
    cases = [*(Case(goes_by_https(host, NOW, KNOWN), (host, NOW, KNOWN), f"{host}: {label}")
              for host, label in _HOSTS),
            Case(goes_by_https("www.shop.example", NOW, both), ("www.shop.example", NOW, both),
                 "www.shop.example: one name says no, a higher one yes"),
            Case(goes_by_https("www.shop.example", NOW, again), ("www.shop.example", NOW, again),
                 "www.shop.example: noted, but no longer"),
            Case(goes_by_https("shop.example", 1_999, KNOWN), ("shop.example", 1_999, KNOWN),
                 "shop.example: in its last second"),
            Case(goes_by_https("shop.example", 2_000, KNOWN), ("shop.example", 2_000, KNOWN),
                 "shop.example: one second later")]
    return cases


def _rule(fits: Callable[[str, str, int, bool, int], bool], lower: bool = True) -> Any:
    """A wrong browser: whether `fits` for any noted name."""
    def browser(host: str, now: int, known: dict) -> bool:
        host = host.lower() if lower else host
        return any(fits(host, name, until, below, now) for name, (until, below) in known.items())

    return browser


def _at_or_below(host: str, name: str) -> bool:
    return host == name or host.endswith("." + name)


_FORGETS_TIME = "Look at the time as well: what was noted counts only while now < until."
_FORGETS_FLAG = ("Some noted names speak for themselves alone: include_subdomains is False. Then "
                 "the hosts below them are none of their business.")
_MISTAKES = (
    (lambda host, now, known: True, "You go by https always. That is a fine browser, but not what "
     "RFC 6797 asks for: only noted hosts, and only for as long as they asked."),
    (lambda host, now, known: False, "You never go by https. A noted host whose time is not over "
     "must be asked over https. (Print the names that you look up: host itself is the first.)"),
    (_rule(lambda h, n, u, b, now: h == n and now < u), "Only the very name counts for you. A "
     "noted name with include_subdomains speaks for the hosts below it, too."),
    (_rule(lambda h, n, u, b, now: h == n and now < u, lower=False), "Only the very name counts "
     "for you. A noted name with include_subdomains speaks for the hosts below it, too."),
    (_rule(lambda h, n, u, b, now: h == n), "Only the very name counts for you, and for ever. "
     + _FORGETS_TIME),
    (lambda host, now, known: host in known, "Only the very name counts for you, and for ever. "
     + _FORGETS_TIME),
    (_rule(lambda h, n, u, b, now: _at_or_below(h, n)), _FORGETS_TIME + " And at the flag."),
    (_rule(lambda h, n, u, b, now: _at_or_below(h, n) and now < u), _FORGETS_FLAG),
    (_rule(lambda h, n, u, b, now: h.endswith(n) and now < u), _FORGETS_FLAG),
    (_rule(lambda h, n, u, b, now: h == n or (b and _at_or_below(h, n))), _FORGETS_TIME),
    (_rule(lambda h, n, u, b, now: now < u and (h == n or (b and h.endswith(n)))),
     "notshop.example is not below shop.example: whole labels count. A dot has to stand between."),
    (_rule(lambda h, n, u, b, now: now < u and (h == n or (b and n in h))),
     "A name that stands somewhere inside another is not above it: compare whole labels, from the "
     "right."),
    (_rule(lambda h, n, u, b, now: now < u and (h == n or (b and _at_or_below(h, n))), False),
     "Host names do not care for capital letters: host.lower() first."),
    (_rule(lambda h, n, u, b, now: now < u and (h == n or (b and h.partition(".")[2] == n))),
     "You look one label up. include_subdomains reaches all the way down: a.b.shop.example, too."),
    (_rule(lambda h, n, u, b, now: now < u and (h == n or (b and n.endswith("." + h)))),
     "The other way round: the noted name has to stand above the host, not below it."),
    (_rule(lambda h, n, u, b, now: now < u and b and h.endswith(n)),
     "include_subdomains matters for the hosts below. The very host counts without it. And whole "
     "labels count: notshop.example is not below shop.example."),
    (_rule(lambda h, n, u, b, now: now < u and b and _at_or_below(h, n)),
     "include_subdomains matters for the hosts below. The very host counts without it."),
    (_rule(lambda h, n, u, b, now: now < u and b and h.endswith("." + n)),
     "You forgot the host itself: what was noted for it counts without any flag."),
    (_rule(lambda h, n, u, b, now: now <= u and (h == n or (b and _at_or_below(h, n)))),
     "At until itself the note is over: now < until, not <=."),
    (_rule(lambda h, n, u, b, now: now > u and (h == n or (b and _at_or_below(h, n)))),
     "The time is the wrong way round: until lies in the future as long as the note is good."),
)


def _trouble(attempt: Attempt) -> str:
    if attempt.error == "KeyError":
        return "Not every host is noted: known.get(name), or `name in known`, before you look."
    if attempt.error in ("TypeError", "ValueError", "IndexError"):
        return ("known[name] is a pair: until when, and whether those below are meant. And known "
                "may not hold the name at all.")
    if attempt.error or attempt.given is None:
        return ""
    if said := alike(attempt, HSTS.made_cases(), _MISTAKES):
        return said
    if attempt.case.expected:
        return ("This one has to go by https, and you let it go in the clear. Take host and every "
                "name above it, one label off the left at a time, and look each of them up.")
    return ("Nobody asked for https here, or no longer, or not for this host. Ask three things of "
            "each noted name: is it the host or above it, is it still good, does it speak for "
            "those below?")


HSTS = Exercise(
    "10-hsts", "Whatever was typed", "medium", 8,
    FunctionForm(TruthForm(), ("host", "now", "known")), _cases,
    [
        Wrong("stops at the first noted name", lambda host, now, known: next(
            (now < known[name][0] and (not above or known[name][1])
             for above, name in ((above, ".".join(host.lower().split(".")[above:]))
                                 for above in range(host.count(".") + 1)) if name in known),
            False),
              "You stop at the first name that is noted. If it does not help, a higher one may: go "
              "on, and return False behind the loop."),
        Wrong("a second too early", lambda host, now, known: goes_by_https(host, now + 1, known),
              "The note is good as long as now < until, its last second included."),
    ],
    "This is what a browser asks itself before the first byte leaves: no byte, no attack.",
    "Begin with the host itself: is it in known, and is now < until?", _trouble,
    silent="Return True as soon as a name speaks for the host, and False behind the loop.")

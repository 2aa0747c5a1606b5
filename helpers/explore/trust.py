"""Widgets of the lesson on broken trust: guess the check, forget one, meet Mallory, bring your own
chain."""

from __future__ import annotations

from helpers.experiments.gallery import exhibit, numbered
from helpers.experiments.holes import ORDER, hole
from helpers.experiments.impostors import CLIENTS, SHOWN, meet
from helpers.experiments.pasted import PASTED, STORES, TIMES, judge_text, samples
from helpers.show.gallery import TITLES, guessed_view, hole_view, meeting_view
from helpers.show.pasted import pasted_view

from .controls import Choice, Typed
from .explorer import Explorer

_NOTHING = "nothing"


def guess_the_check() -> Explorer:
    """The gallery of broken chains, without labels: say what fails before the validators do. A
    guess is about one chain, so that another chain waits for a guess of its own."""
    checks = {"nothing is wrong": "", **{
        f"{title} ({check})": check for check, title in TITLES.items()
        if check not in ("issuer", "policies")}}
    for slug in numbered().values():
        exhibit(slug)  # now, so that no choice has to wait for a handshake
    return Explorer(
        "What is wrong with this chain?",
        {
            "number": Choice("Chain", numbered()),
            "guess": Choice("The check that fails", lambda now: {
                title: (now["number"], check) for title, check in checks.items()}, value=None),
        },
        lambda number, guess: guessed_view(exhibit(number), guess and guess[1]),
        question="Which chains does OpenSSL's client connect to, although our checklist refuses "
        "them? And which chains can nobody tell from the good one by looking at this table?",
    )


def leave_out_a_check() -> Explorer:
    """A validator that forgets a check or two, or asks in another order."""
    checks = {"nothing": _NOTHING, **{check: check for check in ORDER}}
    return Explorer(
        "A validator with a hole",
        {
            "one": Choice("Forgotten", checks),
            "two": Choice("Forgotten, too", checks),
            "first": Choice("Asked first", {"as in RFC 5280": _NOTHING,
                                            **{check: check for check in ORDER}}),
        },
        lambda one, two, first: hole_view(hole(
            frozenset({one, two} - {_NOTHING}), None if first == _NOTHING else first)),
        question="Which two checks, forgotten together, let the most chains through? One chain "
        "slips through only when two certain checks are forgotten: which? And what has to be asked "
        "first so that the chain with three faults gets the alert unsupported_certificate?",
    )


def meet_mallory() -> Explorer:
    """Mallory answers in the shop's place: what she shows, and who looks at it."""
    return Explorer(
        "Mallory in the middle",
        {
            "shown": Choice("Mallory's certificate", SHOWN, style="radio", value="own"),
            "client": Choice("The client", CLIENTS, style="radio", value="program"),
        },
        lambda shown, client: meeting_view(meet(shown, client)),
        question="One certificate fools every client but the one with a pinned key, and nobody "
        "ever finds out. Which? And with which is she found out, though the browser let her in?",
    )


def judge_your_chain() -> Explorer:
    """A chain in PEM, from anywhere, before the three validators."""
    return Explorer(
        "Your own chain",
        {
            "sample": Choice("Chain", list(samples())),
            "text": Typed("Paste PEM here", samples=("no PEM", samples()["the lab's own chain"])),
            "host": Typed("Host name", value="cryptography.io",
                          samples=("shop.example", "*.x", "192.0.2.1", "\u00e9" * 70)),
            "store": Choice("Trusted", STORES),
            "when": Choice("Clock", TIMES),
        },
        lambda sample, text, host, store, when: pasted_view(judge_text(
            text if samples()[sample] == PASTED else samples()[sample], host, store, when)),
        question="The chain you begin with is real: cryptography.io in 2018. Which two settings "
        "make all three validators accept it? And with those settings, which check notices the "
        "one changed letter?",
    )

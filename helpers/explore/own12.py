"""TLS 1.2 with both ends in the learner's hands: play them, or stop them after any message."""

from __future__ import annotations

from helpers.experiments.own12 import (
    ANNAS,
    ASKS,
    CERTIFICATES,
    HOMEMADE,
    INSISTS,
    KEYS,
    NO,
    NOTHING,
    OFFERS,
    SUITES,
    own_visit,
)
from helpers.experiments.stopped12 import CHANGES, moments
from helpers.show import moment_view, own_view

from .controls import Choice, Number, Toggle
from .explorer import Explorer


def play_both_ends() -> Explorer:
    """A live handshake for every choice."""
    return Explorer(
        "Play both ends",
        {
            "offers": Choice("The client offers", list(OFFERS)),
            "allows": Choice("The server allows", list(SUITES)),
            "key": Choice("Key in the server's certificate", list(KEYS), style="buttons"),
            "certificate": Choice("The server's certificate is", list(CERTIFICATES)),
            "asks": Choice("The server wants a client certificate", [NO, ASKS, INSISTS],
                           value=INSISTS),
            "shows": Choice("The client's certificate", [NOTHING, ANNAS, HOMEMADE]),
        },
        lambda **settings: own_view(own_visit(**settings)),
        question="Get a connection first. Then find settings with which the server stops after the "
        "very first message, and others with which the client stops. Which alert has two quite "
        "different causes?",
    )


def stop_the_handshake() -> Explorer:
    """Both ends after any message, with one message changed on its way."""
    return Explorer(
        "Stop the handshake",
        {
            "change": Choice("Changed on the way", list(CHANGES), value=CHANGES[1]),
            "extended": Toggle("Extended master secret", value=True),
            "number": Number("Stop after message", 1, _last, value=6),
        },
        _stopped,
        question="From which message on do the two hashes differ, and at which does somebody "
        "notice? Switch the extended master secret off: which rows become the same again, and who "
        "notices then, by which alert?",
    )


def _last(earlier: dict) -> int:
    return len(moments(earlier["change"], extended=earlier["extended"]))


def _stopped(change: str, extended: bool, number: int) -> str:
    found = moments(change, extended=extended)
    return moment_view(found[number - 1], len(found)).html

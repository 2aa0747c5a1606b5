"""Mallory on the way wants both ends to use something worse."""

from __future__ import annotations

from helpers.experiments.downgrade import GROUP, MARKER, NOTHING, VERSION, downgrade
from helpers.show import downgrade_view

from .controls import Choice
from .explorer import Explorer

ATTACKS = {"nothing": NOTHING, "that the client speaks TLS 1.3": VERSION,
           "the same, and the marker in the server's random": MARKER,
           "the post-quantum group": GROUP}


def make_it_worse() -> Explorer:
    """A real handshake each time, with hellos changed on their way."""
    return Explorer(
        "Make it worse",
        {
            "attack": Choice("Mallory hides", ATTACKS, style="radio", value=NOTHING),
            "key_exchange": Choice("TLS 1.2 would use", ["ECDHE", "RSA"], style="buttons"),
        },
        lambda attack, key_exchange: downgrade_view(downgrade(attack, key_exchange)),
        question="Three different checks catch Mallory, at three different messages. Find a "
        "setting for each. Which of them does the key exchange decide about?",
    )

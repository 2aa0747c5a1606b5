"""Drag a guess along two messages that were encrypted with the same pad."""

from __future__ import annotations

from helpers.experiments.pads import FIRST, drag
from helpers.show import drag_view

from .controls import Number, Typed
from .explorer import Explorer


def drag_a_crib() -> Explorer:
    """XORs the two ciphertexts with the guess, wherever the learner puts it."""
    return Explorer(
        "Two messages, one pad: drag a guess",
        {
            "guess": Typed("Your guess", "hello", samples=(" the ", "password", "we meet at ")),
            "position": Number("Put it at byte", 0, len(FIRST) - 1),
        },
        lambda guess, position: drag_view(drag(guess, position)),
        question="Type ' the ' with its two blanks. At which two places does the other message "
        "become text? Go on from there with longer guesses: what is the password?",
    )

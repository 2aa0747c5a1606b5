"""Add something to an order whose secret one does not know."""

from __future__ import annotations

from helpers.experiments.forgery import ADDITIONS, HASHED, HMAC, LONGEST_GUESS, forge
from helpers.show import forgery_view

from .controls import Choice, Number, Toggle
from .explorer import Explorer


def forge_an_order() -> Explorer:
    """The shop checks each forged order for real."""
    return Explorer(
        "Forge an order",
        {
            "kind": Choice("The shop's tag", [HASHED, HMAC], style="radio"),
            "guess": Number("Guessed length of the secret", 0, LONGEST_GUESS, value=16),
            "glued": Toggle("Put the padding of SHA-256 in between", value=False),
            "addition": Choice("What you add", {item.decode(): item for item in ADDITIONS}),
        },
        lambda kind, guess, glued, addition: forgery_view(
            forge(kind, guess, glued=glued, addition=addition)),
        question="Only the shop's answers tell: how many bytes long is its secret? And is there "
        "any length that gets past HMAC?",
    )

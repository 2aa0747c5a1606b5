"""Walk on a small elliptic curve: multiples of a point, and sums of two of them."""

from __future__ import annotations

from helpers.experiments.addition import addition
from helpers.show import addition_view

from .controls import Number
from .explorer import Explorer


def walk_on_a_curve() -> Explorer:
    """P = j G, Q = k G, the line through them, and P + Q."""
    return Explorer(
        "Walk on a curve",
        {
            "j": Number("P = j · G, with j", 0, 103, value=1),
            "k": Number("Q = k · G, with k", 0, 103, value=2),
        },
        lambda j, k: addition_view(addition(j, k)),
        question="Which j takes P to the marked point T? And which k, with j = 40, makes P + Q "
        "infinity?",
    )

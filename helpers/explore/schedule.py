"""Walk through the key schedule of TLS 1.3, value by value."""

from __future__ import annotations

from helpers.experiments.schedule import CHANGES, visit_nodes
from helpers.show import key_node_view

from .controls import Choice, Number
from .explorer import Explorer


def walk_the_key_schedule() -> Explorer:
    """Every value of a real visit, with what went into it; and again with one bit changed."""
    return Explorer(
        "Walk the key schedule",
        {
            "step": Number("Step", 1, len(visit_nodes()), value=1),
            "change": Choice("Change on the way", CHANGES),
        },
        _render,
        question="Which is the first value that depends on the server's Certificate? And which "
        "values stay the same, whichever bit you change?",
    )


def _render(step: int, change: str) -> str:
    compared = visit_nodes() if change else None
    return key_node_view(visit_nodes(change), step, compared=compared).html

"""Open a TLS 1.3 record layer by layer, and hide its length."""

from __future__ import annotations

from helpers.experiments.peeled import PAGES, POLICIES, padded_pages, padded_records
from helpers.show import padding_view, peeled_view

from .controls import Choice, Number
from .explorer import Explorer

_LAYERS = 6


def open_step_by_step() -> Explorer:
    """Header, nonce, inner plaintext, zeros, real type of a real record."""
    return Explorer(
        "Open a record, step by step",
        {
            "record": Choice("Record", _labels()),
            "step": Number("Step", 1, _LAYERS, value=1),
        },
        lambda record, step: peeled_view(padded_records()[record], step),
        question="From outside all these records say application data. Which of them really "
        "hold alerts, and which has the most zeros?",
    )


def hide_the_length() -> Explorer:
    """Pages of different lengths, padded by a policy, as an eavesdropper sees them."""
    return Explorer(
        "Hide the length",
        {
            "multiple": Choice("The server pads", POLICIES),
            "page": Choice("Somebody reads", list(PAGES), value="a test result: positive"),
        },
        lambda multiple, page: padding_view(padded_pages(multiple), page),
        question="With which paddings can Eve not tell a positive test result from a negative "
        "one? Which is the cheapest that makes all five pages look alike?",
    )


def _labels() -> dict[str, int]:
    return {f"{place}. from the {one.message.sender}, {len(one.message.wire):,} bytes": place - 1
            for place, one in enumerate(padded_records(), 1)}

"""Hide the length of a TLS 1.3 record."""

from __future__ import annotations

from helpers.experiments.padding import PAGES, POLICIES, padded_pages
from helpers.show import padding_view

from .controls import Choice
from .explorer import Explorer


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

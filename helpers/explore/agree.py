"""Choose the numbers of a small Diffie-Hellman exchange."""

from __future__ import annotations

from helpers.experiments.agree import agree
from helpers.show import agreement_view

from .controls import Choice, Number
from .explorer import Explorer

PRIMES = [11, 23, 47, 97, 467]


def agree_on_a_number() -> Explorer:
    """Public p and g, private a and b: what crosses, and how far a listener is."""
    return Explorer(
        "Agree on a number",
        {
            "p": Choice("Public prime p", PRIMES, style="buttons", value=23),
            "g": Number("Public g", 1, lambda now: now["p"] - 1, value=5),
            "a": Number("Alice's private a", 0, lambda now: now["p"] - 1, value=6),
            "b": Number("Bob's private b", 0, lambda now: now["p"] - 1, value=15),
        },
        lambda p, g, a, b: agreement_view(agree(p, g, a, b)),
        question="With p = 23, which two values of g allow only one or two different secrets? "
        "And which a (above 0) makes the secret 1 although g = 5 is good?",
    )

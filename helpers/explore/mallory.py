"""Play Mallory: decide what passes between Alice and Bob."""

from __future__ import annotations

from helpers.experiments.middle import between
from helpers.show import middle_view

from .controls import Choice, Toggle
from .explorer import Explorer

TO_BOB = {"Alice's, as it came": "original", "your own": "own", "the number 1": "one"}
TO_ALICE = {"Bob's, as it came": "original", "your own": "own", "the number 1": "one"}
SIGNING = {"nobody signs": "nobody", "Bob signs": "bob"}


def play_mallory() -> Explorer:
    """Real encryption and a real signature, small shares."""
    return Explorer(
        "You are Mallory",
        {
            "to_bob": Choice("Share you pass to Bob", TO_BOB, style="buttons"),
            "to_alice": Choice("Share you pass to Alice", TO_ALICE, style="buttons"),
            "checked": Toggle("Both ends refuse the shares 0, 1 and p − 1"),
            "signing": Choice("Signature over both shares", SIGNING, style="radio"),
        },
        lambda to_bob, to_alice, checked, signing: middle_view(
            between(to_bob, to_alice, checked=checked, signing=signing)),
        question="Four of the nine ways let you read along unnoticed when nothing is protected. "
        "Find them. Which of the four does the check alone leave, and which does Bob's signature?",
    )

"""Flip one bit of a message, stop SHA-256 after some rounds, and see how far it has spread."""

from __future__ import annotations

from helpers.experiments.digests import MESSAGE, avalanche
from helpers.show import avalanche_view
from helpers.show.look import css, panel

from .controls import Number
from .explorer import Explorer

_BITS = 8 * len(MESSAGE)


def follow_one_bit() -> Explorer:
    """Any bit of the message, any number of rounds; and an answer that is tried out."""
    return Explorer(
        "Follow one flipped bit",
        {
            "bit": Number("Bit to flip", 0, _BITS - 1),
            "rounds": Number("Rounds of SHA-256", 0, 64, value=5),
            "answer": Number("Your answer: the round after which the full stop shows", 0, 64),
        },
        lambda bit, rounds, answer: avalanche_view(avalanche(bit, rounds)),
        question="The last sign of the message is the full stop, bits "
        f"{_BITS - 8} to {_BITS - 1}. Flip one of them: what is the first round after which "
        "anything in the digest has changed? Put your answer into the third field.",
        notes={"bit": _note, "answer": _verdict},
    )


def _note(bit: int, rounds: int, answer: int) -> str:
    place = bit // 8
    letter, other = MESSAGE[place:place + 1], avalanche(bit, 0).flipped[place]
    shown = f"“{chr(other)}”" if 32 <= other < 127 else f"the byte {other:02x}"
    before, after = MESSAGE[:place].decode(), MESSAGE[place + 1:].decode()
    marked = f"<b>[{letter.decode()}]</b>"
    return (f'<div style="{css("changed")}padding:2px 8px;line-height:1.4;">{before}{marked}{after}'
            f"<br>Byte {place}: “{letter.decode()}” becomes {shown}.</div>")


def _verdict(bit: int, rounds: int, answer: int) -> str:
    """Whether the full stop shows after `answer` rounds and not before."""
    if not answer:
        return panel("No answer yet.", "quiet")
    if not avalanche(_BITS - 1, answer).changed:
        return panel(f"✗ Not this one: after round {answer} the digest has not changed at all.",
                     "trouble")
    if avalanche(_BITS - 1, answer - 1).changed:
        return panel(f"✗ Not this one: after round {answer - 1} something has changed already.",
                     "trouble")
    return panel(f"✓ Right: after round {answer - 1} nothing has changed, after round {answer} "
                 "the first bits have.", "good")

"""Flip one bit of a message, stop SHA-256 after some rounds, and see how far it has spread."""

from __future__ import annotations

from helpers.experiments.digests import MESSAGE, avalanche
from helpers.show import avalanche_view
from helpers.show.look import css

from .controls import Number
from .explorer import Explorer


def follow_one_bit() -> Explorer:
    """Any bit of the message, any number of rounds."""
    return Explorer(
        "Follow one flipped bit",
        {
            "bit": Number("Bit to flip", 0, 8 * len(MESSAGE) - 1),
            "rounds": Number("Rounds of SHA-256", 0, 64, value=64),
        },
        lambda bit, rounds: avalanche_view(avalanche(bit, rounds)),
        question="SHA-256 mixes in 64 rounds; here you can stop it early. Bit 0: how few rounds "
        "are enough to change 100 bits of the digest? Then the last bit: which round is the first "
        "that changes anything, and why so late?",
        notes={"bit": _note},
    )


def _note(bit: int, rounds: int) -> str:
    place = bit // 8
    letter, other = MESSAGE[place:place + 1], avalanche(bit, 0).flipped[place]
    shown = f"“{chr(other)}”" if 32 <= other < 127 else f"the byte {other:02x}"
    before, after = MESSAGE[:place].decode(), MESSAGE[place + 1:].decode()
    marked = f"<b>[{letter.decode()}]</b>"
    return (f'<div style="{css("changed")}padding:2px 8px;line-height:1.4;">{before}{marked}{after}'
            f"<br>Byte {place}: “{letter.decode()}” becomes {shown}.</div>")

"""Change one byte of an encrypted payment, without the key."""

from __future__ import annotations

from helpers.experiments.modes import BLOCK, TAG, deliver
from helpers.experiments.modes import SEALING as WITH_TAG
from helpers.show import delivery_view
from helpers.show.look import css

from .controls import Choice, Number
from .explorer import Explorer

PAYMENT = b"from: ann       pay 100 to bob  ref: rent of may"
MODES = ["CTR", "CBC", "AES-GCM", "ChaCha20-Poly1305"]


def change_a_payment() -> Explorer:
    """XORs one byte of the ciphertext with a mask; the receiver decrypts for real."""
    return Explorer(
        "Change a payment without the key",
        {
            "mode": Choice("Mode", MODES, style="radio"),
            "position": Number("Byte of the ciphertext", 0, _last, value=0),
            "mask": Number("XOR it with", 0, 255, value=1),
        },
        lambda mode, position, mask: delivery_view(deliver(mode, "A", PAYMENT, position, mask)),
        question="In CTR, make the receiver read 'pay 700': which byte, and which mask? Then in "
        "CBC: which byte now, and what could give you away? What do the other two answer?",
        notes={"position": _note},
    )


def _last(earlier: dict) -> int:
    return len(PAYMENT) - 1 + (TAG if earlier["mode"] in WITH_TAG else 0)


def _note(mode: str, position: int, mask: int) -> str:
    if position < len(PAYMENT):
        letter = chr(PAYMENT[position])
        where = f"block {position // BLOCK + 1}; the letter there was “{letter}”"
    else:
        where = "the tag"
    return (f'<div style="{css("changed")}padding:2px 8px;line-height:1.4;">'
            f"Byte {position} is in {where}.</div>")

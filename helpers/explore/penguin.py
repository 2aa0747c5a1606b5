"""A picture on its way, in several modes: what shows, and what a flipped bit does."""

from __future__ import annotations

from helpers.experiments.picture import send_picture
from helpers.show import picture_sent_view

from .controls import Choice, Toggle
from .explorer import Explorer

MODES = ["ECB", "CBC", "CTR", "AES-GCM", "ChaCha20-Poly1305"]


def send_a_picture() -> Explorer:
    """Encrypts and decrypts the penguin for real each time."""
    return Explorer(
        "Send the penguin",
        {
            "mode": Choice("Mode", MODES, style="radio"),
            "key": Choice("Key", ["A", "B", "C"], style="buttons"),
            "flip": Toggle("Flip one bit on the way"),
        },
        lambda mode, key, flip: picture_sent_view(send_picture(mode, key, flip), flipped=flip),
        question="Does another key hide the penguin in ECB? With the bit flipped: how many pixels "
        "does the receiver see changed in each mode, and in which modes does nothing warn anybody?",
    )

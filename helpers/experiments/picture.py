"""The course's penguin as bytes, and what its encryptions still show of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from helpers.lab import DATA

from .modes import BLOCK, Delivery, deliver

SIDE = 96
"""The picture is so many pixels wide and high."""
PIXEL = 4
"""Bytes of a pixel: red, green, blue, and one that is always 0, as many bitmaps have it."""
COLOURS = {".": (158, 202, 232), "#": (28, 30, 36), "o": (255, 255, 255), "=": (230, 159, 0)}
SPOT = 19000  # the byte that is changed on the way: in the white of the belly


@cache
def penguin() -> bytes:
    """The picture row by row: 96 * 96 pixels of 4 bytes, 2,304 blocks of 16."""
    letters = (DATA / "pictures" / "penguin.txt").read_text(encoding="ascii").split()
    return b"".join(bytes((*COLOURS[letter], 0)) for row in letters for letter in row)


@dataclass(frozen=True)
class Pattern:
    """What can be counted in some bytes without any key.

    `different`: how many of the `blocks` differ from each other. `repeats`: how many are equal to
    the block above them in the picture.
    """

    blocks: int
    different: int
    repeats: int


@lru_cache(maxsize=64)
def pattern(pixels: bytes, width: int = SIDE) -> Pattern:
    """Counts blocks in rows of `width` pixels. A rest that fills no block is left out."""
    blocks = [pixels[at:at + BLOCK] for at in range(0, len(pixels) - BLOCK + 1, BLOCK)]
    row = width * PIXEL // BLOCK
    repeats = sum(one == above for one, above in zip(blocks[row:], blocks, strict=False))
    return Pattern(len(blocks), len(set(blocks)), repeats)


@lru_cache(maxsize=64)
def colours_in(pixels: bytes) -> int:
    """How many colours the pixels have."""
    return len({pixels[at:at + 3] for at in range(0, len(pixels) - PIXEL + 1, PIXEL)})


@cache
def send_picture(mode: str, key_name: str, flip: bool) -> Delivery:
    """The penguin, encrypted and decrypted again; with `flip`, one bit was changed on the way."""
    return deliver(mode, key_name, penguin(), SPOT, 0x80 if flip else 0)


def pixels_changed(delivery: Delivery) -> int:
    """How many pixels the receiver sees differently."""
    return len({at // PIXEL for at in delivery.touched})

"""Bytes looked at as a picture: a small PNG without any drawing library, and what it shows."""

from __future__ import annotations

import zlib
from base64 import b64encode
from functools import lru_cache
from html import escape

from helpers.experiments.picture import PIXEL, SIDE, Pattern, colours_in, pattern

from .figure import Figure

_SCALE = 3  # a pixel is shown as 3 by 3, sharp
_FAST = 1  # zlib's level: encrypted pixels do not shrink anyway


def png(pixels: bytes, width: int = SIDE, scale: int = 1) -> bytes:
    """`pixels` (red, green, blue, one unused byte each) as a PNG, each drawn `scale` times.

    What does not fill a row is left out. Raises ValueError when there is not even one row.
    """
    row = width * PIXEL
    height = len(pixels) // row
    if not height:
        raise ValueError(f"a row of {width} pixels needs {row} bytes, not {len(pixels)}")
    lines = []
    for start in range(0, height * row, row):
        line = pixels[start:start + row]
        if scale > 1:
            line = b"".join(line[at:at + PIXEL] * scale for at in range(0, row, PIXEL))
        colours = bytearray(len(line) // PIXEL * 3)
        for colour in range(3):
            colours[colour::3] = line[colour::PIXEL]
        lines += [b"\0" + colours] * scale
    size = (width * scale).to_bytes(4, "big") + (height * scale).to_bytes(4, "big")
    header = size + bytes((8, 2, 0, 0, 0))  # 8 bits a colour, RGB
    body = zlib.compress(b"".join(lines), _FAST)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body)
            + _chunk(b"IEND", b""))


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


def picture_view(pixels: bytes, caption: str, width: int = SIDE) -> Figure:
    """A picture with what can be counted in it, from the same bytes."""
    found = pattern(pixels, width)
    return Figure(png(pixels, width, _SCALE), alt=told(found, colours_in(pixels), width),
                  caption=f"{caption} {counted(found)}")


@lru_cache(maxsize=64)
def picture_image(pixels: bytes, what: str, width: int = SIDE) -> str:
    """The picture alone as an `<img>`, drawn sharp by the browser, for a widget that must be fast.
    `what` goes in front of the alternative text."""
    data = b64encode(png(pixels, width)).decode()
    side = width * _SCALE
    said = told(pattern(pixels, width), colours_in(pixels), width)
    return (f'<img alt="{escape(what)} {escape(said)}" '
            f'src="data:image/png;base64,{data}" width="{side}" '
            'style="image-rendering:pixelated;max-width:100%;height:auto;display:block;">')


def told(found: Pattern, colours: int, width: int = SIDE) -> str:
    """What somebody who cannot see the picture should know."""
    share = found.repeats / max(1, found.blocks)
    looks = ("the shapes of a penguin are there to see" if share > 0.5 else
             "noise, no shape to see" if share < 0.01 else "some shapes are there to see")
    return (f"A picture {width} pixels wide, in {colours:,} colours: {looks}. "
            f"{found.repeats:,} of its {found.blocks:,} blocks of 16 bytes are equal to the block "
            "above them.")


def counted(found: Pattern) -> str:
    """How many blocks differ."""
    return f"{found.blocks:,} blocks of 16 bytes, {found.different:,} of them different."

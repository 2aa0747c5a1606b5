"""An RSA block byte by byte: what padding puts around a message."""

from __future__ import annotations

from helpers.experiments.rsa_blocks import Sealed

from .figure import Figure, Html
from .look import SMALLEST, chip, code, panel, tone
from .svg import Canvas
from .values import count

_ROW, _COLUMNS, _CELL, _TALL = 30, 32, 20, 22
_LEFT, _TOP = 42, 12
# part of a block: (tone, hatched or not, what to say about it)
_LOOKS = {
    "zeros": ("quiet", False, "nothing but 00"),
    "message": ("secret", False, "the message, as it is"),
    "start": ("changed", False, "always the same"),
    "random filler": ("eavesdropper", True, "random, never 00, new each time"),
    "separator": ("changed", False, "the first 00 after the filler: from here on, the message"),
    "masked seed": ("eavesdropper", True, "32 random bytes, masked"),
    "masked data": ("secret", True, "a hash, zeros, 01 and the message, masked"),
}  # fmt: skip


def block_view(sealed: Sealed) -> Html:
    """Every byte of the block, what it is part of, and what came of it."""
    if sealed.block is None:
        return Html(panel(f"{chip('refused', 'trouble')} {sealed.refused}"),
                    f"Refused: {sealed.refused}")
    picture = block_map(sealed)
    said = (f"The ciphertext begins with {sealed.ciphertext[:8].hex(' ')} and has "
            f"{count(len(sealed.ciphertext), 'byte')}.")
    inside = _inside(sealed)
    return Html(picture.html + panel(code(said) + inside), f"{picture.text}\n{said}")


def block_map(sealed: Sealed) -> Figure:
    """The bytes of the block, 32 in a row, with a legend. ValueError where there is no block."""
    if sealed.block is None:
        raise ValueError("a message that does not fit has no block")
    content, parts = sealed.block
    rows = -(-len(content) // _COLUMNS)
    canvas = Canvas(700, _TOP + rows * _TALL + 24 * len(parts) + 22)
    for row in range(rows):
        canvas.text(_LEFT - 6, _TOP + row * _TALL + 16, str(row * _COLUMNS), anchor="end",
                    size=SMALLEST)
    for part in parts:
        look, hatched, _ = _LOOKS[part.name]
        for at in range(part.start, part.end):
            _byte(canvas, at, content[at], look, hatched=hatched)
    for place, part in enumerate(parts):
        y = _TOP + rows * _TALL + 14 + 24 * place
        look, hatched, words = _LOOKS[part.name]
        _box(canvas, _LEFT, y, look, hatched=hatched)
        where = (f"byte {part.start}" if part.end - part.start == 1 else
                 f"bytes {part.start} to {part.end - 1}")
        canvas.text(_LEFT + 28, y + 15, f"{part.name}, {where}: {words}", size=SMALLEST, room=610)
    told = "; ".join(f"{part.name}, {count(part.end - part.start, 'byte')}" for part in parts)
    return Figure(canvas, alt=f"A block of {len(content)} bytes. In order: {told}.",
                  caption=f"Padding: {sealed.padding}. What RSA is applied to, "
                          f"{len(content)} bytes; the number on the left is the row's first byte.")


def _byte(canvas: Canvas, at: int, value: int, look: str, *, hatched: bool) -> None:
    x, y = _LEFT + at % _COLUMNS * _CELL, _TOP + at // _COLUMNS * _TALL
    _box(canvas, x, y, look, hatched=hatched)
    plain = tone(look)
    canvas.text(x + _CELL / 2, y + 16, f"{value:02x}", anchor="middle", mono=True, size=SMALLEST,
                fill=plain.text, bold=look == "secret" and not hatched)


def _box(canvas: Canvas, x: float, y: float, look: str, *, hatched: bool) -> None:
    """One byte's ground: random bytes have a dashed edge, the message a thick one."""
    plain = tone(look)
    canvas.rect(x + 0.5, y + 1, _CELL - 1, _TALL - 2, fill=plain.fill, stroke=plain.line,
                thick=2 if look == "secret" and not hatched else 1,
                dash="2 2" if hatched else None)


def _inside(sealed: Sealed) -> str:
    """What is behind the mask of an OAEP block, as a list."""
    if not sealed.inside:
        return ""
    rows = "".join(
        f"<li>{name}, {count(len(content), 'byte')}: {code(_short(content))}</li>"
        for name, content in sealed.inside
    )
    return ('<div style="margin-top:6px;">Behind the mask, for the owner of the private key:'
            f'<ul style="margin:2px 0;">{rows}</ul></div>')


def _short(content: bytes) -> str:
    return content[:12].hex(" ") + (" …" if len(content) > 12 else "")

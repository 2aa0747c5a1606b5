"""A picture of what padding hides."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.padding import Padded, lookalikes

from .figure import Figure, Html
from .look import FAINT, PANEL, SMALLEST, chip, panel, tone
from .svg import Canvas

_LEFT, _WIDE, _ROW = 214, 380, 40


def padding_view(pages: Sequence[Padded], page: str) -> Html:
    """Each page as a bar of content and zeros, with the record's length as Eve sees it; and which
    pages she cannot tell from `page`."""
    same = lookalikes(tuple(pages), page)
    others = [name for name in same if name != page]
    zeros = sum(item.zeros for item in pages)
    said = (f"Eve cannot tell it from: {', '.join(others)}." if others
            else "Its length is its own: Eve knows what was read.")
    verdict = chip(f"{page}: one of {len(same)}", "good" if others else "trouble")
    cost = f"Zeros sent for all {len(pages)} pages: {zeros:,} bytes."
    figure = _bars(pages, same)
    return Html(panel(f"{verdict} {escape(said)} {cost}") + figure.html,
                f"{page}: one of {len(same)}. {said} {cost}\n{figure.text}")


def _bars(pages: Sequence[Padded], same: Sequence[str]) -> Figure:
    canvas = Canvas(700, 48 + _ROW * len(pages) + 26)
    scale = _WIDE / max(item.record for item in pages)
    for x, anchor, words in ((14, "start", "page"), (_LEFT, "start", "what the record holds"),
                             (686, "end", "Eve sees")):
        canvas.text(x, 26, words, size=SMALLEST, anchor=anchor, fill=FAINT)
    for row, item in enumerate(pages):
        y = 42 + row * _ROW
        alike = item.page in same
        canvas.text(14, y + 18, f"{'= ' if alike else ''}{item.page}", size=SMALLEST, bold=alike,
                    room=_LEFT - 20)
        content = item.length * scale
        canvas.rect(_LEFT, y, content, 26, fill=tone("secret").fill, stroke=tone("secret").line)
        if item.zeros * scale > 2:
            canvas.rect(_LEFT + content, y, item.zeros * scale, 26, stroke=tone("quiet").line,
                        fill=canvas.hatch(tone("quiet").line, PANEL))
        canvas.text(_LEFT + 6, y + 18, f"{item.length:,}", size=SMALLEST, fill=tone("secret").text)
        canvas.text(686, y + 18, f"{item.record:,} bytes", size=SMALLEST, anchor="end", bold=alike,
                    fill=tone("eavesdropper").text)
    y = 42 + _ROW * len(pages) + 8
    canvas.rect(14, y - 12, 18, 14, fill=tone("secret").fill, stroke=tone("secret").line)
    canvas.text(38, y, "content", size=SMALLEST)
    canvas.rect(120, y - 12, 18, 14, fill=canvas.hatch(tone("quiet").line, PANEL),
                stroke=tone("quiet").line)
    canvas.text(144, y, "zeros", size=SMALLEST)
    canvas.text(220, y, "=  as long as the chosen page", size=SMALLEST)
    alt = "; ".join(f"{item.page}: {item.length:,} bytes and {item.zeros:,} zeros, a record of "
                    f"{item.record:,} bytes" for item in pages)
    return Figure(canvas, alt=f"What Eve sees of each page: {alt}.", caption=(
        "Each page in one encrypted record: content, one byte for its type, zeros, a tag of 16 "
        "bytes and a header of 5. RFC 9846 section 5.4."))

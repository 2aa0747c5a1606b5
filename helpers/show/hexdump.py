"""A plain hex dump: offset in decimal, bytes in groups, ASCII column, and marked stretches."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from .figure import Html
from .look import FAINT, MONO, SMALLEST, css, panel
from .values import count


def hex_view(data: bytes, *, mark: Mapping[str, tuple[int, int]] | None = None, width: int = 16,
             tone: str = "client") -> Html:
    """`data` in lines of `width` bytes (8 or 16).

    `mark` names stretches as label -> (first offset, offset after the last), as a Field has them;
    they stand in square brackets and in the colours of `tone` (a name from look.TONES), and a
    legend says what they are. Offsets outside the data are ignored. Raises ValueError for another
    width."""
    if width not in (8, 16):
        raise ValueError(f"a line shows 8 or 16 bytes, not {width}")
    marks = {label: (max(0, start), min(len(data), end))
             for label, (start, end) in (mark or {}).items() if start < min(len(data), end)}
    inside = {at for start, end in marks.values() for at in range(start, end)}
    edges = {edge for start, end in marks.values() for edge in (start, end)}
    lines = [_Line(data, start, width, inside, edges) for start in range(0, len(data), width)]
    legend = [f"[ ] {label}: byte {start}" if end - start == 1 else
              f"[ ] {label}: bytes {start} to {end - 1} ({count(end - start, 'byte')})"
              for label, (start, end) in marks.items()]
    text = "\n".join([*(line.text for line in lines), *legend]) or "no bytes"
    body = "<br>".join([*(line.html(tone) for line in lines), *map(escape, legend)]) or "no bytes"
    return Html(panel(f'<div style="font-family:{MONO};font-size:{SMALLEST}px;white-space:pre;'
                      f'overflow-x:auto;">{body}</div>'), text)


class _Line:
    """One line of the dump."""

    def __init__(self, data: bytes, start: int, width: int, inside: set[int], edges: set[int]):
        self._cells = []
        end = min(start + width, len(data))
        for at in range(start, start + width):
            marked = at in inside and at < end
            opens = marked and (at in edges or at == start)
            closes = at > start and at - 1 in inside and at in edges and at - 1 < end
            if at % 8 == 0 and at > start:
                gap = ("]" if closes else " ") + ("[" if opens else " ")
            else:
                gap = "|" if opens and closes else "[" if opens else "]" if closes else " "
            self._cells.append((gap, f"{data[at]:02x}" if at < end else "  ", marked))
        last = end == start + width and end - 1 in inside
        self._tail = "]" if last else " "
        self._head = f"{start:5} "
        self._ascii = "".join(chr(value) if 32 <= value < 127 else "."
                              for value in data[start:end])

    @property
    def text(self) -> str:
        cells = "".join(gap + hexed for gap, hexed, _ in self._cells)
        return f"{self._head}{cells}{self._tail} {self._ascii}".rstrip()

    def html(self, tone: str) -> str:
        cells = "".join(
            gap + (f'<b style="{css(tone)}">{hexed}</b>' if marked else hexed)
            for gap, hexed, marked in self._cells)
        return (f'<span style="color:{FAINT};">{self._head}</span>{cells}{self._tail} '
                f'<span style="color:{FAINT};">{escape(self._ascii)}</span>')

"""A plain hex dump: offset in decimal, bytes in groups, ASCII column, and marked stretches."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import cycle

from .figure import Html
from .look import FAINT, MONO, SMALLEST, css, panel
from .values import count

UNDERLINES = ("solid", "double", "dotted", "dashed")  # one after the other: stretches stay apart


def hex_view(data: bytes, *, mark: Mapping[str, tuple[int, int]] | None = None, width: int = 16,
             tone: str = "client") -> Html:
    """`data` in lines of `width` bytes (8 or 16).

    `mark` names stretches as label -> (first offset, offset after the last), as a Field has them;
    they stand in square brackets and in the colours of `tone` (a name from look.TONES), each with
    an underline of its own, and a legend says what they are. Offsets outside the data are ignored.
    Raises ValueError for another width."""
    if width not in (8, 16):
        raise ValueError(f"a line shows 8 or 16 bytes, not {width}")
    marks = {label: (max(0, start), min(len(data), end))
             for label, (start, end) in (mark or {}).items() if start < min(len(data), end)}
    lines_under = dict(zip(marks, cycle(UNDERLINES), strict=False))
    inside = {at: lines_under[label] for label, (start, end) in marks.items()
              for at in range(start, end)}
    edges = {edge for start, end in marks.values() for edge in (start, end)}
    lines = [_Line(data, start, width, inside, edges) for start in range(0, len(data), width)]
    legend = [_Entry(label, data, start, end) for label, (start, end) in marks.items()]
    text = "\n".join([*(line.text for line in lines), *(entry.text for entry in legend)])
    body = "<br>".join([*(line.html(tone) for line in lines),
                        *(entry.html(tone, lines_under[entry.label]) for entry in legend)])
    style = (f"font-family:{MONO};font-size:{SMALLEST}px;white-space:pre;overflow-x:auto;"
             "overflow-y:hidden;padding-bottom:4px;")
    return Html(panel(f'<div style="{style}">{body or "no bytes"}</div>'), text or "no bytes")


def _marked(hexed: str, tone: str, underline: str) -> str:
    return f'<b style="{css(tone)}border-bottom:3px {underline};">{hexed}</b>'


class _Entry:
    """One line of the legend: how the stretch begins, its name and where it is."""

    def __init__(self, label: str, data: bytes, start: int, end: int):
        self.label, self._first = label, f"{data[start]:02x}"
        length = end - start
        self._more = "" if length == 1 else " \N{HORIZONTAL ELLIPSIS}"
        place = f"byte {start}" if length == 1 else (
            f"bytes {start} to {end - 1} ({count(length, 'byte')})")
        self._words = f"{label}: {place}"

    @property
    def text(self) -> str:
        return f"[{self._first}{self._more}] {self._words}"

    def html(self, tone: str, underline: str) -> str:
        return f"[{_marked(self._first, tone, underline)}{self._more}] {escape(self._words)}"


class _Line:
    """One line of the dump."""

    def __init__(self, data: bytes, start: int, width: int, inside: Mapping[int, str],
                 edges: set[int]):
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
            self._cells.append((gap, f"{data[at]:02x}" if at < end else "  ",
                                inside[at] if marked else ""))
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
            gap + (_marked(hexed, tone, underline) if underline else hexed)
            for gap, hexed, underline in self._cells)
        return (f'<span style="color:{FAINT};">{self._head}</span>{cells}{self._tail} '
                f'<span style="color:{FAINT};">{escape(self._ascii)}</span>')

"""What a notebook cell returns: a Figure, a Table or a piece of Html, each with a text twin.

JupyterLab gives bare PNG outputs no alternative text and drops inline SVG from notebooks it does
not trust yet, so a Figure is HTML: an `<img>` with its `alt` text and a caption. Nothing here
prints, and nothing here needs scripts.
"""

import sys
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from .amounts import masked
from .look import COLUMN, INK, MONO, PANEL, RULE, SANS, css, tone
from .svg import Canvas

FOLDED = "<!-- Run this cell to see what comes out. -->\n"
"""JupyterLab shows the first line of a folded output as it is written: this one gives nothing
away and says what to do."""
_PNG = b"\x89PNG\r\n\x1a\n"


class View:
    """Something to look at: `.html` for the eye, `.text` for everything else."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": FOLDED + self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


class Html(View):
    """HTML made by a view (already escaped by it), with plain text that says the same."""

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text


class Figure(View):
    """A picture with alternative text and a caption.

    `image` is SVG (text or a Canvas), PNG bytes, or a matplotlib Figure, which is drawn and
    closed. Raises ValueError when `alt` or `caption` is empty, TypeError for any other image.
    It does not check that `alt` says what the picture shows: build both from the same data.
    """

    def __init__(self, image: Any, *, alt: str, caption: str) -> None:
        if not alt.strip() or not caption.strip():
            raise ValueError("a figure needs alternative text and a caption")
        self.alt, self.caption = alt, caption
        self.text = f"[figure: {alt}]"
        self.html = (
            f'<figure style="margin:4px 0;max-width:{COLUMN}px;">'
            f'<img alt="{escape(alt)}" src="{_data_uri(image)}" '
            'style="max-width:100%;height:auto;display:block;">'
            f'<figcaption style="font-family:{SANS};font-size:14px;line-height:1.4;'
            f'white-space:normal;padding:4px 0;">{escape(caption)}</figcaption></figure>'
        )


def _data_uri(image: Any) -> str:
    if isinstance(image, Canvas):
        image = str(image)
    if isinstance(image, str) and image.lstrip().startswith("<svg"):
        return "data:image/svg+xml;base64," + b64encode(image.encode()).decode()
    if hasattr(image, "savefig"):
        image = _png_of(image)
    if isinstance(image, bytes) and image.startswith(_PNG):
        return "data:image/png;base64," + b64encode(image).decode()
    raise TypeError("an image is SVG text, a Canvas, PNG bytes or a matplotlib Figure")


def _png_of(drawing: Any) -> bytes:
    held = BytesIO()
    drawing.savefig(held, format="png", dpi=100, facecolor=PANEL, metadata={"Software": None})
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(drawing)  # or the notebook would show it a second time, without alt text
    return held.getvalue()


@dataclass(frozen=True)
class Cell:
    """One table cell: text, a tone from look.py (None for plain), and fixed-width or not."""

    text: str
    tone: str | None = None
    mono: bool = False


class Table(View):
    """A table with a caption and header cells that screen readers understand.

    `rows` hold str or Cell, as many as there are `columns`; with `row_header` the first cell of
    each row is a header too; `wide` makes it as wide as a panel. Raises ValueError for a row of the
    wrong length or an empty caption.
    """

    def __init__(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[str | Cell]],
        *,
        row_header: bool = True,
        wide: bool = False,
    ) -> None:
        if not caption.strip():
            raise ValueError("a table needs a caption")
        self.caption, self.columns, self.row_header = caption, list(columns), row_header
        self._width = "width:100%;" if wide else ""
        self.rows = [[_as_cell(item) for item in row] for row in rows]
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)}")

    @property
    def html(self) -> str:
        head = "".join(
            f'<th scope="col" style="{_cell_css("quiet")}">{escape(name)}</th>'
            for name in self.columns
        )
        body = "".join(f"<tr>{self._row_html(row)}</tr>" for row in self.rows)
        return (
            f'<div style="overflow-x:auto;max-width:{COLUMN}px;">'
            f'<table style="{self._width}border-collapse:collapse;margin:4px 0;'
            f'background-color:{PANEL};color:{INK};font-family:{SANS};font-size:14px;line-height:1.4;">'
            f'<caption style="caption-side:top;text-align:left;background-color:{PANEL};'
            f'color:{INK};font-weight:600;padding:5px 8px;">{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _row_html(self, row: list[Cell]) -> str:
        written = ""
        for index, cell in enumerate(row):
            header = self.row_header and index == 0
            tag = 'th scope="row"' if header else "td"
            style = _cell_css(cell.tone, mono=cell.mono)
            written += f'<{tag} style="{style}">{escape(cell.text)}</{"th" if header else "td"}>'
        return written

    @property
    def text(self) -> str:
        grid = [self.columns, *([cell.text for cell in row] for row in self.rows)]
        sizes = [[len(masked(word)) for word in line] for line in grid]  # the same on every run
        widths = [max(column) for column in zip(*sizes, strict=True)]
        lines = [
            "  ".join(
                word + " " * (width - size)
                for word, size, width in zip(line, taken, widths, strict=True)
            ).rstrip()
            for line, taken in zip(grid, sizes, strict=True)
        ]
        rule = "  ".join("-" * width for width in widths)
        return "\n".join([self.caption, lines[0], rule, *lines[1:]])


def _as_cell(item: str | Cell) -> Cell:
    return item if isinstance(item, Cell) else Cell(str(item))


def _cell_css(name: str | None, *, mono: bool = False) -> str:
    font = f"font-family:{MONO};" if mono else ""
    edge = RULE if name in (None, "quiet", "plain") else tone(name).line
    return (
        f"{css(name)}{font}border:1px solid {edge};padding:3px 8px;text-align:left;"
        "vertical-align:top;white-space:normal;overflow-wrap:break-word;font-weight:"
        f"{'600' if name == 'quiet' else 'normal'};"
    )

"""Rules that let everyone read an output: tables, headings, contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bs4 import Tag

from tests.notebooks.lesson import Lesson
from tests.notebooks.rules.base import Findings

LEAST_CONTRAST = 4.5
NAMED = {"white": "#ffffff", "black": "#000000", "transparent": None, "inherit": None}


def tables_are_labelled(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        for table in soup.find_all("table"):
            caption = table.find("caption")
            if caption is None or not caption.get_text().strip():
                yield cell, "a table without <caption>"
            heads = table.find_all("th")
            if not heads:
                yield cell, "a table without <th>"
            if any(
                head.get("scope") not in {"col", "row", "colgroup", "rowgroup"} for head in heads
            ):
                yield cell, "a <th> without scope"


def output_headings_in_order(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        levels = [int(head.name[1]) for head in soup.find_all(re.compile(r"^h[1-6]$"))]
        if 1 in levels:
            yield cell, "an H1 in an output; the notebook's title is the only one"
        if any(after > before + 1 for before, after in pairwise(levels)):
            yield cell, f"heading levels {levels} skip one"


def figures_have_captions(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        for figure in soup.find_all("figure"):
            caption = figure.find("figcaption")
            if caption is None or not caption.get_text().strip():
                yield cell, "a <figure> without <figcaption>"


def colours_come_in_pairs(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        for element in soup.find_all(style=True):
            style = _declarations(element)
            if _background(style) and "color" not in style:
                yield cell, f"<{element.name}> sets its background but not its text colour"


def contrast_is_enough(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        for element in soup.find_all(style=True):
            ink, paper = _inherited(element, "color"), _inherited(element, "background")
            if ink and paper and element.get_text().strip():
                ratio = _contrast(ink, paper)
                if ratio < LEAST_CONTRAST:
                    yield cell, f"{ink} on {paper} has contrast {ratio:.1f}, below {LEAST_CONTRAST}"


def text_is_large_enough(lesson: Lesson) -> Findings:
    for cell, soup in _pages(lesson):
        for element in soup.find_all(style=True):
            size = re.fullmatch(
                r"([\d.]+)(px|pt|em|rem|%)", _declarations(element).get("font-size", "")
            )
            if size and float(size[1]) < {"px": 13, "pt": 10, "%": 85}.get(size[2], 0.85):
                yield cell, f"text of {size.group()}, smaller than 10 pt"


def _pages(lesson: Lesson) -> Iterator[tuple[str, Tag]]:
    for cell in lesson.code:
        for output in cell.outputs:
            if output.html:
                yield cell.id, output.soup


def _declarations(element: Tag) -> dict[str, str]:
    pairs = (part.partition(":") for part in (element.get("style") or "").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in pairs if colon}


def _background(style: dict[str, str]) -> str | None:
    value = style.get("background-color") or style.get("background") or ""
    return None if value in {"", "none", "transparent", "inherit"} else value


def _inherited(element: Tag, what: str) -> str | None:
    """The literal colour in force on an element: its own or that of the nearest ancestor."""
    for place in (element, *element.parents):
        style = _declarations(place)
        value = _background(style) if what == "background" else style.get("color")
        if value and value != "inherit":
            return _hex(value)
    return None


def _hex(value: str) -> str | None:
    """#rrggbb for a literal colour, None for one that cannot be computed (var(...), a theme)."""
    value = NAMED.get(value, value) or ""
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", value)
    if short:
        return "#" + "".join(digit * 2 for digit in short.groups())
    return value if re.fullmatch(r"#[0-9a-f]{6}", value) else None


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, success criterion 1.4.3."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

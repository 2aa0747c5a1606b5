"""A very small SVG builder: enough for ladders, strips and trees, and the same text every time.

What it promises: numbers are written in one way, all text is escaped, a picture stands on its own
opaque rounded panel, and a label that would stick out of the picture is an error for the author
(or is shortened, where `room` says how much space it has), never a label cut off for the reader.
It does not lay anything out: views say where things go.
"""

from collections.abc import Sequence
from html import escape

from .lettering import fit, text_width
from .look import COLUMN, EAVESDROPPER, INK, MONO, PANEL, RULE, SANS, SMALLEST


def number(value: float) -> str:
    """Write a coordinate: at most two decimals, no trailing zeros, no negative zero."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


class Canvas:
    """A picture of `width` by `height` pixels that starts as an empty opaque panel.

    Raises ValueError for a picture wider than one column (700 pixels), for text smaller than
    10 pt, and for a label that would stick out of the picture.
    """

    def __init__(self, width: float, height: float, *, frame: bool = True) -> None:
        if width > COLUMN:
            raise ValueError(f"a picture is at most {COLUMN} pixels wide, not {width}")
        self.width, self.height = width, height
        self._definitions: dict[str, str] = {}
        self._parts: list[str] = []
        edge = RULE if frame else "none"
        self.rect(0.5, 0.5, width - 1, height - 1, fill=PANEL, stroke=edge, thick=1, radius=8)

    def _add(self, tag: str, inner: str = "", **attributes: object) -> None:
        written = "".join(
            f' {name.replace("_", "-")}="{_attribute(value)}"'
            for name, value in attributes.items()
            if value is not None
        )
        self._parts.append(f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>")

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = INK,
        thick: float = 1.5,
        dash: str | None = None,
        radius: float = 0,
    ) -> None:
        """A rectangle; `fill` may be a colour or what `hatch` returned."""
        self._add(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            rx=radius or None,
            fill=fill,
            stroke=stroke,
            stroke_width=thick,
            stroke_dasharray=dash,
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = INK,
        thick: float = 1.5,
        dash: str | None = None,
    ) -> None:
        """A straight line."""
        self._add(
            "line",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke=stroke,
            stroke_width=thick,
            stroke_dasharray=dash,
        )

    def arrow(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = INK,
        thick: float = 2,
        dash: str | None = None,
        head: float = 9,
    ) -> None:
        """A line with a solid head at its second end. Raises ValueError if it has no length."""
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        if not length:
            raise ValueError("an arrow needs two different ends")
        along, across = (x2 - x1) / length, (y2 - y1) / length
        neck_x, neck_y = x2 - along * head, y2 - across * head
        self.line(x1, y1, neck_x, neck_y, stroke=stroke, thick=thick, dash=dash)
        half = head * 0.5
        corners = [
            (x2, y2),
            (neck_x - across * half, neck_y + along * half),
            (neck_x + across * half, neck_y - along * half),
        ]
        self.polygon(corners, fill=stroke)

    def polygon(
        self, corners: Sequence[tuple[float, float]], *, fill: str, stroke: str = "none"
    ) -> None:
        """A closed shape through `corners`."""
        points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        self._add("polygon", points=points, fill=fill, stroke=stroke)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        stroke: str = INK,
        thick: float = 1.5,
        dash: str | None = None,
    ) -> None:
        """A circle around (x, y)."""
        self._add(
            "circle",
            cx=x,
            cy=y,
            r=radius,
            fill=fill,
            stroke=stroke,
            stroke_width=thick,
            stroke_dasharray=dash,
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        anchor: str = "start",
        bold: bool = False,
        mono: bool = False,
        fill: str = INK,
        room: float | None = None,
    ) -> None:
        """One line of text whose baseline is at `y`; `anchor` is start, middle or end.

        With `room` (pixels) it is shortened to fit; without, a label that does not fit inside
        the picture raises ValueError.
        """
        if size < SMALLEST:
            raise ValueError(f"text in a picture is at least {SMALLEST} pixels high, not {size}")
        if room is not None:
            text = fit(text, room, size, mono=mono, bold=bold)
        width = text_width(text, size, mono=mono, bold=bold)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        if left < 0 or left + width > self.width or y - size < 0 or y > self.height:
            raise ValueError(f"the label {text!r} does not fit inside the picture")
        self._add(
            "text",
            escape(text, quote=False),
            x=x,
            y=y,
            font_size=size,
            font_family=MONO if mono else SANS,
            font_weight="bold" if bold else None,
            text_anchor=None if anchor == "start" else anchor,
            fill=fill,
        )

    def hatch(self, stroke: str, background: str = PANEL) -> str:
        """Return a `fill` of slanted lines: the course's sign for "encrypted"."""
        name = f"hatch-{stroke.lstrip('#')}-{background.lstrip('#')}".lower()
        self._definitions[name] = (
            f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{background}"/>'
            f'<line x1="0" y1="0" x2="0" y2="7" stroke="{stroke}" stroke-width="2"/></pattern>'
        )
        return f"url(#{name})"

    def lock(self, x: float, y: float, size: float = 14, *, fill: str = INK) -> None:
        """A closed padlock drawn as shapes; (x, y) is its upper left corner, `size` its height."""
        body_top, wide = y + size * 0.45, size * 0.8
        left, right = x + wide * 0.2, x + wide * 0.8
        path = (
            f"M{number(left)} {number(body_top)} V{number(y + size * 0.3)} "
            f"A{number(wide * 0.3)} {number(size * 0.3)} 0 0 1 {number(right)} "
            f"{number(y + size * 0.3)} V{number(body_top)}"
        )
        self._add("path", d=path, fill="none", stroke=fill, stroke_width=size * 0.12)
        self._add(
            "rect", x=x, y=body_top, width=wide, height=size * 0.55, rx=size * 0.08, fill=fill
        )

    def eye(self, x: float, y: float, size: float = 14, *, fill: str = EAVESDROPPER) -> None:
        """An eye drawn as shapes, for who is listening; (x, y) is its centre."""
        half = size * 0.75
        path = (
            f"M{number(x - half)} {number(y)} Q{number(x)} {number(y - size)} {number(x + half)} "
            f"{number(y)} Q{number(x)} {number(y + size)} {number(x - half)} {number(y)} Z"
        )
        self._add("path", d=path, fill="none", stroke=fill, stroke_width=1.5)
        self.circle(x, y, size * 0.25, fill=fill, stroke=fill, thick=0)

    def __str__(self) -> str:
        """The whole picture as SVG text."""
        width, height = number(self.width), number(self.height)
        definitions = "".join(self._definitions[name] for name in sorted(self._definitions))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}">'
            + (f"<defs>{definitions}</defs>" if definitions else "")
            + "".join(self._parts)
            + "</svg>"
        )


def _attribute(value: object) -> str:
    return number(value) if isinstance(value, int | float) else escape(str(value))

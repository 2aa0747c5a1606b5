"""Points of a small elliptic curve, and how two of them are added."""

from __future__ import annotations

from html import escape

from helpers.experiments.addition import Addition
from helpers.toy.curve import INFINITY, Curve, Point

from .figure import Figure, Html
from .lettering import text_width
from .look import (
    CHANGED,
    CLIENT,
    FAINT,
    INK,
    PANEL,
    RULE,
    SECRET,
    SERVER,
    SMALLEST,
    chip,
    panel,
    tone,
)
from .svg import Canvas

_SIDE, _LEFT, _TOP = 430, 44, 16  # the square with the points, its place
_TEXT = _LEFT + _SIDE + 18


def curve_view(curve: Curve, named: dict[str, Point] | None = None, *,
               line: tuple[Point, Point] | None = None, caption: str = "") -> Figure:
    """Every point of the curve as a dot; `named` ones ringed, with their name and coordinates.

    `line` draws the line through two points (the tangent, if they are the same) modulo p: it
    leaves the square on one side and comes back on the other. For p up to about 200.
    """
    named, canvas = named or {}, Canvas(700, _SIDE + 58)
    _axes(canvas, curve)
    if line is not None:
        _line(canvas, curve, *line)
    for point in curve.points():
        canvas.circle(*_place(curve, point), 2.2, fill=INK, thick=0)
    half = _TOP + _SIDE - _SIDE * (curve.p / 2) / curve.p
    canvas.line(_LEFT, half, _LEFT + _SIDE, half, stroke=RULE, thick=1, dash="2 3")
    _names(canvas, curve, named)
    told = ", ".join(f"{name} = {written(point)}" for name, point in named.items())
    size = f"{curve.size - 1} points with coordinates, and infinity"
    return Figure(canvas, alt=f"The curve {curve}: {size}. {told}".strip(),
                  caption=caption or f"{curve}: {size}. Above and below the dotted line they are "
                  "mirror images.")


def addition_view(sum_of: Addition) -> Html:
    """P, Q, the line through both, and P + Q on the small curve; T is there to be found."""
    a = sum_of
    named = {f"P = {a.j} · G": a.first, f"Q = {a.k} · G": a.second, "S = P + Q": a.total,
             "T (marked)": a.marked}
    drawn = (a.first, a.second)
    figure = curve_view(a.curve, named, line=drawn, caption=f"{a.curve}. Small squares: the line "
                        "through P and Q, which comes back in on the other side. S is the mirror "
                        "image of the third point on it.")
    if a.found:
        verdict, name = "T found", "good"
    else:
        verdict, name = "P is not T", "quiet"
    said = f"P + Q = {written(a.total)}. {_rule(a)}"
    return Html(figure.html + panel(f"{chip(verdict, name)} {escape(said)}"),
                f"{figure.text}\n{verdict}. {said}")


def _rule(a: Addition) -> str:
    if a.first is INFINITY or a.second is INFINITY:
        return "Infinity changes nothing: it is the zero of this addition."
    if a.total is INFINITY:
        return ("The line through P and Q is vertical and meets no third point: Q is P's mirror "
                "image.")
    if a.first == a.second:
        return "P and Q are the same point: the line is the tangent there."
    return "The line through P and Q meets the curve in one more point; its mirror image is S."


def written(point: Point) -> str:
    """The coordinates, or the word for the point that has none."""
    return "infinity" if point is INFINITY else f"({point[0]}, {point[1]})"


def _place(curve: Curve, point: tuple[int, int]) -> tuple[float, float]:
    x, y = point
    return _LEFT + _SIDE * (x + 0.5) / curve.p, _TOP + _SIDE * (1 - (y + 0.5) / curve.p)


def _axes(canvas: Canvas, curve: Curve) -> None:
    canvas.rect(_LEFT, _TOP, _SIDE, _SIDE, stroke=RULE, thick=1)
    for number in (0, curve.p // 2, curve.p - 1):
        x, y = _place(curve, (number, number))
        canvas.text(x, _TOP + _SIDE + 17, str(number), size=SMALLEST, anchor="middle", fill=FAINT)
        canvas.text(_LEFT - 6, y + 5, str(number), size=SMALLEST, anchor="end", fill=FAINT)
    canvas.text(_LEFT + _SIDE / 2, _TOP + _SIDE + 36, "x", anchor="middle", fill=FAINT)
    canvas.text(12, _TOP + _SIDE / 4, "y", fill=FAINT)


def _line(canvas: Canvas, curve: Curve, first: Point, second: Point) -> None:
    """The line modulo p, one small mark for each whole x; upright lines are drawn through."""
    if first is INFINITY or second is INFINITY:
        return
    colour = tone("secret").text
    if (first[0] == second[0] and first != second) or (first == second and first[1] == 0):
        x, _ = _place(curve, first)
        canvas.line(x, _TOP, x, _TOP + _SIDE, stroke=colour, thick=1.5, dash="5 3")
        return
    slope = curve.slope(first, second)
    for x in range(curve.p):
        left, top = _place(curve, (x, (first[1] + slope * (x - first[0])) % curve.p))
        canvas.rect(left - 3.5, top - 3.5, 7, 7, fill="none", stroke=colour, thick=1.5)


_RINGS = (CLIENT, SERVER, SECRET, CHANGED)


def _names(canvas: Canvas, curve: Curve, named: dict[str, Point]) -> None:
    """A ring and a letter at each named point, and beside the square what it is."""
    colours = dict(zip(named, _RINGS, strict=False))
    taken: set[Point] = set()
    for index, (name, point) in enumerate(named.items()):
        y = _TOP + 18 + index * 50
        canvas.circle(_TEXT + 5, y - 5, 5, stroke=colours.get(name, INK), thick=3)
        canvas.text(_TEXT + 18, y, name, bold=True, size=SMALLEST, room=188)
        canvas.text(_TEXT + 18, y + 19, written(point), mono=True, size=SMALLEST)
        if point is INFINITY or point in taken:
            continue
        taken.add(point)
        x, top = _place(curve, point)
        canvas.circle(x, top, 7, stroke=colours.get(name, INK), thick=3)
        label = name.split(" ")[0]
        side = "end" if x > _LEFT + _SIDE - 40 else "start"
        start, baseline = x + (-11 if side == "end" else 11), max(top + 5, _TOP + 14)
        width = text_width(label, SMALLEST, bold=True)
        canvas.rect(start - (width if side == "end" else 0) - 1, baseline - 12, width + 2, 15,
                    fill=PANEL, stroke="none", thick=0)
        canvas.text(start, baseline, label, bold=True, size=SMALLEST, anchor=side)

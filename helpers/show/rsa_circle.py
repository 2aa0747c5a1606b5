"""Powers modulo n go round in a circle: each station with its value and the exponents that lead
there."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from .figure import Figure
from .look import FAINT, SMALLEST, tone
from .svg import Canvas

_MOST = 12
_CENTRE, _ROUND = (350, 158), (205, 108)


def power_circle(powers: Sequence[int], modulus: int) -> Figure:
    """`powers` are base ** 1, base ** 2 and so on, each modulo `modulus`.

    Raises ValueError where they do not come back to the first one, or only after more than twelve
    steps: such a circle cannot be read.
    """
    if powers[0] not in powers[1:] or (steps := powers.index(powers[0], 1)) > _MOST:
        raise ValueError(f"these powers do not come back within {_MOST} steps")
    canvas = Canvas(700, 320)
    for place in range(steps):
        (x, y), (after, below) = _at(place, steps), _at(place + 1, steps)
        gap = 27 / max(1, ((after - x) ** 2 + (below - y) ** 2) ** 0.5)
        dx, dy = (after - x) * gap, (below - y) * gap
        canvas.arrow(x + dx, y + dy, after - dx, below - dy, stroke=FAINT, thick=1.5, head=8)
    for place in range(steps):
        exponents = ", ".join(map(str, range(place + 1, len(powers) + 1, steps)))
        _station(canvas, place, steps, powers[place], exponents)
    canvas.text(*_CENTRE, "one step: times", anchor="middle", size=SMALLEST, fill=FAINT)
    canvas.text(_CENTRE[0], _CENTRE[1] + 19, f"{powers[0]}, modulo {modulus}", anchor="middle",
                size=SMALLEST, fill=FAINT)
    told = "; ".join(f"{powers[place]} for the exponents "
                     f"{', '.join(map(str, range(place + 1, len(powers) + 1, steps)))}"
                     for place in range(steps))
    return Figure(canvas, alt=f"A circle of {steps} stations, in order: {told}.",
                  caption=f"The powers of {powers[0]}. In each circle the remainder, beside it the "
                          f"exponents that give it. After {steps} steps everything begins again.")


def _at(place: int, steps: int) -> tuple[float, float]:
    """The station's centre; the first one is at the top, and they go round clockwise."""
    angle = 2 * pi * place / steps - pi / 2
    return _CENTRE[0] + _ROUND[0] * cos(angle), _CENTRE[1] + _ROUND[1] * sin(angle)


def _station(canvas: Canvas, place: int, steps: int, value: int, exponents: str) -> None:
    x, y = _at(place, steps)
    look = tone("changed" if place == 0 else "plain")
    canvas.circle(x, y, 20, fill=look.fill, stroke=look.line, thick=3 if place == 0 else 1.5)
    canvas.text(x, y + 5, str(value), anchor="middle", bold=place == 0, mono=True, fill=look.text)
    side = "middle" if abs(x - _CENTRE[0]) < 20 else "start" if x > _CENTRE[0] else "end"
    shift = {"middle": 0, "start": 27, "end": -27}[side]
    above = -29 if y < _CENTRE[1] else 38
    canvas.text(x + shift, y + (5 if shift else above), exponents, anchor=side, size=SMALLEST)

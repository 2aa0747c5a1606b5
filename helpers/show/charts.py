"""Charts: lines through numbers, and bars with their values, in the one look of the course.

matplotlib is imported where it is needed, without pyplot, so nothing keeps a drawing alive. The
alternative text is made from the same numbers as the picture. A colour never stands alone: each
line has its own dashes and markers too, and its name beside it. A chart does not check that its
numbers make sense; `measured=True` says that they came from a clock (see amounts.py).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from .amounts import SECONDS, amount
from .amounts import measured as in_masked_form
from .axes import LETTERS, Axis
from .figure import Figure
from .look import INK, PANEL, RULE, tone
from .placing import Point, along, beside, spread

Series = Sequence[tuple[float, float]]
WIDTH, DOTS = 7.0, 100  # inches, and dots in each: 700 pixels
SHARP = 2  # drawn at twice that, for screens with small pixels
# tone, dashes, marker: any one of the three tells two lines apart
STYLES = (
    ("client", "-", "o"), ("server", "--", "s"), ("certificate", "-.", "^"),
    ("secret", ":", "D"), ("eavesdropper", (0, (8, 2, 2, 2, 2, 2)), "v"), ("changed", "-", "X"),
)  # fmt: skip
MANY = 25  # more points than this have no marker each
FEW = 6  # up to so many points are all named in the alternative text
LONGEST_NAME = 24  # a longer one does not fit beside its line: a legend holds it


def line_chart(
    series: Mapping[str, Series],
    *,
    x: str,
    y: str,
    caption: str,
    log: str = "",
    marks: Mapping[str, tuple[float, float]] | None = None,
    measured: bool = False,
    points: Iterable[str] = (),
    steps: Iterable[str] = (),
    x_ticks: Mapping[float, str] | None = None,
    y_ticks: Mapping[float, str] | None = None,
    alt: str = "",
) -> Figure:
    """Lines through `series`, {name: [(x, y), ...]}.

    `x` and `y` name the axes, with the unit in brackets: "key length (bits)"; a unit of seconds is
    written as what fits. `log` names the axes with a logarithmic scale: "x", "y" or "xy". `marks`
    are points with a name. Series named in `points` are drawn as points without a line, those in
    `steps` as stairs. `x_ticks` and `y_ticks` put words beside values: {3600.0: "1 hour"}.
    `alt` replaces the alternative text, where a caller can say it better than with numbers.
    Raises ValueError for no series, an empty one, more than six, or nothing above 0 on a
    logarithmic axis.
    """
    across = Axis(x, "x" in log, x_ticks or {})
    up = Axis(y, "y" in log, y_ticks or {}, measured)
    marks = dict(marks or {})
    _check(series, across, up)
    drawing, axes = _sheet(3.9)
    for (name, values), (colour, dashes, marker) in zip(series.items(), STYLES, strict=False):
        bare = name in set(points)
        axes.plot(
            *zip(*values, strict=True),
            color=tone(colour).line,
            linestyle="none" if bare else dashes,
            linewidth=2,
            marker=marker if bare or len(values) <= MANY else "",
            markersize=6,
            drawstyle="steps-post" if name in set(steps) else "default",
            label=name,
        )
    _scale(axes, across, up)
    _name_lines(drawing, axes, series)
    _name_marks(drawing, axes, marks)
    alt = alt or _told(series, across, up, marks, set(points))
    return Figure(_png(drawing), alt=alt, caption=caption)


def bar_chart(
    values: Mapping[str, float],
    *,
    unit: str,
    caption: str,
    x: str = "",
    log: bool = False,
    measured: bool = False,
) -> Figure:
    """One horizontal bar for each of `values`, from top to bottom, its value at its end.

    `unit` is that of the values ("s" becomes what fits: "12 µs"); `x` says what they are ("time for
    one signature"). Raises ValueError for no values, a negative one, or 0 on a logarithmic axis.
    """
    if not values or min(values.values()) < 0 or (log and min(values.values()) == 0):
        raise ValueError("bars need values that are not negative, and above 0 with log=True")
    ends = _ends(values.values()) if log else (0.0, 0.0)
    ticks = _tens(*ends, unit) if log and unit in SECONDS else {}
    axis = Axis(f"{x} ({unit})" if x else unit, log, ticks)
    drawing, axes = _sheet(0.9 + 0.42 * len(values))
    colour = tone("client")
    bars = axes.barh(
        list(values), list(values.values()), height=0.62, color=colour.fill, edgecolor=colour.line,
        hatch="///", linewidth=1.5, log=log,
    )  # fmt: skip
    written = [amount(value, unit) for value in values.values()]
    clear = {"facecolor": PANEL, "edgecolor": "none", "pad": 1}  # no grid line through a number
    axes.bar_label(bars, written, padding=6, fontsize=LETTERS, color=INK, bbox=clear)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0, labelsize=LETTERS)
    axes.spines["left"].set_visible(log)
    if log:
        axes.set_xlim(*ends)
    axis.dress(axes.xaxis)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    said = in_masked_form if measured else amount
    bars_told = "; ".join(f"{name}: {said(value, unit)}" for name, value in values.items())
    scale = ", on a logarithmic axis" if log else ""
    alt = f"bar chart of {axis.words}{scale}. {bars_told}"
    return Figure(_png(drawing), alt=alt, caption=caption)


def _ends(values: Iterable[float]) -> tuple[float, float]:
    """Where a logarithmic axis for bars begins, at a power of ten, and ends."""
    held = list(values)
    return 10.0 ** math.floor(math.log10(min(held) / 10)), max(held) * 1.5


def _tens(low: float, high: float, unit: str) -> dict[float, str]:
    """Powers of ten seconds from `low` on, each or every second one; none beyond a minute."""
    powers = range(round(math.log10(low)), math.floor(math.log10(high)) + 1)
    step = 1 if len(powers) <= 6 else 2
    return {10.0**at: amount(10.0**at, unit) for at in powers[::step]} if high <= 60 else {}


def _check(series: Mapping[str, Series], across: Axis, up: Axis) -> None:
    if not 1 <= len(series) <= len(STYLES) or not all(map(len, series.values())):
        raise ValueError(f"a chart has one to {len(STYLES)} series, and none is empty")
    for axis, place in ((across, 0), (up, 1)):
        if axis.log and not all(any(one[place] > 0 for one in held) for held in series.values()):
            raise ValueError(f"a logarithmic axis has no place for 0: {axis.label}")


def _sheet(height: float) -> tuple[Any, Any]:
    """An empty drawing and its axes, with nothing on it that means nothing."""
    # The first use on a machine says on stderr that it looks at the fonts: nobody needs to know.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(WIDTH, height), dpi=DOTS, layout="constrained", facecolor=PANEL)
    FigureCanvasAgg(drawing)
    axes = drawing.subplots()
    axes.set_axisbelow(True)
    axes.margins(x=0.02)
    drawing.get_layout_engine().set(w_pad=0.1, h_pad=0.08)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return drawing, axes


def _scale(axes: Any, across: Axis, up: Axis) -> None:
    for axis, name, matplotlibs in ((across, "x", axes.xaxis), (up, "y", axes.yaxis)):
        if axis.log:
            axes.set(**{f"{name}scale": "log"})
        axis.dress(matplotlibs)
    axes.grid(color=RULE, linewidth=0.6)


def _name_lines(drawing: Any, axes: Any, series: Mapping[str, Series]) -> None:
    """Write each name at the right end of its line, or all in a legend above the axes."""
    if max(map(len, series)) > LONGEST_NAME:
        columns = 1 if max(map(len, series)) > 40 else 2
        drawing.legend(loc="outside upper left", ncols=columns, fontsize=LETTERS, frameon=False,
                       handlelength=4)  # fmt: skip
        return
    low, high = axes.get_ylim()
    ends = [axes.transData.transform(values[-1])[1] for values in series.values()]
    bottom, top = (axes.transData.transform((1, y))[1] for y in (low, high))
    heights = spread([(end - bottom) / (top - bottom) for end in ends], 0.085, 0.0, 1.0)
    for name, height, style in zip(series, heights, STYLES, strict=False):
        axes.text(
            1.015, height, name, transform=axes.transAxes, va="center", fontsize=LETTERS,
            color=tone(style[0]).text, fontweight="bold",
        )  # fmt: skip


def _name_marks(drawing: Any, axes: Any, marks: Mapping[str, Point]) -> None:
    """Draw each mark as a ring with its name beside it, where it covers least."""
    if not marks:
        return
    axes.scatter(*zip(*marks.values(), strict=True), s=90, facecolors="none", edgecolors=INK,
                 linewidths=1.8, zorder=6)  # fmt: skip
    drawing.draw_without_rendering()
    drawing.set_layout_engine("none")  # from here on everything stays where it is
    renderer = drawing.canvas.get_renderer()
    frame = axes.get_window_extent(renderer)
    lines = [
        point for line in axes.get_lines() for point in along(_pixels(axes, line.get_xydata()))
    ]
    taken = []
    for name, place in marks.items():
        (pixel,) = _pixels(axes, [place])
        word = axes.text(0, 0, name, fontsize=LETTERS, color=INK, zorder=5)
        size = word.get_window_extent(renderer)
        box = beside(pixel, (size.width, size.height), frame.extents, lines, taken)
        taken.append(box)
        word.set(transform=axes.transAxes, va="bottom")  # in parts of the frame: dots may change
        word.set_position(axes.transAxes.inverted().transform(box[:2]))
        word.set_bbox({"facecolor": PANEL, "edgecolor": "none", "pad": 1, "alpha": 0.85})


def _pixels(axes: Any, points: Iterable[Any]) -> list[Point]:
    return [tuple(axes.transData.transform(point)) for point in points]


def _png(drawing: Any) -> bytes:
    """The drawing with few colours: a third of the bytes, and the notebook carries them."""
    from PIL import Image

    held = BytesIO()
    drawing.savefig(held, format="png", dpi=DOTS * SHARP, facecolor=PANEL)
    small = BytesIO()
    Image.open(held).convert("RGB").quantize(48).save(small, format="png", optimize=True)
    return small.getvalue()


def _told(
    series: Mapping[str, Series],
    across: Axis,
    up: Axis,
    marks: Mapping[str, Point],
    points: set[str],
) -> str:
    """What the picture says, in words: every series with its key values, then the marks."""
    scales = [name for name, axis in (("across", across), ("up", up)) if axis.log]
    scale = f" (logarithmic {' and '.join(scales)})" if scales else ""
    told = [f"line chart of {up.words} against {across.words}{scale}"]
    for name, values in series.items():
        kept = values if len(values) <= FEW else [values[0], values[len(values) // 2], values[-1]]
        named = "; ".join(f"{up.said(b)} at {across.said(a)}" for a, b in kept)
        shape = f"{len(values)} points" if name in points else "line"
        told.append(f"{name} ({shape}): {named}")
    told += [f"Marked: {name}, {up.said(b)} at {across.said(a)}" for name, (a, b) in marks.items()]
    return ". ".join(told)

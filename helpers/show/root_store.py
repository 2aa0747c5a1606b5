"""Pictures of a root store: from when to when each root lives, and how large they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

from helpers import lab
from helpers.experiments.root_store import Root

from .axes import LETTERS
from .charts import STYLES, _png, _sheet
from .figure import Figure
from .look import CHANGED, CLIENT, RULE, SERVER, tone
from .placing import spread

_LOOKS = {"RSA": (CLIENT, "-"), "EC": (SERVER, (0, (3, 1)))}


def lives_chart(store: Sequence[Root], now: datetime = lab.NOW) -> Figure:
    """One line per root, from its first day to its last, the oldest at the bottom."""
    from matplotlib.lines import Line2D

    drawing, axes = _sheet(4.6)
    for place, root in enumerate(store):
        colour, dashes = _LOOKS.get(root.family, ("black", ":"))
        axes.plot([_year(root.begins), _year(root.ends)], [place, place], color=colour,
                  linestyle=dashes, linewidth=1.6)
    axes.axvline(_year(now), color=CHANGED, linewidth=2.5)
    axes.annotate("today (in this lab)", (_year(now), len(store)), xytext=(5, 2),
                  textcoords="offset points", fontsize=LETTERS)
    families = [name for name in _LOOKS if any(root.family == name for root in store)]
    axes.legend([Line2D([], [], color=_LOOKS[name][0], linestyle=_LOOKS[name][1], linewidth=2)
                 for name in families], families, fontsize=LETTERS, frameon=False,
                loc="upper left")
    axes.set_xlabel("year", fontsize=LETTERS)
    axes.set_ylabel("roots, in the order of their making", fontsize=LETTERS)
    axes.tick_params(labelsize=LETTERS)
    axes.set_ylim(-2, len(store) + 7)
    return Figure(_png(drawing), alt=_told(store, now),
                  caption="From when to when each root is valid. Full lines: RSA keys; "
                  "broken lines: keys on an elliptic curve (EC).")


def _year(moment: datetime) -> float:
    return moment.year + (moment.timetuple().tm_yday - 1) / 365.25


def _told(store: Sequence[Root], now: datetime) -> str:
    ages = [root.age(now) for root in store]
    last = max(root.ends for root in store)
    soon = sum(root.left(now) < 5 for root in store)
    first_curve = min((root.begins.year for root in store if root.family == "EC"), default=None)
    curves = f" The first EC root is of {first_curve}." if first_curve else ""
    return (f"Chart with one line for each of {len(store)} roots, from its first day to its last. "
            f"The oldest is {max(ages):.0f} years old, the youngest {min(ages):.0f}, the one in "
            f"the middle {median(ages):.0f}. {soon} expire within five years, the last one in "
            f"{last.year}.{curves}")


def sizes_chart(store: Sequence[Root]) -> Figure:
    """A dot for each root: the year it was made in, and its size."""
    kinds: dict[str, list[tuple[float, float]]] = {}
    for root in store:
        kinds.setdefault(root.key, []).append((_year(root.begins), root.size))
    common = sorted(kinds, key=lambda kind: -len(kinds[kind]))[:4]
    years = range(min(root.begins.year for root in store), max(root.begins.year for root in store))
    middle = {kind: sorted(size for _, size in kinds[kind])[len(kinds[kind]) // 2]
              for kind in common}
    told = "; ".join(f"{kind}: {len(kinds[kind])} roots, the middle one of {size:,} bytes"
                     for kind, size in middle.items())
    drawing, axes = _sheet(3.9)
    for kind, (colour, _, marker) in zip(common, STYLES, strict=False):
        axes.plot(*zip(*kinds[kind], strict=True), color=tone(colour).line, linestyle="none",
                  marker=marker, markersize=6)
    axes.set_xticks([year for year in years if not year % 5])
    axes.set_xlabel("year it was made in", fontsize=LETTERS)
    axes.set_ylabel("size of the certificate (bytes)", fontsize=LETTERS)
    axes.tick_params(labelsize=LETTERS)
    axes.grid(color=RULE, linewidth=0.6)
    _name_kinds(axes, {kind: middle[kind] for kind in common})
    return Figure(_png(drawing), alt=f"Chart of the size of root certificates by year. {told}.",
                  caption="How large a root certificate is, by year and kind of key: the four "
                  "commonest kinds. Each name stands as high as the middle one of its kind.")


def _name_kinds(axes: Any, middle: Mapping[str, int]) -> None:
    """Beside the chart the name of each kind with its marker, as high as its middle size."""
    low, high = axes.get_ylim()
    heights = spread([(size - low) / (high - low) for size in middle.values()], 0.085, 0.0, 1.0)
    for kind, height, (colour, _, marker) in zip(middle, heights, STYLES, strict=False):
        axes.plot([1.03], [height], transform=axes.transAxes, clip_on=False, marker=marker,
                  color=tone(colour).line, linestyle="none", markersize=7)
        axes.text(1.055, height, kind, transform=axes.transAxes, va="center", fontsize=LETTERS,
                  color=tone(colour).text, fontweight="bold")
    axes.set_ylim(low, high)

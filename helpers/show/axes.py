"""Axes of charts: their words, their ticks, and how a value on them is said aloud."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .amounts import SECONDS, YEAR, amount, measured, power

MOST = {"x": 5, "y": 7}  # ticks on a time axis: words need more room across than up
LETTERS = 10.5  # points: 14.6 pixels in a column of 700
_MOMENTS = (1e-9, 1e-6, 1e-3, 1.0, 60.0, 3600.0, 86_400.0)


@dataclass(frozen=True)
class Axis:
    """One axis. `label` is "name (unit)", or a single word that is name and unit in one.

    A unit of seconds is shown as what fits ("1 ms", "1 day"). `ticks` maps values to the words
    that stand beside them, in the place of numbers.
    """

    label: str
    log: bool = False
    ticks: Mapping[float, str] = field(default_factory=dict)
    measured: bool = False

    @property
    def unit(self) -> str:
        found = re.search(r"\(([^()]+)\)$", self.label)
        return found[1] if found else self.label if " " not in self.label else ""

    @property
    def in_time(self) -> bool:
        """Whether its values are seconds."""
        return self.unit in SECONDS

    @property
    def words(self) -> str:
        """What stands beside the axis. Ticks of a time axis carry their own units."""
        if not self.in_time:
            return self.label
        return self.label.removesuffix(f"({self.unit})").removesuffix(self.unit).strip() or "time"

    def said(self, value: float) -> str:
        """A value in words, for alternative text."""
        if value in self.ticks:
            return self.ticks[value]
        return measured(value, self.unit) if self.measured else amount(value, self.unit)

    def dress(self, axis: Any) -> None:
        """Give a matplotlib axis its scale, its ticks and its words."""
        from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

        unit = self.unit if self.in_time else ""
        axis.set_tick_params(labelsize=LETTERS)
        powers = self.log and not self.in_time and max(axis.get_view_interval()) >= 1e7
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: power_of_ten(value) if powers else amount(value, unit))
        )
        axis.set_minor_locator(NullLocator())
        if self.ticks:
            axis.set_major_locator(FixedLocator(list(self.ticks)))
            axis.set_major_formatter(FuncFormatter(lambda value, _: self.ticks.get(value, "")))
        elif self.log and self.in_time:
            seen = moments(*axis.get_view_interval(), MOST[axis.axis_name])
            axis.set_major_locator(FixedLocator(seen))
        axis.set_label_text(self.words, fontsize=LETTERS)


def power_of_ten(value: float) -> str:
    """A tick of an axis that goes far: "1", "10", "100", then "10³", "10⁴" and so on."""
    size = round(math.log10(value))
    return power(value, size) if size >= 3 else amount(value, "")


def moments(low: float, high: float, most: int) -> list[float]:
    """Times that people have a feeling for, from `low` to `high` seconds, at most `most`."""
    ages = [YEAR * 10.0**power for power in range(0, 60, 3)]
    inside = [moment for moment in (*_MOMENTS, *ages) if low <= moment <= high]
    if len(inside) < 2:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        inside = [10.0**power for power in powers if low <= 10.0**power <= high]
    step = max(1, -(-len(inside) // most))
    return inside[::step]

"""The chart of what trying every key costs, on an axis of powers of ten."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import log10

from .amounts import measured
from .charts import Series, line_chart
from .figure import Figure

_YEAR = 3.156e7
_UNIVERSE = 13.8e9 * _YEAR  # 13.8 billion years: Planck Collaboration, Planck 2018 results VI
_MOMENTS = {1.0: "1 s", _YEAR: "1 year", _UNIVERSE: "age of the universe",
            _UNIVERSE * 1e20: "10²⁰ such ages", _UNIVERSE * 1e40: "10⁴⁰ such ages"}
_LENGTHS = {56: "56 (DES)", 128: "128", 192: "192", 256: "256"}
_CAPTION = "Trying every key: one try was measured on this computer, the rest is computed."


def search_cost(series: Mapping[str, Series], *, caption: str = _CAPTION) -> Figure:
    """Lines through `series`, {name: [(bits of the key, seconds for all keys), ...]}.

    The seconds are drawn as powers of ten: they are numbers of up to 70 digits. The words say at
    which length of the key a line passes a year and the age of the universe, in the form for
    measured numbers, because the seconds come from a clock. Raises ValueError for less than one
    second.
    """
    powers = {name: [(bits, log10(seconds)) for bits, seconds in values]
              for name, values in series.items()}
    if any(power < 0 for values in powers.values() for _, power in values):
        raise ValueError("begin where trying every key takes a second at least")
    told = "; ".join(f"{name}: {_passed(values)}" for name, values in series.items())
    return line_chart(
        powers, x="key length (bits)", y="time to try every key", caption=caption, x_ticks=_LENGTHS,
        y_ticks={log10(seconds): words for seconds, words in _MOMENTS.items()},
        alt="line chart of the time to try every key, in powers of ten, against the length of the "
            f"key in bits. Straight lines, rising. {told}.")


def _passed(values: Series) -> str:
    """Where a line passes the moments that have a name: "1 year at ≈ 44.1 bits here"."""
    said = []
    for moment in (_YEAR, _UNIVERSE):
        for (bits, seconds), (more_bits, more) in pairwise(values):
            if seconds < moment <= more:
                part = log10(moment / seconds) / log10(more / seconds)
                where = measured(bits + part * (more_bits - bits), "bits")
                said.append(f"{_MOMENTS[moment]} at {where}")
    return ", ".join(said) or "it passes neither a year nor the age of the universe"

"""The chart of what trying every key costs, on an axis of powers of ten."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

from .charts import Series, line_chart
from .figure import Figure

_YEAR = 3.156e7
_UNIVERSE = 13.8e9 * _YEAR  # 13.8 billion years: Planck Collaboration, Planck 2018 results VI
_MOMENTS = {1.0: "1 s", _YEAR: "1 year", _UNIVERSE: "age of the universe",
            _UNIVERSE * 1e20: "10²⁰ times that", _UNIVERSE * 1e40: "10⁴⁰ times that"}
_LENGTHS = {56: "56 (DES)", 128: "128", 192: "192", 256: "256"}


def search_cost(series: Mapping[str, Series], *, caption: str) -> Figure:
    """Lines through `series`, {name: [(bits of the key, seconds for all keys), ...]}.

    The seconds are drawn, and told, as powers of ten: they are numbers of up to 70 digits. They
    come from a clock, so they are told in the form for measured numbers. Raises ValueError for
    less than one second.
    """
    powers = {name: [(bits, log10(seconds)) for bits, seconds in values]
              for name, values in series.items()}
    if any(power < 0 for values in powers.values() for _, power in values):
        raise ValueError("begin where trying every key takes a second at least")
    return line_chart(
        powers, x="key length (bits)", y="seconds for all keys (powers of ten)", measured=True,
        caption=caption, x_ticks=_LENGTHS,
        y_ticks={log10(seconds): words for seconds, words in _MOMENTS.items()})

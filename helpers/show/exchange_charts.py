"""The two charts about key exchange: how long a listener searches, and what the server computes."""

from __future__ import annotations

from collections.abc import Mapping

from .charts import Series, bar_chart, line_chart
from .figure import Figure


def search_chart(series: Mapping[str, Series]) -> Figure:
    """Steps to a private number, {way: [(bits of p, steps)]}. The first way is marked at 10 and
    20 bits, where it has such points: the same numbers on every machine, for they are counted."""
    first = dict(next(iter(series.values())))
    marks = {f"{first[bits]:,}": (bits, first[bits]) for bits in (10, 20) if bits in first}
    return line_chart(
        series, x="size of p (bits)", y="multiplications counted", log="y", marks=marks,
        caption="Steps to a discrete logarithm. The upright axis is logarithmic: each grid line "
        "is ten times the one below.")


def exchange_chart(seconds: Mapping[str, float]) -> Figure:
    """{way: seconds the server computes for one key exchange}, measured on this machine."""
    return bar_chart(seconds, unit="s", x="server's time for one connection", measured=True,
                     caption="What the server computes for one key exchange.")

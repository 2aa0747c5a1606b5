"""Charts of what RSA costs: to take it apart, and to use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.experiments.rsa_costs import BLOCKS
from helpers.experiments.rsa_factoring import carried_on

from .amounts import amount
from .charts import bar_chart, line_chart
from .figure import Figure

_LAST = 96  # bits up to which the line is carried on
_TICKS = (1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0, 60.0, 3600.0, 86_400.0, 864_000.0)  # seconds


def factoring_chart(times: Sequence[tuple[float, float]]) -> Figure:
    """Measured times of trial division, (bits, seconds), and the same line carried on."""
    return line_chart(
        {"measured on this machine, now": times, "calculated, not measured": carried_on(
            times, _LAST)},
        x="size of n (bits)", y="time (s)", log="y", measured=True,
        y_ticks={seconds: amount(seconds, "s") for seconds in _TICKS},
        caption="Trial division: time to factor a product of two primes of equal size. Up to "
        f"{times[-1][0]} bits measured on this machine; beyond that nobody waited: calculated, "
        "twice as long for every two bits.",
    )  # fmt: skip


def cost_chart(seconds: Mapping[str, float]) -> Figure:
    """Seconds for a megabyte, by name, as bars."""
    return bar_chart(
        seconds, unit="s", x="time for 1 MB", log=True, measured=True,
        caption="A megabyte, four ways, measured on this machine. For RSA one block was timed and "
        f"multiplied by {BLOCKS:,}. The scale is logarithmic: equal steps are equal factors.",
    )  # fmt: skip

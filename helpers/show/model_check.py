"""Model beside measurement: the times to the first byte, computed and by the clock."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.experiments.latency_measured import Checked

from .amounts import measured
from .figure import Table
from .waterfall import milliseconds


def model_check(rows: Sequence[Checked]) -> Table:
    """One row a way to visit. What the clock said is in the form that may differ."""
    return Table(
        "Time to the first byte: what the model says, and what the clock said",
        ["way to visit", "round trips", "model", "measured", "they differ by"],
        [[row.name, str(row.round_trips), milliseconds(row.model), measured(row.measured),
          measured(100 * abs(row.off), "percent")] for row in rows],
    )  # fmt: skip

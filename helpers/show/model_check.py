"""Model beside measurement: the times to the first byte, computed and by the clock."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.experiments.latency_measured import Checked

from .amounts import measured
from .charts import line_chart
from .figure import Figure, Table
from .waterfall import milliseconds


def model_check(rows: Sequence[Checked]) -> Table:
    """One row a way to visit. What the clock said is in the form that may differ."""
    return Table(
        "Time to the first byte: what the model says, and what the clock said",
        ["way to visit", "round trips", "model", "measured", "they differ by"],
        [[row.name, str(row.round_trips), milliseconds(row.model), measured(row.measured),
          measured(100 * abs(row.off), "percent")] for row in rows],
    )  # fmt: skip


def check_chart(rows: Sequence[Checked]) -> Figure:
    """The same as a picture: a ring on the line is a visit that took what the model says."""
    longest = 1.1 * max(row.model for row in rows)
    points = [(row.model, row.measured) for row in rows]
    names: dict[int, list[str]] = {}
    for row in rows:
        names.setdefault(row.round_trips, []).append(row.name)
    return line_chart(
        {"model = measured": [(0.0, 0.0), (longest, longest)], "measured": sorted(points)},
        x="what the model says (s)", y="what the clock said (s)", points=["measured"],
        measured=True, caption="Model and measurement of the same visits. From left to right: "
        + "; ".join(f"{count} round trips ({', '.join(names[count])})" for count in sorted(names))
        + ".",
    )  # fmt: skip

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
    """The same as a picture: a square on the line is a visit that took what the model says."""
    longest = 1.1 * max(row.model for row in rows)
    names: dict[int, list[str]] = {}
    for row in rows:
        names.setdefault(row.round_trips, []).append(row.name)
    groups = "; ".join(f"{count} round trips ({', '.join(who)})"
                       for count, who in sorted(names.items()))  # fmt: skip
    told = "; ".join(f"{row.name}: {milliseconds(row.model)} by the model, "
                     f"{measured(row.measured)} by the clock" for row in rows)  # fmt: skip
    return line_chart(
        {"both the same": [(0.0, 0.0), (longest, longest)],
         "a visit": sorted((row.model, row.measured) for row in rows)},
        x="what the model says (s)", y="what the clock said (s)", points=["a visit"],
        caption=f"Model and measurement of the same visits. From left to right: {groups}.",
        alt="chart of the time to the first byte, by the clock against by the model; on the "
        f"slanted line both are the same. {told}", measured=True,
    )  # fmt: skip

"""What shorter lives of certificates mean for those who renew them."""

from __future__ import annotations

from helpers.experiments.renewing import load_curve, load_marks

from .charts import line_chart
from .figure import Figure


def load_chart(count: int) -> Figure:
    """Renewals on an average day against the life of `count` certificates, the rules marked."""
    return line_chart({f"{count:,} certificates": load_curve(count)}, marks=load_marks(count),
                      log="xy", x="life of a certificate (days)",
                      y="renewals on an average day",
                      caption="Renewals a day, each when a third of the life is left")

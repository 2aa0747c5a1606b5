"""What shorter lifetimes mean for those who renew, and for those who were robbed."""

from __future__ import annotations

from collections.abc import Sequence

LIMITS = {"398 days, until March 2026": 398, "200 days, now": 200,
          "100 days, from March 2027": 100, "47 days, from March 2029": 47}
"""The longest life of a public server certificate (CA/B Baseline Requirements section 6.3.2)."""


def renewals_a_day(count: int, lifetime: float) -> float:
    """How many of `count` certificates are renewed on an average day, each when a third of its
    life is left."""
    return count * 3 / (lifetime * 2)


def load_curve(count: int, lifetimes: Sequence[int] = (*range(5, 60), *range(60, 401, 10))
               ) -> list[tuple[float, float]]:
    """(lifetime in days, renewals on an average day), for a line chart."""
    return [(days, renewals_a_day(count, days)) for days in lifetimes]


def load_marks(count: int) -> dict[str, tuple[float, float]]:
    """The limits of the rules, on that curve."""
    loads = {days: renewals_a_day(count, days) for days in LIMITS.values()}
    return {f"{days} days: {load:.3g}": (days, load) for days, load in loads.items()}

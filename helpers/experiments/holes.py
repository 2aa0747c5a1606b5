"""A validator that has forgotten checks, or asks them in another order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from helpers import lab, pki
from helpers.experiments.gallery import broken_slugs, faults

ORDER = pki.SLUGS
"""The checks in the order of `pki.judge`."""


@dataclass(frozen=True)
class Hole:
    """`through`: the chains of the gallery that it lets pass. `first` and `alert`: what it says of
    a chain with three faults, both "" if that passes, too. `order`: how it asks."""

    forgotten: frozenset[str]
    through: tuple[str, ...]
    first: str
    alert: str
    order: tuple[str, ...]


@cache
def hole(forgotten: frozenset[str], first: str | None = None) -> Hole:
    """What this validator does. `first` is the check it asks before all others."""
    through = tuple(slug for slug in broken_slugs() if faults(slug) <= forgotten)
    chain, root = three_faults()
    verdict = pki.judge(chain.chain, roots=[root.certificate], name=lab.HOST, skip=forgotten,
                        order=(first,) if first else None)
    order = (first, *(slug for slug in ORDER if slug != first)) if first else ORDER
    failed = verdict.failed.check if verdict.failed else ""
    return Hole(forgotten, through, failed, verdict.alert, order)


@cache
def three_faults() -> tuple[pki.Identity, pki.Identity]:
    """A chain that is expired, for another host, and for e-mail only; and its root."""
    root = pki.issue("Careless Root", ca=True)
    return pki.issue("mallory.example", by=root, start=lab.NOW - timedelta(days=90), days=60,
                     extended=("email",)), root

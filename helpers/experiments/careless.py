"""Three apps with a validator of their own, each of which has forgotten one check.

What they let through follows from what is wrong with each chain of the gallery: a chain slips
through when everything that is wrong with it is something nobody looks at.
"""

from __future__ import annotations

from helpers.experiments.gallery import broken_slugs, faults

CHECKS = ("path", "signature", "dates", "ca", "path_length", "key_usage", "eku",
          "name_constraints", "name", "strength", "extensions", "lifetime", "revocation", "ct")
"""What a validator may have forgotten, by the names of `pki.judge`."""
_FORGOTTEN = {"A": "name", "B": "revocation", "C": "path_length"}
APPS = tuple(_FORGOTTEN)


def slips_through(forgotten: str | None) -> list[str]:
    """The broken chains that a validator accepts which has forgotten this check (None: all of
    them, whatever is wrong)."""
    return [slug for slug in broken_slugs() if forgotten is None or faults(slug) <= {forgotten}]


def app_accepts(app: str, slug: str) -> bool:
    """Whether "A", "B" or "C" takes this chain of the gallery. Raises ValueError for others."""
    if app not in _FORGOTTEN:
        raise ValueError(f"there is no app {app!r}; there are {', '.join(APPS)}")
    return faults(slug) <= {_FORGOTTEN[app]}

"""The gallery of broken chains: one thing is wrong with each, and one check of `judge` finds it.

The chains themselves are in `broken_leaves` and `broken_chains`, one function each, whose
docstring is the text a learner reads. They are made when asked for, from test keys and a fixed
clock: the same bytes on every run.
"""

from __future__ import annotations

import difflib
from functools import cache

from helpers.pki import broken_chains, broken_leaves
from helpers.pki.case import MAKERS, BrokenChain

GALLERY = (
    "good",
    "expired", "not_yet_valid", "wrong_name", "wildcard_misuse", "no_san_only_cn",
    "missing_intermediate", "untrusted_root", "self_signed", "expired_intermediate",
    "leaf_as_ca", "ca_without_key_cert_sign", "path_too_long", "name_constraint", "wrong_eku",
    "tampered", "weak_key", "sha1", "critical_unknown_extension",
    "revoked_crl", "revoked_ocsp", "too_long_lived", "unlogged",
)
"""The slugs of all chains, the best known faults first; "good" is not broken."""

__all__ = ["GALLERY", "BrokenChain", "broken", "broken_chains", "broken_leaves"]


@cache
def broken(slug: str) -> BrokenChain:
    """The chain of the gallery with this slug. Raises KeyError with the nearest slugs."""
    if slug not in MAKERS:
        near = difflib.get_close_matches(slug, GALLERY, 3, 0.3) or GALLERY
        raise KeyError(f"no broken chain is called {slug!r}; try {', '.join(near)}")
    return MAKERS[slug]()

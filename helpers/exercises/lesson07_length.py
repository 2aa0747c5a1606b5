"""Lesson 07: does every CA of a chain keep to its path length? (RFC 5280 section 4.2.1.9)"""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography import x509

from helpers import pki
from helpers.experiments.chains import path_length

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .wording import FunctionForm


@cache
def _line(*limits: int | None) -> list[x509.Certificate]:
    """A leaf, and CA certificates from its issuer upwards with these path lengths."""
    above, found = pki.issue("Long Line Root", ca=True), []
    for place, limit in reversed(list(enumerate(limits))):
        above = pki.issue(f"Line CA {place}", by=above, ca=True, path_length=limit)
        found.insert(0, above.certificate)
    return [pki.issue("shop.example", by=above).certificate, *found]


def length_fits(chain: list[x509.Certificate]) -> bool:
    """The reference answer: leaf first, without the root."""
    for below, ca in enumerate(chain[1:]):
        limit = path_length(ca)
        if limit is not None and below > limit:
            return False
    return True


_LINES = (
    ((1, None), "two CAs, the lower with path length 1"), ((0,), "one CA, path length 0"),
    ((None, None, 1), "three CAs, the upper with path length 1"),
    ((0, 0), "two CAs, both with path length 0"),
    ((None, None, None), "three CAs without any limit"),
    ((0, 1), "two CAs, path lengths 0 and 1"), ((0, 1, 1), "three CAs, path lengths 0, 1 and 1"),
    ((None, None, 2), "three CAs, the upper with path length 2"),
    ((None, 0, None), "three CAs, path length 0 in the middle"),
    ((5, 0), "two CAs, path lengths 5 and 0"), ((1, None, 5), "three CAs, the lower with 1"),
    ((None, None, None, 2), "four CAs, the upper with path length 2"),
)


def _length_cases() -> list[Case]:
    return [Case(length_fits(_line(*limits)), (_line(*limits),), f"{label} (leaf's issuer first)")
            for limits, label in _LINES]


def _length_trouble(attempt: Attempt) -> str:
    if attempt.error == "ExtensionNotFound":
        return ("A leaf has no path length (it is no CA at all). Begin with its issuer: chain[1:].")
    if attempt.error == "TypeError" and "NoneType" in attempt.said:
        return "None means: no limit. Ask `is not None` before you compare."
    if attempt.error or attempt.given is None:
        return ""
    if said := alike(attempt, LENGTH.made_cases(), _MISTAKES):
        return said
    if attempt.case.expected:
        return ("This chain keeps to its limits, and you refuse it. How many CA certificates "
                "stand BELOW each CA, not counting the leaf? For the leaf's issuer: none.")
    return ("One CA of this chain has more CA certificates below it than it allows, and you let "
            "it pass. Look at every CA, and count what stands between it and the leaf.")


def _all(fits: Any) -> Any:
    """A function of a chain: whether `fits(limit, below, length)` for every CA with a limit."""
    return lambda chain: all(path_length(ca) is None or fits(path_length(ca), below, len(chain))
                             for below, ca in enumerate(chain[1:]))


_MISTAKES = (
    (lambda chain: True, "You take every chain here. Each CA with a limit wants to be asked: a "
     "return True inside a loop answers after the first, the leaf's issuer only. And chain[1] is "
     "the first CA: it has none below it, chain[2] has one."),
    (lambda chain: False, "You refuse every chain. A chain without any limit must pass."),
    (lambda chain: not length_fits(chain), "The other way round: True when every limit is kept."),
    (_all(lambda limit, below, length: length - 1 <= limit),
     "You compare with the number of all CAs. What counts is what stands BELOW this one."),
    (_all(lambda limit, below, length: length <= limit),
     "You compare with the length of the whole chain. What counts is what stands BELOW this CA."),
    (_all(lambda limit, below, length: length - 2 <= limit),
     "You compare every CA with one and the same number. Each has another number of CAs below "
     "it: none for the leaf's issuer, one for the next."),
    (_all(lambda limit, below, length: length - 2 - below <= limit),
     "You count the CAs above. What counts is what stands below: the limit is for those whom "
     "this CA has certified."),
    (_all(lambda limit, below, length: below < limit),
     "You count the leaf. A path length counts CA certificates only: with 0 a CA may still issue "
     "leaves. (Or is a >= where > belongs?)"),
    (lambda chain: path_length(chain[-1]) is None,
     "You refuse every limit. It is there to be compared with what stands below that CA."),
    (lambda chain: length_fits(chain[1:]),
     "You begin one CA too late: chain[1] is the leaf's issuer, and it has a limit, too."),
    (_all(lambda limit, below, length: below == limit),
     "It is a limit, not a target: fewer CAs below are fine, too."),
)


LENGTH = Exercise(
    "07-path-length", "How long may the chain be?", "medium", 6,
    FunctionForm(TruthForm(), ("chain",)), _length_cases,
    [
        Wrong("the uppermost only", lambda chain: path_length(chain[-1]) is None
              or len(chain) - 2 <= path_length(chain[-1]),
              "You look at the uppermost CA only. The limits of those below it count as well."),
        Wrong("zero is no limit", lambda chain: all(
            not path_length(ca) or below <= path_length(ca)
            for below, ca in enumerate(chain[1:])),
              "0 is a limit, the strictest there is; only None means no limit. In Python both "
              "count as false: ask `is not None`."),
    ],
    "A path length lets a CA hand out a smaller CA that cannot hand on what it has got.",
    "For each CA in chain[1:], compare path_length(ca) with the number of CA certificates between "
    "it and the leaf.", _length_trouble,
    silent="Return False as soon as a CA is unhappy, and True behind the loop.")

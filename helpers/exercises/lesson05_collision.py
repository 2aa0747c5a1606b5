"""Lesson 05: two contracts with the same short hash, out of a thousand of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.experiments.collisions import BAD, GOOD, all_pairs, contracts, short_hash

from .forms import BytesForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm

_BITS, _MANY = 24, 1000
# Numbers from which a thousand contracts of each kind hold exactly one pair (computed; a test
# looks). In the second and third, 23 equal bits are not enough; in the first, 25 are too many.
_STARTS = (19_001, 25_001, 367_001)
Texts = tuple[bytes, ...]


@dataclass(frozen=True)
class _TwoTexts(ListForm):
    """Two texts; says so where numbers or pairs come."""

    def read(self, answer: Any) -> Any:
        items = answer if isinstance(answer, list | tuple) else ()
        if any(isinstance(one, int) for one in items):
            raise NotThisForm("There are numbers in it. Return the two texts themselves, not their "
                              "hashes or their places in the lists.")
        if any(isinstance(one, list | tuple) for one in items):
            raise NotThisForm("That is a list of pairs. Return two texts, the harmless and the "
                              "nasty one, and stop at the first pair.")
        return super().read(answer)


def _cases() -> list[Case]:
    found = []
    for start in _STARTS:
        good, bad = contracts(GOOD, start, _MANY), contracts(BAD, start, _MANY)
        (pair,) = all_pairs(good, bad, _BITS)
        found.append(Case(pair, (good, bad), f"contracts {start:,} to {start + _MANY - 1:,}"))
    return found


def _trouble(attempt: Attempt) -> str:
    harmless, nasty = attempt.case.args
    if attempt.given is None:
        return ""
    if len(attempt.given) != 2:
        return f"You returned {len(attempt.given)} texts. Return two: the harmless, the nasty one."
    first, second = attempt.given
    if not {first, second} <= {*harmless, *nasty}:
        return "Return the two texts themselves, as they stand in the lists."
    for texts, name in ((harmless, "harmless"), (nasty, "nasty")):
        if first in texts and second in texts:
            return f"Both are {name}. One of them has to come from the other list."
    if short_hash(first, _BITS) != short_hash(second, _BITS):
        same = next((bits for bits in range(_BITS - 1, 0, -1)
                     if short_hash(first, bits) == short_hash(second, bits)), 0)
        return (f"The short hashes of these two are not the same: they agree in the first {same} "
                f"bits only. All {_BITS} have to.")
    return ""


def _by_place(harmless: Texts, nasty: Texts) -> tuple[bytes, bytes]:
    return harmless[0], nasty[0]


def _by_last_bits(harmless: Texts, nasty: Texts) -> tuple[bytes, bytes]:
    known = {short_hash(text, 256) % 2**16: text for text in harmless}
    return next((known[short_hash(text, 256) % 2**16], text) for text in nasty
                if short_hash(text, 256) % 2**16 in known)


def _with_fewer_bits(harmless: Texts, nasty: Texts) -> tuple[bytes, bytes]:
    return all_pairs(harmless, nasty, 16)[0]


COLLISION = Exercise(
    "05-collision", "A pair that collides", "medium", 8,
    FunctionForm(_TwoTexts(BytesForm(), what="two texts"), ("harmless", "nasty")), _cases,
    [
        Wrong("the other order", lambda harmless, nasty:
              all_pairs(harmless, nasty, _BITS)[0][::-1],
              "The right two. The harmless one comes first."),
        Wrong("the first of each", _by_place,
              "Those are the first of each list. Two that agree need not stand in the same place."),
        Wrong("fewer bits", _with_fewer_bits,
              "These two agree in the first 16 bits. The short hash has 24."),
        Wrong("the last bits", _by_last_bits,
              "These two agree in the last 16 bits of SHA-256. The short hash is the first 24: "
              "short_hash(text, 24)."),
    ],
    "A thousand and a thousand make a million pairs. That is why a hash has to be twice as long as "
    "one would think.",
    "Compute short_hash(text, 24) for every text, and look for a value that both lists have.",
    _trouble,
    silent="Nothing came back. If your search did find a pair, return it: print shows it to you "
    "only. If it found no pair, look at three things: is it "
    "short_hash(text, 24), the first 24 bits; is each harmless text compared with ALL nasty ones, "
    "not only with the one in the same place; does a dictionary go from hash to text, and not from "
    "text to hash?")

"""How far a long search is: what it yields while it looks, for whoever wants to watch.

    def factor(product):
        for number in range(3, product, 2):
            if number % 1001 == 0:
                yield Progress(number, note=f"trying {number}")
            if product % number == 0:
                return number, product // number

It stands on the lowest floor, so that toy numbers and experiments can both say it. Say it often
enough for a reader (a few times a second) and seldom enough to cost nothing: every thousand tries.
`helpers.explore.watch` shows it; `finish` runs such a search in silence.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple, TypeVar

Found = TypeVar("Found")


class Progress(NamedTuple):
    """`done` steps of `total` (None: nobody knows), and a word on what was found so far."""

    done: int
    total: int | None = None
    note: str = ""


Search = Generator[Progress, None, Found]


def finish(search: Search[Found]) -> Found:
    """Run a search to its end, watched by nobody, and give back what it found."""
    while True:
        try:
            next(search)
        except StopIteration as end:
            return end.value

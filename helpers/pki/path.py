"""Path building: which certificates, in which order, lead from the leaf to a trusted root?

What a server sends is a bag: shuffled, with strangers in it, with two ways up, with loops. A path
grows from the leaf by looking for a certificate whose subject is the issuer of the last one (RFC
4158). Among several the likeliest is tried first; the first look prunes everything that a check
refuses, so that one bad way up does not hide a good one; only if nothing is left does the second
look take the bad ones too, to say what is wrong with the best of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from helpers.pki.facts import Facts
from helpers.pki.job import Job

CANDIDATES = 4000  # looked at in one judgement
LONGEST = 40  # certificates in a path, self-issued ones included

Allowed = Callable[[list[Facts], Job], bool]


class Pool:
    """All certificates that could stand above another, found by subject or by key."""

    def __init__(self, anchors: Sequence[Facts], others: Sequence[Facts]):
        self._trusted = len(anchors)
        self._all = [*anchors, *others]
        self._by_subject = self._index(lambda item: item.subject)
        self._known: dict[tuple[bytes, bool], list[Facts]] = {}

    def _index(self, key: Callable[[Facts], object]) -> dict[object, list[int]]:
        index: dict[object, list[int]] = {}
        for number, item in enumerate(self._all):
            index.setdefault(key(item), []).append(number)
        return index

    @cached_property
    def _by_normal_subject(self) -> dict[object, list[int]]:
        return self._index(lambda item: item.normal_subject)

    @cached_property
    def _by_key_id(self) -> dict[object, list[int]]:
        return self._index(lambda item: item.key_id)

    def above(self, item: Facts, job: Job, *, anyhow: bool) -> list[Facts]:
        """The candidates, likeliest first: the key that is named, then in time, then trusted.
        `anyhow` also takes those with the right key and another name, if no name fits."""
        question = item.der, anyhow
        if question not in self._known:
            numbers = self._by_subject.get(item.issuer)
            if not numbers and item.normal_issuer is not None:
                numbers = self._by_normal_subject.get(item.normal_issuer)
            if not numbers and anyhow and item.issuer_key_id:
                numbers = self._by_key_id.get(item.issuer_key_id)
            found = sorted((self._unlikeliness(item, number, job), number)
                           for number in numbers or ())
            self._known[question] = [self._all[number] for _, number in found]
        return self._known[question]

    def _unlikeliness(self, item: Facts, number: int, job: Job) -> tuple[int, bool, bool]:
        other = self._all[number]
        if item.issuer_key_id is None or other.key_id is None:
            rank = 1
        else:
            rank = 0 if item.issuer_key_id == other.key_id else 2
        return rank, not other.starts <= job.time <= other.ends, number >= self._trusted


def paths(leaf: Facts, pool: Pool, job: Job, *, allowed: Allowed | None) -> Iterator[list[Facts]]:
    """Paths from the leaf up: those that end at a trusted certificate, and, if nothing is pruned
    (`allowed` is None), also those that end because nobody stands above.

    Never the same name with the same key twice. Stops after CANDIDATES candidates."""
    stack: list[tuple[list[Facts], Iterator[Facts]]] = []
    last = job.work.candidates + CANDIDATES

    def step(path: list[Facts]) -> Iterator[list[Facts]]:
        if job.is_anchor(path[-1]):
            yield path
            return
        taken = {item.bearer for item in path}
        above = [item for item in pool.above(path[-1], job, anyhow=allowed is None
                                             or "issuer" in job.skip) if item.bearer not in taken]
        if above and len(path) < LONGEST:
            stack.append((path, iter(above)))
        elif allowed is None:
            yield path

    yield from step([leaf])
    while stack:
        path, candidates = stack[-1]
        item = next(candidates, None)
        if item is None:
            stack.pop()
            continue
        if job.work.candidates >= last:
            return
        job.work.candidates += 1
        longer = [*path, item]
        if allowed is None or allowed(longer, job):
            yield from step(longer)

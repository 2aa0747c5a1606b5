"""Path building: which certificates, in which order, lead from the leaf to a trusted root?

What a server sends is a bag: shuffled, with strangers in it, with two ways up, with loops. A path
grows from the leaf by looking for a certificate whose subject is the issuer of the last one (RFC
4158). Among several the likeliest is tried first; the first look prunes everything that a check
refuses, so that one bad way up does not hide a good one; only if nothing is left does the second
look take the bad ones too, to say what is wrong with the best of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
        self._by_subject: dict[bytes, list[int]] = {}
        for number, item in enumerate(self._all):
            self._by_subject.setdefault(item.subject, []).append(number)

    def above(self, item: Facts, job: Job, *, anyhow: bool) -> list[Facts]:
        """The candidates, likeliest first: the key that is named, then in time, then trusted.
        `anyhow` also takes those with another name, if none has the right one."""
        numbers = self._by_subject.get(item.issuer) or [
            number for number, other in enumerate(self._all[:CANDIDATES])
            if job.same_name(item, other)]
        if not numbers and anyhow:
            numbers = [number for number, other in enumerate(self._all[:CANDIDATES])
                       if item.issuer_key_id and other.key_id == item.issuer_key_id
                       and other is not item]
        found = [(self._unlikeliness(item, number, job), number) for number in numbers]
        return [self._all[number] for _, number in sorted(found)]

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
    left = job.work.candidates + CANDIDATES

    def step(path: list[Facts]) -> Iterator[list[Facts]]:
        if job.is_anchor(path[-1]):
            yield path
            return
        above = pool.above(path[-1], job, anyhow=allowed is None or "issuer" in job.skip)
        above = [item for item in above if not _seen(item, path)]
        if allowed is None and (not above or len(path) >= LONGEST):
            yield path
        if above and len(path) < LONGEST:
            stack.append((path, iter(above)))

    yield from step([leaf])
    while stack:
        path, candidates = stack[-1]
        item = next(candidates, None)
        if item is None:
            stack.pop()
            continue
        if job.work.candidates >= left:
            return
        job.work.candidates += 1
        longer = [*path, item]
        if allowed is None or allowed(longer, job):
            yield from step(longer)


def _seen(item: Facts, path: Sequence[Facts]) -> bool:
    return any(item is other or (item.subject == other.subject and item.spki == other.spki)
               for other in path)

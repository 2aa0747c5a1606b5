"""How long does it take? A clock for actions, kind to a busy machine and to whoever waits.

Interruptions only ever add time, so the best of several rounds is the honest one. What comes out
differs on every run: show it with `measured` or in a chart with `measured=True`.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Action = Callable[[], object]
BUDGET = 0.1  # seconds for the rounds of one action
ROUNDS = 7


def seconds_of(action: Action) -> float:
    """The seconds that one call of `action` takes, without arguments.

    A fast action is repeated for about a tenth of a second in all; one that alone takes longer is
    called once. What it raises comes through. It does not count what other threads do meanwhile.
    """
    return race({"": action})[""]


def race(actions: Mapping[str, Action]) -> dict[str, float]:
    """The seconds that one call of each action takes: they take turns, so a busy moment slows all.

    Each has about a tenth of a second in all, or one call where that takes longer.
    """
    with _no_collection():
        first = {name: _turn(action, 1) for name, action in actions.items()}
        again = {name: _turn(actions[name], 1) for name in actions if first[name] < BUDGET / 2}
        best = first | {name: min(first[name], again[name]) for name in again}
        calls = {name: max(1, int(BUDGET / ROUNDS / best[name])) for name in again}
        spent = dict(best)
        for _ in range(ROUNDS):
            for name in calls:
                if spent[name] < BUDGET:
                    took = _turn(actions[name], calls[name])
                    spent[name] += took
                    best[name] = min(best[name], took / calls[name])
    return best


def _turn(action: Action, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        action()
    return max(time.perf_counter() - start, 1e-9)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from tidying up in the middle of a round."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

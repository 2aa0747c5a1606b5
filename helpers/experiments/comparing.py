"""How long two ways of comparing tags take, for guesses with more and more right bytes in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

RIGHT_BYTES = (0, 8, 16, 24, 31)
_ROUNDS, _CALLS = 25, 400
_LENGTH = 32


def compare_times(ways: Mapping[str, Callable[[bytes, bytes], object]], tag: bytes,
                  ) -> dict[str, list[tuple[float, float]]]:
    """For a chart: name -> (right bytes at the front of the guess, seconds for one comparison).

    Measured here and now. All guesses take turns, many times, and the quickest turn of each
    counts, so that a moment in which the machine was busy spoils none of them. A guess is wrong
    from its first wrong byte on. ValueError for a tag that is not 32 bytes long.
    """
    if len(tag) != _LENGTH:
        raise ValueError(f"the tag has to have {_LENGTH} bytes, not {len(tag)}")
    wrong = bytes(byte ^ 0xFF for byte in tag)
    guesses = {right: tag[:right] + wrong[right:] for right in RIGHT_BYTES}
    best = {(name, right): float("inf") for name in ways for right in guesses}
    for _ in range(_ROUNDS):
        for name, right in best:
            took = _seconds(ways[name], tag, guesses[right])
            best[name, right] = min(best[name, right], took)
    return {name: [(right, best[name, right]) for right in guesses] for name in ways}


def _seconds(way: Callable[[bytes, bytes], object], tag: bytes, guess: bytes) -> float:
    """One call, out of a row of them."""
    began = perf_counter()
    for _ in range(_CALLS):
        way(tag, guess)
    return (perf_counter() - began) / _CALLS

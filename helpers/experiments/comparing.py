"""How long two ways of comparing tags take, for guesses with more and more right bytes in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from .timing import seconds_of

RIGHT_BYTES = (0, 8, 16, 24, 31)


def compare_times(ways: Mapping[str, Callable[[bytes, bytes], object]], tag: bytes,
                  ) -> dict[str, list[tuple[float, float]]]:
    """For a chart: name -> (right bytes at the front of the guess, seconds for one comparison).

    Measured here and now, about 0.1 s for each point. A guess is wrong from its first wrong byte
    on. ValueError for a tag that is shorter than 32 bytes.
    """
    if len(tag) < 32:
        raise ValueError("the tag has to have 32 bytes")
    wrong = bytes(byte ^ 0xFF for byte in tag)
    guesses = {right: tag[:right] + wrong[right:] for right in RIGHT_BYTES}
    return {name: [(right, seconds_of(partial(way, tag, guess)))
                   for right, guess in guesses.items()] for name, way in ways.items()}

"""How near a wrong answer of bytes is: too long, too short, shifted, turned round, cut elsewhere.

General help for answers that no listed mistake fits. It speaks of what was handed in, of counts
and of places in the input; it never prints bytes of the right answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .words import counted

_SURE = 4  # fewer equal bytes than this may be chance
_SHIFT = 4  # how far off a start is still called off by a few
_LONGEST = 4000


class Piece(NamedTuple):
    """A stretch of an answer: `name[start:end]` of an input of `length` bytes.

    `name` is empty for bytes that are in no input; `start` then counts in the answer.
    """

    name: str
    start: int
    end: int
    length: int

    def __str__(self) -> str:
        if not self.name:
            return counted(self.end - self.start, "other byte")
        whole = (self.start, self.end) == (0, self.length)
        return self.name if whole else f"{self.name}[{self.start}:{self.end}]"


def near(expected: bytes, given: bytes, inputs: Mapping[str, bytes]) -> str:
    """A sentence about how `given` misses `expected`, or about what it is; empty if it is neither.

    `inputs` are the arguments of a function exercise that are bytes, by name.
    """
    if not given:
        return (
            "There is nothing in it. In a slice the second number is where it ends, and it has "
            "to be larger than the first."
        )
    said = _turned(expected, given) or _too_much(expected, given) or _shifted(expected, given)
    return said or _cut_elsewhere(expected, given, inputs)


def pieces(given: bytes, inputs: Mapping[str, bytes]) -> list[Piece]:
    """`given` as stretches of the inputs, in order; what is in none of them is a nameless Piece.

    Stretches shorter than 4 bytes are taken for chance.
    """
    found: list[Piece] = []
    at = 0
    given = given[:_LONGEST]
    while at < len(given):
        piece = max(
            (_longest(given, at, name, source) for name, source in inputs.items()),
            key=lambda one: one.end - one.start,
            default=Piece("", at, at, 0),
        )
        if piece.end - piece.start < _SURE:
            start = at
            if found and not found[-1].name:
                start = found.pop().start
            piece = Piece("", start, at + 1, 0)
            at += 1
        else:
            at += piece.end - piece.start
        found.append(piece)
    return found


def _longest(given: bytes, at: int, name: str, source: bytes) -> Piece:
    """The longest stretch of `given` from `at` on that `source` contains."""
    fits, fails = 0, min(len(given) - at, len(source)) + 1
    while fails - fits > 1:
        middle = (fits + fails) // 2
        fits, fails = (middle, fails) if given[at:at + middle] in source else (fits, middle)
    start = source.find(given[at:at + fits])
    return Piece(name, start, start + fits, len(source))


def _turned(expected: bytes, given: bytes) -> str:
    if given == expected[::-1]:
        return "The right bytes, the wrong way round: nothing has to be reversed here."
    if given.lower() == expected.hex().encode():
        return "The right bytes, but written as hex text. Leave out .hex()."
    return ""


def _too_much(expected: bytes, given: bytes) -> str:
    """The answer with something in front or behind, or a part of the answer."""
    if len(expected) >= _SURE and (front := given.find(expected)) >= 0:
        behind = len(given) - front - len(expected)
        extra = [f"{_few(front)} in front"] * bool(front)
        extra += [f"{_few(behind)} behind"] * bool(behind)
        return f"The answer is in there, with {' and '.join(extra)}: too much."
    if len(given) >= _SURE and (front := expected.find(given)) >= 0:
        behind = len(expected) - front - len(given)
        places = [f"starts {_few(front)} too late"] * bool(front)
        places += [f"ends {_few(behind)} too early"] * bool(behind)
        return f"That is a part of the answer: it {' and '.join(places)}."
    return ""


def _few(count: int) -> str:
    return counted(count, "byte") if count <= 8 else "many bytes"


def _shifted(expected: bytes, given: bytes) -> str:
    """Starting a few bytes too early or too late."""
    for shift in range(1, _SHIFT + 1):
        words = "one byte" if shift == 1 else f"{shift} bytes"
        early = min(len(given) - shift, len(expected))
        if early >= _SURE and given[shift:shift + early] == expected[:early]:
            return f"Your bytes start {words} too early. The first byte has the number 0."
        late = min(len(expected) - shift, len(given))
        if late >= _SURE and expected[shift:shift + late] == given[:late]:
            return f"Your bytes start {words} too late. The first byte has the number 0."
    return ""


def _cut_elsewhere(expected: bytes, given: bytes, inputs: Mapping[str, bytes]) -> str:
    """What was handed in, as pieces of the input."""
    if len(given) >= 8 and not any(given[:-1]):
        return (
            "Nearly all of it is zero. One index, such as x[7], gives a number; a slice, x[7:8], "
            "gives bytes."
        )
    found = pieces(given, inputs)
    if not any(piece.name for piece in found):
        return ""
    return (
        f"What you returned is {' + '.join(map(str, found[:5]))}{' + …' * (len(found) > 5)}. "
        "Compare that with the pieces the task asks for, and their order."
    )

"""Lesson 03: functions that calculate with large numbers, kept from calculating for ever.

`base ** exponent % n` is right for numbers of three digits. With those of a real key Python would
go on until the memory is full, and no interrupt reaches it. So the functions handed in run with a
`pow` that refuses a large exponent without a modulus, and code with `**` in it is not run at all.
"""

from __future__ import annotations

import dis
import re
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from .forms import IntegerForm, NotThisForm
from .wording import FunctionForm

LARGEST = 100_000
TOWER = (
    "Your function uses **. With numbers of this size that would never end: the whole power has "
    "more digits than any computer can hold. pow(base, exponent, n) keeps only remainders."
)


@dataclass(frozen=True)
class LargeForm(IntegerForm):
    """A whole number of up to some thousand digits, also as a text of digits."""

    def read(self, answer: Any) -> int:
        if type(answer) is str and len(answer) < 4000:
            digits = re.sub(r"[\s_,]", "", answer)
            if re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]+", digits):
                return int(digits, 16 if digits[1:2] in ("x", "X") else 10)
        return super().read(answer)


@dataclass(frozen=True)
class PowerForm(FunctionForm):
    """A FunctionForm whose functions may use pow with three arguments, and no `**`.

    What was imported inside the function, or from another module, is not looked at.
    """

    def read(self, answer: Any) -> Any:
        function = super().read(answer)
        if type(function) is not FunctionType:
            return function
        beside = _beside(function)
        if any(_has_tower(one.__code__) for one in (function, *beside.values())):
            raise NotThisForm(TOWER)
        names = {**function.__globals__, "pow": careful_pow}
        names |= {name: _copy(one, names) for name, one in beside.items()}
        return _copy(function, names)


def careful_pow(base: Any, exponent: Any, modulus: Any = None) -> Any:
    """Python's pow, but ValueError for a power that would not end."""
    if modulus is None and isinstance(exponent, int) and abs(exponent) > LARGEST:
        raise ValueError("pow without a third argument would never end with an exponent of this "
                         "size: pow(base, exponent, n) keeps only remainders")
    return pow(base, exponent) if modulus is None else pow(base, exponent, modulus)


def _beside(function: FunctionType) -> dict[str, FunctionType]:
    """The functions of the learner that `function` calls, and those that they call."""
    theirs, found = function.__globals__, {}
    waiting = [function]
    while waiting:
        for name in waiting.pop().__code__.co_names:
            value = theirs.get(name)
            if type(value) is FunctionType and value.__globals__ is theirs and name not in found:
                found[name] = value
                waiting.append(value)
    return found


def _has_tower(code: CodeType) -> bool:
    """Whether the code, or a comprehension or function inside it, uses `**` or `**=`."""
    if any(step.opname == "BINARY_OP" and step.argrepr in ("**", "**=")
           for step in dis.get_instructions(code)):
        return True
    return any(_has_tower(inner) for inner in code.co_consts if type(inner) is CodeType)


def _copy(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__,
                        function.__closure__)
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy

"""Lesson 03: functions that calculate with large numbers, kept from calculating for ever.

`base ** exponent % n` is right for numbers of three digits. With those of a real key Python would
go on until the memory is full, and no interrupt reaches it. So the functions handed in run with a
`pow` and a `**` that refuse, when they are reached, a result of more than a million digits.
Everything else gives what it always gives.
"""

from __future__ import annotations

import ast
import builtins
import linecache
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from .forms import IntegerForm
from .wording import FunctionForm

LARGEST = 4_000_000  # bits, some 1.2 million digits: a third of a second
ENDLESS = ("this power would have more than a million digits, so it was not computed. "
           "pow(base, exponent, n) keeps only remainders")
_POWER = "_careful_power"


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
    """A FunctionForm whose functions cannot be caught in one endless power.

    A `**` is guarded where the source of the function can be had, as for every notebook cell;
    without it the function runs as it is. What was imported is not looked at.
    """

    def read(self, answer: Any) -> Any:
        function = super().read(answer)
        if type(function) is not FunctionType:
            return function
        names = {**function.__globals__, _POWER: careful_power}
        if names.get("pow", pow) is builtins.pow:
            names["pow"] = careful_pow
        names |= {name: _copy(one, names) for name, one in _beside(function).items()}
        return _copy(function, names)


def careful_power(base: Any, exponent: Any) -> Any:
    """base ** exponent, but ValueError for a whole number of more than a million digits."""
    if isinstance(base, int) and isinstance(exponent, int):
        least = (base.bit_length() - 1) * exponent  # so many bits the result has at least
        if least > LARGEST:
            raise ValueError(ENDLESS)
    return base**exponent


def careful_pow(base: Any, exp: Any, mod: Any = None) -> Any:
    """Python's pow with the same limit. With a modulus nothing can get too large."""
    return careful_power(base, exp) if mod is None else pow(base, exp, mod)


def _beside(function: FunctionType) -> dict[str, FunctionType]:
    """The functions of the learner that `function` calls, and those that they call."""
    theirs, found = function.__globals__, {}
    waiting = [function]
    while waiting:
        for name in {name for code in _codes(waiting.pop().__code__) for name in code.co_names}:
            value = theirs.get(name)
            if type(value) is FunctionType and value.__globals__ is theirs and name not in found:
                found[name] = value
                waiting.append(value)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code and all code inside it: comprehensions, functions."""
    yield code
    for inner in code.co_consts:
        if type(inner) is CodeType:
            yield from _codes(inner)


def _copy(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    copy = FunctionType(_guarded(function.__code__), names, function.__name__,
                        function.__defaults__, function.__closure__)  # fmt: skip
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def _guarded(code: CodeType) -> CodeType:
    """The code with a call of careful_power for each `**`; as it is where its source is not known.

    The file or cell is compiled twice, as it is and changed: the place at which the code stands in
    the first is its place in the second. Nothing of it is run.
    """
    source = "".join(linecache.getlines(code.co_filename))
    try:
        tree = ast.parse(source)
        known = list(_codes(compile(source, code.co_filename, "exec", dont_inherit=True)))
        changed = ast.fix_missing_locations(_Careful().visit(tree))
        return list(_codes(compile(changed, code.co_filename, "exec", dont_inherit=True)))[
            known.index(code)]
    except (SyntaxError, ValueError, RecursionError):  # another source than the code was made from
        return code


class _Careful(ast.NodeTransformer):
    """Writes `a ** b` as a call, and `a **= b` where `a` is a name."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Pow):
            return node
        return ast.copy_location(_call(node.left, node.right), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not (isinstance(node.op, ast.Pow) and isinstance(node.target, ast.Name)):
            return node
        now = ast.Name(node.target.id, ast.Load())
        return ast.copy_location(ast.Assign([node.target], _call(now, node.value)), node)


def _call(base: ast.expr, exponent: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(_POWER, ast.Load()), [base, exponent], [])

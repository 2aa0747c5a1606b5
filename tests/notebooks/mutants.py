"""Small wrong versions of a solution: what a checker must not let pass.

Each mutant changes one place: a constant by one, big-endian for little-endian, the client's for the
server's, a label, a dropped statement, + for -, a slice cut at the other side, two operands or
arguments in the wrong order.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 150
TWINS = (("big", "little"), ("client", "server"), ("sha256", "sha384"))
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


@dataclass(frozen=True)
class Mutant:
    """A changed solution. `label` says where and what, in a form that lists can name."""

    label: str
    source: str


def mutants(source: str, most: int = MOST) -> list[Mutant]:
    """At most `most` mutants of a solution, spread evenly over its places; all are different.

    Raises SyntaxError when the solution is not Python.
    """
    tree = ast.parse(source)
    skipped = _skipped(tree)
    found: dict[str, Mutant] = {}
    for place, node in enumerate(ast.walk(tree)):
        if node in skipped:
            continue
        for other in _others(node):
            changed = ast.unparse(_replaced(tree, place, other))
            label = f"{node.lineno}:{node.col_offset} {_short(node)} -> {_short(other)}"
            found.setdefault(changed, Mutant(label, changed))
    found.pop(ast.unparse(tree), None)
    everyone = list(found.values())
    step = max(1, -(-len(everyone) // most))
    return everyone[::step]


def _skipped(tree: ast.Module) -> set[ast.AST]:
    """Nodes that decide nothing: docstrings, type hints, imports, keyword names."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped |= {node, node.value}
        hints = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for hint in filter(None, hints):
            skipped.update(ast.walk(hint))
    return skipped


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of a node by a believable mistake."""
    if isinstance(node, ast.Constant):
        yield from map(ast.Constant, _other_values(node.value))
    elif isinstance(node, ast.BinOp):
        if type(node.op) in OPERATORS:
            yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
        if isinstance(node.op, ast.Add) and not _has_number(node):
            yield ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and _twin(node.id):
        yield ast.Name(_twin(node.id), node.ctx)
    elif isinstance(node, ast.Attribute) and _twin(node.attr):
        yield ast.Attribute(node.value, _twin(node.attr), node.ctx)
    elif isinstance(node, ast.Slice) and node.step is None:
        yield ast.Slice(node.upper, node.lower)
    elif isinstance(node, ast.Call) and len(node.args) >= 2:
        first, second, *rest = node.args
        yield ast.Call(node.func, [second, first, *rest], node.keywords)
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.If | ast.For | ast.Expr):
        yield ast.Pass()


def _other_values(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [_twin(value) or value + "x"]
    if isinstance(value, bytes):
        twin = _twin(value.decode("latin-1"))
        return [twin.encode("latin-1") if twin else value + b"x"]
    return []


def _twin(text: str) -> str | None:
    """The text with one word of a pair for the other: the client's key for the server's."""
    for one, other in TWINS:
        for word, instead in ((one, other), (other, one)):
            if word in text:
                return text.replace(word, instead)
    return None


def _has_number(node: ast.AST) -> bool:
    """Whether it is a sum of numbers as far as one can see: such a sum may be turned round."""
    parts = list(ast.walk(node))
    numbers = any(isinstance(part, ast.Constant) and isinstance(part.value, int) for part in parts)
    lengths = any(isinstance(part, ast.Name) and part.id == "len" for part in parts)
    sliced = any(isinstance(part, ast.Slice) for part in parts)
    return (numbers or lengths) and not sliced


def _replaced(tree: ast.Module, place: int, other: ast.AST) -> ast.Module:
    """A copy of the tree with another node at this place of `ast.walk`."""
    changed = copy.deepcopy(tree)
    target = list(ast.walk(changed))[place]

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return other if node is target else self.generic_visit(node)

    return ast.fix_missing_locations(Replace().visit(changed))


def _short(node: ast.AST) -> str:
    text = ast.unparse(node).split("\n", 1)[0]
    return text if len(text) <= 60 else f"{text[:57]}..."

"""Rules about the code a learner sees."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

import helpers
from tests.notebooks.lesson import Cell, Lesson, bound_names
from tests.notebooks.rules.base import Findings

MOST_LINES, MOST_COLUMNS, MOST_IMPORTS = 12, 88, 5
HELPERS = Path(helpers.__file__).parent

# What a learner may import. The idea is taught with these; the rest is what helpers are for.
LIBRARIES = {"helpers", "cryptography", "OpenSSL"}
PER_RUN = {"time", "random", "secrets", "uuid", "tempfile", "threading", "multiprocessing"}
NETWORK = {"socket", "urllib", "http", "ssl", "asyncio", "ftplib", "smtplib", "subprocess"}

FRONT_END = {
    "interact", "interactive", "interact_manual", "Output", "input", "clear_output", "display",
    "get_ipython", "plt", "widgets", "HTML", "Markdown", "pip", "eval", "exec", "open",
}  # fmt: skip
FORMATTING = {"format", "ljust", "rjust", "center", "zfill", "expandtabs"}
CHANGING = {"now", "today", "utcnow", "urandom", "getrandbits", "token_bytes", "generate"}
HEX_DUMP = re.compile(r"([0-9a-fA-F]{2}[ :\n]?){16,}")


def cell_length(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        lines = cell.source.split("\n")
        if len(lines) > MOST_LINES and "exercise" not in cell.tags:
            yield cell.id, f"{len(lines)} lines, at most {MOST_LINES}"
        longest = max(map(len, lines))
        if longest > MOST_COLUMNS:
            yield cell.id, f"a line of {longest} columns, at most {MOST_COLUMNS}"


def plain_python(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        try:
            compile(cell.source, cell.id, "exec")
        except SyntaxError as error:
            yield cell.id, f"not plain Python (a magic?): line {error.lineno}"


def no_semicolon(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        if "setup" not in cell.tags and ";" in _operators(cell):
            yield cell.id, "a semicolon: it hides output in JupyterLab but not under nbval"


def _operators(cell: Cell) -> list[str]:
    reader = io.StringIO(cell.source).readline
    try:
        return [t.string for t in tokenize.generate_tokens(reader) if t.type == tokenize.OP]
    except (tokenize.TokenError, SyntaxError):
        return []  # plain_python reports a cell that cannot be read


def no_plumbing(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Name) and node.id in FRONT_END:
                yield cell.id, f"uses {node.id}; a helper should"
            if isinstance(node, ast.Try | ast.With | ast.Global | ast.AsyncFunctionDef):
                yield cell.id, f"a {type(node).__name__.lower()} statement; a helper should hold it"
            if isinstance(node, ast.Constant) and _is_markup(node.value):
                yield cell.id, "HTML typed in a string; helpers.show should make it"


def _is_markup(value: object) -> bool:
    return isinstance(value, str) and bool(re.search(r"</?[a-z]+[^<>]*>", value))


def no_formatting_noise(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                yield cell.id, "an f-string with a format specification"
            if isinstance(node, ast.Attribute) and node.attr in FORMATTING:
                yield cell.id, f"string formatting with .{node.attr}"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
                yield cell.id, "string formatting with %"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def same_on_every_run(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Attribute) and node.attr in CHANGING:
                yield cell.id, f".{node.attr} differs on every run; take it from helpers.lab"


def imports(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        names = 0
        for module, count in _imported(cell.tree):
            top = module.split(".", 1)[0]
            names += count if top == "helpers" else 0
            if count == 0:
                yield cell.id, f"everything from {module} at once; name what is used"
            if top in PER_RUN | NETWORK:
                yield cell.id, f"imports {module}: outputs must not depend on run or network"
            elif top not in LIBRARIES | sys.stdlib_module_names:
                yield cell.id, f"imports {module}; a helper should"
            if top == "helpers" and _reaches_into_a_folder(module):
                yield cell.id, f"imports from the file {module}; import from its folder"
        if names > MOST_IMPORTS:
            yield cell.id, f"imports {names} names from helpers, at most {MOST_IMPORTS}"


def _imported(tree: ast.Module) -> list[tuple[str, int]]:
    """(module, how many names) of every import; a star counts as none."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, 1) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            star = node.names[0].name == "*"
            found.append((node.module or "", 0 if star else len(node.names)))
    return found


def _reaches_into_a_folder(module: str) -> bool:
    parts = module.split(".")
    return len(parts) > 2 and (HELPERS / parts[1]).is_dir()


def names_say_what_they_hold(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for name in sorted(bound_names(cell.tree)):
            if re.fullmatch(r"[A-Za-z]\d*|(foo|bar|tmp|temp|data|res|val|obj)\d*", name):
                yield cell.id, f"the name {name!r} does not say what it holds"


def no_typed_bytes(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Constant) and _is_dump(node.value):
                yield cell.id, "a typed-in hexdump; take the bytes from a Conversation"


def _is_dump(value: object) -> bool:
    if isinstance(value, bytes):
        return len(value) >= 16 and not value.isascii()
    return isinstance(value, str) and bool(HEX_DUMP.search(value))


def no_hard_coded_colour(lesson: Lesson) -> Findings:
    for cell in lesson.cells:
        found = re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[\"';])", cell.source)
        if found:
            yield cell.id, f"the colour {found.group()}; only helpers/show names colours"

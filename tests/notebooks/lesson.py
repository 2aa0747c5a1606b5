"""A notebook as the tests see it: cells with their tags, Markdown and outputs as parsed HTML."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import mistune
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from tools.notebooks import FOLDER, read

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SETUP = 'import sys; sys.path.insert(0, "..")'
WIDGET = "[interactive:"


@dataclass(frozen=True)
class Output:
    """One output of a code cell: its texts by mime type; a stream is under "stdout"/"stderr"."""

    kind: str
    texts: dict[str, str]

    @property
    def html(self) -> str:
        return self.texts.get("text/html", "")

    @property
    def plain(self) -> str:
        return self.texts.get("text/plain", "")

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")


@dataclass(frozen=True)
class Cell:
    """One cell. `node` is the notebook's own object, for what the properties do not name."""

    node: NotebookNode
    index: int

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def source(self) -> str:
        return self.node.source

    @property
    def is_code(self) -> bool:
        return self.node.cell_type == "code"

    @property
    def tags(self) -> list[str]:
        return list(self.node.metadata.get("tags", []))

    @property
    def slug(self) -> str | None:
        """The exercise this cell belongs to, from its tag `ex-<slug>`."""
        return next((tag[3:] for tag in self.tags if tag.startswith("ex-")), None)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """A Markdown cell as HTML; empty for a code cell."""
        html = "" if self.is_code else mistune.html(self.source)
        return BeautifulSoup(html, "html.parser")

    @cached_property
    def tree(self) -> ast.Module:
        """A code cell's syntax tree; empty for Markdown and where the code is not Python."""
        try:
            return ast.parse(self.source if self.is_code else "")
        except SyntaxError:
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call in the cell of a plain name, such as `check(...)`."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return [node for node in nodes if isinstance(node.func, ast.Name)]

    def called(self, name: str) -> list[ast.Call]:
        """The calls of `name(...)` in the cell."""
        return [call for call in self.calls if call.func.id == name]

    @cached_property
    def outputs(self) -> list[Output]:
        return [read_output(output) for output in self.node.get("outputs", [])]


def read_output(node: NotebookNode) -> Output:
    """An output with all its texts in one dictionary."""
    if node.output_type == "stream":
        return Output("stream", {node.name: node.text})
    if node.output_type == "error":
        return Output("error", {"error": f"{node.ename}: {node.evalue}"})
    texts = {mime: value if isinstance(value, str) else "" for mime, value in node.data.items()}
    return Output(node.output_type, texts)


@dataclass(frozen=True)
class Lesson:
    """A whole notebook. `folder` is where its relative links start."""

    name: str
    notebook: NotebookNode
    folder: Path = FOLDER

    @classmethod
    def load(cls, path: Path) -> Lesson:
        return cls(path.name, read(path), path.parent)

    @property
    def number(self) -> str:
        """The two digits its name begins with."""
        return self.name[:2]

    @cached_property
    def cells(self) -> list[Cell]:
        return [Cell(node, index) for index, node in enumerate(self.notebook.cells)]

    @cached_property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_code]

    @cached_property
    def prose(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_code]

    def tagged(self, *tags: str) -> list[Cell]:
        """The cells that carry all these tags."""
        return [cell for cell in self.cells if set(tags) <= set(cell.tags)]

    @cached_property
    def slugs(self) -> list[str]:
        """The exercises of the notebook, in order of appearance."""
        return list(dict.fromkeys(cell.slug for cell in self.cells if cell.slug))

    def headings(self) -> Iterator[tuple[Cell, int, str]]:
        """(cell, level, text) of every Markdown heading."""
        for cell in self.prose:
            for heading in cell.soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
                yield cell, int(heading.name[1]), heading.get_text().strip()


def text_argument(call: ast.Call, position: int = 0) -> str | None:
    """The literal text given to a call at this position, or None."""
    given = call.args[position] if len(call.args) > position else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    return None


def bound_names(tree: ast.Module) -> set[str]:
    """The names that the top level of a cell defines: functions, classes and assignments."""
    names = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For):
            targets = getattr(statement, "targets", None) or [statement.target]
            found = (node for target in targets for node in ast.walk(target))
            stored = (node for node in found if isinstance(node, ast.Name))
            names.update(node.id for node in stored if isinstance(node.ctx, ast.Store))
    return names

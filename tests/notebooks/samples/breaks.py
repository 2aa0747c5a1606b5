"""Small ways of breaking a notebook: each returns a function that changes one thing in place."""

from __future__ import annotations

from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

Break = Callable[[NotebookNode], None]


def cell(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    """The cell with this id."""
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def put(cell_id: str, **values: object) -> Break:
    """Set properties of one cell."""
    return lambda notebook: cell(notebook, cell_id).update(values)


def add(cell_id: str, text: str) -> Break:
    """Append text to a cell's source."""

    def change(notebook: NotebookNode) -> None:
        found = cell(notebook, cell_id)
        found.source = f"{found.source}\n{text}"

    return change


def swap(cell_id: str, old: str, new: str) -> Break:
    """Replace part of a cell's source, which must be there."""

    def change(notebook: NotebookNode) -> None:
        found = cell(notebook, cell_id)
        assert old in found.source, f"{old!r} is not in {cell_id}"
        found.source = found.source.replace(old, new)

    return change


def drop(*cell_ids: str) -> Break:
    """Leave cells out."""

    def change(notebook: NotebookNode) -> None:
        notebook.cells = [cell for cell in notebook.cells if cell.id not in cell_ids]

    return change


def retag(cell_id: str, *tags: str) -> Break:
    """Give a cell other tags."""
    return lambda notebook: cell(notebook, cell_id).metadata.update(tags=list(tags))


def show(data: dict[str, str], cell_id: str = "parts") -> Break:
    """Let a cell show this mime bundle."""
    return put(cell_id, outputs=[new_output("execute_result", data)])


def html(text: str) -> Break:
    """Let a cell show this HTML."""
    return show({"text/html": text, "text/plain": "shown"})


def stream(text: str, name: str = "stdout") -> Break:
    """Let a cell print this."""
    return put("parts", outputs=[new_output("stream", name=name, text=text)])


def meta(**values: object) -> Break:
    """Change the notebook's metadata."""
    return lambda notebook: notebook.metadata.update(values)


def insert(after: str, *sources: str) -> Break:
    """Add code cells behind a cell."""

    def change(notebook: NotebookNode) -> None:
        at = notebook.cells.index(cell(notebook, after)) + 1
        new = [new_code_cell(source, id=f"new-{n}") for n, source in enumerate(sources)]
        notebook.cells[at:at] = new

    return change

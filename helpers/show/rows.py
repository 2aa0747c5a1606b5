"""Plain values to look at: a list of small dataclasses as a table, anything else as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from html import escape
from pprint import pformat

from .figure import Html, Table
from .look import MONO


def table_of(rows: Sequence[object], caption: str) -> Table:
    """The rows as a Table with the field names as headings. Raises ValueError if there is no
    row. Columns that are empty everywhere are left out."""
    if not rows:
        raise ValueError("a table needs at least one row")
    values = [[str(value) for value in astuple(row)] for row in rows]
    names = [field.name.replace("_", " ") for field in fields(rows[0])]
    used = [at for at in range(len(names)) if any(row[at] for row in values)]
    return Table(caption, [names[at] for at in used], [[row[at] for at in used] for row in values])


def result(value: object) -> Html:
    """A value as Python shows it. JupyterLab prints the first line of a folded output, so a bare
    value would answer a prediction before the cell is run; this one does not."""
    text = pformat(value, width=80, sort_dicts=False)
    style = f"font-family:{MONO};font-size:14px;margin:4px 0;white-space:pre-wrap;"
    return Html(f'<pre style="{style}">{escape(text)}</pre>', text)

"""Any list of small dataclasses as a table: one row each, one column a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

from .figure import Table


def table_of(rows: Sequence[object], caption: str) -> Table:
    """The rows as a Table with the field names as headings. Raises ValueError if there is no
    row. Columns that are empty everywhere are left out."""
    if not rows:
        raise ValueError("a table needs at least one row")
    values = [[str(value) for value in astuple(row)] for row in rows]
    names = [field.name.replace("_", " ") for field in fields(rows[0])]
    used = [at for at in range(len(names)) if any(row[at] for row in values)]
    return Table(caption, [names[at] for at in used], [[row[at] for at in used] for row in values])

"""Facts that will age: kept once, with source and date, in data/facts.json."""

from __future__ import annotations

import json

from helpers import lab

from .figure import Table


def dated_facts(*names: str) -> Table:
    """The named facts with source and dates. Raises KeyError for a name that is not there."""
    known = json.loads((lab.DATA / "facts.json").read_text(encoding="utf-8"))
    told = [known[name] for name in names]
    rows = [
        [item["fact"], _day(item["since"]), item["source"], _day(item["checked"])] for item in told
    ]
    return Table(
        "True on the day in the last column",
        ["what is true", "since", "source", "checked"],
        rows,
        row_header=False,
    )


def _day(date: str) -> str:
    return date.replace("-", "\N{NON-BREAKING HYPHEN}")  # a date stays on one line

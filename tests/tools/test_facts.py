"""The dated facts: their form, who uses them, and the report on their age."""

import json
import re
import subprocess
import sys
from datetime import date

import pytest

from tests.notebooks.lesson import NOTEBOOKS
from tools import facts
from tools.facts import due, months, report, uses

KNOWN = json.loads(facts.FACTS.read_text(encoding="utf-8"))
USED = uses(NOTEBOOKS)
FACT = {"fact": "Water is wet.", "since": "2026-01", "checked": "2026-11-23", "source": "RFC 1"}


def day(text):
    """A date; a month or a year alone counts from its first day."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


@pytest.mark.parametrize("name", KNOWN)
def test_a_fact_is_whole(name):
    fact = KNOWN[name]
    needed, more = {"fact", "since", "checked", "source"}, {"review", "for"}
    assert needed <= set(fact) <= needed | more
    assert all(isinstance(value, str) and value.strip() for value in fact.values())
    assert day(fact["since"]) <= date.fromisoformat(fact["checked"])
    assert re.fullmatch("[a-z0-9-]+", name)
    assert re.search(r"\d", fact["source"]), "a source has a number: RFC, section, year"
    if "review" in fact:
        assert date.fromisoformat(fact["review"]) > date.fromisoformat(fact["checked"])


@pytest.mark.parametrize("name", KNOWN)
def test_a_fact_is_used_or_waits_for_a_lesson_to_come(name):
    written = {path.name[:2] for path in NOTEBOOKS}
    lesson = KNOWN[name].get("for")
    if name in USED:
        assert lesson is None, "it is used: it waits for no lesson any more"
    else:
        assert re.fullmatch(r"0\d|1[0-2]", lesson or ""), "no notebook uses it"
        assert lesson not in written, f"lesson {lesson} is there and does not use it"


def test_no_notebook_asks_for_a_fact_that_is_not_there():
    assert USED
    assert set(USED) <= set(KNOWN)


def test_uses_are_found_in_code_and_nowhere_else(tmp_path):
    cells = [
        {"cell_type": "code", "source": ["from helpers.show import dated_facts\n",
                                         "dated_facts('a', 'b')\n", "show.dated_facts('a')"]},
        {"cell_type": "markdown", "source": ["dated_facts('c')"]},
    ]  # fmt: skip
    path = tmp_path / "05_x.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    assert uses([path]) == {"a": ["05_x"], "b": ["05_x"]}


@pytest.mark.parametrize(
    ("today", "age", "why"),
    [((2026, 11, 23), 0, ""), ((2026, 12, 22), 0, ""), ((2026, 12, 23), 1, ""),
     ((2027, 5, 23), 6, ""), ((2027, 5, 24), 6, "checked more than 6 months ago"),
     ((2036, 1, 1), 109, "checked more than 6 months ago")],
)  # fmt: skip
def test_a_fact_grows_old(today, age, why):
    assert months(date(2026, 11, 23), date(*today)) == age
    assert due(FACT, date(*today)) == why


def test_a_review_date_comes_sooner():
    fact = FACT | {"review": "2027-03-15"}
    assert due(fact, date(2027, 3, 14)) == ""
    assert due(fact, date(2027, 3, 15)) == "its review date 2027-03-15 has come"


def test_the_report_names_everything_oldest_first():
    young = FACT | {"checked": "2027-05-01", "since": "2027"}
    text = report(
        {"young": young | {"for": "06"}, "old": FACT}, {"old": ["08_x", "09_y"]}, date(2027, 6, 1)
    )
    assert text.index("old") < text.index("young")
    assert "DUE  old" in text
    assert "DUE  young" not in text
    assert "checked 2026-11-23 (6 months ago), true since 2026-01" in text
    assert "source: RFC 1" in text
    assert "used in: 08_x, 09_y" in text
    assert "no notebook yet (for 06)" in text
    assert text.endswith("2027-06-01: 2 facts, 1 due for review")


def test_the_command_reports_and_never_fails():
    done = subprocess.run(
        [sys.executable, "-m", "tools.facts"], cwd=facts.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in KNOWN)

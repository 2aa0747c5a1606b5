"""How old the course's dated facts are: `python -m tools.facts` (`make facts`).

Lists every fact of data/facts.json, the one checked longest ago first: when it was checked, who
uses it, and whether somebody should look at its source again. A fact is due when it was checked
more than six months ago or when its `review` date has come: the day on which it says of itself
that it changes. It reports and never fails, whatever the day: an old fact is not a broken build.
It does not look at the sources.

Keys of a fact: "fact", "since" and "checked" (dates), "source"; "review" (a date) where the fact
names a day to come; "for" (the number of a lesson to come) where no notebook uses it yet.
"""

from __future__ import annotations

import ast
import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "data" / "facts.json"
MONTHS = 6

Facts = Mapping[str, Mapping[str, str]]


def uses(paths: Sequence[Path]) -> dict[str, list[str]]:
    """{id of a fact: the notebooks that ask for it by `dated_facts("id", ...)`}."""
    found: dict[str, list[str]] = {}
    for path in paths:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for name in dict.fromkeys(name for source in code for name in _asked(source)):
            found.setdefault(name, []).append(path.stem)
    return found


def _asked(source: str) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    facts = [call for call in calls if _name(call.func) == "dated_facts"]
    return [ast.literal_eval(given) for call in facts for given in call.args]


def _name(function: ast.expr) -> str:
    """`dated_facts` or `show.dated_facts`: the last part."""
    return getattr(function, "attr", getattr(function, "id", ""))


def months(since: date, today: date) -> int:
    """How many whole months have passed."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def _month(day: date) -> tuple[int, int]:
    return day.year * 12 + day.month, day.day


def due(fact: Mapping[str, str], today: date) -> str:
    """Why somebody should check the fact again, or ""."""
    if "review" in fact and today >= date.fromisoformat(fact["review"]):
        return f"its review date {fact['review']} has come"
    checked = date.fromisoformat(fact["checked"])
    if _month(today) > (_month(checked)[0] + MONTHS, checked.day):
        return f"checked more than {MONTHS} months ago"
    return ""


def report(facts: Facts, used: Mapping[str, Sequence[str]], today: date) -> str:
    """The whole report as text, the facts checked longest ago first."""
    lines = []
    for name, fact in sorted(facts.items(), key=lambda item: (item[1]["checked"], item[0])):
        age = months(date.fromisoformat(fact["checked"]), today)
        why = due(fact, today)
        where = ", ".join(used.get(name, ())) or f"no notebook yet (for {fact.get('for', '?')})"
        lines += [
            f"{'DUE  ' if why else '     '}{name}",
            f"     checked {fact['checked']} ({age} months ago), true since {fact['since']}"
            + (f", review on {fact['review']}" if "review" in fact else ""),
            *textwrap.wrap(fact["fact"], 90, initial_indent=" " * 5, subsequent_indent=" " * 5),
            f"     source: {fact['source']}",
            f"     used in: {where}",
            *([f"     due: {why}"] if why else []),
            "",
        ]
    count = sum(bool(due(fact, today)) for fact in facts.values())
    return "\n".join([*lines, f"{today}: {len(facts)} facts, {count} due for review"])


def main() -> None:
    """Print the report for today."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    print(report(facts, uses(notebooks), date.today()))


if __name__ == "__main__":
    sys.exit(main())

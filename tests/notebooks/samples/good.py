"""A small notebook that follows every rule, built in code so that a test can break one thing."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.show.figure import FOLDED
from tests.notebooks.lesson import SETUP, Lesson
from tools.notebooks import FOLDS, KERNELSPEC

FOLDER = Path(__file__).parent
NAME = "99_sample.ipynb"

OPENING = """# 99. A sample

What does a record look like?

You will be able to

- name the parts of a record
- say which cipher suite was chosen

**Time:** 30 minutes: 20 reading, 10 exercises.
"""
TERMS = """## The idea

A **record** carries every message, and a **cipher suite** is chosen once
([RFC 9846](https://www.rfc-editor.org/rfc/rfc9846) section 5; older texts cite RFC 8446).
See the [glossary](glossary.md#cipher-suite) and [the questions](#did-it-work).
"""
CLOSING = """## Did it work?

Words met here are in the [glossary](glossary.md). **Sources:** RFC 9846, section 5.1.
"""
FIGURE = (
    '<figure><img alt="two records" src="data:image/png;base64,iVBORw0KGgo=">'
    "<figcaption>Two records</figcaption></figure>"
)
TABLE = (
    "<table><caption>Parts of a record</caption><tr><th scope='col'>bytes</th></tr>"
    '<tr><td style="background: #ffffff; color: #000000">16 03 03</td></tr></table>'
)
KNOB = "<div><p>Which byte should change?</p><p>Byte: 3</p></div>"
LEVELS = (("easy", 2), ("medium", 5), ("medium", 8), ("hard", 12))
WHY = "Why: the length is the last two bytes of the five, and numbers on the wire are big-endian."


def good() -> Lesson:
    """A fresh lesson on which no rule finds anything."""
    return Lesson(NAME, copy.deepcopy(_made()), FOLDER)


@cache
def _made() -> NotebookNode:
    cells = [
        _text("title", OPENING),
        _code("setup", SETUP, "setup"),
        _text("where-we-are", "The whole way, with our stretch lit."),
        _code("imports", "from helpers.show import journey\n\njourney('99')", html=FIGURE),
        _text("the-idea", TERMS),
        _code("parts", "record = [p.data for p in first_record.parts]\nrecord", html=TABLE),
        *(cell for number in range(4) for cell in _prediction(number)),
        *(cell for number in range(3) for cell in _knob(number)),
        _text("your-turn", "## Your turn"),
        *(cell for number in range(4) for cell in _exercise(number)),
        _text("did-it-work", CLOSING),
        _code("quiz", 'quiz("99")', "quiz", html=KNOB, plain="[interactive: quiz]"),
    ]
    notebook = new_notebook(
        cells=cells, metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    for number, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = number
        for output in cell.outputs:
            output.execution_count = number
    return notebook


def _prediction(number: int) -> list[NotebookNode]:
    ask = f'predict("99-guess-{number}")'
    answer = _code(f"answer-{number}", "result(record[3:5])", "answer",
                   html=f"{FOLDED}<pre>b'\\x00\\x10'</pre>", plain="b'\\x00\\x10'")
    return [
        _text(f"guess-{number}", "**Predict.** What comes next?"),
        _code(f"predict-{number}", ask, "predict", html=KNOB, plain="[interactive: guess]"),
        answer,
    ]


def _knob(number: int) -> list[NotebookNode]:
    return [
        _text(f"turn-{number}", "Turn the knob until someone notices."),
        _code(f"knob-{number}", "flip_a_byte(record)", html=KNOB, plain="[interactive: flip]"),
    ]


def _exercise(number: int) -> list[NotebookNode]:
    (level, minutes), slug = LEVELS[number], f"99-length-{number}"
    name, tag = f"length_of_{number}", f"ex-{slug}"
    starter = f'def {name}(record):\n    """The length in the header."""\n    ...'
    solution = f"def {name}(record):\n    return int.from_bytes(record[3:5], 'big')"
    hints = "\n\n".join(_fold(f"Hint {step}", "Look at the header.") for step in (1, 2))
    block = _fold("Solution", f"```python\n{solution}\n```\n\n{WHY}")
    return [
        _text(
            f"task-{number}", f"### Exercise {number + 1}: a length ({level}, {minutes} minutes)"
        ),
        _code(f"starter-{number}", starter, "exercise", tag),
        _code(f"check-{number}", f'check("{slug}", {name})', "check", tag, plain="not started"),
        _text(f"hints-{number}", hints, "hint", tag),
        _text(f"solution-{number}", block, "solution", tag),
    ]


def _fold(summary: str, text: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _text(cell_id: str, source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source.strip(), id=cell_id, metadata=_tagged(tags))


def _code(cell_id: str, source: str, *tags: str, html: str = "", plain: str = "") -> NotebookNode:
    data = {"text/plain": plain or "shown", **({"text/html": html} if html else {})}
    outputs = [new_output("execute_result", data)] if html or plain else []
    return new_code_cell(source, id=cell_id, metadata=_tagged(tags), outputs=outputs)


def _tagged(tags: tuple[str, ...]) -> dict:
    folds = {name: True for name, kinds in FOLDS.items() if kinds & set(tags)}
    return {**({"tags": list(tags)} if tags else {}), **({"jupyter": folds} if folds else {})}

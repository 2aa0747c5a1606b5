"""Rules about the file as a whole: format, order, rhythm, opening and closing."""

from __future__ import annotations

import re
from itertools import pairwise

import nbformat
from nbformat import NotebookNode

from helpers.show.figure import FOLDED
from tests.notebooks.allowed import IGNORED_OUTPUTS
from tests.notebooks.lesson import SETUP, WIDGET, Cell, Lesson, text_argument
from tests.notebooks.rules.base import Findings
from tools.notebooks import FOLDS, id_problem, written

# A notebook carries its figures, because a reader on the web has no kernel. A drawn figure takes
# 5 to 40 kB, so a megabyte is room for some thirty, and is what GitHub still renders.
MOST_BYTES = 1_000_000

TAGS = {"setup", "exercise", "check", "hint", "solution", "predict", "answer", "quiz", "show"}


def format_is_committed_form(lesson: Lesson) -> Findings:
    notebook = lesson.notebook
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield "", "the notebook format is not 4.5"
    metadata = notebook.metadata
    if set(metadata) != {"kernelspec", "language_info"}:
        yield "", f"metadata holds {sorted(metadata)}, not just kernelspec and language_info"
    if metadata.get("kernelspec", {}).get("name") != "python3":
        yield "", "the kernel is not python3"
    if metadata.get("language_info") != {"name": "python"}:
        yield "", 'language_info is not {"name": "python"}'
    if not nbformat.validator.isvalid(notebook):
        yield "", "nbformat finds the file invalid"


def cell_ids_are_words(lesson: Lesson) -> Findings:
    seen: set[str] = set()
    for cell in lesson.cells:
        problem = id_problem(cell.id, seen)
        if problem:
            yield cell.id, problem
        seen.add(cell.id)


def cells_ran_in_order(lesson: Lesson) -> Findings:
    for number, cell in enumerate(lesson.code, 1):
        if cell.node.execution_count != number:
            yield cell.id, f"execution count {cell.node.execution_count}, expected {number}"
        if not cell.source.strip():
            yield cell.id, "the cell is empty"


def setup_cell(lesson: Lesson) -> Findings:
    setups = lesson.tagged("setup")
    if len(setups) != 1:
        yield "", f"{len(setups)} cells are tagged setup, expected one"
    for cell in setups:
        if cell.source not in (SETUP, _with_the_strip(lesson)):
            yield cell.id, f"the setup cell is not exactly {SETUP}, alone or with the strip"
        if cell is not lesson.code[0]:
            yield cell.id, "the setup cell is not the first code cell"


def _with_the_strip(lesson: Lesson) -> str:
    """A setup that shows something at once: the first cell that a newcomer ever runs."""
    return f'{SETUP}\nfrom helpers.show import journey\n\njourney("{lesson.number}")'


def headings_in_order(lesson: Lesson) -> Findings:
    headings = list(lesson.headings())
    tops = [cell.id for cell, level, _ in headings if level == 1]
    if tops != [lesson.cells[0].id]:
        yield "", f"the first cell and no other should hold the one H1, not {tops}"
    for (_, before, _), (cell, level, text) in pairwise(headings):
        if level > before + 1:
            yield cell.id, f"heading {text!r} jumps from level {before} to level {level}"


def markdown_comes_first(lesson: Lesson) -> Findings:
    if lesson.cells and lesson.cells[0].is_code:
        yield lesson.cells[0].id, "the notebook begins with code"
    row = 0
    for cell in lesson.cells:
        row = row + 1 if cell.is_code else 0
        if row > 2:
            yield cell.id, f"code cell number {row} in a row; two at most"


def known_tags(lesson: Lesson) -> Findings:
    for cell in lesson.cells:
        for tag in cell.tags:
            if tag == "nbval-ignore-output":
                if (lesson.name, cell.id) not in IGNORED_OUTPUTS:
                    yield cell.id, "ignores its output without a reason in allowed.py"
            elif tag not in TAGS and not tag.startswith("ex-"):
                yield cell.id, f"unknown tag {tag!r}"
        if "NBVAL_" in cell.source.upper():
            yield cell.id, "steers nbval by a comment"


def answers_are_folded(lesson: Lesson) -> Findings:
    for place, cell in enumerate(lesson.code):
        if "predict" in cell.tags:
            following = lesson.code[place + 1 : place + 2]
            if not following or "answer" not in following[0].tags:
                yield cell.id, "the code cell after a prediction is not tagged answer"
        hidden = cell.node.metadata.get("jupyter", {}).get("outputs_hidden", False)
        if hidden != ("answer" in cell.tags):
            yield cell.id, f"outputs_hidden is {hidden}, the tags are {cell.tags}"
        if "answer" in cell.tags and not cell.outputs:
            yield cell.id, "an answer that shows nothing"
        elif "answer" in cell.tags and not _keeps_its_secret(cell.node.outputs[0]):
            yield cell.id, "folded, JupyterLab prints its first line: show a View, not a bare value"


def _keeps_its_secret(output: NotebookNode) -> bool:
    """JupyterLab puts the first line of a folded output beside the cell, as it stands."""
    return "".join(output.get("data", {}).get("text/html", "")).startswith(FOLDED)


def questions_are_folded(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        if bool(cell.called("quiz")) != ("quiz" in cell.tags):
            yield cell.id, "a cell calls quiz exactly when it is tagged quiz"
        folded = cell.node.metadata.get("jupyter", {}).get("source_hidden", False)
        if folded != bool(FOLDS["source_hidden"] & set(cell.tags)):
            yield cell.id, f"source_hidden is {folded}, the tags are {cell.tags}"


def predictions_have_one_form(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        asked = [text_argument(call) for call in cell.called("predict")]
        expected = [f'predict("{slug}")' for slug in asked]
        if bool(asked) != ("predict" in cell.tags) or (asked and [cell.source] != expected):
            yield cell.id, 'a prediction is a cell tagged predict that says predict("slug")'


def enough_of_everything(lesson: Lesson) -> Findings:
    least = {
        "predictions": (len(lesson.tagged("predict")), 4),
        "widgets": (len(_widgets(lesson)), 3),
        "exercises": (len(lesson.tagged("exercise")), 6 if lesson.number == "08" else 4),
    }
    for what, (count, needed) in least.items():
        if count < needed:
            yield "", f"{count} {what}, at least {needed} needed"


def _widgets(lesson: Lesson) -> list[Cell]:
    """Cells that show a widget, questions not counted."""
    asking = ("predict", "quiz")
    return [
        cell
        for cell in lesson.code
        if not any(cell.called(name) for name in asking)
        and any(output.plain.startswith(WIDGET) for output in cell.outputs)
    ]


def opening(lesson: Lesson) -> Findings:
    first = lesson.code[0].index if lesson.code else len(lesson.cells)
    before = [cell for cell in lesson.prose if cell.index < first]
    text = " ".join(cell.soup.get_text(" ") for cell in before).lower()
    goals = [_goals(cell) for cell in before if "you will be able to" in cell.source.lower()]
    if not goals or not 2 <= goals[0] <= 4:
        yield "", '"You will be able to" and 2 to 4 goals as a list must come before any code'
    stated = (r"\b\d+ minutes\b", r"\breading\b", r"\bexercises\b")
    if not all(re.search(part, text) for part in stated):
        yield "", "the minutes, split into reading and exercises, must come before any code"
    if "?" not in text:
        yield "", "no opening question before the first code"
    shown = [text_argument(call) for cell in lesson.code for call in cell.called("journey")]
    if lesson.number not in shown:
        yield "", f'no cell calls journey("{lesson.number}")'


def _goals(cell: Cell) -> int:
    """How many items the list right after "You will be able to" has."""
    announced = cell.soup.find("p", string=re.compile("you will be able to", re.IGNORECASE))
    listing = announced.find_next_sibling() if announced else None
    return len(listing.find_all("li", recursive=False)) if listing else 0


def closing(lesson: Lesson) -> Findings:
    h2 = ((cell, text) for cell, level, text in lesson.headings() if level == 2)
    starts = [cell.index for cell, text in h2 if text == "Did it work?"]
    if not starts:
        yield "", 'no H2 heading "Did it work?"'
        return
    after = lesson.cells[starts[0] :]
    asked = [text_argument(call) for cell in after for call in cell.called("quiz")]
    if lesson.number not in asked:
        yield "", f'no quiz("{lesson.number}") after "Did it work?"'
    text = "\n".join(cell.source for cell in after if not cell.is_code)
    if "](glossary.md" not in text:
        yield "", "the closing section does not link to glossary.md"
    if not re.search(r"sources", text, re.IGNORECASE) or not re.search(r"RFC \d{3,}", text):
        yield "", "the closing section names no sources (RFC and section)"


def file_size(lesson: Lesson) -> Findings:
    size = len(written(lesson.notebook).encode())
    if size > MOST_BYTES:
        yield "", f"{size} bytes, at most {MOST_BYTES}"

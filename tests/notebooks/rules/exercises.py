"""Rules about how an exercise stands in the notebook. That it works is proved by test_exercises."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

from tests.notebooks.lesson import Cell, Lesson, bound_names, text_argument
from tests.notebooks.rules.base import Findings

LEVELS = ("easy", "medium", "hard")
HEADING = re.compile(r"\((easy|medium|hard), (\d+) minutes?\)$")
PARTS = {"exercise", "check", "hint", "solution"}
LEAST_WHY = 15
FIRST_MINUTES, STEEPEST = 3, 4


def parts_in_order(lesson: Lesson) -> Findings:
    for slug in lesson.slugs:
        cells = [cell for cell in lesson.cells if cell.slug == slug]
        kinds = [_kind(cell) for cell in cells]
        if not re.fullmatch(r"(task )?exercise check (hint )+solution", " ".join(kinds)):
            yield cells[0].id, f"{slug} has {kinds}; expected exercise, check, hint(s), solution"
        elif cells[-1].index - cells[0].index != len(cells) - 1:
            yield cells[0].id, f"other cells stand between the parts of {slug}"
        for cell, kind in zip(cells, kinds, strict=True):
            if cell.is_code != (kind in {"exercise", "check"}):
                yield cell.id, "a starter and its check are code; hints and solution are Markdown"
    for cell in lesson.cells:
        if len(set(cell.tags) & PARTS) > (1 if cell.slug else 0):
            yield cell.id, f"tags {cell.tags}: one kind and one ex-<slug> belong together"


def _kind(cell: Cell) -> str:
    """Which part of its exercise a cell is; text with nothing but the slug sets the task."""
    return " ".join(tag for tag in cell.tags if tag in PARTS) or "task"


def slugs_carry_the_number(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        for call in (*cell.called("check"), *cell.called("predict"), *cell.called("quiz")):
            slug = text_argument(call) or ""
            if not slug.startswith(lesson.number):
                yield cell.id, f"{slug!r} does not begin with {lesson.number}"


def check_cell_has_one_form(lesson: Lesson) -> Findings:
    for cell in lesson.code:
        calls = cell.called("check")
        if bool(calls) != ("check" in cell.tags):
            yield cell.id, "a cell calls check exactly when it is tagged check"
        elif calls:
            answers = [ast.unparse(argument) for argument in calls[0].args[1:]]
            if cell.source != f'check("{cell.slug}", {"".join(answers)})':
                yield cell.id, f'expected exactly check("{cell.slug}", <name>)'
            elif answers[0] not in _given(lesson, cell.slug):
                yield cell.id, f"the starter does not define {answers[0]}"


def _given(lesson: Lesson, slug: str | None) -> set[str]:
    starters = [cell for cell in lesson.tagged("exercise") if cell.slug == slug]
    return set().union(*(bound_names(cell.tree) for cell in starters))


def hints_have_two_steps(lesson: Lesson) -> Findings:
    for slug in lesson.slugs:
        hints = lesson.tagged("hint", f"ex-{slug}")
        steps = sum(len(cell.soup.find_all("details")) for cell in hints)
        if steps < 2:
            yield hints[0].id if hints else slug, f"{steps} hints for {slug}, at least two"


def hints_and_solutions_are_folded(lesson: Lesson) -> Findings:
    for cell in (*lesson.tagged("hint"), *lesson.tagged("solution")):
        for details in cell.soup.find_all("details"):
            summary = details.find("summary", recursive=False)
            if details.has_attr("open") or not summary or not summary.get_text().strip():
                yield cell.id, "a <details> that is open or has no <summary>"
        rest = [node for node in cell.soup.children if str(node).strip()]
        if not rest or any(node.name != "details" for node in rest):
            yield cell.id, "text outside <details> gives it away"


def solution_is_one_block_and_a_why(lesson: Lesson) -> Findings:
    for cell in lesson.tagged("solution"):
        blocks = solution_blocks(cell)
        if len(blocks) != 1:
            yield cell.id, f"{len(blocks)} python blocks, expected one"
        why = len(_prose(cell).split())
        if why < LEAST_WHY:
            yield cell.id, f"{why} words of why, at least {LEAST_WHY}"


def solution_blocks(cell: Cell) -> list[str]:
    """The python blocks of a solution cell, as text."""
    return [code.get_text() for code in cell.soup.select("pre > code.language-python")]


def _prose(cell: Cell) -> str:
    return " ".join(part.get_text(" ") for part in cell.soup.find_all(["p", "li"]))


def levels_rise(lesson: Lesson) -> Findings:
    marks = [(cell, _mark(lesson, cell)) for cell in lesson.tagged("exercise")]
    for cell, mark in marks:
        if mark is None:
            yield cell.id, "the heading before it does not end in (easy|medium|hard, N minutes)"
    known = [(cell, *mark) for cell, mark in marks if mark]
    if known and (known[0][1] != "easy" or known[0][2] > FIRST_MINUTES):
        yield known[0][0].id, f"the first exercise should be easy, {FIRST_MINUTES} minutes at most"
    missing = set(LEVELS) - {level for _, level, _ in known}
    if missing:
        yield "", f"no exercise is {' or '.join(sorted(missing))}"
    for (_, _, before), (cell, _, minutes) in pairwise(known):
        if minutes > STEEPEST * before:
            yield cell.id, f"from {before} to {minutes} minutes is too steep"


def _mark(lesson: Lesson, starter: Cell) -> tuple[str, int] | None:
    """(level, minutes) from the last heading of the Markdown cell right before a starter."""
    headings = [text for cell, _, text in lesson.headings() if cell.index == starter.index - 1]
    found = HEADING.search(headings[-1]) if headings else None
    return (found[1], int(found[2])) if found else None


def nothing_depends_on_an_answer(lesson: Lesson) -> Findings:
    answers: dict[str, Cell] = {}
    for cell in lesson.code:
        names = (node for node in ast.walk(cell.tree) if isinstance(node, ast.Name))
        used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        for name in sorted(used & set(answers)):
            if answers[name].slug != cell.slug:
                yield cell.id, f"uses {name!r}, which the starter {answers[name].id!r} defines"
        if "exercise" in cell.tags:
            answers.update(dict.fromkeys(bound_names(cell.tree), cell))

"""What the proofs of exercises need: a notebook's parts by slug, and answers run in its namespace.

An exercise's code runs here in this process, in a copy of the names that the notebook's earlier
cells define. Nothing is displayed and no kernel is started; the whole solved notebook is run with
a kernel once, by `solved`.
"""

from __future__ import annotations

import copy
import importlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from nbformat import NotebookNode

from helpers.exercises import Lazy, Wrong, check
from tests.notebooks.lesson import Cell, Lesson, text_argument
from tests.notebooks.mutants import mutants
from tests.notebooks.rules.exercises import solution_blocks
from tools.notebooks import execute, masked, normalise

MUTANT_SECONDS = 0.5  # of the processor: no solution of the course takes a fifth of it
# Cells that only ask or judge define no names, and each would draw its widget again.
ASKING = ("check", "predict", "quiz", "progress", "overview", "journey")


@dataclass(frozen=True)
class Task:
    """One exercise of a notebook: its starter, its solution, the name the check is given."""

    slug: str
    starter: str
    solution: str
    name: str
    check_id: str


def task(lesson: Lesson, slug: str) -> Task:
    """The parts of an exercise, by its tags."""
    tag = f"ex-{slug}"
    (starter,) = lesson.tagged("exercise", tag)
    (checking,) = lesson.tagged("check", tag)
    (solution,) = lesson.tagged("solution", tag)
    (block,) = solution_blocks(solution)
    (call,) = checking.called("check")
    return Task(slug, starter.source, block, call.args[1].id, checking.id)


def module_of(lesson: Lesson) -> ModuleType:
    """The exercises that belong to a notebook: helpers.exercises.lesson08 for 08_....ipynb."""
    return importlib.import_module(f"helpers.exercises.lesson{lesson.number}")


def asked(lesson: Lesson, function: str) -> list[str | None]:
    """The literal first argument of every call of `function` in the notebook, in order."""
    return [text_argument(call) for cell in lesson.code for call in cell.called(function)]


def namespaces(lesson: Lesson, folder: Path) -> dict[str, dict[str, Any]]:
    """For every exercise, the names that the cells before its starter define.

    The cells run in `folder`, as the notebook would, up to the last starter.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    found: dict[str, dict[str, Any]] = {}
    before = Path.cwd()
    os.chdir(folder)
    try:
        for cell in lesson.code:
            if "exercise" in cell.tags and cell.slug:
                found[cell.slug] = dict(names)
                if set(found) == set(lesson.slugs):
                    break
            if not _only_asks(cell):
                exec(compile(cell.source, cell.id, "exec"), names)
    finally:
        os.chdir(before)
    return found


def _only_asks(cell: Cell) -> bool:
    """Whether a cell is the setup, or a single call that defines nothing."""
    alone = len(cell.tree.body) == 1 and any(cell.called(name) for name in ASKING)
    return alone or "setup" in cell.tags


def answer(source: str, name: str, names: dict[str, Any]) -> Any:
    """What `name` is after this code ran in a copy of `names`; the code's errors come through."""
    own = dict(names)
    exec(compile(source, "<answer>", "exec"), own)
    return own[name]


def passes(source: str, given: Task, names: dict[str, Any]) -> bool:
    """Whether code put in the starter's place would pass. Code that cannot run does not."""
    try:
        with limit(MUTANT_SECONDS):
            return check(given.slug, answer(source, given.name, names)).state == "passed"
    except Exception:  # whatever a broken program raises, it did not pass
        return False


class TookTooLong(Exception):
    """The code was stopped by `limit`."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in the block after it has used the processor for so many seconds.

    Not by the clock: on a busy machine that would stop programs which come to an end. Where the
    system has no such timer nothing is raised.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(signal_number: int, frame: object) -> None:
        raise TookTooLong(f"stopped after {seconds} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    # Repeating, because the code may catch the first one.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def solved(lesson: Lesson, path: Path) -> NotebookNode:
    """The notebook with every solution in its starter's place, run from a fresh kernel."""
    notebook = copy.deepcopy(lesson.notebook)
    solutions = {f"ex-{slug}": task(lesson, slug).solution for slug in lesson.slugs}
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if "exercise" in tags:
            (tag,) = tags & set(solutions)
            cell.source = solutions[tag]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    execute(notebook, path)
    normalise(notebook, path)
    return notebook


def as_unsolved(lesson: Lesson, notebook: NotebookNode) -> NotebookNode:
    """What a run of the lesson as it is committed would have given, made from its solved run.

    Only the exercises, their checks and the tables of progress are put back as the file has them:
    what those give unsolved is compared elsewhere (the strict run of nbval; the proof of each
    starter), and a lesson need not run twice for it.
    """
    put_back = {cell.id: cell.node for cell in lesson.code if _meant_to_change(cell)}
    unsolved = copy.deepcopy(notebook)
    unsolved.cells = [copy.deepcopy(put_back.get(cell.id, cell)) for cell in unsolved.cells]
    return unsolved


def changed_outputs(lesson: Lesson, notebook: NotebookNode) -> list[str]:
    """Ids of the cells whose outputs are not those committed.

    The exercises themselves, their checks and the tables of progress are meant to change.
    """
    after = {cell.id: cell for cell in notebook.cells}
    return [
        cell.id
        for cell in lesson.code
        if not _meant_to_change(cell)
        if _masked(cell.node.outputs) != _masked(after[cell.id].outputs)
    ]


def _meant_to_change(cell: Cell) -> bool:
    return bool({"exercise", "check"} & set(cell.tags) or cell.called("progress")
                or cell.called("overview"))


def _masked(outputs: list[NotebookNode]) -> str:
    return masked(json.dumps(outputs, ensure_ascii=False, sort_keys=True))


def surviving(given: Task, names: dict[str, Any]) -> tuple[int, list[str]]:
    """(how many mutants of the solution were tried, the labels of those that passed)."""
    tried = mutants(given.solution)
    return len(tried), [one.label for one in tried if passes(one.source, given, names)]


# What a learner might hand in without thinking.
TRIVIAL: list[Any] = [None, ..., b"", b"\0", bytes(32), 0, 1, True, False, "", "0", [], {}, ()]


def trivial_functions() -> list[Callable[..., Any]]:
    """Functions that answer without looking, and one that hands back its first argument."""
    constant = [lambda *given, value=value: value for value in TRIVIAL]
    return [*constant, lambda *given: given[0] if given else None]


def wrong_answer(wrong: Wrong) -> Any:
    """What a learner who makes this mistake hands in."""
    return wrong.answer.value if isinstance(wrong.answer, Lazy) else wrong.answer

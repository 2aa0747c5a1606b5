"""Every exercise of every notebook: the starter, the solution, wrong answers, mutants.

That the proofs themselves can fail is shown in test_proofs.py.
"""

from functools import cache
from pathlib import Path

import pytest

from helpers.exercises import check
from tests.notebooks.allowed import SURVIVING_MUTANTS
from tests.notebooks.lesson import FOLDER, NOTEBOOKS, Lesson
from tests.notebooks.proofs import (
    TRIVIAL,
    answer,
    as_unsolved,
    asked,
    changed_outputs,
    module_of,
    namespaces,
    solved,
    surviving,
    task,
    trivial_functions,
    wrong_answer,
)
from tools import notebooks

LESSONS = {path: Lesson.load(path) for path in NOTEBOOKS}
TEACHING = [path for path, lesson in LESSONS.items() if lesson.slugs]

each_lesson = pytest.mark.parametrize("path", TEACHING, ids=lambda path: path.name[:2])
each_exercise = pytest.mark.parametrize(
    ("path", "slug"),
    [pytest.param(path, slug, id=slug) for path in TEACHING for slug in LESSONS[path].slugs],
)


@cache
def names_before(path: Path):
    return namespaces(LESSONS[path], path.parent)


@cache
def run_solved(path: Path):
    return solved(LESSONS[path], path)


def exercise(path: Path, slug: str):
    return next(one for one in module_of(LESSONS[path]).EXERCISES if one.slug == slug)


def value(path: Path, slug: str, part: str):
    """What the starter or the solution of an exercise hands to its check."""
    given = task(LESSONS[path], slug)
    return answer(getattr(given, part), given.name, names_before(path)[slug])


@each_exercise
def test_untouched_starter_is_not_started(path, slug):
    report = check(slug, value(path, slug, "starter"))
    assert report.state == "not started"
    cells = {cell.id: cell for cell in LESSONS[path].code}
    (committed,) = cells[task(LESSONS[path], slug).check_id].outputs
    assert committed.plain == report.text


@each_exercise
def test_solution_passes(path, slug):
    assert check(slug, value(path, slug, "solution")).state == "passed"


def test_every_notebook_has_exercises():
    assert TEACHING == NOTEBOOKS, "the tests below run the lessons that have exercises"


@each_lesson
def test_solved_notebook_passes_and_changes_no_other_output(path):
    lesson, notebook = LESSONS[path], run_solved(path)
    outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    for slug in lesson.slugs:
        given = task(lesson, slug)
        (output,) = outputs[given.check_id]
        passed = check(slug, value(path, slug, "solution")).text
        assert output.data["text/plain"] == passed, slug
    assert changed_outputs(lesson, notebook) == []


@each_lesson
def test_running_it_again_gives_the_committed_file(path):
    before = notebooks.read(path)
    after = as_unsolved(LESSONS[path], run_solved(path))
    notebooks.keep_what_only_varies(before, after)
    assert notebooks.compare(path, before, after) == [], "run `make notebooks`, commit its files"


@each_exercise
def test_every_wrong_answer_gets_its_own_hint(path, slug):
    wrongs = exercise(path, slug).wrong
    assert len(wrongs) >= 2, "an exercise lists at least two believable mistakes"
    assert len({wrong.hint for wrong in wrongs}) == len(wrongs), "two mistakes share a hint"
    for wrong in wrongs:
        report = check(slug, wrong_answer(wrong))
        text = report.text
        assert report.state == "not yet", wrong.name
        shown = [other.name for other in wrongs if other.hint in text]
        assert shown == [wrong.name], text


@each_exercise
def test_trivial_answers_never_pass(path, slug):
    solution = value(path, slug, "solution")
    tries = trivial_functions() if callable(solution) else TRIVIAL
    passed = [repr(one) for one in tries if check(slug, one).state == "passed"]
    assert passed == []


@each_exercise
def test_mutants_of_the_solution_do_not_pass(path, slug):
    tried, survivors = surviving(task(LESSONS[path], slug), names_before(path)[slug])
    assert tried, "the solution has nothing to mutate: is it an exercise?"
    allowed = {label for one, label in SURVIVING_MUTANTS if one == slug}
    assert set(survivors) - allowed == set(), "these wrong programs pass; add a case"
    assert allowed - set(survivors) == set(), "listed as surviving, but it does not"


@each_lesson
def test_notebook_and_module_name_the_same_exercises(path):
    lesson, module = LESSONS[path], module_of(LESSONS[path])
    assert lesson.slugs == [one.slug for one in module.EXERCISES]
    assert asked(lesson, "predict") == [one.slug for one in module.PREDICTIONS]
    assert asked(lesson, "quiz") == [lesson.number]
    assert module.QUIZ, "a quiz without questions"
    named = [one.slug for one in (*module.EXERCISES, *module.PREDICTIONS, *module.QUIZ)]
    assert len(set(named)) == len(named), "two things share a slug"
    assert {slug[:2] for slug in named} == {lesson.number}


@each_exercise
def test_level_and_minutes_are_those_of_the_heading(path, slug):
    one, lesson = exercise(path, slug), LESSONS[path]
    (starter,) = lesson.tagged("exercise", f"ex-{slug}")
    task_text = lesson.cells[starter.index - 1].source
    assert f"({one.level}, {one.minutes} minute" in task_text


def test_every_module_of_exercises_has_its_notebook():
    modules = (FOLDER.parent / "helpers" / "exercises").glob("lesson[0-9][0-9].py")
    numbers = {path.stem.removeprefix("lesson") for path in modules}
    assert numbers <= {lesson.number for lesson in LESSONS.values()}


def test_every_allowed_survivor_has_a_reason_and_an_exercise():
    known = {slug for lesson in LESSONS.values() for slug in lesson.slugs}
    assert {slug for slug, _ in SURVIVING_MUTANTS} <= known
    assert all(SURVIVING_MUTANTS.values())

"""The proofs of exercises, tried on a sample lesson in which some things are wrong on purpose."""

import shutil
import sys
import time

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import helpers.exercises
from helpers.exercises import check
from tests.notebooks import proofs
from tests.notebooks.lesson import SETUP, Lesson
from tests.notebooks.samples import lesson98
from tools.notebooks import ROOT, normalise, written

RIGHT = "def length(record):\n    return int.from_bytes(record[3:5], byte_order)"
IMPORTS = "from helpers.exercises import check, progress"


def code(cell_id, source, *tags):
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)} if tags else {})


def parts(slug, name):
    """The cells of one exercise."""
    starter = f"def {name}(record):\n    ..."
    solution = f"<details><summary>S</summary>\n\n```python\n{RIGHT}\n```\n\n</details>"
    solution = solution.replace("def length", f"def {name}")
    return [
        code(f"starter-{name}", starter, "exercise", f"ex-{slug}"),
        code(f"check-{name}", f'check("{slug}", {name})', "check", f"ex-{slug}"),
        new_markdown_cell(
            solution, id=f"solution-{name}", metadata={"tags": ["solution", f"ex-{slug}"]}
        ),
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Where the sample notebook lives: a course of its own, with lesson 98 among its exercises.

    The kernel finds lesson 98 there; this process is shown it for as long as the tests here run.
    """
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "helpers", course / "helpers")
    shutil.copy(lesson98.__file__, course / "helpers" / "exercises")
    (course / "notebooks").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        folders = [*helpers.exercises.__path__, str(course / "helpers" / "exercises")]
        patch.setattr(helpers.exercises, "__path__", folders)
        patch.setitem(sys.modules, "helpers.exercises.lesson98", lesson98)
        yield course / "notebooks" / "98_sample.ipynb"


@pytest.fixture(scope="module")
def lesson(path):
    """A lesson as committed. Its cell `depends` breaks the rule that answers have no effect."""
    cells = [
        code("setup", SETUP, "setup"),
        code("imports", IMPORTS),
        code("order", 'byte_order = "big"'),
        *parts("98-length", "length"),
        code("steady", "byte_order"),
        code("depends", 'length(b"12345")'),
        *parts("98-weak", "weak"),
        code("progress", 'progress("98")'),
    ]
    notebook = new_notebook(cells=cells)
    proofs.execute(notebook, path)
    normalise(notebook, path)
    path.write_text(written(notebook), encoding="utf-8")
    return Lesson.load(path)


@pytest.fixture(scope="module")
def names(lesson, path):
    return proofs.namespaces(lesson, path.parent)


def test_a_task_is_read_from_its_cells(lesson):
    given = proofs.task(lesson, "98-length")
    assert given.name == "length"
    assert given.solution.strip() == RIGHT
    assert given.check_id == "check-length"


def test_namespaces_hold_what_came_before_and_no_answer(names):
    assert names["98-length"]["byte_order"] == "big"
    assert "length" not in names["98-length"]
    assert "weak" not in names["98-weak"]


def test_answers_do_not_leak(names):
    proofs.answer("byte_order = 'little'\nmine = 1", "mine", names["98-length"])
    assert names["98-length"]["byte_order"] == "big"
    assert "mine" not in names["98-length"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (RIGHT, True),
        (RIGHT.replace("3:5", "3:6"), False),
        ("def length(record):\n    ...", False),
        ("def length(record):\n    return 1 / 0", False),
        ("length = 16", False),
        ("other = 1", False),
        ("def length(record)", False),
        ("def length(record):\n    while True: pass", False),
        ("while True: pass", False),
    ],
)
def test_what_passes(lesson, names, monkeypatch, source, expected):
    monkeypatch.setattr(proofs, "MUTANT_SECONDS", 0.2)
    started = time.monotonic()
    given = proofs.task(lesson, "98-length")
    assert proofs.passes(source, given, names["98-length"]) is expected
    assert time.monotonic() - started < 20, "nothing stopped an endless answer"


def test_strong_cases_leave_no_mutant_and_weak_ones_do(lesson, names):
    for slug, expected in (("98-length", False), ("98-weak", True)):
        tried, survivors = proofs.surviving(proofs.task(lesson, slug), names[slug])
        assert tried >= 4
        assert bool(survivors) is expected, survivors


def test_the_solved_notebook_passes_and_shows_which_cell_depended(lesson, path):
    notebook = proofs.solved(lesson, path)
    shown = {cell.id: cell.get("outputs") for cell in notebook.cells}
    expected = check("98-length", lesson98.length).text
    assert shown["check-length"][0].data["text/plain"] == expected
    assert proofs.changed_outputs(lesson, notebook) == ["depends"]


@pytest.mark.parametrize("wrong", lesson98.EXERCISES[0].wrong, ids=lambda wrong: wrong.name)
def test_wrong_answers_of_the_sample(path, wrong):
    report = check("98-length", proofs.wrong_answer(wrong))
    assert report.state == "not yet"
    assert wrong.hint in report.text


def test_trivial_functions_are_what_they_say():
    given = proofs.trivial_functions()
    assert [function(b"x") for function in given[:-1]] == proofs.TRIVIAL
    assert given[-1](b"x", b"y") == b"x"

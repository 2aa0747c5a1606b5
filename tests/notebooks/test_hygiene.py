"""Every notebook follows the rules; every rule catches what it is for."""

import pytest

from tests.notebooks.allowed import IGNORED_OUTPUTS
from tests.notebooks.lesson import FOLDER, NOTEBOOKS, Lesson
from tests.notebooks.rules import RULES
from tests.notebooks.samples.bad import BAD
from tests.notebooks.samples.good import good
from tools.notebooks import read

BROKEN = [
    pytest.param(rule, number, id=f"{rule}-{number}")
    for rule, breaks in BAD.items()
    for number in range(len(breaks))
]


@pytest.fixture(scope="module")
def lessons():
    return {path: Lesson.load(path) for path in NOTEBOOKS}


def test_there_are_notebooks():
    assert NOTEBOOKS, "every test that is parametrised over notebooks would be empty"


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name[:2])
def test_notebook(lessons, path, rule):
    found = [f"{path.name}: {cell or 'file'}: {text}" for cell, text in RULES[rule](lessons[path])]
    assert not found, f"rule {rule}:\n" + "\n".join(found)


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_content_with_the_good_sample(rule):
    assert list(RULES[rule](good())) == []


@pytest.mark.parametrize(("rule", "number"), BROKEN)
def test_rule_catches_its_bad_sample(rule, number):
    lesson = good()
    BAD[rule][number](lesson.notebook)
    ids = {cell.id for cell in lesson.cells} | {""}
    found = list(RULES[rule](lesson))
    assert found, "the rule saw nothing"
    assert {cell for cell, _ in found} <= ids, "the rule names a cell that does not exist"
    assert all(text for _, text in found)


def test_every_rule_has_a_bad_sample():
    assert set(RULES) == set(BAD)


def test_lesson_08_needs_six_exercises():
    sample = good()
    found = RULES["enough-of-everything"](Lesson("08_x.ipynb", sample.notebook, sample.folder))
    assert list(found) == [("", "4 exercises, at least 6 needed")]


def test_few_outputs_are_ignored_and_each_still_exists():
    assert len(IGNORED_OUTPUTS) <= 3
    for (name, cell_id), reason in IGNORED_OUTPUTS.items():
        tags = {cell.id: cell.metadata.get("tags", []) for cell in read(FOLDER / name).cells}
        assert "nbval-ignore-output" in tags[cell_id]
        assert reason

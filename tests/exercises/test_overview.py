"""exercises/overview.py: the course in one table."""

import re

import pytest

from helpers.exercises import check, overview, paths
from helpers.exercises.overview_paths import FIRST_HALF, PATHS
from helpers.show.course import lessons
from tests.exercises.conftest import fresh_progress
from tests.notebooks.lesson import Lesson
from tools.notebooks import FOLDER


def test_every_lesson_with_a_link_and_what_is_done(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)
    view = overview()
    assert re.findall(r'href="([^"]+)"', view.html) == [lesson.file for lesson in lessons()]
    assert "00 Start here" in view.text
    assert "0 of 5" in view.text
    assert check("00-before-request", 9).state == "passed"
    assert "1 of 5" in overview().text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.have)
def test_a_path_fits_into_the_time_and_adds_up(path):
    assert 0.8 * path.limit <= path.minutes <= path.limit
    line = next(line for line in paths().text.splitlines() if line.startswith(path.have))
    steps = re.findall(r": (\d+)(?:;| \|)", line)
    assert sum(map(int, steps)) == path.minutes
    assert f"| {path.minutes} minutes |" in line


def test_a_path_links_lessons_and_says_what_it_leaves_out():
    files = {lesson.file for lesson in lessons()}
    assert set(re.findall(r'href="([^"]+)"', paths().html)) == files - {
        lesson.file for lesson in lessons() if lesson.number in ("03", "07", "08")}
    assert "without its exercises" in paths().text
    assert f"{sum(lesson.minutes for lesson in lessons()):,} minutes" in paths().text


@pytest.mark.parametrize("number", sorted({number for path in PATHS for how, numbers in path.parts
                                           if how == FIRST_HALF for number in numbers}))
def test_a_half_ends_about_where_the_lesson_has_its_break(number):
    lesson = next(lesson for lesson in lessons() if lesson.number == number)
    cells = Lesson.load(FOLDER / lesson.file).cells
    said = re.search(r'the break before "([^"]+)"', cells[0].source)[1]
    sizes = [len(cell.source.split()) for cell in cells]
    at = next(cell.index for cell in cells if f"## {said}" in cell.source)
    assert 0.3 <= sum(sizes[:at]) / sum(sizes) <= 0.7

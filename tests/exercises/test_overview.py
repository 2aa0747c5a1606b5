"""exercises/overview.py: the course in one table."""

import re

from helpers.exercises import check, overview
from helpers.show.course import lessons
from tests.exercises.conftest import fresh_progress


def test_every_lesson_with_a_link_and_what_is_done(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)
    view = overview()
    assert re.findall(r'href="([^"]+)"', view.html) == [lesson.file for lesson in lessons()]
    assert "00 Start here" in view.text
    assert "0 of 5" in view.text
    assert check("00-before-request", 9).state == "passed"
    assert "1 of 5" in overview().text

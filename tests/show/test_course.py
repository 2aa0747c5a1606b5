"""show/course.py: the lessons as their notebooks say."""

from helpers.show.course import lesson_link, lessons
from tests.notebooks.lesson import NOTEBOOKS


def test_every_notebook_is_a_lesson_with_a_title_and_a_time():
    assert [lesson.file for lesson in lessons()] == [path.name for path in NOTEBOOKS]
    for lesson in lessons():
        assert lesson.number == lesson.file[:2]
        assert lesson.title
        assert lesson.about
        assert 20 <= lesson.minutes <= 200
        assert 20 <= lesson.reading < lesson.minutes


def test_a_link_is_escaped_and_leads_beside():
    html = lesson_link(lessons()[0], "<first>")
    assert f'href="{lessons()[0].file}"' in html
    assert "&lt;first&gt;" in html

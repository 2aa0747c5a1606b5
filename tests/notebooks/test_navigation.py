"""Every lesson leads on to its neighbours and back to the first page, at its top and at its end."""

import re

import pytest

from helpers.show.course import lessons
from tests.notebooks.lesson import NOTEBOOKS, Lesson

LESSONS = lessons()
LINK = re.compile(r"\]\(([^)#]+\.ipynb)\)")


def ways_on(place: int) -> str:
    """The line that leads on from the lesson at this place in the course."""
    before, after = LESSONS[place - 1 : place][:1], LESSONS[place + 1 : place + 2]
    ways = [f"[← {one.number} {one.title}]({one.file})" for one in before]
    ways += [f"[All lessons]({LESSONS[0].file})"] if place > 1 else []
    ways += [f"[{one.number} {one.title} →]({one.file})" for one in after]
    return " | ".join(ways)


@pytest.mark.parametrize("place", range(len(LESSONS)), ids=lambda place: LESSONS[place].number)
def test_the_line_stands_at_the_top_and_at_the_end(place):
    lesson = Lesson.load(NOTEBOOKS[place])
    prose = [cell for cell in lesson.cells if not cell.is_code]
    with_it = [cell.id for cell in prose if ways_on(place) in cell.source.splitlines()]
    assert with_it[:1] == [prose[0].id], f"put into the first cell:\n{ways_on(place)}"
    assert len(with_it) == 2, f"put into the cell with the sources:\n{ways_on(place)}"
    assert "### Sources" in next(cell.source for cell in prose if cell.id == with_it[1])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name[:2])
def test_links_to_notebooks_lead_somewhere(path):
    lesson = Lesson.load(path)
    linked = {name for cell in lesson.cells for name in LINK.findall(cell.source)}
    assert linked
    assert linked <= {known.name for known in NOTEBOOKS}

"""From lesson to lesson by a click, in one JupyterLab: every link opens the notebook it names.

Where the links stand and what they say is tested in tests/notebooks/test_navigation.py.
"""

import re

import pytest

from helpers.show.course import lessons
from tests.browser.lab_page import LabPage

LESSONS = {lesson.file: lesson for lesson in lessons()}
FILES = list(LESSONS)
IN_FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
LINK = f"{IN_FRONT} a[href*='.ipynb']"
IN_OUTPUT = f"{IN_FRONT} .jp-OutputArea a[href*='.ipynb']"
TAB = ".lm-DockPanel-tabBar"
SHOWN = """([notebook, number]) => {
  const title = document.querySelector(`${notebook} h1`)?.textContent ?? '';
  const tab = document.querySelector('.lm-DockPanel-tabBar .lm-TabBar-tab.lm-mod-current');
  return title.startsWith(number + '. ') && tab.textContent.trim();
}"""


@pytest.fixture(scope="module")
def start(served):
    """JupyterLab on the first lesson, none of which has been run but the folded answers."""
    course, address, pages = served
    lab = LabPage(pages.new_page(), course / "notebooks" / FILES[0])
    lab.open(address)
    yield lab
    lab.menu("Kernel", "Shut Down All Kernels…")
    lab.page.locator(".jp-Dialog").get_by_role("button", name="Shut Down All").click()
    lab.page.locator(".jp-Dialog").wait_for(state="detached")
    lab.page.close()


@pytest.fixture
def first(start):
    """The same, with the first lesson in front."""
    start.page.locator(TAB).get_by_text(FILES[0], exact=True).click()
    arrived(start, FILES[0])
    return start


def arrived(lab: LabPage, file: str) -> None:
    """Wait until the notebook `file` is in front, and its title can be read."""
    wanted = [IN_FRONT, LESSONS[file].number]
    tab = lab.page.wait_for_function(SHOWN, arg=wanted).json_value()
    assert tab == file


def links(lab: LabPage, where: str) -> list[str]:
    """The notebooks that the links at a place of the page name, in order."""
    addresses = lab.page.locator(where).evaluate_all("all => all.map(one => one.href)")
    return [re.search(r"([^/]+\.ipynb)", address)[1] for address in addresses]


def outputs(lab: LabPage) -> list[int]:
    """For each link in an output the number of its output: 0, 0, 0, 1, 1 ..."""
    return lab.page.locator(IN_OUTPUT).evaluate_all("""all => {
      const areas = [...new Set(all.map(one => one.closest('.jp-OutputArea')))];
      return all.map(one => areas.indexOf(one.closest('.jp-OutputArea')));
    }""")


def test_through_the_course_and_back(first):
    """There and back, at one lesson by the line at its top, at the next by that at its end."""
    way = [*FILES[1:], *FILES[-2::-1]]
    for place, file in enumerate(way):
        found = first.page.locator(LINK.replace(".ipynb", file))
        (found.last if place % 2 else found.first).click()
        arrived(first, file)
    assert first.page.locator(".jp-NotebookPanel").count() == len(FILES), "the way back opens none"
    assert first.page_errors == []


def test_the_links_in_the_outputs_of_the_first_lesson(first):
    """By mouse the first in each output, then the first to each notebook in each output."""
    folds = first.page.locator(f"{IN_FRONT} .jp-OutputPlaceholder")
    while folds.count():
        folds.first.click()
    named, places = links(first, IN_OUTPUT), outputs(first)
    assert set(named) >= set(FILES), "a lesson is missing in the table of lessons"
    for output in dict.fromkeys(places):
        place = places.index(output)
        first.page.locator(IN_OUTPUT).nth(place).click()
        arrived(first, named[place])
        first.page.locator(TAB).get_by_text(FILES[0], exact=True).click()
        arrived(first, FILES[0])
    ways = list(zip(places, named, strict=True))
    every = first.page.locator(IN_OUTPUT).element_handles()
    for way in dict.fromkeys(ways):
        every[ways.index(way)].dispatch_event("click")  # from behind the notebook in front
        arrived(first, way[1])

"""The gallery of lesson 07 by mouse: another chain takes the guess back, and hides the verdict."""

import pytest
from playwright.sync_api import Locator

from tests.browser.lab_page import LabPage

CELL, NOTEBOOK = "guess", "07_when_trust_fails.ipynb"
WAITS, VERDICT = "First choose the check that fails", "Three validators"


@pytest.fixture(scope="module")
def lab(served):
    course, address, pages = served
    opened = LabPage(pages.new_page(), course / "notebooks" / NOTEBOOK)
    opened.open(address)
    for name in ("setup", CELL):
        opened.run_cell(name)
    opened.picture_of(CELL).wait_for(state="attached")
    yield opened
    opened.shut_down()
    opened.page.close()


def chosen(select: Locator) -> str:
    """What the list shows, "" if nothing is chosen."""
    text = select.evaluate("list => list.selectedOptions[0]?.textContent ?? ''")
    return " ".join(text.split())  # the labels hold no-break spaces


def choose(lab: LabPage, place: int, steps: int) -> None:
    """Open the list by a click, go down so many options, and take that one."""
    box = lab.output(CELL).locator("select").nth(place)
    box.scroll_into_view_if_needed()
    around = box.bounding_box()
    lab.page.mouse.click(around["x"] + around["width"] / 2, around["y"] + around["height"] / 2)
    for _ in range(steps):
        lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("Enter")


def says(lab: LabPage, words: str) -> bool:
    lab.page.wait_for_function(
        "([output, words]) => output.textContent.includes(words)",
        arg=[lab.output(CELL).element_handle(), words])
    return True


def test_a_guess_is_taken_back_by_another_chain(lab):
    number, guess = (lab.output(CELL).locator("select").nth(place) for place in (0, 1))
    assert WAITS in lab.shown(CELL)
    assert (chosen(number), chosen(guess)) == ("No. 1", "")
    choose(lab, 1, 3)
    assert says(lab, VERDICT)
    assert chosen(guess)
    choose(lab, 0, 1)
    assert says(lab, WAITS)
    assert (chosen(number), chosen(guess)) == ("No. 2", "")
    assert VERDICT not in lab.shown(CELL)
    choose(lab, 1, 2)
    assert says(lab, VERDICT)
    choose(lab, 0, 1)
    assert says(lab, WAITS)
    assert (chosen(number), chosen(guess)) == ("No. 3", "")

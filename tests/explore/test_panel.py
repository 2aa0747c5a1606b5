"""What the style of the live controls does, in a browser: letters, and who can have the focus."""

import pytest

from helpers.explore.panel import STYLE
from tests.browser.lab_page import browser
from tests.optional import need

pytestmark = pytest.mark.xdist_group("browser")

# A Number as ipywidgets 8.1 puts it on the page: a box, and noUiSlider's handle.
NUMBER = """<div class="course-explorer"><div class="widget-inline-hbox">
<label class="widget-label" for="box">Byte</label><input id="box" type="number"></div>
<div class="widget-slider"><div class="noUi-target"><div class="noUi-handle" tabindex="0"
role="slider" aria-valuenow="20" style="width:16px;height:16px"><div class="noUi-touch-area"></div>
</div></div></div><button>after</button></div>"""


@pytest.fixture(scope="module")
def page():
    with browser(need("chromium")) as running:
        page = running.new_page()
        page.set_content(STYLE + NUMBER)
        yield page


def test_only_the_labelled_box_is_reached_by_keyboard_and_read_out(page):
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert reached == ["box", "BUTTON"]
    told = page.locator("body").aria_snapshot()
    assert 'spinbutton "Byte"' in told
    assert "slider" not in told


def test_the_handle_can_still_be_seen_and_dragged(page):
    grip = page.locator(".noUi-touch-area")
    assert grip.is_visible()
    page.evaluate("""document.querySelector('.noUi-handle').addEventListener(
        'pointerdown', () => { document.title = 'dragged'; })""")
    grip.click()
    assert page.title() == "dragged"

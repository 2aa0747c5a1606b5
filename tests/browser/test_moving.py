"""Controls are found and moved, and a dead widget is not taken for a live one."""

import json

import pytest

from tests.browser import moving
from tests.browser.lab_page import LabPage

FOLLOWS = "oninput='this.closest(\".course-explorer\").lastElementChild.textContent += \"!\"'"
CONTROLS = {
    "number": f"<input type=number value=3 min=0 max=3 {FOLLOWS}>",
    "dropdown": f"<select {FOLLOWS}><option>a</option><option>b</option></select>",
    "radio": f"<div class=widget-radio-box><input type=radio name=r {FOLLOWS}>"
    f"<input type=radio name=r {FOLLOWS}></div>",
    "tick": f"<input type=checkbox {FOLLOWS}>",
    "text": f"<input type=text {FOLLOWS}>",
    "dead": "<input type=checkbox><select><option>a</option><option>b</option></select>",
    "second": f"<input type=checkbox><input type=checkbox {FOLLOWS}>",
    "hidden": f"<input type=checkbox style='display:none' {FOLLOWS}>",
}


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "a.ipynb"
    path.write_text(json.dumps({"cells": [{"id": name} for name in CONTROLS]}))
    cells = "".join(
        f"<div class=jp-Cell><div class=jp-Cell-outputArea><div class=course-explorer>{control}"
        "<div class=widget-html>shown</div></div></div></div>"
        for control in CONTROLS.values()
    )
    page = chromium.new_page()
    page.set_content(f"<div class=jp-Notebook>{cells}</div>")
    yield LabPage(page, path)
    page.close()


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch):
    monkeypatch.setattr(moving, "PATIENCE", (0.2, 0.3))


@pytest.mark.parametrize("name", ["number", "dropdown", "radio", "tick", "text"])
def test_each_kind_of_control_is_found_and_moves(lab, name):
    grip = moving.working_grip(lab, name)
    assert grip == moving.grips(lab, name)[0]
    shown = [grip.move(lab, way) for way in range(6)]
    assert len(set(shown)) == 6, "a key at the end of its way was pressed in vain"


def test_a_dead_widget_has_no_working_grip(lab):
    assert len(moving.grips(lab, "dead")) == 2
    assert moving.working_grip(lab, "dead") is None


def test_a_control_that_does_nothing_is_passed_over(lab):
    assert moving.working_grip(lab, "second").index == 1


def test_what_cannot_be_seen_is_no_control(lab):
    assert moving.grips(lab, "hidden") == []

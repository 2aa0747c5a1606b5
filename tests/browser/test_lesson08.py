"""Lesson 08 as a learner meets it: opened in JupyterLab, read, run, moved, answered.

One browser does all of it, in the order of this file: `opened` is the notebook before anything
was run, `ran` the same page after Run All Cells.
"""

import re

import pytest

from helpers.explore.still import HOW
from helpers.sources import load
from tests.browser import reading
from tests.browser.lab_page import LabPage, lab_page
from tests.browser.lab_server import copy_course
from tests.optional import need

pytestmark = pytest.mark.xdist_group("browser")

NAME = "08_handshake_tls12.ipynb"
ODD = ("model not found", "Error displaying widget", "Loading widget", "Error creating widget")
ERRORS = ".jp-OutputArea-output:is([data-mime-type$=error], [data-mime-type$=stderr])"
NEUTRAL = r"(<!--[^<>]*-->)?"  # an HTML comment, or nothing
NUMBER, DROPDOWN, RADIO = "input[type=number]", "select", "input[type=radio]"
CHECKED = f"{RADIO}:checked"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    chromium = need("chromium")
    course = copy_course(tmp_path_factory.mktemp("browser") / "course")
    with lab_page(chromium, course, NAME) as lab:
        yield lab


@pytest.fixture(scope="module")
def ran(opened):
    opened.run_all()
    opened.wait_for_widgets()
    return opened


def assert_it_ran(lab: LabPage) -> None:
    assert lab.page.locator(ERRORS).all_text_contents() == []
    assert lab.prompts() == lab.prompts_after_a_run()
    assert lab.page.locator(".jp-OutputPlaceholder").count() == 0, "an answer stayed folded"
    assert [words for words in ODD if words in lab.text()] == []


def test_answers_are_folded_and_give_nothing_away(opened):
    answers = opened.ids("answer")
    folds = {name: opened.cell(name).locator(".jp-OutputPlaceholder") for name in answers}
    assert len(folds) >= 4
    assert {name for name, fold in folds.items() if fold.count() != 1} == set()
    # JupyterLab writes the first line of an output on its fold.
    said = {name: fold.text_content().strip() for name, fold in folds.items()}
    assert {name: text for name, text in said.items() if not re.fullmatch(NEUTRAL, text)} == {}


def test_widgets_not_yet_run_show_a_still_picture(opened):
    still = [name for name in opened.widgets if name not in opened.ids("answer")]
    assert len(still) >= 7
    for name in still:
        assert HOW in opened.output(name).text_content(), name
    assert opened.page.locator(".course-explorer").count() == 0
    assert [words for words in ODD if words in opened.text()] == []


def test_nothing_pops_up(opened):
    assert opened.page.locator(".jp-Dialog, .Toastify__toast").all_text_contents() == []


def test_pictures_are_there_before_anything_is_run(opened):
    assert reading.broken_pictures(opened.page) == []


def test_all_cells_run_and_answers_unfold(ran):
    assert_it_ran(ran)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_output_can_be_read(ran, theme):
    ran.use_theme(theme)
    reading.unfold(ran.page)
    assert reading.faded(ran.page) == []
    assert reading.sticking_out(ran.page) == []
    assert reading.broken_pictures(ran.page) == []


def test_a_prediction_is_made_by_keyboard_and_confirmed(ran):
    name = ran.ids("predict")[0]
    assert "Choose one" in ran.picture_of(name).text_content()
    first = ran.press(name, RADIO, "Space")
    assert "Noted. You expect:" in first
    assert "Noted. You expect:" in ran.press(name, CHECKED, "ArrowDown")


@pytest.mark.parametrize(
    ("name", "control"), [("negotiate", DROPDOWN), ("flip", NUMBER), ("steal-it", CHECKED)]
)
def test_a_widget_follows_the_arrow_keys(ran, name, control):
    pictures = [ran.press(name, control, "ArrowDown") for _ in range(2)]
    assert "could not be drawn" not in "".join(pictures)
    ran.press(name, control, "ArrowUp")
    assert pictures[0] in ran.picture_of(name).inner_html()


def test_a_wrong_answer_gets_its_hint_and_a_right_one_passes(ran):
    starter = ran.source("try-cipher-suite")
    ran.run_cell("try-cipher-suite", starter.replace("None", '"0303"'))
    said = ran.run_cell("check-cipher-suite").text_content()
    assert "Not yet" in said
    assert "That is the version, 0303." in said
    suite = load("tls12_ecdhe_ecdsa").find("server_hello").parsed.cipher_suite
    ran.run_cell("try-cipher-suite", starter.replace("None", f'"{suite:04X}"'))
    assert "Passed" in ran.run_cell("check-cipher-suite").text_content()


def test_restart_and_run_all(ran):
    ran.restart_and_run_all()
    ran.wait_for_widgets()
    assert_it_ran(ran)
    assert ran.press("flip", NUMBER, "ArrowUp")


def test_no_request_left_this_machine_and_no_script_failed(ran):
    assert ran.hosts == {"127.0.0.1"}
    assert ran.page_errors == []

"""Every lesson as a learner meets it: opened in JupyterLab, read, run, moved, answered.

`opened` is a notebook before anything was run,
`ran` the same page after Run All Cells; the tests of a notebook run in the order of this file.
"""

import re

import pytest

from helpers.explore.still import HOW
from helpers.sources import load
from tests.browser import moving, reading
from tests.browser.lab_page import LabPage
from tests.notebooks.lesson import NOTEBOOKS

NAMES = [path.name for path in NOTEBOOKS]
ODD = ("model not found", "Error displaying widget", "Loading widget", "Error creating widget")
ERRORS = ".jp-OutputArea-output:is([data-mime-type$=error], [data-mime-type$=stderr])"
NEUTRAL = r"(<!--[^<>]*-->)?"  # an HTML comment, or nothing
RADIO = "input[type=radio]"


class Desk:
    """A window with JupyterLab, in which one notebook after the other is open."""

    def __init__(self, served):
        self.course, self.address, self.pages = served
        self.page = None

    def take(self, name):
        new = self.page is None
        self.page = self.page or self.pages.new_page()
        lab = LabPage(self.page, self.course / "notebooks" / name)
        if new:
            lab.open(self.address)
        else:
            lab.open_here()
        return lab

    def put_back(self, lab):
        page, self.page = self.page, None  # a new one, should this fail
        try:
            lab.leave()
            self.page = page
        finally:
            if self.page is None:
                page.close()


@pytest.fixture(scope="module")
def desk(served):
    desk = Desk(served)
    yield desk
    if desk.page:
        desk.page.close()


@pytest.fixture(scope="module", params=NAMES, ids=lambda name: name[:2])
def opened(desk, request):
    lab = desk.take(request.param)
    yield lab
    desk.put_back(lab)


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
    assert folds
    assert {name for name, fold in folds.items() if fold.count() != 1} == set()
    # JupyterLab writes the first line of an output on its fold.
    said = {name: fold.text_content().strip() for name, fold in folds.items()}
    assert {name: text for name, text in said.items() if not re.fullmatch(NEUTRAL, text)} == {}


def test_questions_fold_their_source_and_say_how_to_run_them(opened):
    asking = [*opened.ids("predict"), *opened.ids("quiz")]
    assert asking
    for name in asking:
        assert opened.cell(name).locator(".jp-Cell-inputWrapper .jp-Placeholder").count() == 1, name
        assert HOW in opened.output(name).text_content(), name


def test_before_it_is_run_everything_is_a_still_picture(opened):
    for name in set(opened.widgets) - set(opened.ids("answer")):
        assert HOW in opened.output(name).text_content(), name
    assert opened.page.locator(".course-explorer").count() == 0
    assert [words for words in ODD if words in opened.text()] == []
    assert opened.page.locator(".jp-Dialog, .Toastify__toast").all_text_contents() == []
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


def test_every_widget_follows_a_key(ran):
    asking = ran.ids("predict")  # a choice is enough; the next test takes one back
    moves = {name: 1 if name in asking else 2 for name in ran.widgets}
    assert [name for name in moves if moving.working_grip(ran, name, moves[name]) is None] == []
    assert "could not be drawn" not in "".join(map(ran.shown, ran.widgets))


def test_a_prediction_is_made_by_keyboard_and_confirmed(ran):
    name = ran.ids("predict")[-1]
    assert "Noted. You expect:" in ran.shown(name)
    assert "Noted. You expect:" in ran.press(name, f"{RADIO}:checked", "ArrowDown")


def test_no_request_left_this_machine_and_no_script_failed(ran):
    assert ran.hosts == {"127.0.0.1"}
    assert ran.page_errors == []


@pytest.mark.parametrize("opened", ["08_handshake_tls12.ipynb"], indirect=True, ids=["08"])
def test_a_wrong_answer_gets_its_hint_and_a_right_one_passes(ran):
    starter = ran.source("try-cipher-suite")
    ran.run_cell("try-cipher-suite", starter.replace("None", '"0303"'))
    said = ran.run_cell("check-cipher-suite").text_content()
    assert "Not yet" in said
    assert "That is the version, 0303." in said
    suite = load("tls12_ecdhe_ecdsa").find("server_hello").parsed.cipher_suite
    ran.run_cell("try-cipher-suite", starter.replace("None", f'"{suite:04X}"'))
    assert "Passed" in ran.run_cell("check-cipher-suite").text_content()


@pytest.mark.parametrize("opened", ["08_handshake_tls12.ipynb"], indirect=True, ids=["08"])
def test_restart_and_run_all(ran):
    ran.restart_and_run_all()
    ran.wait_for_widgets()
    assert_it_ran(ran)
    assert moving.working_grip(ran, "flip")

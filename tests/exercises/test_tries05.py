"""What learners get for wrong tries at lesson 05: help that names the mistake or the next step."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD
from tests.exercises.test_tries08 import help_of
from tests.exercises.tries05 import STEPS, TRIES, answer

ALL = [(slug, what, said) for slug, tries in TRIES.items() for what, said in tries]


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


@pytest.mark.parametrize(("slug", "what", "said"), ALL)
def test_a_wrong_try_gets_help_of_its_own(slug, what, said):
    report = check(slug, answer(slug, what))
    assert report.state != "passed"
    assert not report.fault, report.text
    helped = help_of(report)
    if report.state == "not yet":
        helped += " ".join(words for label, words in report.details if label == "Yours")
    assert said in helped, report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, help_of(report))


def test_every_exercise_is_tried_often_enough():
    assert set(TRIES) == {one.slug for one in catalogue.exercises("05")}
    assert min(len(tries) for tries in TRIES.values()) >= 20
    assert not [what for _, what, said in ALL if not said], "name the words that help"


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in TRIES:
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"


@pytest.mark.parametrize("slug", STEPS)
def test_the_worked_steps_pass(slug):
    same = ("return", "return")
    assert check(slug, answer(slug, same)).state == "passed"

"""What learners get for wrong tries at lesson 04: help that names the mistake or the next step."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD
from tests.exercises.tries04 import TRIES, answer

ALL = [(slug, what, said) for slug, tries in TRIES.items() for what, said in tries]


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


@pytest.mark.parametrize(("slug", "what", "said"), ALL)
def test_a_wrong_try_gets_help_of_its_own(slug, what, said):
    report = check(slug, answer(slug, what))
    assert report.state != "passed"
    assert not report.fault, report.text
    assert said in report.text, report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, report.hint)


def test_nearly_every_wrong_try_meets_a_hint():
    reports = [check(slug, answer(slug, what)) for slug, what, _ in ALL]
    hinted = [report for report in reports if report.hint or report.state == "not started"]
    assert len(hinted) > 0.85 * len(ALL)


def test_every_exercise_is_tried_often_enough():
    assert set(TRIES) == {one.slug for one in catalogue.exercises("04")}
    assert min(len(tries) for tries in TRIES.values()) >= 20
    assert not [what for _, what, said in ALL if len(said) < 8], "name the words that help"


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in TRIES:
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"

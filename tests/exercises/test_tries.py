"""What learners get for wrong tries: help that names the mistake or the next step.

Each lesson's tries are in its triesNN.py, as (what is handed in, words of the help), see
`learner`; what else a lesson promises about odd and right answers is in its test_triesNN.py.
"""

from functools import cache

import pytest

from helpers.exercises import calling, catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.learner import LESSONS, answer
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD

ALL = [(slug, what, said) for lesson in LESSONS.values() for slug, tries in lesson.TRIES.items()
       for what, said in tries]
PATIENCE = 3.0  # seconds, in place of the 15 that a learner's loop gets
WORKED = [(slug, steps) for lesson in LESSONS.values()
          for slug, steps in getattr(lesson, "STEPS", {}).items()]
ENOUGH = 20  # tries of each exercise
HINTED = 0.85  # the least share of a lesson's tries that meet more than what is wrong in form


# The limit of an endless loop may come up while Hypothesis counts garbage; it is sent again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)
    monkeypatch.setattr(calling, "LIMIT", PATIENCE)


def help_of(report):
    """Everything that helps: all but what went in, what came out, and where they differ."""
    if report.state == "not started":
        return report.text
    quoted = [said for label, said in report.details if label in ("", "Where")]
    yours = dict(report.details).get("Yours", "")
    if "your function" in yours.lower():  # a sentence about it, no value
        quoted.append(yours)
    return " ".join([report.hint, *quoted]).strip()


@cache
def report_on(place):
    """What the learner reads for the try at `place` in ALL: each is made once for all tests."""
    slug, what, _ = ALL[place]
    return check(slug, answer(slug, what))


@pytest.mark.parametrize("place", range(len(ALL)),
                         ids=[f"{slug}-{place}" for place, (slug, _, _) in enumerate(ALL)])
def test_a_wrong_try_gets_help_of_its_own(place):
    slug, _, said = ALL[place]
    report = report_on(place)
    assert report.state != "passed"
    assert not report.fault, report.text
    assert help_of(report), f"only right or wrong:\n{report.text}"
    assert said in help_of(report), report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, help_of(report))


@pytest.mark.parametrize("number", LESSONS)
def test_every_exercise_is_tried_often_enough(number):
    tries = LESSONS[number].TRIES
    assert set(tries) == {one.slug for one in catalogue.exercises(number)}
    assert min(len(tried) for tried in tries.values()) >= ENOUGH
    reports = [report_on(place) for place, (slug, _, _) in enumerate(ALL) if slug in tries]
    hinted = [report for report in reports if report.hint or report.state == "not started"]
    assert len(hinted) >= HINTED * len(reports)


@pytest.mark.parametrize(("slug", "steps"), WORKED, ids=[slug for slug, _ in WORKED])
def test_the_worked_steps_pass(slug, steps):
    """So a try that replaces a part of them fails for that part alone."""
    word = steps.split()[0]
    assert check(slug, answer(slug, (word, word))).state == "passed"


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in dict.fromkeys(slug for slug, _, _ in ALL):
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"

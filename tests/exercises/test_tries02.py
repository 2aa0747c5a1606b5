"""What learners get for wrong tries at lesson 02: help that names the mistake or the next step."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD
from tests.exercises.test_tries08 import help_of
from tests.exercises.tries02 import TRIES, WORKED, answer

ALL = [(slug, what, said) for slug, tries in TRIES.items() for what, said in tries]
SPECIFIC = 0.9
"""The least share of tries that meet words about their own mistake, not only about its form."""


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


@pytest.mark.parametrize(("slug", "what", "said"), ALL)
def test_a_wrong_try_gets_help_of_its_own(slug, what, said):
    report = check(slug, answer(slug, what))
    assert report.state != "passed"
    assert not report.fault, report.text
    assert report.state == "not started" or help_of(report), f"only right or wrong:\n{report.text}"
    assert said in help_of(report), report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, help_of(report))


def test_every_exercise_is_tried_often_enough():
    assert set(TRIES) == {one.slug for one in catalogue.exercises("02")}
    assert min(len(tries) for tries in TRIES.values()) >= 20
    assert sum(bool(said) for _, _, said in ALL) >= SPECIFIC * len(ALL)


@pytest.mark.parametrize("slug", WORKED)
def test_the_worked_steps_pass(slug):
    first = WORKED[slug].strip().split("\n")[0].strip()
    assert check(slug, answer(slug, (first, first))).state == "passed"


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in TRIES:
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"


@pytest.mark.parametrize("said", [192, "192", 192.0, "0xc0", " 192 "])
def test_a_number_of_bytes_in_other_forms(said):
    assert check("02-already", said).state == "passed"


def test_the_pin_in_other_forms():
    pin = catalogue.exercise("02-pin").made_cases()[0].expected
    for said in (pin, int(pin), pin.encode(), f" {pin} ", f"{pin}\n"):
        assert check("02-pin", said).state == "passed"


def test_a_forged_pair_in_other_forms():
    right = answer("02-forge", ("already", "already"))
    for form in (list, lambda pair: [one.hex() for one in pair], lambda pair: (
            bytearray(pair[0]), list(pair[1]))):
        assert check("02-forge", lambda *args, form=form: form(right(*args))).state == "passed"

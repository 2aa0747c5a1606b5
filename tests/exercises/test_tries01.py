"""What learners get for wrong tries at lesson 01: help that names the mistake or the next step."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD
from tests.exercises.tries01 import OPEN_STEPS, TRIES, answer

ALL = [(slug, what, said) for slug, tries in TRIES.items() for what, said in tries]


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


def help_of(report):
    """Everything that helps: all but what went in, what came out, and where they differ."""
    if report.state == "not started":
        return report.text
    quoted = [said for label, said in report.details if label in ("", "Where")]
    if said := dict(report.details).get("Yours", ""):
        quoted += [said] if "Look at what your function returns" in said else []
    return " ".join([report.hint, *quoted])


@pytest.mark.parametrize(("slug", "what", "said"), ALL)
def test_a_wrong_try_gets_help_of_its_own(slug, what, said):
    report = check(slug, answer(slug, what))
    assert report.state != "passed"
    assert not report.fault, report.text
    helped = report.hint or [said for label, said in report.details if label == ""] or (
        "Look at what your function returns" in report.text)
    assert helped, f"only right or wrong:\n{report.text}"
    assert said in help_of(report), report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, help_of(report))


def test_every_exercise_is_tried_often_enough():
    assert set(TRIES) == {one.slug for one in catalogue.exercises("01")}
    assert min(len(tries) for tries in TRIES.values()) >= 20
    assert len(ALL) >= 130
    assert not [what for _, what, said in ALL if not said], "name the words that help"


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in TRIES:
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"


@pytest.mark.parametrize("write", [bytes.hex, lambda text: text.hex(" "), list, bytearray, tuple])
def test_the_second_message_in_other_forms(write):
    right = answer("01-second-message", "= xor(xor(first, other), text)")
    assert check("01-second-message", write(right)).state == "passed"


def test_a_changed_record_may_also_give_nothing():
    """Who catches InvalidTag and returns None has not given anything out."""
    opened = answer("01-open-record", ("inner", "inner"))

    def careful(*given):
        try:
            return opened(*given)
        except Exception:
            return None

    assert check("01-open-record", careful).state == "passed"


def test_the_worked_steps_pass():
    assert check("01-open-record", answer("01-open-record", ("inner", "inner"))).state == "passed"
    assert OPEN_STEPS.count("AESGCM") == 1


@pytest.mark.parametrize("said", ["65,536 hours", "65536h", 65536.0, "0x10000", " 65536 "])
def test_hours_in_other_forms(said):
    assert check("01-key-bits", said).state == "passed"

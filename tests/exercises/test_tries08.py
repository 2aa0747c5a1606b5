"""What else the checks of lesson 08 promise: right answers in other forms, and worked steps."""

import pytest

from helpers.exercises import check
from tests.exercises.conftest import fresh_progress
from tests.exercises.tries08 import FINISHED_STEPS, answer


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


def test_the_worked_steps_pass():
    assert check("08-decrypt-finished", answer("08-decrypt-finished", ("pre,", "pre,"))).state == (
        "passed")
    assert FINISHED_STEPS.count("AESGCM") == 1


@pytest.mark.parametrize("said", ["240 ms", "240ms", 240.0, "0xf0", " 240 "])
def test_milliseconds_in_other_forms(said):
    assert check("08-first-byte", said).state == "passed"

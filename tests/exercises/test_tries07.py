"""What else the checks of lesson 07 promise: the worked steps pass."""

import pytest

from helpers.exercises import check
from tests.exercises.conftest import fresh_progress
from tests.exercises.tries07 import STEPS, answer


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


@pytest.mark.parametrize("slug", STEPS)
def test_the_worked_steps_pass(slug):
    assert check(slug, answer(slug, ("return", "return"))).state == "passed"

"""What else the checks of lesson 08 promise: right answers in other forms."""

import pytest

from helpers.exercises import check
from tests.exercises.conftest import fresh_progress


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


@pytest.mark.parametrize("said", ["240 ms", "240ms", 240.0, "0xf0", " 240 "])
def test_milliseconds_in_other_forms(said):
    assert check("08-first-byte", said).state == "passed"

"""What else the checks of lesson 02 promise: right answers in other forms."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.learner import answer


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


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

"""What else the checks of lesson 06 promise: right answers in other forms."""

import pytest

from helpers.exercises import check
from tests.exercises.conftest import fresh_progress
from tests.exercises.learner import answer


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


INSIDE = ["host name", "public modulus n", "issuer's name", "issuer's signature"]


@pytest.mark.parametrize("right", [
    INSIDE, tuple(INSIDE), set(INSIDE), INSIDE[::-1], [name.upper() for name in INSIDE],
    dict.fromkeys(INSIDE, b""),
])
def test_a_list_of_names_in_other_forms(right):
    assert check("06-inside", right).state == "passed"


@pytest.mark.parametrize("change", [
    ('.decode().rstrip("=")', '.rstrip(b"=")'),
    ('.decode().rstrip("=")', '.decode().strip("=")'),
    ("return urlsafe", "return '\"' + urlsafe"),
])
def test_a_txt_record_in_other_forms(change):
    assert check("06-acme", answer("06-acme", change)).state == "passed"


def test_every_letter_of_a_txt_record_counts():
    shouted = ('.rstrip("=")', '.rstrip("=").swapcase()')
    assert check("06-acme", answer("06-acme", shouted)).state == "not yet"


def test_a_tuple_and_der_are_a_chain_too():
    assert check("06-chain", answer("06-chain", ("return [leaf, root]", "return [leaf, root][:]"))
                 ).state == "passed"
    as_tuple = answer("06-chain", ("return", "return"))
    assert check("06-chain", lambda leaf, sent, roots: tuple(as_tuple(leaf, sent, roots))
                 ).state == "passed"

"""Numbers in words, and the one form of a number that came from a clock."""

import pytest

from helpers.show import Table, amount, measured
from helpers.show.amounts import MEASURED, YEAR, digits, masked


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (1.5, "1.5"), (0.01234, "0.0123"), (12345, "12,345"), (2**20, "1,048,576"),
     (100, "100"), (2**128, "3.4 × 10³⁸"), (1e9, "10⁹"), (1.5e-7, "1.5 × 10⁻⁷"), (-2.5, "-2.5")],
)  # fmt: skip
def test_digits(value, written):
    assert digits(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(3400, "MB/s", "3,400 MB/s"), (1, "bits", "1 bit"), (2, "bits", "2 bits"), (7, "", "7"),
     (1.2e-5, "s", "12 µs"), (0.2, "seconds", "200 ms"), (1, "s", "1 s"), (60, "s", "1 minute"),
     (7200, "s", "2 hours"), (YEAR, "s", "1 year"), (228.4 * YEAR, "s", "228 years"),
     (13.8e9 * YEAR, "s", "13.8 billion years"), (1e6 * YEAR, "s", "1 million years"),
     (2.535e15 * YEAR, "s", "2.54 × 10¹⁵ years"), (0, "s", "0 s"), (1, "MB/s", "1 MB/s")],
)  # fmt: skip
def test_amount(value, unit, written):
    assert amount(value, unit) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(0.0032149, "s", "≈ 3.21 ms here"), (1.2e-5, "seconds", "≈ 12.0 µs here"),
     (250, "s", "≈ 250 s here"), (3e-10, "s", "≈ 0.300 ns here"),
     (3412.7, "MB/s", "≈ 3413 MB/s here"), (23_456, "times", "≈ 23.5 thousand times here"),
     (1_234_567, "hashes per second", "≈ 1.23 million hashes per second here"),
     (5.5, "", "≈ 5.50 here")],
)  # fmt: skip
def test_measured_has_one_form(value, unit, written):
    assert measured(value, unit) == written
    assert masked(f"a: {written}; b") == f"a: {'m' * 14}; b"


def test_the_mask_takes_nothing_else():
    for text in ("about 3.21 ms here", "3.21 ms here", "≈ 3.21 ms", "≈ here",
                 "≈ 16 bytes; here", "≈ 2³² of them here", "≈ 3.21\nms here"):  # fmt: skip
        assert not MEASURED.search(text), text


def test_a_unit_that_the_mask_would_miss_is_refused():
    with pytest.raises(ValueError, match="made of letters"):
        measured(3, "m²")


def test_a_table_of_measured_numbers_differs_in_these_numbers_only():
    texts = [
        Table("Times", ["what", "time", "note"], [["a", measured(time), "x"], ["b", "y", "z"]]).text
        for time in (1.234e-3, 0.25, 12.5)
    ]
    assert len(set(texts)) == 3
    assert len(set(map(masked, texts))) == 1

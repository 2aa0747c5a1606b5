"""Model beside measurement: what a clock said is always in the form that may differ."""

import re

from helpers.experiments.latency_measured import Checked
from helpers.show import model_check
from helpers.show.amounts import masked

ROWS = [Checked("HTTP", 2, 0.12, 0.1213), Checked("TLS 1.3", 3, 0.18, 0.1796)]


def test_measured_numbers_are_masked_and_others_not():
    other = [row._replace(measured=row.measured * 1.037) for row in ROWS]
    view, again = model_check(ROWS), model_check(other)
    assert view.text != again.text
    assert masked(view.text) == masked(again.text)


def test_both_numbers_are_there():
    text = model_check(ROWS).text
    assert re.search(r"HTTP +2 +120 ms +≈ 121 ms here +≈ 1.07 percent here", text)
    assert re.search(r"TLS 1.3 +3 +180 ms +≈ 180 ms here +≈ 0.223 percent here", text)

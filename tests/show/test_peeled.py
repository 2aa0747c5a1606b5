"""Each step adds a layer and shows nothing of the next; the padding picture counts zeros."""

import pytest

from helpers.experiments import padded_pages, padded_records
from helpers.show import padding_view, peeled_view
from helpers.show.peeled import STEPS


def test_a_step_shows_no_later_layer():
    record = padded_records()[2]
    texts = [peeled_view(record, step).text for step in range(1, len(STEPS) + 1)]
    marks = {2: "header ", 3: "nonce ", 4: "inner plaintext ", 5: "without its zeros ",
             6: "real type "}
    for step, text in enumerate(texts, 1):
        table = text.partition("\n")[2]
        for shown, mark in marks.items():
            assert (f"\n{mark}" in table) == (step >= shown), (step, mark)
    assert record.nonce.hex(" ") in texts[2]
    assert "CertificateVerify" in texts[5]
    assert "CertificateVerify" not in texts[4]
    with pytest.raises(ValueError, match="steps 1 to 6"):
        peeled_view(record, 7)


def test_zeros_are_named():
    for record in padded_records():
        said = peeled_view(record, 5).text
        assert ("no zeros" in said) == (record.zeros == 0)


def test_padding_says_who_is_alike_and_what_it_costs():
    pages = padded_pages(256)
    view = padding_view(pages, "a test result: positive")
    assert "cannot tell it from: a test result: negative" in view.text
    assert f"{sum(page.zeros for page in pages):,} bytes" in view.text
    for page in pages:
        assert f"a record of {page.record:,} bytes" in view.text
    assert "Its length is its own" in padding_view(padded_pages(0), "opening hours").text

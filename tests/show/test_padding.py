"""The padding picture counts zeros."""


from helpers.experiments import padded_pages
from helpers.show import padding_view


def test_padding_says_who_is_alike_and_what_it_costs():
    pages = padded_pages(256)
    view = padding_view(pages, "a test result: positive")
    assert "cannot tell it from: a test result: negative" in view.text
    assert f"{sum(page.zeros for page in pages):,} bytes" in view.text
    for page in pages:
        assert f"a record of {page.record:,} bytes" in view.text
    assert "Its length is its own" in padding_view(padded_pages(0), "opening hours").text

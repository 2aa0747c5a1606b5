"""The checks of reading.py find what they are for, on a page made for it."""

import pytest

from tests.browser import reading

GOOD = """<p style="color: #000; background: #fff">dark on light</p>
<img alt="a dot" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>">"""


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    yield page
    page.close()


def show(page, html, style=""):
    page.set_content(
        f'<body style="background: #111"><div class="jp-Notebook">'
        f'<div class="jp-OutputArea-output" style="width: 300px; {style}">{html}</div></div>'
    )


@pytest.mark.parametrize("check", [reading.faded, reading.sticking_out, reading.broken_pictures])
def test_nothing_is_found_where_nothing_is_wrong(page, check):
    show(page, GOOD)
    assert check(page) == []


@pytest.mark.parametrize("check", [reading.faded, reading.broken_pictures])
def test_an_empty_page_is_not_taken_for_a_good_one(page, check):
    show(page, "")
    assert len(check(page)) == 1


@pytest.mark.parametrize(
    ("style", "ratio"),
    [
        ("color: #777; background: #fff", "4.48"),
        ("color: #111", "1.00"),
        ("color: rgba(255, 255, 255, 0.3)", "2.69"),
        ("color: #fff; background: rgba(255, 255, 255, 0.5)", "3.52"),
    ],
)
def test_faded_text_is_found(page, style, ratio):
    show(page, f'<p style="{style}">words</p>')
    assert reading.faded(page) == [f'p "words" has a contrast of {ratio}']


def test_what_is_not_shown_is_not_judged(page):
    show(page, GOOD + '<p style="display: none; color: #111">words</p>')
    assert reading.faded(page) == []


def test_folded_text_is_judged_once_it_is_unfolded(page):
    show(page, GOOD + '<details><summary style="color: #fff">s</summary>'
         '<p style="color: #111">words</p></details>')  # fmt: skip
    assert reading.faded(page) == []
    reading.unfold(page)
    assert reading.faded(page) == ['p "words" has a contrast of 1.00']


def test_what_is_too_wide_is_found(page):
    show(page, '<p style="width: 320px">wide</p>', style="overflow: visible")
    assert 'p "wide" sticks out by 20 pixels' in reading.sticking_out(page)


def test_what_has_to_be_scrolled_sideways_is_found(page):
    show(page, '<div style="overflow-x: auto"><p style="width: 400px">wide</p></div>')
    assert 'div "wide" is 100 pixels wider inside than outside' in reading.sticking_out(page)


def test_a_picture_that_fails_is_found(page):
    show(page, GOOD + '<img alt="gone" src="data:image/png;base64,AAAA">')
    assert reading.broken_pictures(page) == ['img "gone" did not load']


def test_a_picture_without_words_is_found(page):
    show(page, GOOD.replace("a dot", " "))
    assert reading.broken_pictures(page) == [
        "data:image/svg+xml,<svg xmlns='http://ww... has no alternative text"
    ]

"""The two rule books as data."""

from datetime import timedelta

from helpers import pki
from helpers.pki.policy import ANCHOR, BROWSER, LIFETIMES, PATH, PROFILE


def test_which_books_count():
    for book in (PATH, PROFILE, BROWSER):
        assert pki.WEB.counts(book, True)
        assert pki.WEB.counts(book, False)
    assert pki.RFC5280.counts(PATH, False)
    assert not pki.RFC5280.counts(PATH, True)
    assert not pki.RFC5280.counts(PROFILE, False)
    assert ANCHOR in pki.WEB.books


def test_lifetimes_fall_from_year_to_year():
    days = [limit for _, limit in LIFETIMES]
    begins = [day for day, _ in LIFETIMES]
    assert days == sorted(days)
    assert begins == sorted(begins, reverse=True)
    assert days[:4] == [timedelta(days=number) for number in (47, 100, 200, 398)]

"""The view of one try at a record."""

from helpers.experiments.records import ADDITIONAL, try_record
from helpers.show import opening_view


def test_an_opened_record():
    view = opening_view(try_record(0, "client", 0, ADDITIONAL[0]))
    assert view.text.startswith("opened: application data. 38 bytes of content, then one byte")
    assert "GET / HTTP/1.1··Host: shop.example····" in view.text
    assert "17 03 03 00 37" in view.text


def test_a_refused_record_shows_no_content():
    view = opening_view(try_record(0, "client", 1, "nothing"))
    assert view.text.startswith("refused: InvalidTag")
    assert "content" not in view.text
    assert "GET" not in view.html
    assert "none" in view.text

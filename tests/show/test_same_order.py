"""show/same_order.py: both ways side by side, three sides, a changed byte."""

import re

import pytest

from helpers.experiments import sights, stand_between
from helpers.experiments.same_order_known import STOLEN, three_ways
from helpers.show import between_view, side_by_side, three_sides


def test_both_ways_row_by_row():
    view = side_by_side(sights("http"), sights("https"))
    rows = re.findall(r"<tr>.*?</tr>", view.html, re.DOTALL)
    assert len(rows) == 1 + len(sights("https"))
    request = next(row for row in rows if "GET /orders/7" in row)
    assert "sealed: " in request
    assert "blue-otter-41" in request.partition("sealed: ")[0]
    assert "blue-otter-41" not in request.partition("sealed: ")[2]
    assert "to be read: shop.example" in rows[1]


def test_three_sides_of_an_open_and_of_a_sealed_message():
    first = three_sides(three_ways(), 1)
    assert "the client knows" in first.html
    assert "the server knows" in first.html
    assert "“shop.example”" in first.html
    assert "bytes, open" in first.text
    last = three_sides(three_ways(), len(three_ways()))
    assert "sealed" in last.html
    assert "One lamp, 90 euros" in last.html, "both ends read it"
    wire = re.search(r"on the wire.*?the server knows", last.html, re.DOTALL)[0]
    assert "lamp" not in wire
    assert "he reads it" not in wire


def test_a_thief_who_has_the_key_is_shown_reading():
    stolen = three_ways("the application traffic secrets")
    assert "he reads it" in three_sides(stolen, 10).text
    assert "he reads it" not in three_sides(stolen, 5).text


@pytest.mark.parametrize("stolen", STOLEN)
def test_every_message_can_be_shown(stolen):
    for number in range(1, len(three_ways(stolen)) + 1):
        assert three_sides(three_ways(stolen), number).text.startswith(f"{number} of ")
    with pytest.raises(IndexError):
        three_sides(three_ways(stolen), 14)


@pytest.mark.parametrize(
    ("way", "position", "character", "said"),
    [
        ("http", 94, "1", "nobody notices"),
        ("http", 10, "5", "A line above the page has changed"),
        ("http", 94, "9", "You changed nothing"),
        ("https", 94, "1", "bad_record_mac"),
        ("https", 94, "9", "You changed nothing"),
    ],
)
def test_what_the_browser_shows(way, position, character, said):
    view = between_view(stand_between(way, position, character))
    assert said in view.text
    assert said in view.html


def test_of_a_changed_header_nobody_is_said_not_to_notice():
    assert "nobody notices" not in between_view(stand_between("http", 0, "1")).text


def test_even_a_page_without_its_empty_line_is_shown():
    assert "Order 7" in between_view(stand_between("http", 61, "X")).text

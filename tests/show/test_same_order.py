"""show/same_order.py: three sides, a changed byte, the map of the way."""

import re

import pytest

from helpers.experiments import Link, protocol, sights, stand_between, time_to_first_byte
from helpers.show import between_view, three_sides, way_map
from helpers.show.course import lessons


def test_three_sides_of_an_open_and_of_a_sealed_message():
    seen = sights("https")
    first = three_sides(seen, 1)
    assert "the client sends" in first.html
    assert "the server reads" in first.html
    assert "“shop.example”" in first.html
    assert "open" in first.text
    last = three_sides(seen, len(seen))
    assert "🔒 sealed" in last.html
    assert "One lamp, 90 euros" in last.html, "both ends read it"
    wire = re.search(r"on the wire.*?</div></div>", last.html, re.DOTALL)[0]
    assert "lamp" not in wire


def test_every_message_of_both_ways_can_be_shown():
    for way in ("http", "https"):
        for number in range(1, len(sights(way)) + 1):
            assert three_sides(sights(way), number).text.startswith(f"{number} of ")
    with pytest.raises(IndexError):
        three_sides(sights("http"), 3)


@pytest.mark.parametrize(
    ("way", "position", "character", "said"),
    [
        ("http", 94, "1", "nobody notices"),
        ("http", 10, "5", "a line above it has changed"),
        ("http", 94, "9", "as the server sent it"),
        ("https", 94, "1", "bad_record_mac"),
        ("https", 94, "9", "as the server sent it"),
    ],
)
def test_what_the_browser_shows(way, position, character, said):
    view = between_view(stand_between(way, position, character))
    assert said in view.text
    assert said in view.html


def test_even_a_page_without_its_empty_line_is_shown():
    assert "Order 7" in between_view(stand_between("http", 61, "X")).text


def test_the_map_links_every_lesson_it_names_and_has_the_models_times():
    timeline = time_to_first_byte(protocol("TLS 1.3"), Link(round_trip=0.08))
    view = way_map(timeline)
    files = {lesson.number: lesson.file for lesson in lessons()}
    named = set(re.findall(r"(\d\d)", " ".join(re.findall(r"Lessons ([\d, ]+)\.", view.text))))
    assert named
    linked = set(re.findall(r'href="([^"]+)"', view.html))
    assert linked == {files[number] for number in named}
    assert f"after {1000 * timeline.first_byte:.0f} ms" in view.text

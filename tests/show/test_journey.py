"""The strip of the journey, for every notebook there will be."""

import base64
import re

import pytest

from helpers.show import journey
from helpers.show.course import lessons
from helpers.show.journey import STATIONS, lit
from helpers.show.look import CLIENT

NUMBERS = [f"{number:02}" for number in range(13)]


def picture(notebook: str) -> str:
    return base64.b64decode(re.search(r"base64,([^\"]+)", journey(notebook).html)[1]).decode()


@pytest.mark.parametrize("notebook", NUMBERS)
def test_every_notebook_has_its_stretch(notebook):
    stretch = lit(notebook)
    assert stretch
    filled = picture(notebook).count(f'r="14" fill="{CLIENT}"')
    assert filled == len(stretch)
    figure = journey(notebook)
    assert all(station.name in figure.alt for station in STATIONS)
    said = figure.alt.split("This notebook covers: ")[1]
    assert said == "the whole way." or all(station.name in said for station in stretch)


def test_the_strip_of_the_map_links_the_lessons_that_there_are():
    files = [lesson.file for lesson in lessons()]
    linked = re.findall(r'href="([^"]+)"', journey("00").html)
    assert set(linked) <= set(files)
    assert {"01", "09", "10"} <= {name[:2] for name in linked}
    assert "href" not in journey("08").html


def test_the_strip_differs_between_lessons():
    assert picture("08") != picture("07")
    assert picture("08") == picture("08")


def test_an_unknown_notebook_is_refused():
    with pytest.raises(ValueError, match="no notebook '13'"):
        journey("13")


def test_the_package_hands_out_the_function_even_after_the_module_was_imported():
    import helpers.show

    assert callable(helpers.show.journey)

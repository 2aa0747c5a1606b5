"""Colours that can be read and never stand alone; letters that are large enough."""

import re
from base64 import b64decode

import pytest

from helpers import show
from helpers.experiments import flip, steal, survey
from helpers.show import look
from helpers.sources import load

ECDHE, RSA = load("tls12_ecdhe"), load("tls12_rsa")
VIEWS = {
    "byte_view": lambda: show.byte_view(ECDHE.find("client_hello"), record=True),
    "hex_view": lambda: show.hex_view(ECDHE.find("client_hello").data, mark={"random": (6, 38)}),
    "journey": lambda: show.journey("08"),
    "key_tree": lambda: show.key_tree(RSA),
    "ladder": lambda: show.ladder(ECDHE),
    "ladders": lambda: show.ladders(RSA, ECDHE),
    "outcome_view": lambda: show.outcome_view(flip("RSA", "client_hello", 20)),
    "result": lambda: show.result([1, 2]),
    "tamper_map": lambda: show.tamper_map(survey("RSA", most=12)),
    "theft_view": lambda: show.theft_view(steal(RSA, "nothing")),
    "who_knows": lambda: show.who_knows(RSA),
}


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted([luminance(one), luminance(two)], reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", look.TONES)
def test_text_of_every_tone_reads_on_its_fill_and_on_a_panel(name):
    tone = look.tone(name)
    assert contrast(tone.text, tone.fill) >= 4.5
    assert contrast(tone.text, look.PANEL) >= 4.5


@pytest.mark.parametrize("colour", [look.INK, look.FAINT, look.EAVESDROPPER])
def test_colours_meant_for_text_read_on_a_panel(colour):
    assert contrast(colour, look.PANEL) >= 4.5


@pytest.mark.parametrize("name", [*look.TONES, None])
def test_css_sets_background_and_text_together(name):
    for style in (look.css(name), look.panel_css(name)):
        assert "background-color:#" in style
        assert ";color:#" in style


@pytest.mark.parametrize("name", VIEWS)
def test_no_letter_is_smaller_than_ten_points(name):
    html = VIEWS[name]().html
    pictures = [b64decode(data).decode() for data in re.findall(r"svg\+xml;base64,([^\"]+)", html)]
    sizes = re.findall(r"font-size[:=][\" ]?([0-9.]+)(\w*)", "".join([html, *pictures]))
    assert sizes
    for size, unit in sizes:
        assert unit in ("", "px")
        assert float(size) * 0.75 >= 10  # a pixel of CSS is 0.75 pt


def test_unknown_tone_names_the_known_ones():
    with pytest.raises(ValueError, match="client, server"):
        look.tone("red")


def test_chip_and_code_escape():
    assert "<b>" not in look.chip("<b>", "client") + look.code("<b>")

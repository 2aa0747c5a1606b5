"""Colours that can be read, and never alone."""

import pytest

from helpers.show import look


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


def test_unknown_tone_names_the_known_ones():
    with pytest.raises(ValueError, match="client, server"):
        look.tone("red")


def test_chip_and_code_escape():
    assert "<b>" not in look.chip("<b>", "client") + look.code("<b>")

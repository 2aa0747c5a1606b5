"""The SVG builder: same text every time, nothing cut off, everything escaped."""

import xml.etree.ElementTree as tree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import font_manager, ft2font

from helpers.show import Canvas
from helpers.show.lettering import fit, text_width, wrap
from helpers.show.look import SMALLEST
from helpers.show.svg import number

PRINTABLE = "".join(map(chr, range(32, 127)))


def drawn() -> Canvas:
    """A canvas with one of everything on it."""
    canvas = Canvas(300, 100)
    canvas.rect(10, 10, 50, 30, fill=canvas.hatch("#0072B2"), dash="6 4", radius=3)
    canvas.line(0, 0, 10, 10)
    canvas.arrow(10, 50, 200, 50)
    canvas.circle(50, 50, 10)
    canvas.lock(70, 10)
    canvas.eye(100, 20)
    canvas.text(20, 80, 'a < b & "c"', anchor="start", bold=True)
    canvas.text(150, 80, "16 03 03", anchor="middle", mono=True)
    return canvas


def test_it_is_well_formed_and_the_same_every_time():
    written = str(drawn())
    assert written == str(drawn())
    root = tree.fromstring(written)
    assert root.attrib["viewBox"] == "0 0 300 100"
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ['a < b & "c"', "16 03 03"]


def test_it_stands_on_an_opaque_panel():
    first = tree.fromstring(str(Canvas(100, 50)))[0]
    assert first.attrib["fill"] == "#FFFFFF"
    assert float(first.attrib["width"]) == 99


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, "1"), (1.5, "1.5"), (2.004, "2"), (-0.001, "0"), (100, "100"), (10.10, "10.1")],
)
def test_numbers_are_written_in_one_way(value, written):
    assert number(value) == written


@settings(deadline=None)
@given(st.floats(-1e6, 1e6))
def test_a_written_number_is_close_and_has_no_exponent(value):
    assert abs(float(number(value)) - value) <= 0.0051
    assert "e" not in number(value)


@pytest.mark.parametrize("bold", [False, True])
def test_no_letter_is_wider_than_estimated(bold):
    file = font_manager.findfont(
        font_manager.FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    )
    font = ft2font.FT2Font(file)
    text = "The quick brown fox, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Certificate (2,048)."
    for sample in (text, text.lower(), text.upper(), "ClientKeyExchange", "Eavesdropper"):
        units = sum(
            font.load_char(ord(letter), flags=ft2font.LoadFlags.NO_SCALE).horiAdvance
            for letter in sample
        )
        assert text_width(sample, 14, bold=bold) >= units / 2048 * 14


def test_every_printable_letter_is_in_the_table():
    assert all(text_width(letter, 1000) < 1000 for letter in PRINTABLE if letter not in "Mm%W@")


@settings(deadline=None)
@given(st.text(PRINTABLE, max_size=60), st.integers(20, 300))
def test_what_is_made_to_fit_fits(text, room):
    assert text_width(fit(text, room), 14) <= room
    assert all(text_width(line, 14) <= room for line in wrap(text, room))


def test_wrap_keeps_every_word_that_fits():
    assert " ".join(wrap("one two three four five", 60)) == "one two three four five"


@pytest.mark.parametrize(("x", "anchor"), [(250, "start"), (20, "middle"), (20, "end")])
def test_a_label_that_sticks_out_is_refused(x, anchor):
    with pytest.raises(ValueError, match="does not fit"):
        Canvas(300, 100).text(x, 50, "CertificateVerify", anchor=anchor)


def test_a_label_with_little_room_is_shortened():
    canvas = Canvas(300, 100)
    canvas.text(10, 50, "CertificateVerify and a lot more", room=80)
    assert "…" in str(canvas)


def test_too_wide_too_small_and_no_length_are_refused():
    with pytest.raises(ValueError, match="700"):
        Canvas(701, 10)
    with pytest.raises(ValueError, match=f"at least {SMALLEST} pixels"):
        Canvas(100, 100).text(10, 50, "x", size=13.4)
    with pytest.raises(ValueError, match="two different ends"):
        Canvas(100, 100).arrow(5, 5, 5, 5)

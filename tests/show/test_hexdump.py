"""The hex dump shows every byte at its offset, and marks what it was told to mark."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.show import hex_view


def bytes_of(text: str, width: int) -> bytes:
    """The dump read back."""
    wide = 7 + 3 * width + width // 8
    lines = [line[6:wide] for line in text.split("\n") if re.match(r" *\d+ ", line[:6])]
    return bytes.fromhex(re.sub(r"[\[\]| ]", "", "".join(lines)))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=70), st.sampled_from([8, 16]), st.integers(0, 70),
       st.integers(0, 70))
def test_every_byte_at_its_place(data, width, start, end):
    view = hex_view(data, mark={"this": (start, end)}, width=width)
    assert bytes_of(view.text, width) == data
    offsets = [int(line[:5]) for line in view.text.split("\n") if line[:5].strip().isdigit()]
    assert offsets == list(range(0, len(data), width))
    marked = max(0, min(end, len(data)) - start)
    assert view.html.count("<b ") == marked + bool(marked)  # and one in the legend
    ascii_columns = {len(line) - len(line[6:].lstrip()) for line in view.text.split("\n")
                     if line[:5].strip().isdigit()}
    assert len(ascii_columns) <= 2


def test_marks_stand_in_brackets_with_a_legend():
    view = hex_view(bytes(range(10)), mark={"first two": (0, 2), "third": (2, 3)}, width=8)
    assert view.text.startswith("    0 [00 01|02]03 04 05 06 07  ........")
    assert "[00 \N{HORIZONTAL ELLIPSIS}] first two: bytes 0 to 1 (2 bytes)" in view.text
    assert "[02] third: byte 2" in view.text


def test_two_marks_look_different_and_so_do_their_entries_in_the_legend():
    view = hex_view(bytes(range(10)), mark={"first two": (0, 2), "third": (2, 3)}, width=8)
    assert view.html.count("3px solid") == 3
    assert view.html.count("3px double") == 2


def test_a_mark_goes_on_in_the_next_line():
    view = hex_view(bytes(16), mark={"all": (0, 16)}, width=8)
    assert view.text.split("\n")[:2] == ["    0 [00 00 00 00 00 00 00 00] ........",
                                         "    8 [00 00 00 00 00 00 00 00] ........"]


def test_marks_outside_are_left_out():
    assert hex_view(b"ab", mark={"far": (5, 9)}).text == hex_view(b"ab").text


def test_text_is_escaped():
    view = hex_view(b"<b>&", mark={"<i>": (0, 1)})
    assert "<i>" not in view.html
    assert "&lt;b&gt;&amp;" in view.html


def test_nothing_to_show():
    assert hex_view(b"").text == "no bytes"


def test_refuses_an_odd_width():
    with pytest.raises(ValueError, match="8 or 16"):
        hex_view(b"a", width=10)

"""The penguin, and what its encryptions show."""

import pytest

from helpers.experiments import penguin
from helpers.experiments.modes import MODES, SEALING
from helpers.experiments.picture import (
    COLOURS,
    PIXEL,
    SIDE,
    SPOT,
    pattern,
    pixels_changed,
    send_picture,
)
from tools.picture import TARGET, drawn


def test_the_file_is_what_the_program_draws():
    assert TARGET.read_text(encoding="ascii") == drawn()


def test_the_picture_has_its_four_colours():
    pixels = penguin()
    assert len(pixels) == SIDE * SIDE * PIXEL
    seen = {tuple(pixels[at:at + 3]) for at in range(0, len(pixels), PIXEL)}
    assert seen == set(COLOURS.values())
    assert set(pixels[3::PIXEL]) == {0}
    assert tuple(pixels[SPOT - SPOT % PIXEL:][:3]) == COLOURS["o"]


def test_only_ecb_keeps_what_is_equal():
    plain = pattern(penguin())
    assert plain.different < 50
    for key in "ABC":
        assert pattern(send_picture("ECB", key, False).sent) == plain
        for mode in ("CBC", "CTR", "AES-GCM"):
            sent = pattern(send_picture(mode, key, False).sent[:len(penguin())])
            assert (sent.different, sent.repeats) == (2304, 0)


@pytest.mark.parametrize(("mode", "pixels"), [("ECB", 4), ("CBC", 5), ("CTR", 1)])
def test_pixels_that_a_flipped_bit_changes(mode, pixels):
    assert pixels_changed(send_picture(mode, "A", True)) == pixels
    assert pixels_changed(send_picture(mode, "A", False)) == 0


def test_only_a_tag_refuses():
    assert {mode for mode in MODES if send_picture(mode, "A", True).refused} == set(SEALING)
    assert not [mode for mode in MODES if send_picture(mode, "A", False).refused]


def test_pattern_counts():
    rows = b"a" * 16 + b"b" * 16 + b"a" * 16 + b"c" * 16
    found = pattern(rows + b"rest", width=8)
    assert (found.blocks, found.different, found.repeats) == (4, 3, 1)

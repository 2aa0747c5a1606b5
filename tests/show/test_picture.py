"""Bytes as pictures: the PNG is one, and the words beside it are counted from the same bytes."""

import zlib

import pytest

from helpers.experiments import penguin
from helpers.experiments.picture import send_picture
from helpers.show import picture_view
from helpers.show.picture import picture_image, png


def pixels_of(data, width):
    """The colours of a PNG made by `png`, row by row."""
    at, body = 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        inside = data[at + 8:at + 8 + length]
        assert zlib.crc32(kind + inside) == int.from_bytes(data[at + 8 + length:][:4], "big")
        body += inside if kind == b"IDAT" else b""
        at += 12 + length
    rows, line = zlib.decompress(body), 1 + 3 * width
    assert len(rows) % line == 0
    return [rows[start + 1:start + line] for start in range(0, len(rows), line)]


def test_every_pixel_is_in_the_picture():
    pixels = penguin()
    rows = pixels_of(png(pixels), 96)
    assert b"".join(rows) == b"".join(pixels[at:at + 3] for at in range(0, len(pixels), 4))


def test_three_times_as_large():
    rows = pixels_of(png(b"\1\2\3\0\4\5\6\0" * 2, width=2, scale=3), 6)
    assert rows == [b"\1\2\3" * 3 + b"\4\5\6" * 3] * 6


def test_no_row_is_no_picture():
    with pytest.raises(ValueError, match="a row of 96 pixels needs 384 bytes, not 3"):
        png(b"abc")


@pytest.mark.parametrize(("mode", "said"), [("ECB", "penguin are there"), ("CTR", "noise")])
def test_the_words_say_what_the_picture_shows(mode, said):
    sent = send_picture(mode, "A", False).sent
    figure = picture_view(sent, "On the way.")
    assert said in figure.alt
    assert figure.caption.startswith("On the way. 2,304 blocks of 16 bytes, ")
    assert said in picture_image(sent, "Here.")


def test_who_hears_the_pictures_learns_that_the_colours_changed():
    plain = picture_view(penguin(), "Plain.").alt
    assert "in 4 colours: the shapes of a penguin" in plain
    assert plain != picture_view(send_picture("ECB", "A", False).sent, "Sent.").alt


def test_a_flat_picture_of_another_kind():
    assert "some shapes" in picture_view(b"\1\2\3\0" * 16 + bytes(range(64)), "", 8).alt

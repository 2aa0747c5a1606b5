"""The views of encrypted messages: bytes, marks and words agree."""

import pytest

from helpers.experiments.modes import deliver
from helpers.experiments.pads import drag
from helpers.experiments.picture import send_picture
from helpers.show import delivery_view, drag_view, picture_sent_view
from helpers.show.sealed import readable

TEXT = b"sixteen letters!and sixteen more"


def test_a_guess_stands_at_its_place():
    view = drag_view(drag(" the ", 10))
    first, second, said = view.text.split("\n")
    assert first.endswith("·" * 10 + " the " + "·" * 26)
    assert second.endswith("·" * 10 + "rd of" + "·" * 26)
    assert said.startswith("Bytes 10 to 14 of 41. 5 of 5 revealed bytes are letters")
    assert "Type a guess" in drag_view(drag("", 0)).text


def test_a_changed_byte_is_marked_where_it_was_sent_and_where_it_is_read():
    view = delivery_view(deliver("CTR", "A", TEXT, 18, 8))
    assert view.text == ("accepted, with 1 byte changed. The receiver reads: "
                         "sixteen letters!anl sixteen more")
    assert view.html.count("[") == 3
    assert ">[l]</b>" in view.html


def test_a_refusal_shows_no_text():
    view = delivery_view(deliver("AES-GCM", "A", TEXT, 18, 8))
    assert view.text.startswith("refused: InvalidTag")
    assert "sixteen" not in view.html
    assert "tag " in view.html


def test_nothing_changed():
    view = delivery_view(deliver("CBC", "A", TEXT, 0, 0))
    assert view.text == f"nothing was changed. The receiver reads: {TEXT.decode()}"
    assert "tag " not in view.html


@pytest.mark.parametrize(("mode", "said"), [
    ("ECB", "30 of them different. The receiver sees a picture with 4 of 9,216 pixels changed."),
    ("CTR", "2,304 of them different. The receiver sees a picture with 1 of 9,216"),
    ("AES-GCM", "2,304 of them different. The receiver refuses it: InvalidTag, and no picture."),
])
def test_a_picture_that_was_sent(mode, said):
    view = picture_sent_view(send_picture(mode, "A", True), flipped=True)
    assert said in view.text
    assert view.html.count("<img") == (1 if mode == "AES-GCM" else 2)
    untouched = picture_sent_view(send_picture(mode, "A", False), flipped=False)
    assert "The receiver sees the picture as it was." in untouched.text


def test_bytes_without_a_letter_are_dots():
    assert readable(b"a\0~\x7f\xff") == "a·~··"

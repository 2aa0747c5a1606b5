"""The flip-a-byte widget: every message of both lanes, first bytes, last bytes and a stride."""

import pytest

from helpers.experiments import targets
from helpers.explore import flip_a_byte, flip_in_three_lanes
from tests.explore.proof import complaints


@pytest.mark.parametrize("lane", ["RSA", "ECDHE", "1.3"])
def test_every_message_with_every_mask(lane):
    explorer = flip_in_three_lanes()
    masks = [0x01, 0x80, 0xFF]
    for target in targets(lane):
        last = len(target.wire) - 1
        offsets = {*range(min(12, last + 1)), *range(12, last, 61), last}
        for offset in sorted(offsets):
            mask = masks[offset % 3]
            values = {"lane": lane, "message": target.index, "offset": offset, "mask": mask}
            html = explorer.render_with(**values)
            assert not complaints(html), values
            assert target.title in html
            note = explorer.note_with("offset", **values)
            assert f"Byte {offset} is in" in note
            assert "5 more than in a byte view" in note


def test_the_offset_follows_the_message():
    explorer = flip_a_byte()
    explorer.set("message", 5)
    assert explorer.values["offset"] == 5  # ChangeCipherSpec has the bytes 0 to 5
    explorer.set("offset", 4000)
    assert explorer.values["offset"] == 5
    explorer.set("lane", "ECDHE")
    assert explorer.values["message"] == 5


def test_the_question_has_an_answer():
    explorer = flip_a_byte()
    assert "Nobody notices</span>: request" in explorer.render_with(offset=2)
    ends = {explorer.render_with(lane=lane, offset=offset).count("The server notices</span> when")
            for lane, offset in (("RSA", 20), ("ECDHE", 20))}
    assert ends == {0, 1}
    assert "The client notices</span> when" in explorer.render_with(lane="RSA", offset=66)
    assert "The server notices</span> when" in explorer.render_with(lane="RSA", offset=58)


def test_the_first_picture_is_the_same_in_every_session():
    first, again = (flip_a_byte()._repr_mimebundle_() for _ in range(2))
    assert first["text/html"] == again["text/html"]
    assert first["text/plain"] == again["text/plain"]


def test_one_byte_three_answers():
    explorer = flip_in_three_lanes()
    said = {lane: explorer.render_with(lane=lane, offset=20) for lane in ("RSA", "ECDHE", "1.3")}
    for lane, message in (("RSA", "Finished"), ("ECDHE", "ServerKeyExchange"),
                          ("1.3", "EncryptedExtensions")):
        assert f"notices</span> when {message} arrives" in said[lane]

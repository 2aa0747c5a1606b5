"""General help for bytes that miss the answer by a little, or are a piece of something."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.exercises.nearness import near, pieces

RIGHT = bytes(range(0x40, 0x50))
MESSAGE = bytes(range(0x20, 0x80))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "nothing in it"),
        (RIGHT[::-1], "the wrong way round"),
        (RIGHT.hex().encode(), "Leave out .hex()"),
        (MESSAGE[0x1F:0x30], "1 byte in front: too much"),
        (RIGHT + b"\0\0", "2 bytes behind"),
        (MESSAGE, "many bytes in front and many bytes behind"),
        (RIGHT[1:-2], "starts 1 byte too late and ends 2 bytes too early"),
        (MESSAGE[0x1F:0x2F], "one byte too early"),
        (MESSAGE[0x23:0x33], "3 bytes too late"),
        (MESSAGE[:16], "What you returned is message[0:16]."),
        (MESSAGE[:8] + b"\xff\xfe" + MESSAGE[0x50:], "message[0:8] + 2 other bytes + message[80:"),
        (bytes(15) + b"\7", "One index, such as x[7]"),
        (b"\xf1" * 16, ""),
        (b"\x40", ""),
    ],
)
def test_what_is_said(answer, said):
    found = near(RIGHT, answer, {"message": MESSAGE})
    assert said in found if said else found == ""


@settings(deadline=None)
@given(st.binary(min_size=2, max_size=40), st.binary(max_size=60), st.binary(max_size=80))
def test_it_never_prints_the_answer_and_always_ends_in_a_sentence(expected, answer, source):
    said = near(expected, answer, {"source": source})
    assert said == "" or said.endswith(".")
    assert not [word for word in said.split() if word.lower() == expected.hex()]


@settings(deadline=None)
@given(st.binary(max_size=80), st.binary(max_size=60))
def test_pieces_put_together_are_the_answer_again(answer, source):
    at, rebuilt = 0, b""
    for piece in pieces(answer, {"source": source}):
        size = piece.end - piece.start
        rebuilt += source[piece.start:piece.end] if piece.name else answer[at:at + size]
        at += size
    assert rebuilt == answer

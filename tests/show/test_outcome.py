"""One changed byte in full: the strip names what it can, the words say all, and it stays low."""

import re
from base64 import b64decode

import pytest

from helpers.experiments import flip, survey, targets
from helpers.show import outcome_view
from helpers.show.outcome import parts_of
from tests.explore.proof import complaints

LANES = ("RSA", "ECDHE")


def pictures(view) -> list[str]:
    return [b64decode(data).decode() for data in re.findall(r'base64,([^"]+)"', view.html)]


@pytest.mark.parametrize("lane", LANES)
def test_an_outcome_is_shown_with_all_it_says(lane):
    for item in survey(lane, most=43)[::7]:
        view = outcome_view(item)
        assert not complaints(view.html)
        for words in (item.sentence, item.why, item.field, f"Byte {item.offset} of"):
            assert words in view.text
        assert item.reason is None or item.reason in view.text


@pytest.mark.parametrize("lane", LANES)
def test_the_parts_of_a_record_cover_it_once(lane):
    for target in targets(lane):
        parts = parts_of(target)
        assert parts[0] == ("record header", 0, 5)
        assert [start for _, start, _ in parts[1:]] == [end for _, _, end in parts[:-1]]
        assert parts[-1][2] == len(target.wire)


@pytest.mark.parametrize("lane", LANES)
def test_the_strip_says_where_headers_end(lane):
    for target in targets(lane):
        strip = pictures(outcome_view(flip(lane, target.index, 2)))[0]
        assert ">record header 0–4<" in strip
        clear = target.name != "change_cipher_spec" and not target.encrypted
        assert (">message header 5–8<" in strip) == clear
        assert (">sealed 5–" in strip) == target.encrypted
        assert ">byte 2: record header: version<" in strip


def test_the_ladder_beside_it_repeats_no_verdict_and_stays_low():
    for lane in LANES:
        for target in targets(lane):
            strip, rungs = pictures(outcome_view(flip(lane, target.index, 0)))
            heights = [float(re.search(r'height="([0-9.]+)"', svg)[1]) for svg in (strip, rungs)]
            assert sum(heights) <= 560  # captions and verdict take some 170 more
            assert "stops:" not in rungs

"""The strip shows each hash with what it covers."""

import re
from base64 import b64decode

import pytest

from helpers.experiments import transcript_points
from helpers.show import transcript_strip
from helpers.sources import load
from tests.tls import pairs


def picture(view):
    return b64decode(re.search(r'base64,([^"]+)"', view.html).group(1)).decode()


@pytest.mark.parametrize("name", ["tls13_x25519", "tls13_mlkem"])
def test_every_hash_with_its_messages_and_use(name):
    talk = load(name)
    figure, points = transcript_strip(talk), transcript_points(talk)
    svg = picture(figure)
    for number, point in enumerate(points, 1):
        assert point.hash[:8].hex(" ") in svg
        assert point.hash[:8].hex(" ") in figure.text
        assert svg.count(f">{number}</text>") == len(points) - number + 1
        for use in point.used_for:
            assert use in figure.text
    assert talk.suite.hash_name in figure.caption


def test_after_a_retry_the_first_box_is_a_hash():
    talk = pairs.talk(pairs.client(), pairs.server(cookie=b"x"))
    svg = picture(transcript_strip(talk))
    assert svg.count(">#1<") == len(transcript_points(talk)) - 1


def test_tls_12_has_no_such_thing():
    with pytest.raises(ValueError, match="TLS 1"):
        transcript_strip(load("tls12_ecdhe"))

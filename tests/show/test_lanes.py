"""The three lanes show every message once, dark where it is dark."""

import re
from base64 import b64decode

import pytest

from helpers.experiments import lane_visit
from helpers.show import fates_table, lanes_table, lanes_view, three_lanes
from helpers.sources import load

LANES = ("RSA", "ECDHE", "1.3")


def picture(view):
    return b64decode(re.search(r'base64,([^"]+)"', view.html).group(1)).decode()


def visits(**setting):
    return {lane: lane_visit(lane, **setting) for lane in LANES}


@pytest.mark.parametrize("setting", [{}, {"client_certificate": True}, {"retry": True},
                                     {"resumed": True}], ids=str)
def test_every_message_is_drawn_and_said(setting):
    talks = visits(**setting)
    figure = three_lanes(talks)
    svg = picture(figure)
    drawn = [message for talk in talks.values() for message in talk.messages
             if message.name != "alert"]
    assert svg.count("<polygon") == len(drawn) + 6  # and the heads of the arrows in the headings
    for message in drawn:
        assert message.title in svg
    dark = sum(message.encrypted for message in drawn)
    assert figure.text.count(", encrypted)") == dark


def test_flights_stand_at_one_height_in_all_lanes():
    assert picture(three_lanes(visits())).count("flight 1, from the client") == 1


def test_the_caption_counts():
    caption = three_lanes(visits()).caption
    assert "2 round trips with RSA, 2 round trips with ECDHE, 1 round trip with 1.3" in caption


def test_recordings_stand_side_by_side_too():
    view = lanes_view({"1.2": load("tls12_ecdhe"), "1.3": load("tls13_mlkem")})
    assert "X25519" not in view.text
    assert view.text.count("round trips before the request  2") == 1


def test_tables():
    facts = lanes_table(visits(client_certificate=True))
    assert facts.rows[0][0].text == "round trips before the request"
    assert facts.rows[0][1:] != facts.rows[1][1:]
    table = fates_table(lane_visit("ECDHE"), lane_visit("1.3"))
    said = {row[0].text: row[2].text for row in table.rows}
    assert said["server: ServerKeyExchange"] == "gone"
    assert said["server: Certificate"] == "went dark"


def test_one_visit_is_not_enough():
    with pytest.raises(ValueError, match="two or three"):
        three_lanes({"1.3": lane_visit("1.3")})

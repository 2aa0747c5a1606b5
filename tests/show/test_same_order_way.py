"""show/same_order_way.py: the way to the first byte, to scale and with links."""

import re

import pytest

from helpers.experiments import Link, protocol, time_to_first_byte
from helpers.show import way_map
from helpers.show.course import lessons
from helpers.show.same_order_way import stretches

VISITS = [time_to_first_byte(protocol(name), Link(round_trip=0.08)) for name in ("TLS 1.3", "QUIC")]


def test_every_stretch_is_a_link_to_a_lesson_that_there_is():
    view = way_map(*VISITS)
    files = {lesson.file for lesson in lessons()}
    links = re.findall(r'<a href="([^"]+)"[^>]*aria-label="([^",]+),', view.html)
    assert {file for file, _ in links} <= files
    assert [name for _, name in links] == [
        "HSTS check", "DNS", "TCP", "TLS", "request", "response",
        "HSTS check", "DNS", "QUIC with TLS", "request", "response"]  # fmt: skip
    assert set(re.findall(r'href="([^"]+)"', view.html)) <= files


@pytest.mark.parametrize("visit", VISITS, ids=["TCP", "QUIC"])
def test_the_stretches_follow_one_another_and_add_up(visit):
    parts = stretches(visit)
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == round(1000 * visit.first_byte)
    assert f"first byte after {parts[-1].end} ms" in way_map(visit).text


def test_it_is_drawn_to_scale():
    html = way_map(*VISITS).html
    wide = {name: float(share) for share, name in
            re.findall(r'flex:0 0 ([\d.]+)%;[^>]*>(?:<span[^>]*>)([A-Z]\w+)', html)}
    assert wide["TCP"] / wide["DNS"] == pytest.approx(4, rel=0.01)
    lanes = [re.findall(r"flex:0 0 ([\d.]+)%;display", lane) for lane in html.split("over QUIC")]
    assert sum(map(float, lanes[0])) == pytest.approx(100, abs=0.1)
    assert sum(map(float, lanes[1])) == pytest.approx(100 * 182 / 262, abs=0.5)

"""The tamper map says what the handshakes did."""

import re
from base64 import b64decode

import pytest

from helpers.experiments import flip, survey, targets
from helpers.show import tamper_map, tamper_table

LETTERS = {"client": "C", "server": "S", "waiting": "H", "nobody": "N"}


@pytest.fixture(scope="module", params=["RSA", "ECDHE"])
def outcomes(request):
    return survey(request.param, most=43)


def test_the_map_counts_what_was_tried(outcomes):
    figure = tamper_map(outcomes)
    tried = sum(int(count) for count in re.findall(r", (\d+) of \d+ bytes tried", figure.text))
    assert tried == len(outcomes)
    waiting = sum(item.noticed == "waiting" for item in outcomes)
    assert waiting == sum(map(int, re.findall(r"both wait: (\d+)", figure.text)))


def test_the_map_has_a_strip_and_letters_for_every_message(outcomes):
    svg = b64decode(re.search(r'base64,([^"]+)"', tamper_map(outcomes).html).group(1)).decode()
    assert all(float(width) >= 18 for width in re.findall(
        r'<rect x="[^"]+" y="[^"]+" width="([^"]+)" height="20"', svg))
    strips = 0
    for target in targets(outcomes[0].lane):
        strips += len([item for item in outcomes if item.index == target.index][:5])
        assert f"{target.sender[0].upper()}  {target.title}" in svg
    pieces = re.findall(r' height="20" [^>]*/><text [^>]*>(\w)</text>', svg)
    assert len(pieces) == svg.count(' height="20"') > strips  # each piece has its letter
    for noticed in {item.noticed for item in outcomes}:
        assert f">{LETTERS[noticed]}</text>" in svg


def test_the_map_is_the_same_every_time(outcomes):
    again = survey(outcomes[0].lane, most=43)
    assert again == outcomes
    assert tamper_map(again).html == tamper_map(outcomes).html


def test_a_map_needs_outcomes_of_one_lane(outcomes):
    with pytest.raises(ValueError, match="one lane"):
        tamper_map([])
    with pytest.raises(ValueError, match="one lane"):
        tamper_map([flip("RSA", 0, 0), flip("ECDHE", 0, 0)])


def test_three_lanes_in_a_table_and_a_map_each():
    surveys = {lane: survey(lane, most=24) for lane in ("RSA", "ECDHE", "1.3")}
    table = tamper_table(surveys)
    for column, tried in enumerate(surveys.values(), 1):
        counted = [int(row[column].text.split(" of ")[0]) for row in table.rows[:-1]]
        assert sum(counted) == len(tried)
    assert "EncryptedExtensions" in table.rows[-1][3].text
    assert "CertificateVerify from the server" in tamper_map(surveys["1.3"]).text

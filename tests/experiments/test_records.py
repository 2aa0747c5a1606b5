"""Real records under every ingredient: exactly one of each opens them."""

import pytest

from helpers.experiments.records import ADDITIONAL, HEADER, records, try_record


def test_every_record_opens_with_its_own_number_and_no_other():
    for index, message in enumerate(records()):
        opened = [(keys, number) for keys in ("client", "server") for number in range(6)
                  if try_record(index, keys, number, ADDITIONAL[0]).inner is not None]
        assert opened == [(message.sender, message.sequence_number)]
        found = try_record(index, *opened[0], ADDITIONAL[0])
        assert found.content == message.data
        assert len(found.record) == HEADER + len(found.content) + 1 + 16


def test_only_the_header_will_do():
    for additional in ADDITIONAL[1:]:
        assert try_record(1, "server", 0, additional).inner is None
        assert try_record(1, "server", 0, additional).kind == ""


def test_the_page_is_the_third_of_the_server():
    kinds = [try_record(index, one.sender, one.sequence_number, ADDITIONAL[0])
             for index, one in enumerate(records())]
    assert [(one.sender, one.kind) for one in kinds] == [
        ("client", "application data"), ("server", "handshake"), ("server", "handshake"),
        ("server", "application data"), ("client", "alert"), ("server", "alert")]
    assert b"<h1>" in kinds[3].content


def test_refusals():
    with pytest.raises(ValueError, match="no additional data called 'x'"):
        try_record(0, "server", 0, "x")
    with pytest.raises(IndexError):
        try_record(99, "server", 0, ADDITIONAL[0])

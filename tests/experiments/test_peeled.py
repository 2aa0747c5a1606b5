"""Records opened by hand hold what the listener reads; padding costs and hides what is counted."""

import pytest

from helpers.experiments import by_hand, lookalikes, padded_pages, padded_records, peel
from helpers.experiments.peeled import PAGES, POLICIES
from helpers.sources import load


def test_every_layer_of_every_record():
    for one in padded_records():
        assert one.content == one.message.data
        assert one.kind == one.message.content_type
        assert one.inner == one.content + bytes([one.kind]) + bytes(one.zeros)
        assert one.header[:3] == b"\x17\x03\x03"
        assert int.from_bytes(one.nonce, "big") ^ int.from_bytes(one.iv, "big") == \
            one.message.sequence_number


def test_padded_and_unpadded_records_are_both_there():
    padded = {one.message.sender for one in padded_records() if one.zeros}
    assert padded == {"server"}
    assert all(len(one.inner) % 64 == 0 for one in padded_records()
               if one.message.sender == "server")


def test_openssl_does_not_pad():
    talk = load("tls13_x25519")
    assert all(peel(talk, message).zeros == 0 for message in talk.messages if message.encrypted)


def test_what_cannot_be_opened_is_refused():
    talk = by_hand("padded").conversation
    with pytest.raises(ValueError, match="no encrypted record"):
        peel(talk, talk.find("client_hello"))


def test_the_question_of_the_widget_has_an_answer():
    tested = "a test result: positive"
    alike = {name: lookalikes(padded_pages(multiple), tested)
             for name, multiple in POLICIES.items()}
    hiding = [name for name, pages in alike.items() if "a test result: negative" in pages]
    assert hiding == ["to a multiple of 256", "to a multiple of 1,024", "to a multiple of 2,048"]
    assert [name for name, pages in alike.items() if len(pages) == len(PAGES)] == [
        "to a multiple of 2,048"]
    costs = [sum(page.zeros for page in padded_pages(multiple)) for multiple in POLICIES.values()]
    assert costs == sorted(costs)
    assert costs[0] == 0


def test_lengths_add_up():
    for multiple in POLICIES.values():
        for page in padded_pages(multiple):
            assert page.record == 5 + page.length + 1 + page.zeros + 16
            assert not multiple or (page.length + 1 + page.zeros) % multiple == 0
    with pytest.raises(ValueError, match="at least 1"):
        padded_pages(-1)

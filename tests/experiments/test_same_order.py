"""experiments/same_order.py: one order sent twice, and a byte of it changed on its way."""

import pytest

from helpers.conversation import CLIENT, SERVER
from helpers.experiments import order_by, sights, stand_between
from helpers.experiments.same_order import WAYS

ANSWER = order_by("http").stream(SERVER)


def test_both_ways_carry_the_same_order():
    plain, secure = order_by("http"), order_by("https")
    for who in (CLIENT, SERVER):
        assert plain.stream(who) == secure.application_data(who) != b""


def test_what_lies_open_by_https_is_the_name_alone():
    copied = b"".join(item.sent for item in order_by("https").crossings)
    assert b"shop.example" in copied
    for secret in (b"/orders/7", b"blue-otter-41", b"Anna Weber"):
        assert secret in b"".join(item.sent for item in order_by("http").crossings)
        assert secret not in copied


def test_sights():
    assert [seen.title for seen in sights("http")] == ["HTTP request", "HTTP response"]
    assert all(seen.bare and not seen.sealed and seen.wire == seen.inside
               for seen in sights("http"))  # fmt: skip
    secure = sights("https")
    assert [seen.title for seen in secure if not seen.sealed] == [
        "ClientHello", "ServerHello", "ChangeCipherSpec", "ChangeCipherSpec"]  # fmt: skip
    assert secure[0].words[:1] == ("shop.example",)
    assert (secure[-1].title, secure[-1].inside) == ("HTTP response", ANSWER)


@pytest.mark.parametrize("position", [0, 17, 94, len(ANSWER) - 1])
def test_a_changed_byte_is_shown_by_http_and_ends_https(position):
    other = "X"
    by_http = stand_between("http", position, other)
    assert by_http.shown[position : position + 1] == other.encode()
    assert by_http.shown[:position] == ANSWER[:position]
    by_https = stand_between("https", position, other)
    assert (by_https.shown, by_https.alerts) == (b"", ("bad_record_mac",))


def test_putting_in_what_stood_there_changes_nothing():
    for way in WAYS:
        same = stand_between(way, 94, chr(ANSWER[94]))
        assert (same.shown, same.alerts) == (ANSWER, ())


@pytest.mark.parametrize(
    ("position", "character"), [(-1, "1"), (len(ANSWER), "1"), (0, ""), (0, "ab"), (0, "é")]
)
def test_what_cannot_be_put_in(position, character):
    with pytest.raises(ValueError, match=r"byte|character"):
        stand_between("http", position, character)


def test_there_are_two_ways():
    with pytest.raises(ValueError, match='"http" and "https"'):
        order_by("ftp")

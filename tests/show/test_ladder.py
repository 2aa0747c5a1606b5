"""Ladders say what the Conversation says, whatever became of it."""

import base64
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.conversation import Conversation, Crossing, End, Held
from helpers.show import ladder, ladders
from helpers.show.rungs import CHANGED, MORE, STOPPED, aligned, rungs, trips_before_data
from helpers.sources import load, names, openssl_server, record_exchange

RSA, ECDHE = load("tls12_rsa"), load("tls12_ecdhe")
CHANGE_CIPHER_SPEC = 20


def svg_of(figure) -> str:
    return base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)", figure.html)[1]).decode()


def words_of(figure) -> list[str]:
    """Every label of the picture."""
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg_of(figure))]


def run_with(tamper) -> Conversation:
    return record_exchange(openssl_server(), tamper)


def change(packet):
    if packet.sender == "server" and packet.number == 2:
        return packet.data[:-1] + bytes([packet.data[-1] ^ 1])
    return packet.data


def drop(packet):
    return None if packet.sender == "server" and packet.number == 2 else packet.data


def hold(packet):
    return Held(packet.data) if packet.sender == "server" and packet.number == 2 else packet.data


def told(conversation: Conversation) -> list[tuple]:
    """Who says what, how long, encrypted or not: straight from the messages."""
    return [(message.sender, message.title,
             len(message.wire) - 5 if message.data is None else len(message.data),
             message.encrypted) for message in conversation.messages]


def read_alt(alt: str) -> list[tuple]:
    """The same, read back out of the alternative text."""
    found = []
    for sender, group in re.findall(r"Flight \d+, (client|server): (.*?\))\.", alt):
        for title, size, rest in re.findall(r"(?:^|, )([^(]+?) \(([\d,]+) bytes?([^)]*)\)", group):
            found.append((sender, title, int(size.replace(",", "")), "encrypted" in rest))
    return found


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("locked", [False, True])
def test_alternative_text_equals_the_conversation(name, locked):
    conversation = load(name)
    expected = told(conversation.without_secrets() if locked else conversation)
    assert len(expected) >= 13
    assert read_alt(ladder(conversation, locked=locked).alt) == expected


@pytest.mark.parametrize("name", names())
def test_picture_names_every_message_with_its_size(name):
    conversation = load(name)
    words = words_of(ladder(conversation))
    boxes = [(title, detail) for title, detail in pairwise(words) if " byte" in detail]
    for _, title, size, _ in told(conversation):
        assert any(shown == title and detail.startswith(f"{size:,} byte")
                   for shown, detail in boxes)
    assert not [word for word in words if "…" in word]


def test_flights_round_trips_and_where_encryption_begins():
    words = words_of(ladder(ECDHE))
    assert [word for word in words if word.startswith("flight")] == [
        f"flight {number}" for number in range(1, 9)]
    assert [word for word in words if word.startswith("round trip")] == [
        "round trip 1", "round trip 2", "round trip 3"]
    assert "goodbye" in words
    assert words.count("1 byte, then encrypted") == 2
    assert words.count("16 bytes, encrypted") == 2
    assert "after 2 round trips" in ladder(ECDHE).caption


def test_encrypted_boxes_are_hatched_and_locked():
    picture, clear = svg_of(ladder(ECDHE)), svg_of(ladder(ECDHE, upto=7))
    sealed = sum(message.encrypted for message in ECDHE.messages)
    assert picture.count("url(#hatch") == sealed + 2  # and both lifelines, from where they encrypt
    assert picture.count("<path") == sealed
    assert clear.count("url(#hatch") == clear.count("<path") == 0


def test_change_cipher_spec_has_the_shape_of_its_record_type():
    by_name = {row.name: row.handshake for row in rungs(ECDHE)}
    assert not by_name["change_cipher_spec"]
    assert by_name["finished"]
    assert "round ones other record types" in ladder(ECDHE).caption


def test_what_nobody_here_can_read_is_called_that():
    figure = ladder(ECDHE, locked=True)
    assert words_of(figure).count("encrypted handshake message") == 2
    assert "Finished" not in figure.alt
    assert "without a secret nobody can read them" in figure.caption
    assert ladder(ECDHE.without_secrets()).html == figure.html


@pytest.mark.parametrize("upto", range(15))
def test_upto_keeps_the_size_and_shows_so_many(upto):
    figure, whole = ladder(ECDHE, upto=upto), ladder(ECDHE)
    assert len(read_alt(figure.alt)) == upto
    size = re.compile(r'<svg [^>]*viewBox="[^"]+"')
    assert size.match(svg_of(figure))[0] == size.match(svg_of(whole))[0]


def test_marks_by_name_and_by_index():
    words = words_of(ladder(ECDHE, mark={"certificate": "look here", 0: "first"}))
    assert "1,213 bytes, look here" in words
    assert "187 bytes, first" in words


def test_a_mark_for_nothing_says_what_there_is():
    with pytest.raises(KeyError, match="client_hello"):
        ladder(ECDHE, mark={"no_such": "word"})


@pytest.mark.parametrize(("tamper", "remark"), [(change, CHANGED), (drop, STOPPED),
                                                (hold, STOPPED)])
def test_tampering_is_marked_by_itself(tamper, remark):
    conversation = run_with(tamper)
    marked = {row.name: row.remark for row in rungs(conversation) if row.remark}
    assert marked["server_key_exchange"] == remark
    assert f"300 bytes, {remark})" in ladder(conversation).alt
    assert any(remark in word for word in words_of(ladder(conversation)))


def test_what_arrives_late_arrives_with_more():
    marked = [(row.name, row.remark) for row in rungs(run_with(hold)) if row.remark]
    assert ("server_hello_done", MORE) in marked


def test_a_change_in_a_flight_marks_only_the_message_it_hit():
    flight = ECDHE.crossings[1]
    changed = bytearray(flight.sent)
    changed[len(flight.sent) - 12] ^= 1  # the last byte but two before ServerHelloDone's record
    crossings = tuple(replace(item, delivered=bytes(changed)) if item is flight else item
                      for item in ECDHE.crossings)
    marked = {row.name: row.remark for row in rungs(replace(ECDHE, crossings=crossings))
              if row.remark}
    assert marked == {"server_key_exchange": CHANGED}


def test_the_end_of_a_failed_handshake_is_told():
    conversation = run_with(change)
    figure = ladder(conversation)
    problem = conversation.ends["client"].problem
    assert problem in figure.alt
    assert problem.split(":")[0] in " ".join(words_of(figure))
    assert "fatal" in figure.alt
    assert "after" not in figure.caption


def test_an_end_that_waits_is_told():
    silent = replace(ECDHE, ends={"client": End(), "server": End(connected=True)})
    assert "The client waits" in ladder(silent).alt
    assert "The server" not in ladder(silent).alt


def test_half_a_round_trip_when_the_answer_is_missing():
    alone = Conversation(ECDHE.crossings[:1])
    assert "half a round trip" in " ".join(words_of(ladder(alone)))
    assert trips_before_data(rungs(alone)) is None


def test_nothing_said_is_a_picture_too():
    assert "No message yet." in ladder(Conversation(())).alt


def test_two_lanes_line_up_with_a_gap_in_words():
    figure = ladders(RSA, ECDHE)
    words = words_of(figure)
    assert words.count("no ServerKeyExchange") == 1
    assert "RSA has no ServerKeyExchange." in figure.caption
    assert not [word for word in words if "…" in word]
    both = figure.alt.partition(" ECDHE: ")
    assert read_alt(both[0]) == told(RSA)
    assert read_alt(both[2]) == told(ECDHE)


def test_gaps_stand_where_the_message_is_missing():
    gaps = [(left, right) for left, right in aligned(rungs(RSA), rungs(ECDHE))
            if None in (left, right)]
    assert [right.name for _, right in gaps] == ["server_key_exchange"]


def test_a_sealed_message_lines_up_with_itself_unread():
    pairs = aligned(rungs(ECDHE), rungs(ECDHE.without_secrets()))
    assert all(left and right for left, right in pairs)


@pytest.mark.parametrize("draw", [lambda: ladder(ECDHE).html, lambda: ladders(RSA, ECDHE).html])
def test_is_the_same_every_time(draw):
    assert draw() == draw()


def test_html_is_one_image_with_alt_and_no_scripts():
    html = ladders(RSA, ECDHE.without_secrets()).html
    assert html.count("<img") == 1
    assert "<script" not in html
    assert 'alt="Two ladders' in html


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["client", "server"]), st.binary(max_size=40)),
                max_size=6))
def test_any_bytes_can_be_drawn(said):
    conversation = Conversation(tuple(Crossing(who, data, data[::-1]) for who, data in said),
                                title="<b>&")
    assert "<b>&" not in ladder(conversation).html
    assert ladders(conversation, ECDHE).alt


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 600), st.integers(1, 255), st.integers(1, 4))
def test_a_damaged_recording_can_be_drawn(offset, mask, which):
    crossing = ECDHE.crossings[which % len(ECDHE.crossings)]
    at = offset % len(crossing.sent)
    broken = bytearray(crossing.sent)
    broken[at] ^= mask
    damaged = replace(ECDHE, crossings=tuple(
        replace(item, sent=bytes(broken)) if item is crossing else item
        for item in ECDHE.crossings))
    assert read_alt(ladder(damaged).alt) == told(damaged)


def test_tls_13():
    """One round trip, the server encrypts from EncryptedExtensions on, and what is left of
    ChangeCipherSpec does nothing."""
    talk = load("tls13_mlkem")
    assert "leaves after 1 round trip." in ladder(talk).caption
    assert "EncryptedExtensions (21 bytes, encrypted)" in ladder(talk).text
    assert words_of(ladder(talk)).count("1 byte, changes nothing") == 2
    assert ladder(talk, locked=True).text.count("encrypted record (") == 11
    assert "Certificate (" not in ladder(talk, locked=True).text

"""The widgets of lesson 02: their questions have the answers that the notebook gives."""

from time import perf_counter

from helpers.experiments.forgery import HASHED, HMAC
from helpers.experiments.labels import SECRETS
from helpers.experiments.transcripts import MESSAGES
from helpers.explore import (
    derive_with_labels,
    follow_one_bit,
    forge_an_order,
    rebuild_finished,
)


def changed(html):
    return int(html.split(" of 256 bits")[0].rsplit(">", 1)[1])


def test_five_rounds_for_the_first_bit_and_round_fourteen_for_the_last():
    explorer = follow_one_bit()
    assert changed(explorer.render_with(bit=0, rounds=4)) < 100
    assert changed(explorer.render_with(bit=0, rounds=5)) > 100
    assert changed(explorer.render_with(bit=423, rounds=13)) == 0
    assert changed(explorer.render_with(bit=423, rounds=14)) > 0
    assert max(explorer.controls["bit"].domain({})) == 423
    tried = [explorer.note_with("answer", answer=number) for number in range(65)]
    assert [number for number in range(65) if "Right" in tried[number]] == [14]
    assert all("not changed at all" in one for one in tried[1:14])
    assert all("changed already" in one for one in tried[15:])
    assert "No answer" in tried[0]
    assert "becomes the byte d0" in explorer.note_with("bit", bit=0)
    assert "becomes “Q”" in explorer.note_with("bit", bit=7)


def test_the_secret_has_27_bytes():
    explorer = forge_an_order()
    said = [guess for guess in range(41)
            if "shop accepts" in explorer.render_with(kind=HASHED, guess=guess, glued=True)]
    assert said == [27]
    assert not any("shop accepts" in explorer.render_with(kind=HMAC, guess=guess, glued=True)
                   for guess in range(41))
    assert "shop refuses" in explorer.value_html


def test_the_iv_of_the_servers_application_data():
    explorer = derive_with_labels()
    assert "nobody used this value" in explorer.value_html
    settings = {"secret": SECRETS[3], "label": "iv", "prefix": True, "length": 12}
    assert "server_application_write_iv_0" in explorer.render_with(**settings)
    long = explorer.render_with(secret=SECRETS[3], label="key", prefix=True, length=32)
    assert "nobody used this value" in long
    assert "another length changes every byte" in long


def test_one_message_more_for_the_client():
    explorer = rebuild_finished()
    assert ">not the client" in explorer.value_html
    for sender, last in (("server", 5), ("client", 6)):
        fits = [count for count in range(1, 8) if "equal to the" in explorer.render_with(
            sender=sender, unit=MESSAGES, count=count)]
        assert fits == [last]


def test_a_picture_is_drawn_in_a_moment():
    """20 ms leave time for the browser; the toy SHA-256 is the slowest part."""
    for explorer in (follow_one_bit(), forge_an_order(), derive_with_labels(), rebuild_finished()):
        took = []
        for values in list(explorer.combinations(30)):
            began = perf_counter()
            explorer.render_with(**values)
            took.append(perf_counter() - began)
        assert sorted(took)[len(took) // 2] < 0.02, explorer.title

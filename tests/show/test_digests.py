"""Views of lesson 02: what they say is what the experiment found."""

import hmac

import pytest

from helpers.experiments.comparing import compare_times
from helpers.experiments.digests import avalanche
from helpers.experiments.forgery import HASHED, HMAC, forge
from helpers.experiments.labels import SECRETS, derive, recorded
from helpers.experiments.transcripts import BODIES, MESSAGES, transcript
from helpers.show import (
    avalanche_view,
    birthday_chart,
    derived_view,
    forgery_view,
    growth_chart,
    record_sizes,
    times_chart,
    transcript_view,
)
from helpers.sources import load


@pytest.mark.parametrize(("bit", "rounds"), [(0, 64), (0, 0), (423, 13), (423, 14)])
def test_the_avalanche_counts_its_bits(bit, rounds):
    seen = avalanche(bit, rounds)
    view = avalanche_view(seen)
    assert f"{len(seen.changed)} of 256 bits" in view.text
    rows = [sum(32 * row <= at < 32 * row + 32 for at in seen.changed) for row in range(8)]
    assert f"to the last: {', '.join(map(str, rows))}." in view.html


def test_a_forged_order_shows_its_pieces():
    taken, refused = forgery_view(forge(HASHED, 27)), forgery_view(forge(HMAC, 27))
    assert taken.text.startswith("the shop accepts. The secret is 27 bytes")
    assert refused.text.startswith("the shop refuses. HMAC")
    assert "the padding of the old hash: bytes 26 to 36 (11 bytes)" in taken.text
    assert "padding" not in forgery_view(forge(HASHED, 27, glued=False)).text.split("\n", 1)[1]


def test_a_derived_value_has_its_name():
    found = derived_view(derive(SECRETS[3], "iv", length=12))
    assert found.text.startswith("this is server_application_write_iv_0.")
    lost = derived_view(derive(SECRETS[3], "iv", length=16))
    assert lost.text.startswith("nobody used this value.")
    assert "00 10" in lost.text


def test_a_transcript_says_whether_it_fits():
    assert transcript_view(transcript("server", MESSAGES, 5)).text.startswith(
        "equal to the server's Finished.")
    other = transcript_view(transcript("server", BODIES, 2))
    assert other.text.startswith("not the server's Finished.")
    assert "of ClientHello, ServerHello." in other.text


def test_sizes_are_those_of_the_recording():
    text = record_sizes(recorded()).text
    hello = recorded().find("client_hello")
    assert f"{len(hello.wire)} bytes" in text
    assert f"{len(hello.data)} bytes" in text
    assert text.count("\n") == 2 + 9
    with pytest.raises(KeyError):
        record_sizes(load("tls13_x25519").without_secrets())


def test_charts_say_in_words_what_they_draw():
    assert "birthday curve" in birthday_chart(12, 20).alt
    assert "65,536 at 16" in growth_chart().alt
    measured = times_chart(compare_times({"one": hmac.compare_digest}, bytes(32)))
    assert "≈" in measured.alt
    assert "here at 31" in measured.alt

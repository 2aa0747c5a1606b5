"""What was signed, asked of signatures that OpenSSL made."""

from itertools import permutations

import pytest

from helpers.experiments.signed import (
    NOTHING,
    RECORDINGS,
    fits,
    leaf_key,
    pieces,
    put_together,
    transcript,
)
from helpers.sources import load
from helpers.tls import certificate_verify_content

RIGHT_12 = ["client random", "server random", "curve, length and share"]
RIGHT_13 = ["64 spaces", "the words for a server", "a zero byte", "hash up to Certificate"]


@pytest.mark.parametrize("recording", RECORDINGS)
def test_exactly_one_order_of_the_right_pieces_fits(recording):
    right = RIGHT_12 if recording.startswith("tls12") else RIGHT_13
    found = [order for order in permutations(right) if put_together(recording, order).fits]
    assert found == [tuple(right)]
    case = put_together(recording, right)
    assert (case.belong, case.placed, case.needed) == (len(right),) * 3


@pytest.mark.parametrize("recording", RECORDINGS)
def test_nothing_else_of_up_to_three_pieces_fits(recording):
    names = list(pieces(recording))
    right = tuple(RIGHT_12 if recording.startswith("tls12") else RIGHT_13)
    tried = [order for length in (0, 1, 2, 3) for order in permutations(names, length)]
    fitting = {tuple(name for name in order if name != NOTHING)
               for order in tried if put_together(recording, order).fits}
    assert fitting == ({right} if len(right) == 3 else set())


@pytest.mark.parametrize("recording", RECORDINGS[2:])
def test_the_content_is_the_engines(recording):
    visit = load(recording)
    content = certificate_verify_content("server", transcript(visit, "certificate"))
    assert put_together(recording, RIGHT_13).content == content
    message = visit.find("certificate_verify").parsed
    assert fits(leaf_key(visit), message.signature_scheme, message.signature, content)
    assert not fits(leaf_key(visit), 0x0403 ^ 0x0804 ^ message.signature_scheme,
                    message.signature, content)


def test_how_near_it_is():
    case = put_together("tls12_ecdhe", ["server random", NOTHING, "client random", "share alone"])
    assert (case.fits, case.belong, case.placed, case.needed) == (False, 2, 0, 3)
    with pytest.raises(KeyError):
        put_together("tls12_ecdhe", ["64 spaces"])

"""One flipped bit, collisions, the birthday curve: counted, and against hashlib."""

from hashlib import sha256
from itertools import pairwise

import pytest

from helpers.experiments.digests import (
    MESSAGE,
    avalanche,
    chance,
    collision_search,
    counts,
    flip_bit,
    half_way,
    hashes_needed,
    searches_done,
    short_hash,
    stolen_digest,
)
from helpers.progress import Progress, finish


def test_the_avalanche_is_that_of_sha256():
    seen = avalanche(0)
    assert seen.before == sha256(MESSAGE).digest()
    assert seen.after == sha256(flip_bit(MESSAGE, 0)).digest()
    differ = int.from_bytes(seen.before, "big") ^ int.from_bytes(seen.after, "big")
    assert len(seen.changed) == differ.bit_count()


@pytest.mark.parametrize("bit", [0, 7, 200, 8 * len(MESSAGE) - 1])
def test_nothing_changes_before_the_bit_is_read(bit):
    entered = avalanche(bit).enters
    assert not avalanche(bit, entered - 1).changed
    assert avalanche(bit, entered).changed


def test_the_message_is_one_block():
    assert len(MESSAGE) <= 55
    with pytest.raises(IndexError):
        flip_bit(MESSAGE, 8 * len(MESSAGE))


@pytest.mark.parametrize("bits", [1, 8, 16, 24, 48])
def test_a_short_hash_is_the_beginning_of_the_digest(bits):
    digest = sha256(b"offer 7").hexdigest()
    assert f"{int(digest, 16):0256b}".startswith(f"{short_hash(b'offer 7', bits):0{bits}b}")


@pytest.mark.parametrize("bits", [8, 16, 24])
def test_a_collision_is_one(bits):
    found = finish(collision_search(bits))
    assert found.first != found.second
    assert short_hash(found.first, bits) == short_hash(found.second, bits)
    assert found.hashes == int(found.second.split()[1]) + 1
    assert finish(collision_search(bits)) == found


def test_the_search_says_how_far_it_is():
    said = []
    search = collision_search(24)
    try:
        while True:
            said.append(next(search))
    except StopIteration as end:
        found = end.value
    assert all(isinstance(one, Progress) for one in said)
    assert [one.done for one in said] == [4096, found.hashes]


@pytest.mark.parametrize("bits", [0, 49, -1])
def test_a_search_without_end_is_refused(bits):
    with pytest.raises(ValueError, match="1 to 48"):
        finish(collision_search(bits))


def test_searches_follow_the_birthday_curve():
    """500 searches: their share never strays more than 6 percent points (p < 0.05 by the test of
    Kolmogorov and Smirnov) from the curve."""
    measured, curve = searches_done(16, 500).values()
    assert max(abs(one[1] - other[1]) for one, other in zip(measured, curve, strict=True)) < 6
    assert measured[-1][1] == 100
    assert all(before[1] <= after[1] for before, after in pairwise(measured))


def test_half_way_is_where_the_chance_is_one_half():
    assert chance(round(half_way(16)), 16) == pytest.approx(0.5, abs=0.005)
    assert chance(23, 8.5118) == pytest.approx(0.5, abs=0.01)  # 365 birthdays


def test_counts_are_sorted_and_the_same_again():
    assert list(counts(8, 20)) == sorted(counts(8, 20))
    assert len(counts(8, 20)) == 20


def test_growth_is_far_below_every_value():
    every, measured, _ = hashes_needed((8, 12), 5).values()
    assert [bits for bits, _ in every] == [8, 12]
    assert all(few < many / 4 for (_, few), (_, many) in zip(measured, every, strict=True))


def test_the_stolen_pin_has_four_digits_and_no_zero_in_front():
    found = [number for number in range(10_000)
             if sha256(f"{number:04}".encode()).digest() == stolen_digest()]
    assert len(found) == 1
    assert 1000 <= found[0] <= 9998

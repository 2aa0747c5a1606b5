"""The listener's search: watched to its end, and counted by size."""

import pytest

from helpers.experiments.discrete_log import CLEVER_SIZES, SIZES, good_prime, hunt, steps_by_size
from helpers.progress import finish
from helpers.toy import is_prime, order_of


@pytest.mark.parametrize("bits", [4, 8, 12, 16])
def test_every_number_is_a_power_of_the_base(bits):
    prime, base = good_prime(bits)
    assert is_prime(prime)
    assert is_prime(prime // 2)
    assert prime.bit_length() == bits
    assert order_of(base, prime) == prime - 1


def test_a_hunt_tells_how_far_it_is():
    prime, base = good_prime(20)
    share = pow(base, 123_456, prime)
    told = list(hunt(prime, base, share))
    assert [step.done for step in told] == [20_000, 40_000, 60_000, 80_000, 100_000, 120_000,
                                            123_456]
    assert finish(hunt(prime, base, share)) == 123_456


def test_four_bits_more_are_sixteen_times_or_four_times_the_work():
    counted = steps_by_size()
    slow, clever = (dict(points) for points in counted.values())
    assert (tuple(slow), tuple(clever)) == (SIZES, CLEVER_SIZES)
    assert slow[20] / slow[16] == pytest.approx(16, rel=0.05)
    assert clever[20] / clever[16] == pytest.approx(4, rel=0.1)
    assert clever[20] < 2 * 2**10 < slow[20]


def test_too_small():
    with pytest.raises(ValueError, match="3 bits is too small"):
        good_prime(3)

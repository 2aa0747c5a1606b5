"""The lab's primes are primes, and each careless modulus falls to its own attack and no other."""

import pytest

from helpers.experiments.rsa_weak import (
    ATTACKS,
    MODULI,
    PRIMES,
    attack_modulus,
    modulus,
    prime,
)
from helpers.toy import is_prime

FALLS = {"router 1": ["shared"], "router 2": ["shared"], "printer": ["close"],
         "old phone": ["divide"], "web shop": []}  # fmt: skip


@pytest.mark.parametrize("label", PRIMES)
def test_primes(label):
    assert prime(label).bit_length() == PRIMES[label][0]
    assert is_prime(prime(label))


def test_the_next_prime_is_the_next():
    between = range(prime("D") + 2, prime("D, the next one"), 2)
    assert len(between) > 10
    assert not any(map(is_prime, between))


@pytest.mark.parametrize("target", MODULI)
def test_what_falls_to_what(target):
    assert modulus(target).bit_length() == 2048
    results = {attack: attack_modulus(target, attack) for attack in ATTACKS.values()}
    assert [attack for attack, result in results.items() if result.fell] == FALLS[target]
    for result in results.values():
        assert result.steps > 0
        if result.fell:
            assert modulus(target) % result.factor == 0
            assert is_prime(result.factor)
            assert is_prime(modulus(target) // result.factor)


def test_what_is_not_there():
    with pytest.raises(KeyError):
        modulus("toaster")
    with pytest.raises(KeyError):
        attack_modulus("printer", "by force")

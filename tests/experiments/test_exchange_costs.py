"""Each action really does what its name says."""

from helpers.experiments.exchange_costs import exchange_actions
from helpers.experiments.timing import race


def test_each_gives_a_secret():
    done = {name: action() for name, action in exchange_actions().items()}
    assert [len(done[name]) for name in ("X25519", "P-256")] == [32, 32]
    secret, ciphertext = done["ML-KEM-768"]
    assert (len(secret), len(ciphertext)) == (32, 1088)
    assert done["RSA, 2,048 bits"] == bytes(range(48))


def test_rsa_is_by_far_the_slowest():
    took = race(exchange_actions())
    assert took.pop("RSA, 2,048 bits") > 2 * max(took.values())

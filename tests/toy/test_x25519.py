"""X25519 by hand: RFC 7748's vectors, `cryptography`, and what it refuses."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.toy.x25519 import P, x25519_unchecked

BASE = (9).to_bytes(32, "little")
THIRTY_TWO = st.binary(min_size=32, max_size=32)


def test_the_first_step_of_the_iterated_test():
    """RFC 7748 section 5.2: k = u = 9."""
    assert x25519_unchecked(BASE, BASE).hex() == (
        "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")


@given(THIRTY_TWO, THIRTY_TWO)
@settings(deadline=None)
def test_it_is_the_librarys_function(private, other):
    key = X25519PrivateKey.from_private_bytes(private)
    share = X25519PrivateKey.from_private_bytes(other).public_key().public_bytes_raw()
    assert x25519_unchecked(private, BASE) == key.public_key().public_bytes_raw()
    assert x25519_unchecked(private, share) == key.exchange(
        X25519PublicKey.from_public_bytes(share))


@pytest.mark.parametrize("number", [0, 1, P - 1, P, P + 1])
def test_shares_of_small_order_give_zeros_whatever_the_key(number):
    share = number.to_bytes(32, "little")
    for private in (bytes(32), BASE, b"\xff" * 32):
        assert x25519_unchecked(private, share) == bytes(32)
        with pytest.raises(ValueError, match="shared key"):
            X25519PrivateKey.from_private_bytes(private).exchange(
                X25519PublicKey.from_public_bytes(share))


@pytest.mark.parametrize(("private", "share"), [(b"", BASE), (BASE, bytes(33))])
def test_other_lengths(private, share):
    with pytest.raises(ValueError, match="32 bytes each"):
        x25519_unchecked(private, share)

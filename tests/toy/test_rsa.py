"""Toy RSA against `cryptography`'s own numbers, and against numbers that were published."""

from itertools import product
from math import prod

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from helpers import lab
from helpers.toy.rsa import (
    RsaKey,
    close_factors,
    divisors_tried,
    integer_root,
    refusal,
    smallest_factor,
)

# Rivest, Shamir, Adleman: A Method for Obtaining Digital Signatures ..., CACM 21 (1978), page 126.
PAPER = RsaKey(47, 59, 17)
PLAIN = [920, 1900, 112, 1200, 718, 505, 1100, 2015, 13, 500]
SECRET = [948, 2342, 1084, 1444, 2663, 2390, 778, 774, 219, 1655]
JEVONS = 8616460799  # The Principles of Science, chapter 7 (1874)


def test_the_example_of_1978():
    assert (PAPER.n, PAPER.d) == (2773, 157)
    assert [PAPER.encrypt(block) for block in PLAIN] == SECRET
    assert [PAPER.decrypt(block) for block in SECRET] == PLAIN


@pytest.mark.parametrize("name", ["server_rsa", "other_rsa"])
def test_a_real_key_is_the_same_key(name):
    real = lab.key(name).private_numbers()
    toy = RsaKey(real.p, real.q, real.public_numbers.e)
    assert toy.n == real.public_numbers.n
    assert toy.e * real.d % toy.circle == 1  # OpenSSL may use (p-1)(q-1): the same key
    rsa.RSAPrivateNumbers(
        toy.p,
        toy.q,
        toy.d,
        rsa.rsa_crt_dmp1(toy.d, toy.p),
        rsa.rsa_crt_dmq1(toy.d, toy.q),
        rsa.rsa_crt_iqmp(toy.p, toy.q),
        rsa.RSAPublicNumbers(toy.e, toy.n),
    ).private_key()


def test_the_operation_is_the_real_one():
    """What `cryptography` encrypts, the bare operation opens: the padded block comes out."""
    real = lab.key("server_rsa")
    numbers = real.private_numbers()
    toy = RsaKey(numbers.p, numbers.q, numbers.public_numbers.e)
    sealed = real.public_key().encrypt(b"hello", padding.PKCS1v15())
    block = toy.decrypt(int.from_bytes(sealed, "big")).to_bytes(256, "big")
    assert block[:2] == b"\0\2"
    assert block.endswith(b"\0hello")


def test_a_key_is_made_exactly_where_every_message_comes_back():
    """Refused or not, for all small numbers, against trying every message."""
    for p, q, e in product((2, 3, 5, 7, 11), (2, 3, 5, 7, 11), range(2, 25)):
        if p == q:
            assert refusal(p, q, e)
            continue
        seen = {pow(message, e, p * q) for message in range(p * q)}
        assert (len(seen) == p * q) is (not refusal(p, q, e)), (p, q, e)
        if not refusal(p, q, e):
            key = RsaKey(p, q, e)
            assert all(key.decrypt(key.encrypt(one)) == one for one in range(key.n))


@pytest.mark.parametrize(("numbers", "words"), [
    ((9, 11, 3), "p = 9 is not a prime"), ((11, 1, 3), "q = 1 is not a prime"),
    ((7, 7, 5), "both 7"), ((5, 11, 1), "too small"), ((5, 11, 5), "divided by 5"),
    ((5, 11, 4), "divided by 4"), ((-3, 5, 3), "p = -3"),
])  # fmt: skip
def test_what_makes_no_key_is_refused_in_a_sentence(numbers, words):
    with pytest.raises(ValueError, match=words) as caught:
        RsaKey(*numbers)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", [-1, 2773, 10**9])
def test_a_message_has_to_fit(number):
    for operation in (PAPER.encrypt, PAPER.decrypt):
        with pytest.raises(ValueError, match="n - 1 = 2772"):
            operation(number)


def test_factors():
    assert smallest_factor(JEVONS) == 89681
    assert smallest_factor(2773) == 47
    assert smallest_factor(2**32 + 1) == 641  # Euler, 1732
    assert [smallest_factor(n) for n in (2, 3, 4, 9, 15, 97)] == [2, 3, 2, 3, 3, 97]
    with pytest.raises(ValueError, match="no prime factor"):
        smallest_factor(1)


def test_trial_division_yields_what_it_tries():
    assert list(divisors_tried(35)) == [2, 3, 5]
    assert list(divisors_tried(97)) == [2, 3, 5, 7, 9]
    assert list(divisors_tried(2)) == []
    for n in range(2, 400):
        *_, last = [n, *divisors_tried(n)]
        assert (last if n % last == 0 else n) == smallest_factor(n)


def test_close_factors_are_found_at_once():
    assert close_factors(JEVONS) == (89681, 96079, 56)
    assert close_factors(47 * 59) == (47, 59, 1)
    assert close_factors(49) == (7, 7, 1)
    assert close_factors(3 * 1_000_003, most=50) is None


@pytest.mark.parametrize("degree", [2, 3, 17])
def test_integer_roots_are_exact(degree):
    for root in (0, 1, 2, 3, 10, 2**64 - 1, 3**200):
        number = prod([root] * degree)
        assert integer_root(number, degree) == root
        assert integer_root(number + 1, degree) == (1 if root == 0 else root)
        if root > 1:
            assert integer_root(number - 1, degree) == root - 1

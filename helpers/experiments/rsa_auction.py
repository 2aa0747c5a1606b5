"""A sealed auction: bids encrypted with the auctioneer's public key, and a rival who listens.

Runs three attacks that need no private key on textbook RSA, and the same on OAEP. The key is the
test server's, 2048 bits; with e = 3 a key of the lab's own primes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import gcd

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from helpers import lab
from helpers.toy.rsa import RsaKey, integer_root
from helpers.toy.rsa_padding import oaep

from .rsa_weak import prime

SIZE = 256
MOST = 999
ATTACKS = {"encrypt every bid and compare": "compare", "take the e-th root": "root",
           "multiply it by the ciphertext of 2": "double"}  # fmt: skip
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


@dataclass(frozen=True)
class Auction:
    """One bid, encrypted and attacked.

    `learned` is the bid as the rival found it, None if not; `tries` how many computations that
    took. `received` is what the auctioneer reads in the rival's forged bid, None where nothing
    was forged or where the auctioneer refuses it.
    """

    bid: int
    e: int
    padding: str
    attack: str
    learned: int | None
    tries: int
    received: int | None

    @property
    def broken(self) -> bool:
        return self.learned is not None or self.received is not None


@cache
def auction_key(e: int) -> RsaKey:
    """The auctioneer's key, 2048 bits. For e = 65537 it is the test server's; for e = 3 it is made
    of lab primes that allow that exponent. ValueError for another e."""
    if e == 65537:
        numbers = lab.key("server_rsa").private_numbers()
        return RsaKey(numbers.p, numbers.q, e)
    if e != 3:
        raise ValueError(f"there is no key for e = {e}; there is one for 3 and one for 65537")
    fitting = [label for label in "ABCDGH" if gcd(3, prime(label) - 1) == 1]
    return RsaKey(prime(fitting[0]), prime(fitting[1]), 3)


@cache
def sealed_bid(bid: int, e: int) -> int:
    """The ciphertext of a bid in textbook RSA."""
    return auction_key(e).encrypt(bid)


def hold_auction(bid: int, e: int, padding_name: str, attack: str) -> Auction:
    """Encrypt a bid ("none" or "OAEP") and let the rival try an attack: "compare", "root" or
    "double". ValueError for a bid outside 1 to 999, KeyError for another attack."""
    if not 1 <= bid <= MOST:
        raise ValueError(f"a bid is a number from 1 to {MOST}")
    ciphertext = sealed_bid(bid, e) if padding_name == "none" else _with_oaep(bid, e)
    learned, tries, received = {"compare": _compare, "root": _root, "double": _double}[attack](
        ciphertext, e, padding_name)
    return Auction(bid, e, padding_name, attack, learned, tries, received)


def _with_oaep(bid: int, e: int) -> int:
    block = oaep(bid.to_bytes(2, "big"), SIZE, lab.seeded(f"bid {bid}"))
    return auction_key(e).encrypt(int.from_bytes(block.content, "big"))


def _compare(ciphertext: int, e: int, padding_name: str) -> tuple[int | None, int, None]:
    """With OAEP the rival draws random bytes of its own, which are not those of the bidder."""
    if padding_name == "none":
        for guess in range(1, MOST + 1):
            if sealed_bid(guess, e) == ciphertext:
                return guess, guess, None
    return None, MOST, None


def _root(ciphertext: int, e: int, padding_name: str) -> tuple[int | None, int, None]:
    root = integer_root(ciphertext, e) if e < 100 else 1
    return (root if root**e == ciphertext else None), 1, None


def _double(ciphertext: int, e: int, padding_name: str) -> tuple[None, int, int | None]:
    key = auction_key(e)
    forged = ciphertext * sealed_bid(2, e) % key.n
    if padding_name == "none":
        return None, 1, key.decrypt(forged)
    try:
        opened = _real(e).decrypt(forged.to_bytes(SIZE, "big"), OAEP)
    except ValueError:
        return None, 1, None
    return None, 1, int.from_bytes(opened, "big")


@cache
def _real(e: int) -> rsa.RSAPrivateKey:
    key = auction_key(e)
    parts = (rsa.rsa_crt_dmp1(key.d, key.p), rsa.rsa_crt_dmq1(key.d, key.q),
             rsa.rsa_crt_iqmp(key.p, key.q))  # fmt: skip
    numbers = rsa.RSAPrivateNumbers(key.p, key.q, key.d, *parts, rsa.RSAPublicNumbers(e, key.n))
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)

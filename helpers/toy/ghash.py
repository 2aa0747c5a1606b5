"""The sum under the tag of AES-GCM, in Python small enough to read: GHASH (NIST SP 800-38D).

GCM adds and multiplies blocks of 16 bytes as elements of a field with 2**128 elements. Adding is
XOR; multiplying is shifting and XORing, as below. A tag is

    mask XOR (block 1 * H**n XOR ... XOR block n * H)

where H is AES of sixteen zero bytes and the mask comes from the nonce. Slow, and not constant in
time: for looking at it only.
"""

from __future__ import annotations

from collections.abc import Iterable

_R = 0xE1 << 120  # what falls out at the end comes back in as this (section 6.3)
_ONE = (1 << 127).to_bytes(16, "big")  # the first bit stands for 1


def gcm_multiply(one: bytes, other: bytes) -> bytes:
    """The product of two blocks (SP 800-38D section 6.3). Raises ValueError for other lengths."""
    factor, shifted, product = _number(one), _number(other), 0
    for bit in range(127, -1, -1):
        if factor >> bit & 1:
            product ^= shifted
        shifted = shifted >> 1 ^ (_R if shifted & 1 else 0)
    return product.to_bytes(16, "big")


def gcm_divide(one: bytes, other: bytes) -> bytes:
    """The block that, multiplied by `other`, gives `one`.

    Raises ZeroDivisionError when `other` is all zero, ValueError for other lengths.
    """
    if not _number(other):
        raise ZeroDivisionError("no block divides by sixteen zero bytes")
    inverse, power = _ONE, other
    for _ in range(127):  # other ** (2**128 - 2), the inverse as in any field of this size
        power = gcm_multiply(power, power)
        inverse = gcm_multiply(inverse, power)
    return gcm_multiply(one, inverse)


def ghash(factor: bytes, blocks: Iterable[bytes]) -> bytes:
    """The sum of `blocks`, each times a power of `factor` (SP 800-38D section 6.4)."""
    total = bytes(16)
    for block in blocks:
        mixed = bytes(a ^ b for a, b in zip(total, block, strict=True))
        total = gcm_multiply(mixed, factor)
    return total


def _number(block: bytes) -> int:
    if len(block) != 16:
        raise ValueError(f"a block has 16 bytes, not {len(block)}")
    return int.from_bytes(block, "big")

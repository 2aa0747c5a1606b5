"""Trees of hashes: one hash that stands for a whole list, and short proofs about the list.

A leaf and a node begin with different bytes, so neither can pass for the other. Lists of any
length; a list of 2^n entries has proofs of n hashes. Source: RFC 6962 section 2.1; checking as in
RFC 9162 section 2.1.3.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of a zero byte and the entry."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a one byte and the two hashes below."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """The root over hashes of leaves: SHA-256 of nothing for an empty list."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return node_hash(tree_hash(leaves[:middle]), tree_hash(leaves[middle:]))


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes beside the way from leaf `index` up to the root, the lowest first.

    Raises IndexError if there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"the list has {len(leaves)} entries, so no entry {index}")
    if len(leaves) == 1:
        return ()
    middle = _split(len(leaves))
    if index < middle:
        return (*inclusion_path(leaves[:middle], index), tree_hash(leaves[middle:]))
    return (*inclusion_path(leaves[middle:], index - middle), tree_hash(leaves[:middle]))


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """True if a tree of `size` leaves with this root has the hash `leaf` at `index`.

    Needs `size` and `path` only, not the list: who asks computes the root upwards, and compares."""
    if not 0 <= index < size:
        return False
    place, last, value = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            value = node_hash(beside, value)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and value == root


def _split(size: int) -> int:
    """The largest power of two below `size`: how many leaves go to the left."""
    return 1 << (size - 1).bit_length() - 1

"""Two messages under one pad, and dragging a guess along them."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_letters, digits

from helpers.lab import seeded

FIRST = b"we meet at the old bridge at nine tonight"
SECOND = b"the password of the vault is swordfish 42"
_KNOWN = b"Dear customer, your invoice is attached."
_HIDDEN = b"The launch is on Friday, tell no one yet"
_ORDINARY = frozenset((ascii_letters + digits + " .,!?'-").encode())


def sealed_twice() -> tuple[bytes, bytes]:
    """Both messages, each XORed with the same pad."""
    pad = seeded("a pad that was used twice")(len(FIRST))
    return _xor(FIRST, pad), _xor(SECOND, pad)


def intercepted() -> tuple[bytes, bytes, bytes]:
    """Another pad used twice: both ciphertexts, and the text of the first message, which the
    eavesdropper happens to know."""
    pad = seeded("another pad that was used twice")(len(_KNOWN))
    return _xor(_KNOWN, pad), _xor(_HIDDEN, pad), _KNOWN


@dataclass(frozen=True)
class Drag:
    """A guess laid over one message at `position`, and what stands there in the other if it is
    right. `ordinary` counts the bytes of `other` that are letters, digits, blanks or marks."""

    guess: bytes
    position: int
    other: bytes
    length: int

    @property
    def ordinary(self) -> int:
        return sum(byte in _ORDINARY for byte in self.other)


def drag(guess: str, position: int) -> Drag:
    """XOR the two ciphertexts, which removes the pad, and XOR the guess at `position`.

    What does not fit behind the position is cut off. A letter outside ASCII stands as "?".
    """
    one, two = sealed_twice()
    difference = _xor(one, two)
    typed = guess.encode("ascii", "replace")[:len(difference) - position]
    other = _xor(difference[position:position + len(typed)], typed)
    return Drag(typed, position, other, len(difference))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))

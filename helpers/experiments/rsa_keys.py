"""What happens with any choice of p, q and e: every message, encrypted and (if it can be) back."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, lcm

from helpers.toy.rsa import refusal


@dataclass(frozen=True)
class KeyTrial:
    """A choice of three numbers and what it does to every message from 0 to n - 1.

    `refused` says why it makes no key ("" when it does); the messages are encrypted all the same.
    `d` is what the recipe gives, None where it gives nothing; `back` are the messages decrypted
    with it. `lost` are the messages that do not come back.
    """

    p: int
    q: int
    e: int
    refused: str
    d: int | None
    ciphertexts: tuple[int, ...]
    back: tuple[int, ...]

    @property
    def n(self) -> int:
        return self.p * self.q

    @property
    def lost(self) -> tuple[int, ...]:
        """Messages that are not read again. Without d: those that share their ciphertext."""
        if self.d is not None:
            return tuple(one for one, again in enumerate(self.back) if one != again)
        return tuple(one for one, sealed in enumerate(self.ciphertexts)
                     if self.ciphertexts.count(sealed) > 1)

    @property
    def unchanged(self) -> tuple[int, ...]:
        """Messages that are their own ciphertext."""
        return tuple(one for one, sealed in enumerate(self.ciphertexts) if one == sealed)

    @property
    def crowd(self) -> tuple[int, ...]:
        """The most messages that share one ciphertext (the first such group)."""
        groups: dict[int, list[int]] = {}
        for one, sealed in enumerate(self.ciphertexts):
            groups.setdefault(sealed, []).append(one)
        return tuple(max(groups.values(), key=len))


def try_key(p: int, q: int, e: int) -> KeyTrial:
    """Apply the recipe to any p, q above 1 and any e, even where it cannot work."""
    n, circle = p * q, lcm(p - 1, q - 1)
    d = pow(e, -1, circle) if gcd(e, circle) == 1 else None
    sealed = tuple(pow(message, e, n) for message in range(n))
    back = tuple(pow(one, d, n) for one in sealed) if d is not None else ()
    return KeyTrial(p, q, e, refusal(p, q, e), d, sealed, back)

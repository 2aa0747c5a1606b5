"""X25519 by hand: the function of RFC 7748 section 5, without the check of its result.

For a share of small order it computes what `cryptography` refuses to hand out. Its time depends
on the numbers, so it keeps no secret.
"""

from __future__ import annotations

P = 2**255 - 19
_A24 = 121665
LENGTH = 32


def x25519_unchecked(private: bytes, share: bytes) -> bytes:
    """The 32 bytes both ends would share: private times share, by the Montgomery ladder.

    Bits of the private key are set and cleared as section 5 says ("clamping"); the top bit of
    the share is ignored. An all-zero result is returned like any other: checking it is the
    caller's task (section 6.1). ValueError unless both are 32 bytes.
    """
    if len(private) != LENGTH or len(share) != LENGTH:
        raise ValueError(f"a private key and a share have {LENGTH} bytes each, "
                         f"not {len(private)} and {len(share)}")
    times = int.from_bytes(private, "little") & ~7 & (1 << 254) - 1 | 1 << 254
    across = int.from_bytes(share, "little") & (1 << 255) - 1
    return _ladder(times, across % P).to_bytes(LENGTH, "little")


def _ladder(times: int, across: int) -> int:
    """The x-coordinate of `times` times the point with this x-coordinate, or 0."""
    x2, z2, x3, z3 = 1, 0, across, 1
    for bit in range(254, -1, -1):
        one = times >> bit & 1
        if one:
            x2, z2, x3, z3 = x3, z3, x2, z2
        x2, z2, x3, z3 = _step(across, x2, z2, x3, z3)
        if one:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return x2 * pow(z2, P - 2, P) % P


def _step(across: int, x2: int, z2: int, x3: int, z3: int) -> tuple[int, int, int, int]:
    """Doubles the first point and adds the two (RFC 7748 section 5, names as there)."""
    a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
    aa, bb = a * a % P, b * b % P
    da, cb = d * a % P, c * b % P
    e = aa - bb
    return (aa * bb % P, e * (aa + _A24 * e) % P,
            (da + cb) ** 2 % P, across * (da - cb) ** 2 % P)

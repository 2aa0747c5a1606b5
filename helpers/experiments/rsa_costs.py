"""What it would cost to encrypt a megabyte with RSA, beside AES and beside both together."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers import lab
from helpers.toy.rsa_padding import room

from .rsa_auction import OAEP, SIZE
from .timing import race

MEGABYTE = 1_000_000
BLOCKS = -(-MEGABYTE // room("OAEP", SIZE))
"""RSA operations for a megabyte with OAEP and SHA-256: 190 bytes fit into one."""


def seconds_for_a_megabyte() -> dict[str, float]:
    """Seconds for a million bytes, four ways, on this machine.

    One RSA block is timed and multiplied by BLOCKS: to wait for all of them would take too long.
    """
    private = lab.key("server_rsa")
    public, page, nonce = private.public_key(), bytes(MEGABYTE), bytes(12)
    aes, wrapped = AESGCM(lab.seeded("cost")(16)), public.encrypt(bytes(16), OAEP)
    one = race({
        "aes": lambda: aes.encrypt(nonce, page, None),
        "wrap": lambda: public.encrypt(bytes(190), OAEP),
        "unwrap": lambda: private.decrypt(wrapped, OAEP),
    })
    return {
        "AES-128-GCM": one["aes"],
        "hybrid, opened": one["unwrap"] + one["aes"],
        "RSA-2048, encrypted": one["wrap"] * BLOCKS,
        "RSA-2048, decrypted": one["unwrap"] * BLOCKS,
    }

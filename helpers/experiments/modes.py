"""One message, five ways of encrypting it, and one byte changed on the way.

ECB, CBC and CTR (NIST SP 800-38A) hide a text; AES-GCM (SP 800-38D) and ChaCha20-Poly1305
(RFC 8439) also add a tag of 16 bytes and refuse what does not fit it. Texts here fill whole blocks,
so that CBC needs no padding: real uses of CBC pad.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.lab import seeded

BLOCK, TAG = 16, 16  # bytes
PLAIN = ("ECB", "CBC", "CTR")
SEALING = {"AES-GCM": AESGCM, "ChaCha20-Poly1305": ChaCha20Poly1305}
MODES = (*PLAIN, *SEALING)


@dataclass(frozen=True)
class Delivery:
    """What was sent, what arrived, and what the receiver read: None if it was refused.

    `touched` are the places of `read` that differ from `text`.
    """

    mode: str
    text: bytes
    sent: bytes
    arrived: bytes
    read: bytes | None

    @property
    def refused(self) -> bool:
        return self.read is None

    @property
    def touched(self) -> tuple[int, ...]:
        if self.read is None:
            return ()
        return tuple(at for at, (one, other) in enumerate(zip(self.text, self.read, strict=True))
                     if one != other)


def encrypt(mode: str, key_name: str, text: bytes) -> bytes:
    """`text` under the key and the nonce or IV that `key_name` stands for; tag included, nonce not.

    Raises ValueError for an unknown mode, and for a text of ECB or CBC that is not whole blocks.
    """
    key, nonce = key_and_nonce(key_name)
    if mode in SEALING:
        return SEALING[mode](key).encrypt(nonce[:12], text, None)
    encryptor = _cipher(mode, key, nonce).encryptor()
    return encryptor.update(text) + encryptor.finalize()


def decrypt(mode: str, key_name: str, sealed: bytes) -> bytes:
    """The other way round. Raises InvalidTag where there is a tag and it does not fit."""
    key, nonce = key_and_nonce(key_name)
    if mode in SEALING:
        return SEALING[mode](key).decrypt(nonce[:12], sealed, None)
    decryptor = _cipher(mode, key, nonce).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()


def deliver(mode: str, key_name: str, text: bytes, position: int, mask: int) -> Delivery:
    """Encrypt `text`, XOR one byte of what is sent with `mask`, decrypt.

    Raises IndexError for a position behind the end, ValueError for a mask that is no byte.
    """
    sent = encrypt(mode, key_name, text)
    changed = bytearray(sent)
    changed[position] ^= mask
    arrived = bytes(changed)
    try:
        read = decrypt(mode, key_name, arrived)
    except InvalidTag:
        read = None
    return Delivery(mode, text, sent, arrived, read)


def attempt(action: Callable[..., Any], *args: Any) -> Any:
    """What `action(*args)` gives, or the words "refused: InvalidTag"."""
    try:
        return action(*args)
    except InvalidTag:
        return "refused: InvalidTag"


def key_and_nonce(name: str) -> tuple[bytes, bytes]:
    """A key of 32 bytes and 16 bytes for IV or nonce (the AEADs take 12 of them)."""
    random = seeded(f"modes: key {name}")
    return random(32), random(16)


def _cipher(mode: str, key: bytes, nonce: bytes) -> Cipher:
    if mode not in PLAIN:
        raise ValueError(f"no mode {mode!r}; there are: {', '.join(MODES)}")
    chosen = {"ECB": modes.ECB, "CBC": modes.CBC, "CTR": modes.CTR}[mode]
    return Cipher(algorithms.AES(key), chosen() if mode == "ECB" else chosen(nonce))

"""What the notebook gives the learner for opening the Finished."""

import hmac

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["AESGCM", "p_sha256"]


def p_sha256(secret, seed, length):
    block, output = seed, b""
    while len(output) < length:
        block = hmac.digest(secret, block, "sha256")
        output += hmac.digest(secret, block + seed, "sha256")
    return output[:length]

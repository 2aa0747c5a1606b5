"""From a pre-master secret to keys: the TLS 1.2 PRF and what it makes (RFC 5246 sections 5, 6.3,
8.1; RFC 7627 for the extended master secret). Every secret is a `Step` that can be shown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from helpers.tls.registry import SuiteParameters

MASTER_SECRET_LENGTH = 48
VERIFY_DATA_LENGTH = 12
HASHES = {"SHA256": hashes.SHA256(), "SHA384": hashes.SHA384()}


class Step(NamedTuple):
    """One secret and where it came from: `formula` in the RFC's notation, `inputs` by name."""

    name: str
    formula: str
    inputs: tuple[tuple[str, bytes], ...]
    output: bytes
    source: str


def hash_of(hash_name: str, data: bytes) -> bytes:
    """SHA-256 or SHA-384 of the data (`hash_name` "SHA256" or "SHA384")."""
    digest = hashes.Hash(HASHES[hash_name])
    digest.update(data)
    return digest.finalize()


def p_hash(secret: bytes, seed: bytes, length: int, hash_name: str = "SHA256") -> bytes:
    """HMAC chained until `length` bytes are there (RFC 5246 section 5)."""
    keyed = HMAC(secret, HASHES[hash_name])

    def hmac(data: bytes) -> bytes:
        mac = keyed.copy()  # the key is set up once
        mac.update(data)
        return mac.finalize()

    block, output = seed, b""
    while len(output) < length:
        block = hmac(block)  # A(1), A(2) ...
        output += hmac(block + seed)
    return output[:length]


def prf(secret: bytes, label: bytes, seed: bytes, length: int, hash_name: str = "SHA256") -> bytes:
    """The TLS 1.2 pseudorandom function: `length` bytes from a secret, a label and a seed."""
    return p_hash(secret, label + seed, length, hash_name)


def master_secret_step(suite: SuiteParameters, pre_master_secret: bytes, client_random: bytes,
                       server_random: bytes, session_hash: bytes | None) -> Step:
    """48 bytes. With `session_hash` (the transcript hash up to ClientKeyExchange) the extended
    form of RFC 7627 section 4, else RFC 5246 section 8.1."""
    secret = ("pre_master_secret", pre_master_secret)
    if session_hash is not None:
        output = prf(pre_master_secret, b"extended master secret", session_hash,
                     MASTER_SECRET_LENGTH, suite.hash_name)
        return Step("master_secret", 'PRF(pre_master_secret, "extended master secret", '
                    "session_hash)[0..47]", (secret, ("session_hash", session_hash)), output,
                    "RFC 7627 section 4")
    output = prf(pre_master_secret, b"master secret", client_random + server_random,
                 MASTER_SECRET_LENGTH, suite.hash_name)
    return Step("master_secret", 'PRF(pre_master_secret, "master secret", client_random + '
                "server_random)[0..47]", (secret, ("client_random", client_random),
                                          ("server_random", server_random)), output,
                "RFC 5246 section 8.1")


def key_block_steps(suite: SuiteParameters, master_secret: bytes, client_random: bytes,
                    server_random: bytes) -> list[Step]:
    """The key block, then the keys and IVs it is cut into (RFC 5246 section 6.3).

    Note the order of the randoms: server first, the other way round than for the master secret.
    """
    parts = _parts(suite.mac_length, suite.key_length, suite.fixed_iv_length)
    length = parts[-1][2]
    block = prf(master_secret, b"key expansion", server_random + client_random, length,
                suite.hash_name)
    steps = [Step("key_block", f'PRF(master_secret, "key expansion", server_random + '
                  f"client_random)[0..{length - 1}]",
                  (("master_secret", master_secret), ("server_random", server_random),
                   ("client_random", client_random)), block, "RFC 5246 section 6.3")]
    inputs = (("key_block", block),)
    return steps + [Step(name, formula, inputs, block[start:end], "RFC 5246 section 6.3")
                    for name, start, end, formula in parts]


@lru_cache(maxsize=8)
def _parts(mac_length: int, key_length: int, iv_length: int) -> list[tuple[str, int, int, str]]:
    """How the key block is cut: names, from where to where, and the same to be shown."""
    found, start = [], 0
    for what, size in (("MAC_key", mac_length), ("key", key_length), ("IV", iv_length)):
        for sender in ("client", "server") if size else ():
            found.append((f"{sender}_write_{what}", start, start + size,
                          f"key_block[{start}..{start + size - 1}]"))
            start += size
    return found


def verify_data(suite: SuiteParameters, master_secret: bytes, sender: str,
                transcript_hash: bytes) -> bytes:
    """The 12 bytes of Finished; `sender` is "client" or "server" (RFC 5246 section 7.4.9)."""
    label = f"{sender} finished".encode()
    return prf(master_secret, label, transcript_hash, VERIFY_DATA_LENGTH, suite.hash_name)

"""Lesson 08: which mistake made these bytes, where a piece of the TLS 1.2 key block is asked for.

The bytes are looked up in key blocks made with every usual mistake: a hash tells nothing about
how near it is, so this is the only way to name what went wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from hmac import digest

from helpers.tls.schedule12 import p_hash, prf

LABEL = b"key expansion"
_SIZE = 136
_ORDER = ("For the key block the server's random comes first. (For the master secret it was the "
          "client's: the RFC really swaps them.)")
_LABEL = ("The label is not right. It is part of the seed, letter by letter: two words, small "
          "letters, a blank between them and nothing else.")
_OTHER_LABELS = (b"key_expansion", b"key-expansion", b"keyexpansion", b"Key expansion",
                 b"Key Expansion", b"KEY EXPANSION", b"key expansion ", b" key expansion",
                 b"key expension", b"key extension", b"expansion", b"key", b"key block",
                 b"key_block", b"server write key", b"write key", b"key expansion\0",
                 b"key expansion:", b"key expantion", b"server_write_key")  # fmt: skip


def block(master: bytes, seed: bytes, label: bytes = LABEL, size: int = 80) -> bytes:
    """The key block (RFC 5246, section 6.3) for AES-128-GCM and SHA-256."""
    return prf(master, label, seed, size)


def block_trouble(given: bytes, master: bytes, client: bytes, server: bytes) -> str:
    """What is the matter with bytes that should be the server's write key; "" if unknown."""
    if given in master or master in given:
        return ("Those bytes are cut from the master secret. The keys are not inside it: p_sha256 "
                "makes the key block from it.")
    if len(given) < 4:
        return ("The key is 16 bytes. Cut it from the key block with a slice from where it "
                "starts to where it ends.")
    at = block(master, server + client, size=_SIZE).find(given)
    if at >= 0:
        return _place(at, len(given))
    if given == client + server or given in client + server or server + client in given:
        return "Those are the randoms themselves. They go into the seed of p_sha256."
    return next((said for said, wrong in _mistakes(master, client, server) if given in wrong),
                "Those bytes are in no key block made of this master secret. Everything that goes "
                "into p_sha256 counts: the master secret as its first argument, and a seed of the "
                "label, the server's random and the client's.")  # fmt: skip


def _place(at: int, size: int) -> str:
    """What was cut from the right key block."""
    if size != 16 and at in (0, 16):
        return f"The key block is right, but that is not the piece: a key has 16 bytes, not {size}."
    if at in (15, 17):
        return (f"The key block is right, but your slice starts one byte too "
                f"{'early' if at < 16 else 'late'}.")
    if at == 0:
        return "That is the client's write key, the first piece. The server's is the second."
    if at >= 32:
        return ("The key block is right, but you cut behind both keys, where the IVs are. "
                "The order: client key, server key, client IV, server IV.")
    return ("The key block is right, but your slice starts in the wrong place: the server's key "
            "begins where the client's 16 bytes end.")


def _mistakes(master: bytes, client: bytes, server: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, the bytes that this mistake makes) for every usual mistake with the PRF."""
    def made(seed: bytes, secret: bytes = master) -> bytes:
        return p_hash(secret, seed, _SIZE)

    right, other = server + client, client + server
    yield _ORDER, made(LABEL + other)
    yield ("The label is missing. The seed begins with it, and it says what the bytes are for.",
           made(right) + made(other))
    yield ("The label comes first in the seed, in front of both randoms.",
           made(right + LABEL) + made(other + LABEL)
           + made(server + LABEL + client) + made(client + LABEL + server))
    yield ("That is the label of the master secret. The label says what the bytes are for: keys "
           "have another one.",
           made(b"master secret" + right) + made(b"master secret" + other))
    yield ("Only one random is in your seed. Both belong there.",
           made(LABEL + server) + made(LABEL + client))
    yield "The randoms are missing: they follow the label in the seed.", made(LABEL)
    yield ("One random stands twice in your seed. It takes the server's and the client's.",
           made(LABEL + server + server) + made(LABEL + client + client))
    for label in _OTHER_LABELS:
        yield _LABEL, made(label + right) + made(label + other)
    yield ("The master secret is the first argument of p_sha256, the seed the second.",
           made(master, LABEL + right) + made(master, LABEL + other))
    yield ("That is HMAC used once. p_sha256 chains it: call p_sha256.",
           digest(master, LABEL + right, "sha256"))
    yield ("You put label and randoms into a master secret again. It is given: only the key "
           "block is to be made.",
           made(LABEL + right, prf(master, b"master secret", other, 48)))

"""Lesson 08: which argument of a failed AESGCM decryption is not the right one, and why.

Speaks of the first argument that is wrong, in the order in which they are made: key, nonce, data,
additional data. Never shows a right value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.tls.schedule12 import p_hash, prf

from .lesson08_block import LABEL, block
from .watching import Decryption

TAG_HINT = (
    "InvalidTag says that the key, the nonce, the data or the additional data is not the client's. "
    "Print their lengths first: 16, 12, 32, 13. Then look at the order of the randoms (client "
    "first for the master secret, server first for the key block) and whose key and IV you took.")

_MASTER = b"master secret"


def decryption_trouble(seen: Decryption, secret: bytes, client: bytes, server: bytes,
                       record: bytes) -> str:
    """The first argument of `seen` that is not the right one and the likely reason; "" if all are
    right."""
    keys = block(prf(secret, _MASTER, client + server, 48), server + client, size=40)
    key, nonce, data, more = (
        bytes(one) if isinstance(one, bytes | bytearray | memoryview) else one
        for one in (seen.key, seen.nonce, seen.data, seen.additional))
    if key != keys[:16]:
        return f"The key is not right. {_key(key, keys, secret, client, server)}"
    if not seen.complete:
        return ""
    if nonce != keys[32:36] + record[5:13]:
        return f"The key is right, the nonce is not. {_nonce(nonce, keys, record)}"
    if data != record[13:]:
        return f"Key and nonce are right, the data is not. {_data(data, record)}"
    if more != bytes(8) + record[:3] + (len(record) - 29).to_bytes(2, "big"):
        return ("Key, nonce and data are right, the additional data is not. "
                f"{_additional(more, record)}")
    return ""


def _key(key: Any, keys: bytes, secret: bytes, client: bytes, server: bytes) -> str:
    if type(key) is not bytes:
        return "It has to be bytes."
    if key == keys[16:32]:
        return "It is the server's write key. The client sent this record."
    if key and key in keys:
        return ("It is cut from the right key block, but in another place or length: the client's "
                "key is its first 16 bytes.")
    if key and key in secret + prf(secret, _MASTER, client + server, 48):
        return "It is cut from a secret itself. Keys come from the key block made of it."
    for said, wrong in _other_blocks(secret, client, server):
        if key and key in wrong:
            return said
    return ("It is in no key block that the usual mistakes make. Check both seeds: their labels, "
            "and the order of the randoms (client first for the master secret, server first for "
            "the key block).")


def _other_blocks(secret: bytes, client: bytes, server: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, the key block) for the usual mistakes on the way from the secret to the keys."""
    right, other = server + client, client + server
    master = prf(secret, _MASTER, other, 48)

    def made(one: bytes, seed: bytes) -> bytes:
        return p_hash(one, seed, 136)

    yield ("In the seed of the key block the randoms stand in the order that the master secret "
           "uses. There the server's comes first.", made(master, LABEL + other))
    swapped = prf(secret, _MASTER, right, 48)
    yield ("In the seed of the master secret the client's random comes first.",
           made(swapped, LABEL + right))
    yield ("The randoms stand in the wrong order in both seeds: the two orders are exchanged.",
           made(swapped, LABEL + other))
    yield ("You used the pre-master secret for the key block. First make the master secret from "
           "it.", made(secret, LABEL + right) + made(secret, LABEL + other))
    yield ("The label of the key block is missing, or is that of the master secret.",
           made(master, right) + made(master, _MASTER + right) + made(master, _MASTER + other)
           + made(master, other))
    for length in (16, 32, 40, 64):
        yield ("The master secret has to be 48 bytes long before it goes into the key block.",
               made(p_hash(secret, _MASTER + other, length), LABEL + right))
    for label in (b"", LABEL, b"master_secret", b"mastersecret", b"Master Secret",
                  b"extended master secret"):
        yield ("The label of the master secret is not right. It is what the bytes are called, "
               "with a blank between two words.",
               made(prf(secret, label, other, 48), LABEL + right)
               + made(prf(secret, label, right, 48), LABEL + right))
    for label in (b"key_expansion", b"keyexpansion", b"Key Expansion", b"key block"):
        yield ("The label of the key block is not right: two words, small letters, a blank "
               "between them.", made(master, label + right))


def _nonce(nonce: Any, keys: bytes, record: bytes) -> str:
    iv, explicit = keys[32:36], record[5:13]
    if type(nonce) is not bytes:
        return "It has to be bytes."
    if nonce == record[13:]:
        return "It is the ciphertext. The order of the arguments: nonce, data, additional data."
    if nonce.startswith(keys[36:40]):
        return "It begins with the server's IV. The client sent this record."
    if nonce and nonce in record:
        return ("You took all of it from the record. The first 4 bytes are the client's write IV, "
                "which is not in the record.")
    if nonce == explicit + iv:
        return "The right pieces in the wrong order: the secret part comes first."
    if nonce in ((iv + explicit)[::-1], iv + explicit[::-1], iv[::-1] + explicit):
        return "The right bytes, but turned round: no byte changes its place."
    if nonce == iv + bytes(8):
        return "You took the sequence number; the 8 bytes that travel with the record are meant."
    if nonce.startswith(iv):
        return ("It begins with the right IV. The explicit part is the 8 bytes straight behind "
                "the record's 5-byte header.")
    if nonce.endswith(explicit):
        return ("Its explicit part is right. The 4 bytes in front are the client's write IV: "
                "where in the key block is it, behind both keys?")
    return (f"It has {len(nonce)} bytes; it should be 12: the client's write IV (4), then the "
            "explicit part that follows the record's header (8).")


def _data(data: Any, record: bytes) -> str:
    if type(data) is not bytes:
        return "It has to be bytes."
    if data == record:
        return "It is the whole record. Header and explicit nonce do not belong to the ciphertext."
    if data == record[5:]:
        return "The explicit nonce (8 bytes) is still in front of the ciphertext."
    if data == record[13:-16]:
        return "The tag is cut off. AESGCM wants it: the last 16 bytes of the record."
    start = record.find(data) if data else -1
    if start >= 0 and start + len(data) == len(record):
        return (f"It starts too {'early' if start < 13 else 'late'}: in front of the ciphertext "
                "are the 5-byte header and the 8 bytes of explicit nonce, and nothing else.")
    if start == 13:
        return "It starts right and stops too early: ciphertext and tag go to the record's end."
    return "It has to be everything in the record behind header and explicit nonce, unchanged."


def _additional(more: Any, record: bytes) -> str:
    if not more or type(more) is not bytes:
        return "It is missing. In TLS 1.2 it is 13 bytes, described in the task."
    head, length = more[:11], int.from_bytes(more[11:], "big")
    if more in (record[:5], record[:3]):
        return ("It is the record's header alone. The sequence number comes first, and the length "
                "is that of the plaintext.")
    if len(more) != 13:
        return (f"It has {len(more)} bytes and should have 13: sequence number (8), type and "
                "version (3), length of the plaintext (2).")
    if head == bytes(8) + record[:3]:
        return _length(more[11:], length, record)
    if more[8:11] == record[:3]:
        return ("The sequence number is not right. It counts encrypted records from 0, and this "
                "is the first one.")
    return ("Behind the 8 bytes of sequence number come the record's first 3 bytes: type and "
            "version, as they stand there.")


def _length(last: bytes, length: int, record: bytes) -> str:
    sealed = len(record) - 13
    if last[::-1] == (sealed - 16).to_bytes(2, "big"):
        return "The length is little-endian: TLS writes the most significant byte first."
    if length == sealed:
        return "The length counts the tag, too. It is that of the plaintext."
    if length in (sealed + 8, len(record)):
        return ("The length is that of the record. It is that of the plaintext: without explicit "
                "nonce and tag.")
    return "Its last 2 bytes, the length, are not right: they give the length of the plaintext."

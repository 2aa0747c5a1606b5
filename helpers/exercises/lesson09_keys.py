"""Lesson 09: which argument of a failed decryption is not the right one, and which mistake on the
way from the shared secret made it. Never shows a right value.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.experiments.by_hand import VISITS, by_hand, server_share_of
from helpers.tls import derive_secret, hkdf_expand_label, hkdf_extract, nonce_of

from .watching import Decryption

TAG_HINT = (
    "InvalidTag: key, nonce, data or additional data is not the server's. Print the lengths first: "
    "key 16, nonce 12, additional data 5. Then go through the schedule step by step.")

_ZEROS = bytes(32)
_LABEL = "s hs traffic"


def _shared(private: bytes, answer: bytes) -> bytes:
    peer = X25519PublicKey.from_public_bytes(server_share_of(answer))
    return X25519PrivateKey.from_private_bytes(private).exchange(peer)


def _salt(early: bytes | None = None, messages: bytes = b"", label: str = "derived") -> bytes:
    return derive_secret(hkdf_extract(_ZEROS, _ZEROS) if early is None else early, label, messages)


def _secret(shared: bytes, hellos: bytes, salt: bytes | None = None, label: str = _LABEL) -> bytes:
    return derive_secret(hkdf_extract(_salt() if salt is None else salt, shared), label, hellos)


@cache
def traffic_key(private: bytes) -> bytes:
    """The right key, by its private share: to recognise it where it was returned."""
    visit = next(by_hand(name) for name in VISITS if by_hand(name).private_share == private)
    hello, answer = visit.hellos
    return _key(_secret(_shared(private, answer), hello + answer))


def _key(secret: bytes, label: str = "key", context: bytes = b"", length: int = 16) -> bytes:
    return hkdf_expand_label(secret, label, context, length)


def flight_trouble(seen: Decryption, private: bytes, hello: bytes, answer: bytes,
                   records: list[bytes]) -> str:
    """The first argument of `seen` that is not right and the likely reason; "" if all are right."""
    secret = _secret(_shared(private, answer), hello + answer)
    key, nonce, data, more = (bytes(one) if isinstance(one, bytes | bytearray | memoryview) else one
                              for one in (seen.key, seen.nonce, seen.data, seen.additional))
    if key != _key(secret):
        return f"The key is not right. {_key_trouble(key, private, hello, answer)}"
    if not seen.complete:
        return ""
    iv = hkdf_expand_label(secret, "iv", b"", 12)
    numbers = [number for number, record in enumerate(records) if record[5:] == data]
    if not numbers:
        return f"The key is right, the data is not. {_data(data, records)}"
    if nonce != nonce_of(iv, numbers[0]):
        return f"The key is right, the nonce is not. {_nonce(nonce, iv, secret, numbers[0])}"
    if more != records[numbers[0]][:5]:
        return ("Key, nonce and data are right, the additional data is not: it is the record's "
                "header as it crossed, record[:5].")
    return ""


def _key_trouble(key: Any, private: bytes, hello: bytes, answer: bytes) -> str:
    if type(key) is not bytes:
        return "It has to be bytes."
    for said, secret in _secrets(private, hello, answer):
        made = (_key(secret), _key(secret, length=32), _key(secret, length=12))
        if key == made[0]:
            return said
        if key in made[1:] and not said.startswith("You"):
            return "Its length is not right either: AES-128 takes 16 bytes."
    right = _secret(_shared(private, answer), hello + answer)
    if key in (right, right[:16]):
        return "That is the traffic secret. The key is expanded from it, with the label “key”."
    if len(key) == 32 and key == _key(right, length=32):
        return "AES-128 takes 16 bytes: that length goes into the expansion, too."
    for label in ("iv", "finished", "write key", "server write key", "s key", "Key", "tls13 key"):
        if key == _key(right, label):
            return "The label of a key is “key” (hkdf_expand_label puts “tls13 ” in front)."
    if key == _key(right, context=sha256(hello + answer).digest()):
        return ("The context of the label “key” is empty. The transcript is in the secret "
                "already.")
    return ("It comes from none of the usual mistakes. Check each step: early secret (zeros, "
            "zeros), “derived” over no messages, Extract with the shared secret, “s hs traffic” "
            "over both hellos, “key”.")


def _secrets(private: bytes, hello: bytes, answer: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, the traffic secret) for the usual mistakes on the way."""
    shared, both = _shared(private, answer), hello + answer
    early = hkdf_extract(_ZEROS, _ZEROS)
    yield ("You derived the client's secret. This flight is the server's: “s hs traffic”.",
           _secret(shared, both, label="c hs traffic"))
    yield ("That is an application secret's label. The flight belongs to the handshake: “s hs "
           "traffic”.", _secret(shared, both, label="s ap traffic"))
    for label in ("server hs traffic", "s hs", "hs traffic", "s_hs_traffic", "s handshake traffic",
                  "tls13 s hs traffic", "shs traffic"):
        yield "The label is “s hs traffic”, letter by letter.", _secret(shared, both, label=label)
    yield "The ServerHello is missing from the transcript.", _secret(shared, hello)
    yield "The ClientHello is missing from the transcript.", _secret(shared, answer)
    yield "The ClientHello comes first in the transcript.", _secret(shared, answer + hello)
    yield ("derive_secret hashes the messages itself: hand it the messages, not their hash.",
           _secret(shared, sha256(both).digest()))
    yield "The transcript is empty. Both hellos belong into it.", _secret(shared, b"")
    yield ("The messages' 4-byte headers count in the transcript.",
           _secret(shared, hello[4:] + answer[4:]))
    yield ("You left out the step “derived”: the salt of the second Extract is made from the early "
           "secret, it is not the early secret itself.", _secret(shared, both, early))
    yield ("The salt of the second Extract is not zeros: it is derived from the early secret.",
           _secret(shared, both, _ZEROS))
    yield ("You extract once only. First the early secret from zeros, then “derived”, then the "
           "handshake secret.", derive_secret(shared, _LABEL, both))
    yield ("“derived” is over no messages at all: b\"\". The hellos come in one step later.",
           _secret(shared, both, _salt(messages=both)))
    yield ("The early secret is Extract of zeros with zeros, 32 bytes each, where there is no PSK.",
           _secret(shared, both, _salt(hkdf_extract(_ZEROS, b""))))
    yield ("The shared secret goes into the second Extract, not into the first one.",
           _secret(_ZEROS, both, _salt(hkdf_extract(_ZEROS, shared))))
    swapped = hkdf_extract(shared, _salt())
    yield ("hkdf_extract takes the salt first, then the shared secret: you exchanged them.",
           derive_secret(swapped, _LABEL, both))
    for label in ("derive", "Derived", "tls13 derived", ""):
        yield "The label between both Extracts is “derived”.", _secret(
            shared, both, _salt(label=label))
    server = server_share_of(answer)
    for what, wrong in (("your private share", private), ("the server's public share", server)):
        yield (f"{what[0].upper()}{what[1:]} itself went in. The shared secret comes from both: "
               "private.exchange(public).", _secret(wrong, both))


def _nonce(nonce: Any, iv: bytes, secret: bytes, number: int) -> str:
    if type(nonce) is not bytes:
        return "It has to be bytes."
    if nonce == iv:
        return ("It is the IV, right for record 0 only. Each record has a number, counted from 0, "
                "which is XORed in.")
    if nonce in (nonce_of(iv, number + 1), nonce_of(iv, 1)):
        return "The records are counted from 0: the first one has the number 0."
    if nonce in [nonce_of(iv, other) for other in range(40)]:
        return "The number in it is not this record's. Count the records of this flight from 0."
    if nonce == hkdf_expand_label(secret, "key", b"", 12):
        return "It is made with the label “key”. The IV has a label of its own: “iv”."
    if len(nonce) != 12:
        return f"It has {len(nonce)} bytes; an IV has 12."
    if nonce.startswith(iv[:4]):
        return ("The number is put in in another way than by XOR with the last 8 bytes: "
                "nonce_of(iv, number) does it.")
    return "The IV comes from the same secret as the key: label “iv”, empty context, 12 bytes."


def _data(data: Any, records: list[bytes]) -> str:
    if type(data) is not bytes:
        return "It has to be bytes, one record at a time."
    if data in records:
        return "It is the whole record. The 5-byte header goes into the additional data instead."
    if data == b"".join(records) or data == b"".join(record[5:] for record in records):
        return "Those are all records at once. Each was sealed by itself: open them one by one."
    if any(data == record[5:-16] for record in records):
        return "The tag is cut off. AESGCM wants it: the last 16 bytes of the record."
    if any(data == record[13:] for record in records):
        return "TLS 1.3 sends no nonce along: the ciphertext begins straight behind the header."
    return "It is everything in the record behind the 5-byte header: record[5:]."

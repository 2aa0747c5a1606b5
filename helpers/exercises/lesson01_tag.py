"""Lesson 01: what is wrong with a nonce, or with the arguments of a failed AESGCM decryption.

Speaks of the first argument that is wrong and never shows a right value.
"""

from __future__ import annotations

from typing import Any

from helpers.sources import load
from helpers.tls import nonce_of

from .watching import Decryption


def lesson_iv() -> bytes:
    """The IV that the lesson's own cells use."""
    return load("tls13_ecdsa").secret("client_application_write_iv_0")


def nonce_trouble(nonce: bytes, iv: bytes, number: int) -> str:
    """Why `nonce` is not the one of this record; "" if no usual mistake fits."""
    right = nonce_of(iv, number)
    if nonce in (outer := lesson_iv(), nonce_of(outer, number)):
        return "You used client_iv, the IV of the cells above. Use `iv`, which is handed in."
    letters = str(number).zfill(12).encode()
    if nonce in (letters, bytes(a ^ b for a, b in zip(iv, letters[-12:], strict=True))):
        return "That writes the number in letters, one for each digit. .to_bytes writes the number."
    if nonce == right[::-1]:
        return "The right bytes, but turned round: nothing has to be reversed."
    if nonce == iv[::-1]:
        return "That is the IV turned round. XOR it, as it is, with the number in 12 bytes."
    if len(nonce) != 12:
        return (f"It has {len(nonce)} bytes. A nonce has 12, as many as the IV: write the number "
                "in 12 bytes, too.")
    if nonce == bytes(a | b for a, b in zip(iv, number.to_bytes(12, "big"), strict=True)):
        return "That is OR (|). XOR (^) can also turn a 1 into a 0."
    if nonce == iv[:-1] + bytes([iv[-1] ^ number % 256]):
        return "Only the last byte of the number went in. All of its bytes count."
    if nonce == iv:
        return "That is the IV alone. The record's number has to be XORed into it."
    if nonce in (number.to_bytes(12, "big"), number.to_bytes(12, "little")):
        return "That is the number alone. XOR it with the IV."
    if nonce == bytes(12):
        return "Twelve zeros: the IV has to go in, and the number."
    if nonce == bytes(a ^ b for a, b in zip(iv, number.to_bytes(12, "little"), strict=True)):
        return "The number is turned round. TLS writes the most significant byte first."
    if nonce == nonce_of(iv, number + 1) or (number and nonce == nonce_of(iv, number - 1)):
        return "That is the nonce of the record beside this one: take the number as it is given."
    if nonce[:4] == iv[:4] and nonce[4:] == number.to_bytes(8, "big"):
        return "You joined IV and number. In TLS 1.3 they are XORed, over all 12 bytes."
    return ""


def decryption_trouble(seen: Decryption, key: bytes, iv: bytes, number: int,
                       record: bytes) -> str:
    """The first argument of `seen` that is not the right one, and the likely reason; "" if all
    are right."""
    used, nonce, data, more = (
        bytes(one) if isinstance(one, bytes | bytearray | memoryview) else one
        for one in (seen.key, seen.nonce, seen.data, seen.additional))
    if used != key:
        return "The key is not the one that was handed in: AESGCM(key)."
    if not seen.complete:
        return ""
    if nonce is None:
        return ("The nonce is None: the function that you call for it returns nothing. Is "
                "record_nonce solved, and its cell run?")
    swapped = (data, more) == (record[:5], record[5:])
    if swapped or nonce in (record[5:], record) or data == nonce_of(iv, number):
        return "The order of the arguments is: nonce, data, additional data."
    if nonce != nonce_of(iv, number):
        said = nonce_trouble(nonce, iv, number) if type(nonce) is bytes else ""
        return f"The nonce is not right. {said or 'It is the IV XOR the number in 12 bytes.'}"
    if data != record[5:]:
        return f"The nonce is right, the data is not. {_data(data, record)}"
    if more != record[:5]:
        return f"Nonce and data are right, the additional data is not. {_additional(more, record)}"
    return ""


def _data(data: Any, record: bytes) -> str:
    if type(data) is not bytes:
        return "It has to be bytes."
    if data == record:
        return "It is the whole record. The first 5 bytes are the header, which is not encrypted."
    if data in (record[5:-16], record[:-16]):
        return "The tag is cut off. AESGCM wants it: it is the last 16 bytes of the record."
    if data == record[13:]:
        return ("You left out 8 bytes behind the header, where TLS 1.2 has a part of the nonce. In "
                "TLS 1.3 the ciphertext begins straight behind the header.")
    if data and record.endswith(data):
        return "It begins in the wrong place: the ciphertext starts straight behind the header."
    if data and data in record:
        return "It ends too early: ciphertext and tag go on to the end of the record."
    return "It is everything behind the 5-byte header, unchanged."


def _additional(more: Any, record: bytes) -> str:
    if not more:
        return "It is missing: it is the record's header."
    if type(more) is not bytes:
        return "It has to be bytes."
    if more == record[:3]:
        return "It is type and version only. The length belongs to the header, too."
    if len(more) == 13:
        return ("13 bytes with the sequence number, as in TLS 1.2. In TLS 1.3 it is the record's "
                "header as it stands, and nothing else.")
    if more == record:
        return "It is the whole record. Only the header, its first 5 bytes, is meant."
    if len(more) == 5:
        return ("It has the right length. Take the header exactly as it was sent, its length "
                "included.")
    return f"It has {len(more)} bytes. It is the record's header: 5 bytes, exactly as sent."

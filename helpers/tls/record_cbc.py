"""Records as TLS 1.2 sealed them with AES-CBC and HMAC-SHA1 (RFC 5246 section 6.2.3.2): first the
MAC, then padding, then encryption. History, and here to be attacked: never offered by default.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hmac import compare_digest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

from helpers.tls.errors import TLSError
from helpers.tls.groups import RandomBytes
from helpers.tls.record import HEADER, Protection, Record, Sealing
from helpers.tls.registry import TLS12, AlertDescription, SuiteParameters

BLOCK = 16  # bytes of an AES block, and of the IV in front of each record
MAC_LENGTH = 20  # of HMAC-SHA1


class ProtectionCBC(Sealing):
    """One direction's keys, like `record.Protection`. `random` draws the IV of each record.

    Padding and MAC are refused with one alert and one sentence, but not in one time: whoever can
    measure closely enough can still tell them apart (Lucky Thirteen)."""

    def __init__(self, key: bytes, mac_key: bytes, random: RandomBytes = os.urandom):
        self._key, self._random = key, random
        self._mac = HMAC(mac_key, hashes.SHA1())

    def protect(self, kind: int, plaintext: bytes) -> Record:
        """IV, then the encrypted plaintext, MAC and padding: at least one byte, all of them saying
        how many more there are."""
        text = plaintext + self._tag(kind, TLS12, plaintext)
        more = BLOCK - 1 - len(text) % BLOCK
        iv = self._random(BLOCK)
        sealer = Cipher(algorithms.AES(self._key), modes.CBC(iv)).encryptor()
        sealed = sealer.update(text + bytes((more,)) * (more + 1)) + sealer.finalize()
        self.sequence_number += 1
        return Record(kind, TLS12, iv + sealed)

    def unprotect(self, record: Record) -> bytes:
        """The plaintext. Raises TLSError (bad_record_mac) for wrong lengths, padding or MAC: a
        server that says which of them it was can be made to decrypt (POODLE's kind of attack)."""
        fragment = record.fragment
        wrong = TLSError(AlertDescription.bad_record_mac,
                         f"record {self.sequence_number} has no right padding and MAC")
        if len(fragment) % BLOCK or len(fragment) < 2 * BLOCK + MAC_LENGTH // BLOCK * BLOCK:
            raise wrong
        opener = Cipher(algorithms.AES(self._key), modes.CBC(fragment[:BLOCK])).decryptor()
        text = opener.update(fragment[BLOCK:]) + opener.finalize()
        more = text[-1]
        padded = len(text) >= more + 1 + MAC_LENGTH and \
            text[-more - 1:] == bytes((more,)) * (more + 1)
        end = len(text) - MAC_LENGTH - (more + 1 if padded else 0)
        plaintext, tag = text[:end], text[end:end + MAC_LENGTH]
        fits = compare_digest(self._tag(record.type, record.version, plaintext), tag)
        if not (fits and padded):
            raise wrong
        self.sequence_number += 1
        return plaintext

    def _tag(self, kind: int, version: int, plaintext: bytes) -> bytes:
        """What the MAC covers: number, type, version, length, plaintext (section 6.2.3.1)."""
        mac = self._mac.copy()
        mac.update(self.sequence_number.to_bytes(8, "big")
                   + HEADER.pack(kind, version, len(plaintext)) + plaintext)
        return mac.finalize()


def protection12(suite: SuiteParameters, sender: str, secret: Callable[[str], bytes],
                 random: RandomBytes = os.urandom) -> Protection | ProtectionCBC:
    """The key of one end's records in TLS 1.2; `secret(name)` gives what the key block was cut
    into."""
    key = secret(f"{sender}_write_key")
    if suite.mac_length:
        return ProtectionCBC(key, secret(f"{sender}_write_MAC_key"), random)
    return Protection(suite, key, secret(f"{sender}_write_IV"))

"""Lesson 02: HKDF-Expand by hand, with the vectors of RFC 5869."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from .forms import BytesForm
from .lesson02_info import hash_object
from .lesson02_vectors import RFC5869
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

Join = Callable[[bytes, bytes, int], bytes]
"""What goes into one HMAC, from the block before, info and the count."""


def expanded(secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand as `cryptography` does it."""
    return HKDFExpand(SHA256(), length, info).derive(secret)


def _cases() -> list[Case]:
    """RFC 5869, and lengths that are whole numbers of blocks."""
    published = [Case(one.output, (one.key, one.info, len(one.output)),
                      f"RFC 5869, test case {one.case}") for one in RFC5869]
    secret, info = RFC5869[0].key, b"whole blocks"
    return published + [Case(expanded(secret, info, length), (secret, info, length),
                             f"exactly {length} bytes") for length in (32, 64)]


def _right(block: bytes, info: bytes, number: int) -> bytes:
    return block + info + bytes([number])


def _chain(secret: bytes, info: bytes, length: int, join: Join = _right, *, first: int = 1,
           exchanged: bool = False, start: bytes = b"") -> bytes:
    """HKDF-Expand, with one thing or another done differently."""
    block, output, number = start, b"", first
    while len(output) < length:
        pair = secret, join(block, info, number)
        block = hmac.digest(*(pair[::-1] if exchanged else pair), "sha256")
        output += block
        number += 1
    return output[:length]


def _prf(secret: bytes, seed: bytes, length: int) -> bytes:
    block, output = seed, b""
    while len(output) < length:
        block = hmac.digest(secret, block, "sha256")
        output += hmac.digest(secret, block + seed, "sha256")
    return output[:length]


_JOINS: tuple[tuple[str, Join], ...] = (
    ("Info goes into every block, not only into the first.",
     lambda block, info, number: (block or info) + bytes([number])),
    ("The count is one byte; you used more of them. bytes([number]) makes one.",
     lambda block, info, number: block + info + number.to_bytes(2, "big")),
    ("The count is one byte; you used more of them: bytes([number]) makes one.",
     lambda block, info, number: block + info + number.to_bytes(4, "big")),
    ("The count is a byte, not a digit: bytes([number]), not str(number).",
     lambda block, info, number: block + info + str(number).encode()),
    ("bytes(number) gives so many zeros. bytes([number]) is one byte with that value.",
     lambda block, info, number: block + info + bytes(number)),
    ("The order is: block before, info, count.",
     lambda block, info, number: info + block + bytes([number])),
    ("The order is: block before, info, count; the count comes last.",
     lambda block, info, number: block + bytes([number]) + info),
    ("The count stays 1 in your loop. It goes up by one for every block.",
     lambda block, info, number: block + info + b"\1"),
)


def _mistakes(secret: bytes, info: bytes, length: int) -> Iterator[tuple[str, bytes]]:
    yield ("Too many bytes: cut the output to the length that was asked for.",
           expanded(secret, info, -(-length // 32) * 32))
    yield "Too many bytes, by one whole block.", expanded(secret, info, length + 32)
    yield ("Each turn of your loop throws away what the one before made: output += block.",
           expanded(secret, info, -(-length // 32) * 32)[-32:])
    for said, join in _JOINS:
        yield said, _chain(secret, info, length, join)
    yield ("The key of the HMAC is the secret, and info goes with the rest: you exchanged them.",
           _chain(info, secret, length))
    yield ("Nothing stands before the first block: begin with block = b\"\", not with zeros.",
           _chain(secret, info, length, start=bytes(32)))
    size = length.to_bytes(2, "big")
    for first in (size + info, info + size):
        yield ("The length is not hashed here: block before, info, count, and nothing else.",
               _chain(secret, first, length))
    yield ("The key of the HMAC is the secret; what it is given is block, info and count.",
           _chain(secret, info, length, exchanged=True))


def expand_trouble(attempt: Attempt) -> str:
    """Which mistake made these bytes."""
    given, (secret, info, length) = attempt.given, attempt.case.args
    if attempt.error == "ValueError" and "range(0, 256)" in attempt.said:
        return ("The count went past 255: your loop does not end. Does the output grow in each "
                "turn (output += block), and does the loop stop when there is enough?")
    if said := hash_object(attempt):
        return said
    if attempt.error == "TooLong":
        return ("Your loop does not end. Does the output grow in each turn (output += block), and "
                "does the loop stop when there is enough?")
    if not given:
        return ""
    said = next((said for said, wrong in _mistakes(secret, info, length) if wrong == given), "")
    if said or given in (secret, info):
        return said or "That is one of the inputs, as it came in. Every block is an HMAC."
    if given[:32] == sha256(secret + info + b"\1").digest()[:length]:
        return ("Each block is an HMAC with the secret as key, not a SHA-256 of the secret and the "
                "rest.")
    same = expanded(secret, info, max(len(given), length))
    if same.startswith(given) or given.startswith(same[:length]):
        return f"The bytes are right, but {length} are asked for, and you gave {len(given)}."
    if given in expanded(secret, info, -(-length // 32) * 32)[1:]:
        return "That is a piece from further on. The output begins with the first block."
    if given[:32] == same[:32]:
        return ("The first block is right, the second is not. What goes into it? The block before, "
                "info, and the count, which is 2 now.")
    return ""


EXPAND = Exercise(
    "02-expand", "HKDF-Expand by hand", "medium", 6,
    FunctionForm(BytesForm(mixed=True), ("secret", "info", "length")), _cases,
    [
        Wrong("counted from 0", lambda secret, info, length: _chain(secret, info, length, first=0),
              "The count begins with 1, not with 0."),
        Wrong("no count", lambda secret, info, length: _chain(
            secret, info, length, lambda block, info, number: block + info),
              "The count is missing: one byte at the end of what each HMAC is given."),
        Wrong("not chained", lambda secret, info, length: _chain(
            secret, info, length, lambda block, info, number: info + bytes([number])),
              "The block before is missing: each block but the first begins with it."),
        Wrong("count in front", lambda secret, info, length: _chain(
            secret, info, length, lambda block, info, number: bytes([number]) + block + info),
              "The count is the last byte of what goes into the HMAC, not the first."),
        Wrong("the TLS 1.2 PRF", _prf,
              "That is the chain of TLS 1.2's PRF. HKDF puts the *output block* back in, and a "
              "count behind it."),
        Wrong("nothing made", lambda secret, info, length: bytes(length),
              "Zeros: the loop that makes the blocks did not run, or its result was dropped."),
    ],
    "One secret, as many bytes as needed, and another info gives bytes that say nothing about "
    "the first. (Did you call HKDFExpand? It is right, of course. By hand you see the chain.)",
    "Make the first block with hmac.digest, then put a loop around it.", expand_trouble)

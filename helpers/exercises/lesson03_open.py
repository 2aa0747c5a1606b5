"""Lesson 03: the pre-master secret of a real recording, opened with nothing but pow."""

from __future__ import annotations

from helpers import lab
from helpers.sources import load
from helpers.toy.rsa_padding import pkcs1

from .forms import BytesForm
from .lesson03_power import PowerForm
from .model import Attempt, Case, Exercise, Wrong

_RECORDINGS = ("tls12_rsa", "tls12_rsa_second")
_SIZE, _HEADERS = 256, 6  # 4 of the handshake message, 2 with the length of the ciphertext
_IMPLICIT = ("The block is not right: it does not begin with 00 02. Then what went into pow was "
             "not the ciphertext: it begins behind 4 bytes of header and 2 bytes of length, and "
             "it is a big-endian number.")


def _numbers() -> tuple[int, int]:
    numbers = lab.key("server_rsa").private_numbers()
    return numbers.public_numbers.n, numbers.d


def _client_key_exchange(secret: bytes) -> bytes:
    """A message as a client would send it, with seeded padding (RFC 5246 section 7.4.7.1)."""
    block = pkcs1(secret, _SIZE, lab.seeded("client key exchange"))
    sealed = pow(int.from_bytes(block.content, "big"), 65537, _numbers()[0])
    return b"\x10\0\1\2\1\0" + sealed.to_bytes(_SIZE, "big")


def _cases() -> list[Case]:
    made = lab.seeded("a secret with zeros")(46)
    zeros = b"\3\3" + made[:20] + b"\0\0" + made[22:]
    opened = [(load(name).find("client_key_exchange").data, load(name).secret("pre_master_secret"),
               load(name).title) for name in _RECORDINGS]
    opened.append((_client_key_exchange(zeros), zeros, "a secret with zeros in it"))
    return [Case(secret, (message, *_numbers()), label) for message, secret, label in opened]


def _block(message: bytes, n: int, d: int, *, start: int = _HEADERS, order: str = "big") -> bytes:
    return pow(int.from_bytes(message[start:], order), d, n).to_bytes(_SIZE, "big")


def _last(block: bytes) -> bytes:
    """What is taken for the secret of a garbled block: the last 48 bytes, or what follows 00."""
    return block[-48:]


def _trouble(attempt: Attempt) -> str:
    message, n, d = attempt.case.args
    if "never end" in attempt.said:
        return "Give pow its third argument, n."
    if attempt.error == "OverflowError":
        return ("The block has 256 bytes, as many as n. to_bytes(256, 'big') fits, fewer do not.")
    if attempt.error in ("ValueError", "IndexError", "StopIteration"):
        return f"If a 00 was not found, print the block first. {_IMPLICIT}"
    if attempt.given is None:
        return ""
    for start in (0, 4, 7):
        if attempt.given in _garbled(_block(message, n, d, start=start)):
            return (f"You began at byte {start} of the message. In front of the ciphertext stand "
                    "4 bytes of header and 2 bytes with its length: 6 in all.")
    if attempt.given in _garbled(_block(message, n, d, order="little")):
        return "The number is read big-endian: the most significant byte comes first."
    right = _block(message, n, d)
    if attempt.given in right and len(attempt.given) > 48:
        return ("That is more than the secret. In the block, 00 02 and filler without a 00 stand "
                "in front; the first 00 behind the filler ends it.")
    near = attempt.given in right or attempt.given[::-1] in right or right in attempt.given
    return "" if near else _IMPLICIT


def _garbled(block: bytes) -> list[bytes]:
    """All that a learner may take for the secret in a block."""
    parts = [block, block[2:], block[-48:]]
    end = block.find(b"\0", 2)
    return [*parts, block[end + 1:], block[end:]] if end >= 0 else parts


OPEN = Exercise(
    "03-open", "Open the pre-master secret", "hard", 12,
    PowerForm(BytesForm(48), ("message", "n", "d")), _cases,
    [
        Wrong("still encrypted", lambda message, n, d: message[_HEADERS:], "That is the "
              "ciphertext. Turn it into a number, take it to the power d modulo n, and turn the "
              "result back into 256 bytes."),
        Wrong("the whole block", _block, "That is the block "
              "with its padding. Take away 00 02, the filler and the 00 behind it."),
        Wrong("filler left in", lambda message, n, d: _block(message, n, d)[2:], "You took away "
              "00 02. The filler is still there: it goes up to the first 00."),
        Wrong("00 left in", lambda message, n, d: _block(message, n, d)[-49:], "One byte too many "
              "in front: the 00 that ends the filler is no part of the secret."),
        Wrong("without the version", lambda message, n, d: _block(message, n, d)[-46:], "You cut "
              "off the first two bytes. The offered version belongs to the secret."),
        Wrong("encrypted again", lambda message, n, d: pow(int.from_bytes(
            message[_HEADERS:], "big"), 65537, n).to_bytes(_SIZE, "big"), "That was taken to the "
              "power e = 65537. The private exponent is the argument d."),
        Wrong("split at the last 00", lambda message, n, d: _block(message, n, d).rsplit(
            b"\0", 1)[1] if b"\0\0" in _block(message, n, d)[-48:] else _block(message, n, d)[-48:],
              "The filler ends at its first 00. Behind it, in the secret, there may be more."),
        Wrong("from byte 4", lambda message, n, d: _last(_block(message, n, d, start=4)),
              "The two bytes with the length of the ciphertext are no part of it: it begins at "
              "byte 6."),
        Wrong("little-endian", lambda message, n, d: _last(_block(message, n, d, order="little")),
              "int.from_bytes(..., \"big\"): in RSA the first byte is the most significant one."),
    ],
    "This is what the server did in every RSA key exchange, and what a thief with its key can "
    "still do with old recordings. RFC 10015 forbids the exchange.",
    "Three steps: bytes to a number, pow, a number to 256 bytes. Then look for the end of the "
    "filler.", _trouble)  # fmt: skip

"""Lesson 03: the pre-master secret of a real recording, opened with nothing but pow."""

from __future__ import annotations

from functools import lru_cache

from helpers import lab
from helpers.sources import load
from helpers.toy.rsa_padding import pkcs1

from .forms import BytesForm
from .lesson03_power import PowerForm
from .model import Attempt, Case, Exercise, Wrong

_RECORDINGS = ("tls12_rsa", "tls12_rsa_second")
_SIZE, _E = 256, 65537
_HEADERS = 6  # 4 of the handshake message, 2 with the length of the ciphertext
_IMPLICIT = ("Print the whole block: it has to begin with 00 02. If it does not, look at what goes "
             "into pow: the ciphertext, which begins at byte 6 and is a big-endian number; then d, "
             "then n. If it does, the secret is what stands behind the first 00 after the filler.")


def _numbers() -> tuple[int, int]:
    numbers = lab.key("server_rsa").private_numbers()
    return numbers.public_numbers.n, numbers.d


def _client_key_exchange(secret: bytes) -> bytes:
    """A message as a client would send it, with seeded padding (RFC 5246 section 7.4.7.1)."""
    block = pkcs1(secret, _SIZE, lab.seeded("client key exchange"))
    sealed = pow(int.from_bytes(block.content, "big"), _E, _numbers()[0])
    return b"\x10\0\1\2\1\0" + sealed.to_bytes(_SIZE, "big")


def _cases() -> list[Case]:
    made = lab.seeded("a secret with zeros")(46)
    zeros = b"\3\3" + made[:20] + b"\0\0" + made[22:]
    opened = [(load(name).find("client_key_exchange").data, load(name).secret("pre_master_secret"),
               load(name).title) for name in _RECORDINGS]
    opened.append((_client_key_exchange(zeros), zeros, "a secret with zeros in it"))
    return [Case(secret, (message, *_numbers()), label) for message, secret, label in opened]


@lru_cache(maxsize=64)  # a hint asks for the same few again and again
def _block(message: bytes, n: int, d: int, *, start: int = _HEADERS, order: str = "big") -> bytes:
    return pow(int.from_bytes(message[start:], order), d, n).to_bytes(_SIZE, "big")


def _last(block: bytes) -> bytes:
    """What is taken for the secret of a garbled block: the last 48 bytes, or what follows 00."""
    return block[-48:]


def _trouble(attempt: Attempt) -> str:
    message, n, d = attempt.case.args
    if "million digits" in attempt.said:
        return "Use pow with three arguments in its place: the third one is n."
    if attempt.error == "OverflowError" and "float" in attempt.said:
        return "math.pow works with decimal points and loses most digits: use pow."
    if attempt.error == "OverflowError":
        return ("The block has 256 bytes, as many as n. to_bytes(256, 'big') fits, fewer do not.")
    if attempt.error in ("ValueError", "IndexError", "StopIteration"):
        return _IMPLICIT
    if attempt.given is None:
        return ""
    for start in (0, 4, 7):
        if attempt.given in _garbled(_block(message, n, d, start=start)):
            return (f"You began at byte {start} of the message. In front of the ciphertext stand "
                    "4 bytes of header and 2 bytes with its length: 6 in all.")
    right = _block(message, n, d)
    if said := _named(attempt.given, message, (n, d), right):
        return said
    if attempt.given in right and len(attempt.given) > 48:
        return ("That is more than the secret. In the block, 00 02 and filler without a 00 stand "
                "in front; the first 00 behind the filler ends it.")
    near = attempt.given in right or attempt.given[::-1] in right or right in attempt.given
    return "" if near else _IMPLICIT


def _named(given: bytes, message: bytes, key: tuple[int, int], right: bytes) -> str:
    """The hint for a mistake in the order of bytes, in pow, or in where the block is cut."""
    n, d = key
    if given in _garbled(_block(message, n, d, order="little")):
        return "The number is read big-endian: the most significant byte comes first."
    if given in _garbled(right[::-1]):
        return ("Your block is the right one, back to front. It is big-endian both ways: "
                "to_bytes(256, \"big\").")
    if given in _garbled(_block(message, n, _E)):
        return "You took e = 65537. That encrypts once more; d undoes it."
    if given in _garbled(_block(message, d, n)):
        return "Exponent and modulus are in each other's place: pow(ciphertext, d, n)."
    if given == _cases()[0].expected:
        return ("That is the secret of the first recording. This is another one: work with the "
                "argument message.")
    if given in (right[:48], right[2:50]):
        return ("That is the beginning of the block. The secret stands at its end, behind the "
                "first 00 after the filler.")
    return ""


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
        Wrong("encrypted again", lambda message, n, d: _block(message, n, _E), "That was taken to "
              "the power e = 65537. The private exponent is the argument d."),
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

"""A server that talks too much about what it decrypts, and what a stranger makes of its answers.

The server is ours and misbehaves on purpose, with a key of 186 bits that belongs to nobody: it
says whether a decrypted block begins with the byte 00. From that alone the message can be
computed (J. Manger, CRYPTO 2001, the attack that RFC 8017, section 7.1.2, warns of).
Bleichenbacher's attack of 1998 on PKCS#1 v1.5 works in the same way with the two bytes 00 02;
those come by chance once in 65,536 questions and not once in 256, so it asks far more often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from helpers import lab
from helpers.toy.rsa import RsaKey
from helpers.toy.rsa_padding import pkcs1

from .rsa_weak import prime

SIZE, MOST = 24, 250  # bytes of a block; questions that a silent server is asked
MESSAGE = b"meet at 7 pm."
SERVERS = {"says whether the first byte is 00": "talks",
           "answers the same in every case": "silent"}  # fmt: skip
YES, NO, SAME = "the first byte is 00", "the first byte is not 00", "received"
LIMIT = 1 << 8 * (SIZE - 1)
"""Blocks below this begin with the byte 00."""


@dataclass(frozen=True)
class Knowledge:
    """What the stranger knows after some questions: low <= block <= high, and the last answer."""

    questions: int
    low: int
    high: int
    answer: str = ""

    @property
    def certain(self) -> bytes:
        """The bytes at the beginning of the block that are the same whatever it is."""
        low, high = self.low.to_bytes(SIZE, "big"), self.high.to_bytes(SIZE, "big")
        same = next((at for at in range(SIZE) if low[at] != high[at]), SIZE)
        return low[:same]

    @property
    def open_bits(self) -> int:
        """How many bits wide the range of what the block may still be is; 0 when it is known."""
        return (self.high - self.low).bit_length()


@cache
def oracle_key() -> RsaKey:
    """The misbehaving server's key."""
    return RsaKey(prime("oracle p"), prime("oracle q"), 65537)


@cache
def overheard() -> int:
    """The ciphertext that the stranger recorded: PKCS#1 v1.5, encrypted to the server's key."""
    block = pkcs1(MESSAGE, SIZE, lab.seeded("overheard"))
    return oracle_key().encrypt(int.from_bytes(block.content, "big"))


def server(kind: str) -> Callable[[int], bool]:
    """A server's answer to a ciphertext: "talks" tells whether the block begins with 00,
    "silent" decrypts and says the same whatever came out. KeyError for another kind."""
    key = oracle_key()
    return {"talks": lambda ciphertext: key.decrypt(ciphertext) < LIMIT,
            "silent": lambda ciphertext: key.decrypt(ciphertext) >= 0}[kind]


def talkative_server(ciphertext: int) -> bool:
    """Ask the misbehaving server: does the block in this ciphertext begin with the byte 00?"""
    return server("talks")(ciphertext)


@cache
def knowledge_of(kind: str) -> tuple[Knowledge, ...]:
    """What the stranger knows after 0, 1, 2 ... questions to such a server, up to the end.

    An answer that is the same for every question says nothing, so with the silent server the
    stranger knows as much at the end as at the beginning.
    """
    key = oracle_key()
    told = tuple(halve(server("talks"), overheard(), key.n, key.e))
    if kind == "talks":
        return told
    answers = {server(kind)(overheard() * pow(factor, key.e, key.n) % key.n)
               for factor in range(2, 2 + MOST)}
    if len(answers) != 1:
        raise ValueError("a silent server has one answer")
    return tuple(Knowledge(asked, told[0].low, told[0].high, SAME * (asked > 0))
                 for asked in range(MOST + 1))


def halve(answers: Callable[[int], bool], ciphertext: int, n: int, e: int
          ) -> Iterator[Knowledge]:
    """Ask a talkative server until the block is known: Manger's attack, step by step.

    The ciphertext times the encryption of f decrypts to f times the block, modulo n. The steps
    choose f so that nearly every answer halves the range. Needs 2 * LIMIT < n.
    """
    questions, answer = 0, ""
    low, high, factor = 0, LIMIT - 1, 2

    def below(by: int) -> bool:
        nonlocal questions, answer
        small = answers(ciphertext * pow(by, e, n) % n)
        questions, answer = questions + 1, YES if small else NO
        return small

    def now() -> Knowledge:
        return Knowledge(questions, low, high, answer)

    yield now()
    while below(factor):  # step 1: factor * block is still below LIMIT
        high = min(high, (LIMIT - 1) // factor)
        yield now()
        factor *= 2
    low, half = -(-LIMIT // factor), factor // 2
    yield now()
    factor = (n + LIMIT) // LIMIT * half
    while not below(factor):  # step 2: carry it just around n, into [n, n + LIMIT)
        yield now()
        factor += half
    low, high = max(low, -(-n // factor)), min(high, (n + LIMIT - 1) // factor)
    yield now()
    while low < high:  # step 3: each answer halves what is left
        whole = 2 * LIMIT // (high - low) * low // n
        factor = -(-whole * n // low)
        if below(factor):
            high = (whole * n + LIMIT - 1) // factor
        else:
            low = -(-(whole * n + LIMIT) // factor)
        yield now()

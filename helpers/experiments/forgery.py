"""A shop that protects its orders with a hash, and somebody in between who makes them longer.

Two kinds of tag: SHA-256 over the secret and the order, which can be gone on with from outside,
and HMAC, which cannot. The shop is a function in this process with a made-up secret; it answers
only yes or no, as a real one would.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from helpers.lab import seeded
from helpers.toy.sha256 import padding, resume

HASHED, HMAC = "SHA-256(secret + order)", "HMAC-SHA256(secret, order)"
ORDER = b"item=book&price=20&to=anna"
ADDITIONS = (b"&to=mallory", b"&price=1", b"&item=laptop&price=1&to=mallory")
LONGEST_GUESS = 40
_SECRET = seeded("the shop's secret")(27)


def tag_of(secret: bytes, order: bytes, kind: str) -> bytes:
    """The tag that goes with an order; `kind` is HASHED or HMAC. ValueError for another kind."""
    if kind == HASHED:
        return sha256(secret + order).digest()
    if kind == HMAC:
        return hmac.digest(secret, order, "sha256")
    raise ValueError(f"a tag is {HASHED} or {HMAC}, not {kind!r}")


@dataclass(frozen=True)
class Forgery:
    """A longer order, the tag sent with it, and what the shop said.

    `guess` is how long the attacker takes the secret to be, `glue` the padding put between the
    old order and what was added (empty if it was left out).
    """

    kind: str
    guess: int
    glue: bytes
    addition: bytes
    tag: bytes
    accepted: bool

    @property
    def order(self) -> bytes:
        """The longer order."""
        return ORDER + self.glue + self.addition

    @property
    def why(self) -> str:
        """What the shop's answer says, as far as the attacker can know."""
        if self.accepted:
            return (f"The secret is {self.guess} bytes long: with its padding guessed right, the "
                    "shop's SHA-256 passes through the very state that the old tag gave away.")
        if self.kind == HMAC:
            return ("HMAC hashes a second time, with the key in front of the result. The state "
                    "that could be gone on with is never sent, so no length helps.")
        if not self.glue:
            return ("The old tag is the state after the padding. Without the same padding in the "
                    "order, the shop's SHA-256 never passes through that state.")
        return (f"With a secret of {self.guess} bytes the padding would stand where you put it. "
                "The shop's secret has another length, so its blocks end elsewhere.")


def forge(kind: str, guess: int, *, glued: bool = True, addition: bytes = ADDITIONS[0],
          ) -> Forgery:
    """Try to add something to the shop's order without its secret.

    The attacker knows the order, its tag and nothing else; the new tag is the old one gone on
    with (`resume`). The shop then checks the longer order with its secret.
    """
    known_tag = tag_of(_SECRET, ORDER, kind)
    glue = padding(guess + len(ORDER))
    tag = resume(known_tag, guess + len(ORDER) + len(glue), addition)
    sent_glue = glue if glued else b""
    order = ORDER + sent_glue + addition
    accepted = hmac.compare_digest(tag_of(_SECRET, order, kind), tag)
    return Forgery(kind, guess, sent_glue, addition, tag, accepted)

"""Mallory between Alice and Bob: small Diffie-Hellman, real encryption, a real signature.

The shares are small numbers (p = 467); the message is sealed with AES-128-GCM under a key hashed
from the secret, and Bob's signature is Ed25519. TLS derives its keys with more care (lesson 02).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers import lab

P, G = 467, 2
ALICE, BOB, MALLORY = 153, 289, 350  # their private numbers
MESSAGE = b"pay 100 to Carol"
FORWARD = ("original", "own", "one")
"""What Mallory can pass on: the share as it came, her own, or the number 1."""
SIGNING = ("nobody", "bob", "stolen")
"""Who can sign Bob's share: nobody does, Bob, or Bob and (with the stolen key) Mallory."""
_NONCE = bytes(12)  # one message per key, so one nonce is enough


@dataclass(frozen=True)
class Middle:
    """How it went. Shares and secrets are numbers, or None for an end that did not get so far.

    `alice_sent` is Alice's share, `bob_got` what arrived, and so on; `refused_by` is "alice",
    "bob" or ""; `noticed` says who noticed and how, "" if nobody did. `read` is what Mallory
    read, `delivered` what Bob read (None: nothing).
    """

    to_bob: str
    to_alice: str
    signing: str
    checked: bool
    alice_sent: int
    bob_got: int
    bob_sent: int | None
    alice_got: int | None
    alice_secret: int | None
    bob_secret: int | None
    mallory_with_alice: int | None
    mallory_with_bob: int | None
    noticed: str
    read: bytes | None
    delivered: bytes | None

    @property
    def succeeded(self) -> bool:
        """Mallory read the message and nobody noticed."""
        return self.read is not None and not self.noticed


def between(to_bob: str, to_alice: str, *, signing: str = "nobody",
            checked: bool = False) -> Middle:
    """Mallory passes shares on as told. `checked`: both ends refuse the shares 0, 1 and p - 1
    (RFC 9846 section 4.3.8.1). Bob signs both shares as he saw them, as a TLS 1.3 server's
    signature covers both Hellos. ValueError for another way to forward or to sign."""
    if to_bob not in FORWARD or to_alice not in FORWARD or signing not in SIGNING:
        raise ValueError(f"forward one of {', '.join(FORWARD)}; signing is one of "
                         f"{', '.join(SIGNING)}")
    alice_sent, bob_sent, own = (pow(G, number, P) for number in (ALICE, BOB, MALLORY))
    bob_got = {"original": alice_sent, "own": own, "one": 1}[to_bob]
    alice_got = {"original": bob_sent, "own": own, "one": 1}[to_alice]
    told = (to_bob, to_alice, signing, checked, alice_sent, bob_got)
    if checked and bob_got in (0, 1, P - 1):
        return Middle(*told, None, None, None, None, None, None,
                      "Bob refuses the share 1: no honest end would send it.", None, None)
    bob_secret = pow(bob_got, BOB, P)
    knows_bobs = _known(to_bob, bob_sent)
    if refusal := _refusal((bob_got, bob_sent), (alice_sent, alice_got), to_alice, signing,
                           checked):
        return Middle(*told, bob_sent, alice_got, None, bob_secret, None, knows_bobs,
                      refusal, None, None)
    alice_secret = pow(alice_got, ALICE, P)
    knows_alices = _known(to_alice, alice_sent)
    noticed, read, delivered = _send(alice_secret, bob_secret, knows_alices, knows_bobs)
    return Middle(*told, bob_sent, alice_got, alice_secret, bob_secret, knows_alices, knows_bobs,
                  noticed, read, delivered)


def _known(forwarded: str, other_share: int) -> int | None:
    """The secret that Mallory shares with an end to which she sent this."""
    if forwarded == "original":
        return None
    return 1 if forwarded == "one" else pow(other_share, MALLORY, P)


def _refusal(bob_saw: tuple[int, int], alice_saw: tuple[int, int], to_alice: str, signing: str,
             checked: bool) -> str:
    """Why Alice stops, or nothing."""
    if checked and alice_saw[1] in (0, 1, P - 1):
        return "Alice refuses the share 1: no honest end would send it."
    if signing == "nobody":
        return ""
    bobs = Ed25519PrivateKey.from_private_bytes(lab.seeded("Bob signs")(32))
    signed = alice_saw if signing == "stolen" else bob_saw  # a thief signs what Alice wants to see
    try:
        bobs.public_key().verify(bobs.sign(_text(signed)), _text(alice_saw))
    except InvalidSignature:
        return ("Alice refuses: Bob's signature does not fit the shares that she sent and "
                "received.")
    return ""


def _text(shares: tuple[int, int]) -> bytes:
    return f"Alice's share {shares[0]}, Bob's share {shares[1]}".encode()


def _send(alice_secret: int, bob_secret: int, knows_alices: int | None,
          knows_bobs: int | None) -> tuple[str, bytes | None, bytes | None]:
    """Alice sends the message; Mallory reads and changes what she can; Bob opens it."""
    sealed, read = _key(alice_secret).encrypt(_NONCE, MESSAGE, None), None
    if knows_alices is not None:
        read = _key(knows_alices).decrypt(_NONCE, sealed, None)
        if knows_bobs is not None:
            changed = read.replace(b"100", b"900").replace(b"Carol", b"Mallory")
            sealed = _key(knows_bobs).encrypt(_NONCE, changed, None)
    try:
        return "", read, _key(bob_secret).decrypt(_NONCE, sealed, None)
    except InvalidTag:
        return ("Bob notices: the message does not open, his secret is not the one it was sealed "
                "with.", read, None)


def _key(secret: int) -> AESGCM:
    return AESGCM(sha256(f"the secret {secret}".encode()).digest()[:16])

"""Wrong tries at the exercises of lesson 04, as learners write them: (what, words of the help).

A value is what is handed in (text after "=" is computed); for a function it is the body.
"""

import math
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

NAMES: dict[str, object] = {
    "MLKEM768PrivateKey": MLKEM768PrivateKey, "MLKEM768PublicKey": MLKEM768PublicKey,
    "split_share": lambda share: None, "X25519PrivateKey": X25519PrivateKey,
    "X25519PublicKey": X25519PublicKey, "sha256": sha256, "math": math,
}  # fmt: skip
PARAMETERS = {
    "04-find-private": "prime, base, share",
    "04-mallory": "prime, base, private, alice_share, bob_share",
    "04-add-points": "prime, a, first, second",
    "04-x25519": "private, share",
    "04-split-share": "share",
    "04-hybrid-secret": "seed, private, server_share",
}

SMALL_SECRET = [
    (None, "Put the number"),
    ("= pow(2, 173, 467)", "That is your own share"),
    ("= bobs_share", "That is Bob's share as"),
    ("= bobs_share * 173 % 467", "You multiplied the share by"),
    ("= bobs_share * 173", "The secret is a remainder"),
    ("= bobs_share ** 173", "The right power, without the"),
    ("= pow(173, bobs_share, 467)", "The other way round: the"),
    ("= pow(2, bobs_share, 467)", "You raised g to Bob's"),
    ("= bobs_share ^ 173", "In Python ^ is XOR"),
    ("= pow(bobs_share, 173, 466)", "You took the remainder for"),
    ("= pow(bobs_share, 173, 468)", "Which two numbers went in?"),
    ("= pow(bobs_share, 467, 173)", "Which two numbers went in?"),
    ("= (bobs_share + 173) % 467", "Which two numbers went in?"),
    ("= pow(bobs_share, 2, 467)", "Which two numbers went in?"),
    ("pow(bobs_share, 173, 467)", "Without the quotation marks Python"),
    ("= pow(2, 173 + 251, 467)", "That is the product of"),
    ("= pow(2, 173, 467) * bobs_share % 467", "That is the product of"),
    ("= pow(bobs_share, 172, 467)", "Which two numbers went in?"),
    (173, "That is one of the"),
    (251, "That is one of the"),
    (467, "The secret is a remainder"),
    (0, "Which two numbers went in?"),
    (-5, "The secret is a remainder"),
    ("secret", "One number is wanted: Bob's"),
    (3.5, "One number is wanted: Bob's"),
    (True, "truth value"),
    ([bytes(2)], "One number is wanted: Bob's"),
]

FIND_PRIVATE = [
    ("...", "Try 1, 2, 3"),
    ("return share", "That is the share itself"),
    ("return share // base", "You divided the share by"),
    ("return 0", "Test your answer: pow(base, your_answer"),
    ("return math.log(share, base)", "ordinary logarithm"),
    ("return round(math.log(share, base))", "An ordinary logarithm knows nothing"),
    ("return pow(base, share, prime)", "You raised the base to"),
    ("return pow(share, base, prime)", "Test your answer: pow(base, your_answer"),
    ("return pow(base, -1, prime)", "Test your answer: pow(base, your_answer"),
    ("return prime - 1", "Test your answer: pow(base, your_answer"),
    ("return math.isqrt(share)", "A root undoes a power"),
    (
        "for e in range(prime):\n        if pow(base, e, prime) == share: return e",
        "Any number to the power",
    ),
    (
        "for e in range(1, prime):\n        if pow(base, e, prime) == share: return e - 1",
        "One too small. The first",
    ),
    (
        "for e in range(1, prime):\n        if pow(base, e, prime) == share: return e + 1",
        "One too large. Do you",
    ),
    (
        "for e in range(2, prime + 1):\n        if pow(base, e, prime) == share: return e",
        "That fits, too, but a",
    ),
    (
        "for e in range(1, 100):\n        if pow(base, e, prime) == share: return e",
        "exponents up to prime - 1",
    ),
    (
        "for e in range(1, prime):\n        if base ** e == share: return e",
        "prime in pow",
    ),
    (
        "for e in range(1, prime):\n        if pow(base, e, prime) == share: return e\n"
        "        return None",
        "ends the loop in its first round",
    ),
    (
        "for e in range(1, prime):\n        if pow(e, base, prime) == share: return e",
        "has the base first",
    ),
    (
        "for e in range(1, prime):\n        if pow(e, base, prime) == share: return e\n"
        "    return 1",
        "Test your answer: pow(base, your_answer",
    ),
    ("return base ^ share", "In Python ^ is XOR"),
    (
        "for e in range(1, prime):\n        if base ** e == share: return e\n    return -1",
        "Test your answer: pow(base, your_answer",
    ),
    (
        "for e in range(1, prime):\n        if pow(base, e, prime) == share: print(e)",
        "did not find one",
    ),
    (
        "return [e for e in range(1, prime) if pow(base, e, prime) == share]",
        "you gave a list of 1 item",
    ),
    (
        "for e in range(prime - 1, 0, -1):\n        if pow(e, base, prime) == share: return e",
        "has the base first",
    ),
    ("return exponent", "Python does not know that"),
    ("return share - base", "Test your answer: pow(base, your_answer"),
]

_M, _A, _B = (f"pow({share}, private, prime)" for share in ("base", "alice_share", "bob_share"))
MALLORY = [
    ("...", "Return three numbers: Mallory's"),
    (f"return {_M}, {_B}, {_A}", "The two secrets are in"),
    (f"return alice_share, {_A}, {_B}", "You pass Alice's share on"),
    (f"return bob_share, {_A}, {_B}", "Wrong so far: her share"),
    (f"return private, {_A}, {_B}", "She would send her private"),
    (f"return {_A}, {_B}", "Three numbers are wanted: the"),
    (f"return {_M}", "you gave the number 341 "),
    (
        "return pow(base, private), pow(alice_share, private), pow(bob_share, private)",
        "One of them is too",
    ),
    (
        f"own = {_M}\n    return own, pow(own, private, prime), pow(own, private, prime)",
        "You raised her own share",
    ),
    (
        f"return {_M}, alice_share * private % prime, bob_share * private % prime",
        "You multiplied the shares by",
    ),
    (
        f"return {_M}, pow(base, alice_share, prime), pow(base, bob_share, prime)",
        "Wrong so far: the secret",
    ),
    (
        f"return {_M}, pow(private, alice_share, prime), pow(private, bob_share, prime)",
        "Wrong so far: the secret",
    ),
    (
        "both = alice_share * bob_share % prime\n"
        f"    return {_M}, pow(both, private, prime), pow(both, private, prime)",
        "Alice and Bob never get",
    ),
    (f"return pow(private, base, prime), {_A}, {_B}", "Wrong so far: her share"),
    (f"return {_M}, alice_share, bob_share", "Wrong so far: the secret"),
    (
        "return base ^ private, alice_share ^ private, bob_share ^ private",
        "In Python ^ is XOR",
    ),
    (
        "return [(one ^ private) % prime for one in (base, alice_share, bob_share)]",
        "In Python ^ is XOR",
    ),
    (f"return {_A}, {_B}, {_M}", "three numbers in another order"),
    (f"return {_M}, {_A}, {_A}", "the same secret twice"),
    (f"return ({_M}, ({_A}, {_B}))", "you gave a tuple of 2 items"),
    ("return str(private)", "you gave the text “350”"),
    ("return 1, 1, 1", "Wrong so far: her share"),
    ("return own_share", "Return three numbers, with commas"),
    (
        f"prime = prime - 1\n    return {_M}, {_A}, {_B}",
        "You took the remainders for",
    ),
]

_XY = "(x1, y1), (x2, y2) = first, second\n    "
_SLOPES = (
    _XY + "if first == second: rise, run = 3 * x1 * x1 + a, 2 * y1\n    else: rise, run = "
    "y2 - y1, x2 - x1\n    s = rise * pow(run, -1, prime) % prime\n    "
)
_CHORD = _XY + "s = (y2 - y1) * pow(x2 - x1, -1, prime)\n    "
_X = "x = (s * s - x1 - x2) % prime\n    "
_Y = "y = (s * (x1 - x) - y1) % prime\n    "
_END = "return x, y"
ADD_POINTS = [
    ("...", "First the slope (two"),
    (_SLOPES + _X + "y = (s * (x - x1) + y1) % prime\n    " + _END, "That is the third point"),
    (_CHORD + _X + _Y + _END, "For a point added to"),
    (_SLOPES.replace("+ a", "") + _X + _Y + _END, "Two different points work. For"),
    (_SLOPES.replace("3 * x1", "2 * x1") + _X + _Y + _END, "x is not right yet"),
    (_SLOPES.replace("2 * y1", "y1") + _X + _Y + _END, "x is not right yet"),
    (
        _SLOPES.replace("rise * pow(run, -1, prime)", "run * pow(rise, -1, prime)")
        + _X
        + _Y
        + _END,
        "The slope is upside down",
    ),
    (
        _SLOPES.replace("rise * pow(run, -1, prime) % prime", "rise / run") + _X + _Y + _END,
        "not with /",
    ),
    (
        _SLOPES.replace("rise * pow(run, -1, prime)", "rise * pow(run, -1)") + _X + _Y + _END,
        "a pow that lacks the prime",
    ),
    (_SLOPES + "x = (s^2 - x1 - x2) % prime\n    " + _Y + _END, "In Python ^ is XOR"),
    (_SLOPES + "x = ((s^2) - x1 - x2) % prime\n    " + _Y + _END, "In Python ^ is XOR"),
    (
        _SLOPES.replace("2 * y1", "2 * x1") + _X + _Y + _END,
        "the run of the tangent is 2 * y1",
    ),
    (
        _SLOPES.replace("rise * pow(run, -1, prime) % prime", "rise // run") + _X + _Y + _END,
        "You divided with //",
    ),
    (
        _SLOPES + "x = s * s - x1 - x2\n    y = s * (x1 - x) - y1\n    " + _END,
        "The right formulas, without the",
    ),
    (_SLOPES + _X + "y = s * (x1 - x) - y1\n    " + _END, "Right, up to the last"),
    (_SLOPES + "x = (s * s - x1) % prime\n    " + _Y + _END, "From the square of the"),
    (_SLOPES + "x = (s - x1 - x2) % prime\n    " + _Y + _END, "x is not right yet"),
    (_SLOPES + "x = (s * s + x1 + x2) % prime\n    " + _Y + _END, "x is not right yet"),
    (_SLOPES + _X + "y = (s * (x1 - x) - y2) % prime\n    " + _END, "x is right. y is"),
    (_SLOPES + _X + "y = (s * (x1 - x2) - y1) % prime\n    " + _END, "x is right. y is"),
    (_SLOPES + _X + _Y + "return y, x", "The coordinates are swapped: x"),
    (_SLOPES + _X + "return x", "you gave the number 67 "),
    (_XY + "return (x1 + x2) % prime, (y1 + y2) % prime", "You added the coordinates one"),
    (
        _SLOPES.replace("else: rise, run = y2 - y1", "else: rise, run = y1 - y2") + _X + _Y + _END,
        "x is right. y is",
    ),
    (_SLOPES + _X + _Y + "print(x, y)", "Is there a return x, y"),
    ("return first", "x is not right yet"),
    ("return s", "Python does not know that"),
]

_OWN = "own = X25519PrivateKey.from_private_bytes(private)\n    "
_THEIR = "their = X25519PublicKey.from_public_bytes(share)\n    "
X25519 = [
    ("...", "Make a private key"),
    (_OWN + _THEIR + "return own.exchange(their)", "`cryptography` refused to compute this"),
    (_OWN + "return own.exchange(share)", "exchange wants a public key"),
    (
        _OWN + _THEIR + "if share == bytes(32): return b''\n    return own.exchange(their)",
        "You refuse the share of",
    ),
    (_OWN + "return own.public_key().public_bytes_raw()", "That is the public half"),
    (
        _OWN + _THEIR + "try: return own.exchange(their)\n    except ValueError: return bytes(32)",
        "32 zero bytes are a",
    ),
    (
        _OWN + _THEIR + "try: return own.exchange(their)\n    except ValueError: return None",
        "empty bytes, and not None",
    ),
    (
        _OWN + _THEIR + "try: return own.exchange(their)\n    except ValueError: return 'refused'",
        "you gave the text “refused”, which is n",
    ),
    (
        _OWN + _THEIR + "try: return sha256(own.exchange(their)).digest()\n    except ValueError: "
        "return b''",
        "You hashed the secret. Return",
    ),
    (
        _OWN + _THEIR + "try: return own.exchange(their)[::-1]\n    except ValueError: return b''",
        "The right bytes, the wrong",
    ),
    (
        _OWN + _THEIR + "try: return own.exchange(their)\n    except TypeError: return b''",
        "`cryptography` refused to compute this",
    ),
    ("return b''", "This share is a good"),
    ("return private + share", "You joined the two. `exchange`"),
    ("return share", "That is one of the"),
    ("return private", "That is one of the"),
    (
        "own = X25519PrivateKey.from_private_bytes(share)\n    their = X25519PublicKey."
        "from_public_bytes(private)\n    return own.exchange(their)",
        "The two are swapped: the",
    ),
    ("return X25519PrivateKey(private).exchange(share)", "exchange wants a public key"),
    ("return bytes(a ^ b for a, b in zip(private, share))", "That is not what `exchange`"),
    (
        _OWN + _THEIR + "secret = own.exchange(their)\n    return secret if any(secret) else b''",
        "`cryptography` refused to compute this",
    ),
    ("return own.exchange(their)", "Python does not know that"),
    ("return exchange(private, share)", "Python does not know that"),
    ("return private.exchange(share)", "bytes cannot exchange"),
]

SPLIT = [
    ("...", "Return two slices of"),
    ("return share[:32], share[32:]", "You cut off the first"),
    ("return share[32:], share[:32]", "You took the X25519 part"),
    ("return share[-32:], share[:-32]", "Cut in the right place"),
    ("return share[:1184], share[1184:]", "That fits the client's share"),
    ("return share[:1088], share[1088:]", "That is where the server's"),
    ("return share[:1216], share[1216:]", "You cut after 1,216 bytes"),
    ("return share[:-32]", "you gave 1184 bytes"),
    ("return share[:-31], share[-31:]", "Almost: an X25519 share is"),
    ("return share[:-33], share[-33:]", "Almost: an X25519 share is"),
    ("return share[:-32], share[-31:]", "Your pieces have 1,184 and"),
    ("half = len(share) // 2\n    return share[:half], share[half:]", "Two halves of the same"),
    ("return share[4:-32], share[-32:]", "You skipped 4 bytes. The"),
    ("return share[:-64], share[-64:]", "You cut after 1,152 bytes"),
    ("return share[:-32].hex(), share[-32:].hex()[:-2]", "Your pieces have 1,184 and"),
    ("return share[:-32][::-1], share[-32:]", "The pieces are not the"),
    ("return len(share) - 32, 32", "you gave the number 1184 "),
    ("return share, share", "Your pieces have 1,216 and"),
    ("return share[-32], share[:-32]", "you gave the number 75 "),
    ("return {'mlkem': share[:-32]}", "you gave a dict of 1 item"),
    ("return share.split(b'x25519')", "Return two pieces with a"),
    ("return share[1:-32], share[-32:]", "Your pieces have 1,183 and"),
]

_CUT = "one, two = server_share[:-32], server_share[-32:]\n    "
_KEYS = (
    "kem = MLKEM768PrivateKey.from_seed_bytes(seed)\n    "
    "dh = X25519PrivateKey.from_private_bytes(private)\n    "
)
_TWO = "second = dh.exchange(X25519PublicKey.from_public_bytes(two))\n    "
_ALL = _CUT + _KEYS + _TWO
HYBRID_SECRET = [
    ("...", "Cut the share in"),
    (_ALL + "return second + kem.decapsulate(one)", "Both halves are right, in"),
    (_ALL + "return kem.decapsulate(one)", "That is ML-KEM's half alone"),
    (_ALL + "return second", "That is X25519's half alone"),
    (_ALL + "return sha256(kem.decapsulate(one) + second).digest()", "You hashed the two halves"),
    (
        _ALL + "return bytes(a ^ b for a, b in zip(kem.decapsulate(one), second))",
        "You combined the halves with",
    ),
    (
        _ALL.replace("[:-32], server_share[-32:]", "[32:], server_share[:32]")
        + "return kem.decapsulate(one) + second",
        "No error came, and yet",
    ),
    (_ALL + "return kem.decapsulate(server_share) + second", "of another length than a cipher"),
    (
        _ALL.replace("[:-32], server_share[-32:]", "[:1184], server_share[1184:]")
        + "return kem.decapsulate(one) + second",
        "X25519's share has 32 bytes",
    ),
    (
        _CUT + _KEYS + "return kem.decapsulate(server_share[:1184])",
        "of another length than a cipher",
    ),
    (
        "kem = MLKEM768PrivateKey.from_seed_bytes(private)\n    return kem",
        "the 64 bytes in `seed`",
    ),
    (
        "dh = X25519PrivateKey.from_private_bytes(seed)\n    return dh",
        "the 32 bytes in `private`",
    ),
    (
        _CUT + "return MLKEM768PublicKey.from_public_bytes(one)",
        "is a ciphertext. Decapsulate it",
    ),
    ("one, two = split_share(server_share)\n    return one + two", "such as split_share"),
    (_ALL + "return kem.decapsulate(one).hex() + second", "leave out .hex()"),
    (
        _ALL.replace("[:-32], server_share[-32:]", "[32:], server_share[:32]")
        + "return second + kem.decapsulate(one)",
        "you cut and joined in the order of the name",
    ),
    (
        _CUT + _KEYS + "return kem.decapsulate(one) + dh.exchange(two)",
        "exchange wants a public key",
    ),
    (_CUT + _KEYS + "return kem.decapsulate(one) + two", "The first half is right"),
    (_CUT + _KEYS + "return kem.decapsulate(one) + private", "The first half is right"),
    (_ALL + "return one + second", "The secret has 64 bytes"),
    (_ALL + "return kem.decapsulate(one), second", "Join the two halves with +"),
    (_ALL + "return seed[:32] + second", "The second half is right"),
    ("return seed", "Neither half is right. Cut"),
    (_ALL + "return kem.decapsulate(one[::-1]) + second", "The second half is right"),
    (_ALL + "return kem.decapsulate(one) + second[::-1]", "The first half is right"),
    (_ALL + "return kem.encapsulate(one) + second", "That kind of thing has"),
    (
        _ALL.replace("from_seed_bytes(seed)", "from_seed_bytes(seed[:32])")
        + "return kem.decapsulate(one) + second",
        "the 64 bytes in `seed`",
    ),
    (_ALL + "return (kem.decapsulate(one) + second)[:48]", "The first half is right"),
    (_ALL + "return kem.decapsulate(one) * 2", "The first half is right"),
    ("return server_share[:64]", "Neither half is right. Cut"),
    (
        _ALL.replace("(private)", "(seed[:32])") + "return kem.decapsulate(one) + second",
        "The first half is right",
    ),
]

TRIES = {
    "04-small-secret": SMALL_SECRET, "04-find-private": FIND_PRIVATE, "04-mallory": MALLORY,
    "04-add-points": ADD_POINTS, "04-x25519": X25519, "04-split-share": SPLIT,
    "04-hybrid-secret": HYBRID_SECRET,
}  # fmt: skip
STARTER = {"bobs_share": pow(2, 251, 467)}

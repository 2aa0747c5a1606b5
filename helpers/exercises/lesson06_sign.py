"""Lesson 06: be the CA, and put a certificate together out of its three parts.

The expected bytes are those of certificates that `cryptography` made and OpenSSL accepts.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab
from helpers.pki import authority, encode
from helpers.pki.issue import issue, test_key
from helpers.pki.requests import request, sign_request

from .forms import BytesForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

Sign = Callable[[bytes], bytes]


def signing(key: lab.PrivateKey) -> Sign:
    """A CA's private key at work: ECDSA with SHA-256, deterministic (RFC 6979)."""
    def sign(content: bytes) -> bytes:
        return key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    return sign


def parts(certificate: x509.Certificate) -> tuple[bytes, bytes]:
    """What is signed, and the name of the algorithm, both as DER."""
    tbs = certificate.tbs_certificate_bytes
    whole = certificate.public_bytes(Encoding.DER)
    rest = whole[whole.index(tbs) + len(tbs):]
    return tbs, rest[:2 + rest[1]]


def first_customer() -> tuple[authority.Identity, authority.Identity]:
    """The certificate that the notebook serves, and the CA that signs it: the same calls."""
    root = issue("TEST ONLY My Root", ca=True)
    ca = issue("TEST ONLY My CA", ca=True, path_length=0, by=root)
    csr = request("shop.example", key=test_key("shop.example"))
    return sign_request(csr, by=ca, proven=["shop.example"]), ca


def _cases() -> list[Case]:
    root, shop, ca = authority.root(), *first_customer()
    below = authority.intermediate()
    made = [
        (shop.certificate, ca.key, "the shop's, by your CA"),
        (below.certificate, root.key, "an intermediate CA"),
        (root.certificate, root.key, "a root: signed by itself"),
        (issue("a.example", by=below, names=("a.example", "b.example")).certificate, below.key,
         "a leaf for two names"),
    ]
    return [Case(certificate.public_bytes(Encoding.DER),
                 (*parts(certificate), signing(signer)), label)
            for certificate, signer, label in made]


def _trouble(attempt: Attempt) -> str:
    (tbs, algorithm, sign), given = attempt.case.args, attempt.given
    if given is None:
        return _error(attempt.said)
    signature = sign(tbs)
    bits, der = encode.bit_string(signature), encode.tlv
    known = {
        tbs + algorithm + bits: "The three parts are right. The SEQUENCE around them is missing: "
                                "der(0x30, ...).",
        der(0x30, tbs, algorithm, der(3, signature)):
            "A BIT STRING begins with one byte that says how many bits of its last byte are "
            "unused: none, so b\"\\0\" comes first in it.",
        der(0x30, tbs, algorithm, der(3, signature, b"\0")):
            "The byte for the unused bits stands in front of the signature, not behind it.",
        der(0x30, tbs, algorithm, b"\0", der(3, signature)):
            "The byte for the unused bits stands outside the BIT STRING. It is part of its "
            "contents.",
        der(0x30, tbs, algorithm, der(3, b"\0"), signature):
            "Only the byte for the unused bits is in your BIT STRING, and the signature behind it. "
            "Both are its contents.",
        der(0x30, tbs, algorithm, der(4, signature)):
            "04 is an OCTET STRING. The signature is a BIT STRING, 03, and begins with b\"\\0\".",
        der(0x30, tbs, algorithm, der(4, b"\0", signature)):
            "04 is an OCTET STRING. The tag of a BIT STRING is 03.",
        der(0x30, tbs, algorithm, signature):
            "The signature has to be wrapped: a BIT STRING, der(0x03, ...).",
        der(0x30, tbs, bits, algorithm): "The order: what is signed, the algorithm, the signature.",
        der(0x30, algorithm, tbs, bits): "The order: what is signed, the algorithm, the signature.",
        der(0x30, bits, algorithm, tbs): "The order: what is signed, the algorithm, the signature.",
        der(0x30, algorithm, bits, tbs): "The order: what is signed, the algorithm, the signature.",
        der(0x30, tbs, bits): "The algorithm is missing between the two.",
        der(0x30, algorithm, bits): "What was signed is missing: it comes first.",
        der(0x30, tbs, algorithm): "The signature is missing.",
        der(0x31, tbs, algorithm, bits): "31 is a SET. A certificate is a SEQUENCE: 30.",
        der(30, tbs, algorithm, bits):
            "It begins with 1e, so you wrote the number thirty. Tags are hexadecimal: 0x30.",
        der(0x30, der(0x30, tbs, algorithm, bits)):
            "Two SEQUENCEs, one in the other: wrap the three parts only once.",
        der(0x30, tbs) + algorithm + bits:
            "The SEQUENCE goes around all three parts; tbs is a whole element already.",
        der(0x30, tbs, algorithm, der(3, b"\0", der(4, signature))):
            "In the BIT STRING stands the signature itself, without an OCTET STRING around it.",
        der(0x30, tbs, algorithm, der(3, b"00", signature)):
            "b\"00\" are two letters, 30 30 in hex. The byte zero is written b\"\\0\".",
        der(0x30, tbs, algorithm, der(3, b"0", signature)):
            "b\"0\" is a letter, 30 in hex. The byte zero is written b\"\\0\".",
        der(0x10, tbs, algorithm, bits): "10 is SEQUENCE without the bit that says that there are "
                                         "elements inside: 30.",
        der(0x30, der(0x30, tbs), algorithm, bits):
            "tbs is a whole element already, tag and length included. Do not wrap it again.",
        der(0x30, tbs, der(0x30, algorithm), bits):
            "algorithm is a whole element already, tag and length included.",
        bits: "That is the signature in its BIT STRING. Now all three parts go into a SEQUENCE.",
        signature: "That is the bare signature. It becomes a BIT STRING, and that the third part.",
        tbs: "That is what is to be signed. Sign it, and put three parts into a SEQUENCE.",
        tbs + algorithm + signature: "Wrap the signature as a BIT STRING, then all three as a "
                                     "SEQUENCE.",
    }
    return known.get(given, "") or _other_signature(given, tbs, algorithm, sign)


_ERRORS = {
    "concat function": "sign is a function: call it with what is to be signed.",
    "type 'function'": "sign is a function: call it with what is to be signed.",
    "function found": "sign is a function: call it with what is to be signed.",
    "list found": "der wants bytes as contents: join the parts with +.",
    "concat list": "der wants bytes as contents: join the parts with +.",
    "concat tuple": "der wants bytes as contents: join the parts with +.",
}
"""What stands in Python's own sentence, and what it comes from."""


def _error(said: str) -> str:
    """After an error in the learner's function."""
    if "cannot be interpreted as an integer" in said and "list" not in said:
        return "der(tag, contents) takes a number as tag, written 0x30: no quotes around it."
    return next((hint for part, hint in _ERRORS.items() if part in said), "")


def _other_signature(given: bytes, tbs: bytes, algorithm: bytes, sign: Sign) -> str:
    def whole(signature: bytes) -> bytes:
        return encode.sequence(tbs, algorithm, encode.bit_string(signature))

    if given == whole(sign(sha256(tbs).digest())):
        return "You hashed before signing. sign(...) hashes on its own: hand it tbs as it is."
    if given == whole(sign(tbs + algorithm)):
        return "You signed tbs and algorithm. The signature covers tbs alone."
    inner = tbs[4:] if tbs[1] == 0x82 else tbs[3:] if tbs[1] == 0x81 else tbs[2:]
    if given == whole(sign(inner)):
        return "You signed the contents of tbs. Its tag and length are signed, too."
    for unused in range(1, 256):
        if given == encode.sequence(tbs, algorithm,
                                    encode.tlv(3, bytes([unused]) + sign(tbs))):
            return (f"The byte in front of the signature is {unused:02x}. It is no length: it says "
                    "how many bits of the last byte are unused, and here all of them are used.")
    if given == whole(sign(encode.tlv(0x30, tbs))):
        return "tbs is a whole element already. Sign it as it is."
    if given == whole(sign(tbs).hex().encode()):
        return "The signature went in as hex text. Its bytes are wanted."
    if not given.startswith(b"\x30"):
        return "A certificate is a SEQUENCE, so it begins with the byte 30."
    return ("A certificate is der(0x30, tbs + algorithm + BIT STRING): check each of the three "
            "parts in turn.")


def _no_unused_bits(tbs: bytes, algorithm: bytes, sign: Sign) -> bytes:
    return encode.sequence(tbs, algorithm, encode.tlv(3, sign(tbs)))


def _no_wrapping(tbs: bytes, algorithm: bytes, sign: Sign) -> bytes:
    return tbs + algorithm + encode.bit_string(sign(tbs))


SIGN = Exercise(
    "06-sign", "Be the CA", "hard", 10,
    FunctionForm(BytesForm(), ("tbs", "algorithm", "sign")), _cases,
    [
        Wrong("no unused bits", _no_unused_bits, "A BIT STRING begins with one byte that says how "
              "many bits of its last byte are unused: none, so b\"\\0\" comes first in it."),
        Wrong("no SEQUENCE", _no_wrapping, "The three parts are right. The SEQUENCE around them is "
              "missing: der(0x30, ...)."),
    ],
    "That is all a CA's machine does. Whether it should have signed is the other, harder part. "
    "(What you made of the first case is, byte for byte, the certificate on the card above, "
    "SHA-256 707e1994febb5201\u2026. In the next cells OpenSSL serves it.)",
    "Begin with the signature: hand `sign` what is to be signed. Then wrap, and join.", _trouble)

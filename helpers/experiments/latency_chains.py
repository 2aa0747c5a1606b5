"""What a chain of certificates weighs on the wire: real certificates, real handshakes of OpenSSL 4.

Every certificate of a chain is signed by an authority with a key of the same kind; the root stays
at home. Certificates of the web carry two or more SCTs besides; these do not.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from cryptography.hazmat.primitives.asymmetric import mldsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from OpenSSL import crypto

from helpers import lab
from helpers.conversation import Conversation
from helpers.pki.authority import Identity
from helpers.pki.issue import issue
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange

from .latency_flights import script_of
from .signature_costs import LONGEST_P256

HYBRID, CLASSICAL = "X25519MLKEM768", "x25519"
_ML_DSA = {"ML-DSA-44": mldsa.MLDSA44PrivateKey, "ML-DSA-65": mldsa.MLDSA65PrivateKey,
           "ML-DSA-87": mldsa.MLDSA87PrivateKey}
KINDS = ("ECDSA P-256", "RSA-2048", "RSA-3072", *_ML_DSA)
"""Kinds of keys: today's, and those that a quantum computer would not break (FIPS 204)."""
_LONGEST_VERIFY = 8 + LONGEST_P256  # a CertificateVerify with ECDSA P-256
_TRIES = 200


@cache
def identity_of(kind: str, intermediates: int = 1, names: int = 1) -> tuple[Identity, Identity]:
    """The shop's identity and the root above it: a chain of `kind` keys (one of KINDS) with so many
    `intermediates` (0 to 4); the leaf is for so many `names`. Raises ValueError for others."""
    if kind not in KINDS or not 0 <= intermediates <= 4 or names < 1:
        raise ValueError(f"a chain has keys of one kind ({', '.join(KINDS)}), 0 to 4 "
                         "intermediates, and one name or more")
    top = above = issue("TEST ONLY Root CA", key=_key(kind, "root"), ca=True)
    for number in range(intermediates):
        label = f"TEST ONLY Intermediate CA {number + 1}"
        above = issue(label, by=above, key=_key(kind, label), ca=True)
    hosts = [lab.HOST, *(f"shop-{number:03}.example" for number in range(1, names))]
    return issue(lab.HOST, by=above, key=_key(kind, "leaf"), names=hosts), top


@cache
def chain(kind: str, intermediates: int = 1, names: int = 1,
          group: str = HYBRID) -> Conversation:
    """A TLS 1.3 visit to a server with that chain (see `identity_of`), both ends OpenSSL; keys are
    exchanged by `group`. The sizes repeat, the bytes do not.

    An ECDSA signature is a few bytes longer or shorter each time: the longest form counts, so that
    visit is repeated until it came."""
    identity, top = identity_of(kind, intermediates, names)
    served = replace(identity, key=_for_openssl(identity.key))

    def visit() -> Conversation:
        client = openssl_client(version="1.3", roots=(top.certificate,), group=group)
        with warnings.catch_warnings():  # pyOpenSSL would rather have another type: see below
            warnings.simplefilter("ignore", DeprecationWarning)
            server = openssl_server(version="1.3", identity=served)
        return record_exchange(server, client=client,
                               title=f"{kind}, {intermediates} intermediates")

    return _longest(visit) if kind.startswith("ECDSA") else visit()


def parts_of(conversation: Conversation) -> dict[str, int]:
    """What the server's first flight is made of, in bytes: "ServerHello", each certificate ("leaf",
    "CA 1" ...), "CertificateVerify" (the proof that the server has the key) and "other". Raises
    KeyError if this is no TLS 1.3 visit with certificates that can be read."""
    parsed = conversation.find("certificate").parsed
    parts = {"ServerHello": len(conversation.find("server_hello").data)}
    for number, der in enumerate(parsed.certificate_list):
        parts[f"CA {number}" if number else "leaf"] = len(der)
    parts["CertificateVerify"] = len(conversation.find("certificate_verify").data)
    parts["other"] = script_of(conversation).flights[1].size - sum(parts.values())
    return parts


def _longest(visit: Callable[[], Conversation]) -> Conversation:
    for _ in range(_TRIES):
        talk = visit()
        if len(talk.find("certificate_verify").data) == _LONGEST_VERIFY:
            return talk
    raise AssertionError("a signature in its longest form comes every fourth time")


@cache
def _key(kind: str, label: str) -> object:
    """A test key for this place in a chain. RSA keys are recorded ones, and used again."""
    if kind in _ML_DSA:
        return _ML_DSA[kind].from_seed_bytes(lab.seeded(f"{kind} {label}")(32))
    return {"RSA-2048": "rsa2048", "RSA-3072": "rsa3072"}.get(kind)


def _for_openssl(key: object) -> object:
    """pyOpenSSL 26 takes ML-DSA keys only as its own objects, and warns that these are old."""
    if not isinstance(key, tuple(_ML_DSA.values())):
        return key
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return crypto.load_privatekey(crypto.FILETYPE_PEM, pem)

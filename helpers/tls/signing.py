"""Signatures: over the server's key exchange in TLS 1.2 (RFC 5246 section 7.4.3, RFC 8422 5.4),
over the handshake in TLS 1.3 (RFC 9846 section 4.5.2: `schedule13`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription, SignatureScheme, name_of

_A, _S = AlertDescription, SignatureScheme
_SHA256, _SHA384, _SHA512 = hashes.SHA256(), hashes.SHA384(), hashes.SHA512()
_RSA, _EC, _ED = "RSA", "ECDSA", "Ed25519"
_KINDS = {rsa.RSAPublicKey: _RSA, ec.EllipticCurvePublicKey: _EC, ed25519.Ed25519PublicKey: _ED}


def _pkcs1(digest: hashes.HashAlgorithm) -> tuple:
    return _RSA, (padding.PKCS1v15(), digest), None


def _pss(digest: hashes.HashAlgorithm) -> tuple:
    pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
    return _RSA, (pss, digest), None


def _ecdsa(digest: hashes.HashAlgorithm, curve: str) -> tuple:
    return _EC, (ec.ECDSA(digest, deterministic_signing=True),), curve


# scheme -> the kind of key it needs, what sign() and verify() are told, and the one curve that TLS
# 1.3 allows it (in TLS 1.2 the scheme of ECDSA names the hash alone)
_SCHEMES = {
    _S.ecdsa_secp256r1_sha256: _ecdsa(_SHA256, "secp256r1"),
    _S.rsa_pss_rsae_sha256: _pss(_SHA256), _S.rsa_pkcs1_sha256: _pkcs1(_SHA256),
    _S.ed25519: (_ED, (), None),
    _S.ecdsa_secp384r1_sha384: _ecdsa(_SHA384, "secp384r1"),
    _S.rsa_pss_rsae_sha384: _pss(_SHA384), _S.rsa_pkcs1_sha384: _pkcs1(_SHA384),
    _S.rsa_pss_rsae_sha512: _pss(_SHA512), _S.rsa_pkcs1_sha512: _pkcs1(_SHA512),
}
SCHEMES: tuple[int, ...] = tuple(_SCHEMES)
"""What `verify` can check, in the order the client offers it."""
_PKCS1 = frozenset((_S.rsa_pkcs1_sha256, _S.rsa_pkcs1_sha384, _S.rsa_pkcs1_sha512))
SCHEMES13: tuple[int, ...] = tuple(scheme for scheme in SCHEMES if scheme not in _PKCS1)
"""Those of them that may sign a TLS 1.3 handshake; PKCS#1 v1.5 may sign certificates only (RFC
9846 section 4.3.3)."""


def key_exchange_content(client_random: bytes, server_random: bytes, params: bytes) -> bytes:
    """What the signature in a TLS 1.2 ServerKeyExchange covers: both randoms, so that it is of this
    handshake, then the message's `params`, curve and share (RFC 8422 section 5.4)."""
    return client_random + server_random + params


def kind_of(public_key: object) -> str | None:
    """"RSA", "ECDSA" or "Ed25519"; None for a key that the engine cannot use."""
    return _kind_of_type(type(public_key))


@lru_cache(maxsize=32)
def _kind_of_type(found: type) -> str | None:
    return next((name for kind, name in _KINDS.items() if issubclass(found, kind)), None)


def choose_scheme(public_key: object, offered: Sequence[int], *, tls13: bool) -> int | None:
    """How the owner of this key can best sign a handshake for somebody who can check what is
    `offered`; None if there is no way."""
    return next((scheme for scheme in (SCHEMES13 if tls13 else SCHEMES)
                 if scheme in offered and _fits(public_key, scheme, tls13)), None)


def sign(key: object, scheme: int, message: bytes) -> bytes:
    """The signature. ECDSA's is deterministic (RFC 6979); RSA-PSS draws its salt itself, and
    `cryptography` takes none from outside, so that one does not repeat."""
    return key.sign(message, *_SCHEMES[scheme][1])


def verify(public_key: object, scheme: int, signature: bytes, message: bytes, *,
           allowed: Sequence[int] = SCHEMES, tls13: bool = False) -> None:
    """Returns if `signature` over `message` was made by the owner of `public_key`.

    Raises TLSError: illegal_parameter when the scheme is not among those `allowed`, or scheme and
    key do not go together (`tls13`: nor PKCS#1 v1.5, nor ECDSA on another curve than the scheme
    names); decrypt_error when the signature is wrong (the alert's name is historical: nothing is
    decrypted). Does not check whose key it is.
    """
    name = name_of(SignatureScheme, scheme)
    if scheme not in allowed or scheme not in _SCHEMES or (tls13 and scheme in _PKCS1):
        raise TLSError(_A.illegal_parameter,
                       f"the signature scheme 0x{scheme:04x} ({name}) was not offered")
    if not _fits(public_key, scheme, tls13):
        raise TLSError(_A.illegal_parameter,
                       f"the scheme {name} does not fit the key in the certificate")
    try:
        public_key.verify(signature, message, *_SCHEMES[scheme][1])
    except (InvalidSignature, UnsupportedAlgorithm):
        raise TLSError(_A.decrypt_error,
                       f"the {name} signature does not fit the signed bytes") from None


def _fits(public_key: object, scheme: int, tls13: bool) -> bool:
    kind, _, curve = _SCHEMES[scheme]
    if kind_of(public_key) != kind:
        return False
    return not (tls13 and curve) or public_key.curve.name == curve

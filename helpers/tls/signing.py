"""Checking the server's signature: over its key exchange in TLS 1.2 (RFC 5246 section 7.4.3, RFC
8422 5.4), over the handshake in TLS 1.3 (RFC 9846 section 4.5.2: `schedule13`)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription, SignatureScheme, name_of

_S = SignatureScheme
_SHA256, _SHA384, _SHA512 = hashes.SHA256(), hashes.SHA384(), hashes.SHA512()


def _pkcs1(digest: hashes.HashAlgorithm) -> tuple:
    return rsa.RSAPublicKey, (padding.PKCS1v15(), digest)


def _pss(digest: hashes.HashAlgorithm) -> tuple:
    pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
    return rsa.RSAPublicKey, (pss, digest)


def _ecdsa(digest: hashes.HashAlgorithm) -> tuple:
    return ec.EllipticCurvePublicKey, (ec.ECDSA(digest),)


# scheme -> the kind of key it needs, and what that key's verify() is told
_VERIFIERS = {
    _S.rsa_pkcs1_sha256: _pkcs1(_SHA256), _S.rsa_pkcs1_sha384: _pkcs1(_SHA384),
    _S.rsa_pkcs1_sha512: _pkcs1(_SHA512), _S.rsa_pss_rsae_sha256: _pss(_SHA256),
    _S.rsa_pss_rsae_sha384: _pss(_SHA384), _S.rsa_pss_rsae_sha512: _pss(_SHA512),
    _S.ecdsa_secp256r1_sha256: _ecdsa(_SHA256), _S.ecdsa_secp384r1_sha384: _ecdsa(_SHA384),
}
SCHEMES: tuple[int, ...] = (
    _S.ecdsa_secp256r1_sha256, _S.rsa_pss_rsae_sha256, _S.rsa_pkcs1_sha256,
    _S.ecdsa_secp384r1_sha384, _S.rsa_pss_rsae_sha384, _S.rsa_pkcs1_sha384,
    _S.rsa_pss_rsae_sha512, _S.rsa_pkcs1_sha512,
)
"""What `verify` can check, in the order the client offers it."""


def key_exchange_content(client_random: bytes, server_random: bytes, params: bytes) -> bytes:
    """What the signature in a TLS 1.2 ServerKeyExchange covers: both randoms, so that it is of this
    handshake, then the message's `params`, curve and share (RFC 8422 section 5.4)."""
    return client_random + server_random + params


def verify(public_key: object, scheme: int, signature: bytes, message: bytes) -> None:
    """Returns if `signature` over `message` was made by the owner of `public_key`.

    Raises TLSError: illegal_parameter when scheme and key do not go together, decrypt_error when
    the signature is wrong (the alert's name is historical: nothing is decrypted).
    Does not check whose key it is.
    """
    name = name_of(SignatureScheme, scheme)
    if scheme not in _VERIFIERS:
        raise TLSError(AlertDescription.illegal_parameter,
                       f"the signature scheme 0x{scheme:04x} ({name}) was not offered")
    kind, how = _VERIFIERS[scheme]
    if not isinstance(public_key, kind):
        raise TLSError(AlertDescription.illegal_parameter,
                       f"the scheme {name} does not fit the key in the certificate")
    try:
        public_key.verify(signature, message, *how)
    except (InvalidSignature, UnsupportedAlgorithm):
        raise TLSError(AlertDescription.decrypt_error,
                       f"the {name} signature does not fit the signed bytes") from None

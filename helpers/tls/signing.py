"""Checking the server's signature over its key exchange (RFC 5246 section 7.4.3, RFC 8422 5.4)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription, SignatureScheme, name_of

_S = SignatureScheme
_HASH = {
    _S.rsa_pkcs1_sha256: hashes.SHA256, _S.rsa_pkcs1_sha384: hashes.SHA384,
    _S.rsa_pkcs1_sha512: hashes.SHA512, _S.rsa_pss_rsae_sha256: hashes.SHA256,
    _S.rsa_pss_rsae_sha384: hashes.SHA384, _S.rsa_pss_rsae_sha512: hashes.SHA512,
    _S.ecdsa_secp256r1_sha256: hashes.SHA256, _S.ecdsa_secp384r1_sha384: hashes.SHA384,
}
SCHEMES: tuple[int, ...] = (
    _S.ecdsa_secp256r1_sha256, _S.rsa_pss_rsae_sha256, _S.rsa_pkcs1_sha256,
    _S.ecdsa_secp384r1_sha384, _S.rsa_pss_rsae_sha384, _S.rsa_pkcs1_sha384,
    _S.rsa_pss_rsae_sha512, _S.rsa_pkcs1_sha512,
)
"""What `verify` can check, in the order the client offers it."""


def verify(public_key: object, scheme: int, signature: bytes, message: bytes) -> None:
    """Returns if `signature` over `message` was made by the owner of `public_key`.

    Raises TLSError: illegal_parameter when scheme and key do not go together, decrypt_error when
    the signature is wrong (the alert's name is historical: nothing is decrypted).
    Does not check whose key it is.
    """
    name = name_of(SignatureScheme, scheme)
    if scheme not in _HASH:
        raise TLSError(AlertDescription.illegal_parameter,
                       f"the signature scheme 0x{scheme:04x} ({name}) was not offered")
    digest = _HASH[scheme]()
    try:
        if name.startswith("ecdsa") and isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(signature, message, ec.ECDSA(digest))
        elif name.startswith("rsa_pss") and isinstance(public_key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
            public_key.verify(signature, message, pss, digest)
        elif name.startswith("rsa_pkcs1") and isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signature, message, padding.PKCS1v15(), digest)
        else:
            raise TLSError(AlertDescription.illegal_parameter,
                           f"the scheme {name} does not fit the key in the certificate")
    except (InvalidSignature, UnsupportedAlgorithm):
        raise TLSError(AlertDescription.decrypt_error,
                       f"the {name} signature does not fit the signed bytes") from None

"""Writing DER by hand, for certificates that `cryptography` rightly refuses to build.

Tag, length, value, and the algorithm identifiers of signatures: everything else (names, keys,
extensions) is `cryptography`'s own DER, put together here. `sign` uses its keys, so the arithmetic
is its own too. Source: X.690 (DER), RFC 5280 section 4.1, RFC 3279, 4055, 5758, 8410.
"""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, mldsa, padding, rsa
from cryptography.x509.oid import SignatureAlgorithmOID

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
ENUMERATED, UTF8_STRING, UTC_TIME, GENERALIZED_TIME, SEQUENCE = 0x0A, 0x0C, 0x17, 0x18, 0x30

_HASHES = {"md5": hashes.MD5, "sha1": hashes.SHA1, "sha224": hashes.SHA224,
           "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
_RSA = {"md5": 4, "sha1": 5, "sha256": 11, "sha384": 12, "sha512": 13, "sha224": 14}
_ECDSA = {"sha1": "1", "sha224": "3.1", "sha256": "3.2", "sha384": "3.3", "sha512": "3.4"}
_DSA = {"sha1": "1.2.840.10040.4.3", "sha224": "2.16.840.1.101.3.4.3.1",
        "sha256": "2.16.840.1.101.3.4.3.2", "sha384": "2.16.840.1.101.3.4.3.3",
        "sha512": "2.16.840.1.101.3.4.3.4"}
_ONE_WAY = {ed25519.Ed25519PrivateKey: "1.3.101.112", ed448.Ed448PrivateKey: "1.3.101.113",
            mldsa.MLDSA44PrivateKey: "2.16.840.1.101.3.4.3.17",
            mldsa.MLDSA65PrivateKey: "2.16.840.1.101.3.4.3.18",
            mldsa.MLDSA87PrivateKey: "2.16.840.1.101.3.4.3.19"}
"""Keys whose algorithm leaves no choice of hash."""


def tlv(tag: int, *parts: bytes) -> bytes:
    """One tag byte, the shortest length that says how much follows, the parts."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*parts: bytes) -> bytes:
    """SEQUENCE of what is already DER."""
    return tlv(SEQUENCE, *parts)


def integer(value: int) -> bytes:
    """INTEGER in two's complement, as short as it goes; negative and huge ones too."""
    size = (value if value >= 0 else ~value).bit_length() // 8 + 1
    return tlv(INTEGER, value.to_bytes(size, signed=True))


def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER from "2.5.29.17": the first two arcs share a byte, the rest base 128."""
    first, second, *rest = map(int, dotted.split("."))
    body = b""
    for arc in (40 * first + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        body += bytes(reversed(groups))
    return tlv(OID, body)


def bit_string(data: bytes) -> bytes:
    """BIT STRING of whole bytes: the first byte says that no bit of the last is unused."""
    return tlv(BIT_STRING, b"\0", data)


def time(moment: datetime) -> bytes:
    """UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5)."""
    moment = moment.astimezone(UTC)
    if 1950 <= moment.year < 2050:
        return tlv(UTC_TIME, f"{moment:%y%m%d%H%M%SZ}".encode())
    return generalized_time(moment)


def generalized_time(moment: datetime) -> bytes:
    """GeneralizedTime, which has room for four digits of the year."""
    moment = moment.astimezone(UTC)
    return tlv(GENERALIZED_TIME, f"{moment.year:04}{moment:%m%d%H%M%SZ}".encode())


def extension(dotted: str, critical: bool, value: bytes) -> bytes:
    """One Extension (RFC 5280 section 4.1): DER leaves out `critical` when it is false."""
    flag = tlv(BOOLEAN, b"\xff") if critical else b""
    return sequence(oid(dotted), flag, tlv(OCTET_STRING, value))


def algorithm(key: object, name: str) -> bytes:
    """The AlgorithmIdentifier for a signature by this private key with the hash `name`.

    Raises ValueError if no such pair is registered."""
    if fixed := _fixed(key):
        return sequence(oid(fixed))
    try:
        if isinstance(key, rsa.RSAPrivateKey):
            return sequence(oid(f"1.2.840.113549.1.1.{_RSA[name]}"), tlv(NULL))
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return sequence(oid(f"1.2.840.10045.4.{_ECDSA[name]}"))
        if isinstance(key, dsa.DSAPrivateKey):
            return sequence(oid(_DSA[name]))
    except KeyError:
        raise ValueError(f"there is no signature algorithm with the hash {name!r} for "
                         f"{type(key).__name__}") from None
    raise ValueError(f"{type(key).__name__} cannot sign certificates")


def _fixed(key: object) -> str | None:
    return next((dotted for kind, dotted in _ONE_WAY.items() if isinstance(key, kind)), None)


def sign(key: object, data: bytes, name: str) -> bytes:
    """The signature over `data`: RSA PKCS #1 v1.5, ECDSA (deterministic, RFC 6979), EdDSA or
    ML-DSA. The same bytes each time, except from DSA and ML-DSA keys, which draw lots."""
    if _fixed(key):
        return key.sign(data)
    chosen = _HASHES[name]()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), chosen)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(chosen, deterministic_signing=True))
    return key.sign(data, chosen)


def is_fixed(key: object) -> bool:
    """True if the key's algorithm leaves no choice of hash."""
    return _fixed(key) is not None


def signed(tbs: bytes, key: object, name: str, outer: bytes | None = None,
           after: bytes = b"") -> bytes:
    """What every signed thing of X.509 looks like: the content, the algorithm, the signature."""
    return sequence(tbs, outer or algorithm(key, name), bit_string(sign(key, tbs, name)), after)


def is_signed_by(item: x509.Certificate, key: object) -> bool:
    """True if this public key verifies the certificate's signature, whatever its hash: for looking
    at chains, not for trusting them. False also for what `cryptography` does not know."""
    signature, signed_part = item.signature, item.tbs_certificate_bytes
    try:
        chosen = item.signature_hash_algorithm
        if isinstance(key, rsa.RSAPublicKey):
            is_pss = item.signature_algorithm_oid == SignatureAlgorithmOID.RSASSA_PSS
            how = item.signature_algorithm_parameters if is_pss else padding.PKCS1v15()
            key.verify(signature, signed_part, how, chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed_part, ec.ECDSA(chosen))
        elif isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, signed_part, chosen)
        else:
            key.verify(signature, signed_part)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True

"""The numbers TLS gives its names, from the IANA registries "TLS Parameters" and
"TLS ExtensionType Values". Only what the course meets is listed; the rest shows as a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

TLS12 = 0x0303  # RFC 5246; TLS 1.3 keeps writing this number in its legacy fields


class ProtocolVersion(IntEnum):
    """Two bytes, major and minor: TLS 1.0 was "SSL 3.1" on the wire (RFC 5246 appendix E)."""

    ssl3 = 0x0300
    tls1_0 = 0x0301
    tls1_1 = 0x0302
    tls1_2 = 0x0303
    tls1_3 = 0x0304


class ContentType(IntEnum):
    """What a record carries (RFC 5246 section 6.2.1)."""

    change_cipher_spec = 20
    alert = 21
    handshake = 22
    application_data = 23


class HandshakeType(IntEnum):
    """The first byte of a handshake message (RFC 5246 section 7.4, RFC 9846 section 4)."""

    hello_request = 0
    client_hello = 1
    server_hello = 2
    new_session_ticket = 4
    end_of_early_data = 5
    encrypted_extensions = 8
    certificate = 11
    server_key_exchange = 12
    certificate_request = 13
    server_hello_done = 14
    certificate_verify = 15
    client_key_exchange = 16
    finished = 20
    certificate_status = 22
    key_update = 24


class AlertLevel(IntEnum):
    """RFC 5246 section 7.2."""

    warning = 1
    fatal = 2


class AlertDescription(IntEnum):
    """Why a connection ends (RFC 5246 section 7.2; some are from RFC 6066, 7301, 9846)."""

    close_notify = 0
    unexpected_message = 10
    bad_record_mac = 20
    record_overflow = 22
    handshake_failure = 40
    bad_certificate = 42
    unsupported_certificate = 43
    certificate_revoked = 44
    certificate_expired = 45
    certificate_unknown = 46
    illegal_parameter = 47
    unknown_ca = 48
    access_denied = 49
    decode_error = 50
    decrypt_error = 51
    protocol_version = 70
    insufficient_security = 71
    internal_error = 80
    inappropriate_fallback = 86
    user_canceled = 90
    no_renegotiation = 100
    missing_extension = 109
    unsupported_extension = 110
    unrecognized_name = 112
    bad_certificate_status_response = 113
    unknown_psk_identity = 115
    certificate_required = 116
    general_error = 117
    no_application_protocol = 120
    ech_required = 121


class ExtensionType(IntEnum):
    """What a Hello can add (RFC 6066, 7301, 7627, 7685, 8422, 9846, 5746 and others)."""

    server_name = 0
    max_fragment_length = 1
    status_request = 5
    supported_groups = 10
    ec_point_formats = 11
    signature_algorithms = 13
    application_layer_protocol_negotiation = 16
    signed_certificate_timestamp = 18
    padding = 21
    encrypt_then_mac = 22
    extended_master_secret = 23
    session_ticket = 35
    pre_shared_key = 41
    early_data = 42
    supported_versions = 43
    cookie = 44
    psk_key_exchange_modes = 45
    post_handshake_auth = 49
    signature_algorithms_cert = 50
    key_share = 51
    ech_outer_extensions = 64768
    encrypted_client_hello = 65037
    renegotiation_info = 65281


class NamedGroup(IntEnum):
    """Where a Diffie-Hellman share lives (RFC 8422 section 5.1.1, RFC 9846 section 4.3.7)."""

    secp256r1 = 23
    secp384r1 = 24
    secp521r1 = 25
    x25519 = 29
    x448 = 30
    curveSM2 = 41
    ffdhe2048 = 256
    ffdhe3072 = 257
    SecP256r1MLKEM768 = 4587
    X25519MLKEM768 = 4588
    SecP384r1MLKEM1024 = 4589
    curveSM2MLKEM768 = 4590


class SignatureScheme(IntEnum):
    """Hash and signature algorithm in one number (RFC 9846 section 4.3.3)."""

    rsa_pkcs1_sha1 = 0x0201
    ecdsa_sha1 = 0x0203
    rsa_pkcs1_sha256 = 0x0401
    ecdsa_secp256r1_sha256 = 0x0403
    rsa_pkcs1_sha384 = 0x0501
    ecdsa_secp384r1_sha384 = 0x0503
    rsa_pkcs1_sha512 = 0x0601
    ecdsa_secp521r1_sha512 = 0x0603
    sm2sig_sm3 = 0x0708
    rsa_pss_rsae_sha256 = 0x0804
    rsa_pss_rsae_sha384 = 0x0805
    rsa_pss_rsae_sha512 = 0x0806
    ed25519 = 0x0807
    ed448 = 0x0808
    rsa_pss_pss_sha256 = 0x0809
    rsa_pss_pss_sha384 = 0x080A
    rsa_pss_pss_sha512 = 0x080B
    ecdsa_brainpoolP256r1tls13_sha256 = 0x081A
    ecdsa_brainpoolP384r1tls13_sha384 = 0x081B
    ecdsa_brainpoolP512r1tls13_sha512 = 0x081C
    mldsa44 = 0x0904
    mldsa65 = 0x0905
    mldsa87 = 0x0906


class ECPointFormat(IntEnum):
    """How a curve point is written (RFC 8422 section 5.1.2): only the first is left."""

    uncompressed = 0
    ansiX962_compressed_prime = 1
    ansiX962_compressed_char2 = 2


class ECCurveType(IntEnum):
    """How ServerKeyExchange says which curve (RFC 8422 section 5.4): by name."""

    named_curve = 3


class ClientCertificateType(IntEnum):
    """Which keys a server would take from a client (RFC 5246 section 7.4.4, RFC 8422)."""

    rsa_sign = 1
    dss_sign = 2
    ecdsa_sign = 64


class CompressionMethod(IntEnum):
    """Always null: compression before encryption leaks (RFC 7525 section 3.3)."""

    null = 0
    deflate = 1


class NameType(IntEnum):
    """The only kind of name SNI ever got (RFC 6066 section 3)."""

    host_name = 0


class CertificateStatusType(IntEnum):
    """The kind of revocation answer a client asks for (RFC 6066 section 8)."""

    ocsp = 1


class PskKeyExchangeMode(IntEnum):
    """How a TLS 1.3 resumption may go (RFC 9846 section 4.3.9)."""

    psk_ke = 0
    psk_dhe_ke = 1


class CipherSuite(IntEnum):
    """Two bytes that choose the algorithms (RFC 5246 appendix A.5, RFC 5288, 5289, 7905, 9846)."""

    TLS_RSA_WITH_AES_128_CBC_SHA = 0x002F
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA = 0x0033
    TLS_RSA_WITH_AES_256_CBC_SHA = 0x0035
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA = 0x0039
    TLS_RSA_WITH_AES_128_CBC_SHA256 = 0x003C
    TLS_RSA_WITH_AES_256_CBC_SHA256 = 0x003D
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA256 = 0x0067
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA256 = 0x006B
    TLS_RSA_WITH_AES_128_GCM_SHA256 = 0x009C
    TLS_RSA_WITH_AES_256_GCM_SHA384 = 0x009D
    TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x009E
    TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 = 0x009F
    TLS_EMPTY_RENEGOTIATION_INFO_SCSV = 0x00FF
    TLS_AES_128_GCM_SHA256 = 0x1301
    TLS_AES_256_GCM_SHA384 = 0x1302
    TLS_CHACHA20_POLY1305_SHA256 = 0x1303
    TLS_FALLBACK_SCSV = 0x5600
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA = 0xC009
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA = 0xC00A
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA = 0xC013
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA = 0xC014
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 = 0xC023
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384 = 0xC024
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 = 0xC027
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 = 0xC028
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = 0xC02B
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = 0xC02C
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = 0xC02F
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = 0xC030
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 0xCCA8
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = 0xCCA9
    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = 0xCCAA


@dataclass(frozen=True, slots=True)
class SuiteParameters:
    """What a cipher suite decides; lengths in bytes. TLS 1.3's suites leave the first two open."""

    key_exchange: str | None  # "RSA" or "ECDHE"
    authentication: str | None  # "RSA" or "ECDSA": the kind of key in the certificate
    aead: str  # "AES-GCM" or "CHACHA20-POLY1305"; "AES-CBC" is none, and has a MAC beside it
    key_length: int
    fixed_iv_length: int  # derived and secret; TLS 1.2's GCM adds 8 bytes in the record
    hash_name: str  # of the PRF or HKDF, and of the transcript
    mac_length: int = 0  # of the MAC key, where the cipher alone proves nothing


def _suite(key_exchange: str, authentication: str, cipher: str, hash_name: str) -> SuiteParameters:
    aead, key_length, iv = {
        "AES_128_GCM": ("AES-GCM", 16, 4), "AES_256_GCM": ("AES-GCM", 32, 4),
        "CHACHA20_POLY1305": ("CHACHA20-POLY1305", 32, 12)}[cipher]
    return SuiteParameters(key_exchange, authentication, aead, key_length, iv, hash_name)


SUITES: dict[int, SuiteParameters] = {
    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256: _suite("RSA", "RSA", "AES_128_GCM", "SHA256"),
    CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384: _suite("RSA", "RSA", "AES_256_GCM", "SHA384"),
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:
        _suite("ECDHE", "RSA", "AES_128_GCM", "SHA256"),
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384:
        _suite("ECDHE", "RSA", "AES_256_GCM", "SHA384"),
    CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256:
        _suite("ECDHE", "RSA", "CHACHA20_POLY1305", "SHA256"),
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:
        _suite("ECDHE", "ECDSA", "AES_128_GCM", "SHA256"),
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384:
        _suite("ECDHE", "ECDSA", "AES_256_GCM", "SHA384"),
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:
        _suite("ECDHE", "ECDSA", "CHACHA20_POLY1305", "SHA256"),
}
"""The TLS 1.2 suites the engine can use: authenticated encryption only (RFC 9325 section 4.2)."""


def is_grease(value: int) -> bool:
    """True for 0x0a0a, 0x1a1a ... 0xfafa: numbers sent only to be ignored (RFC 8701)."""
    return value >> 8 == value & 0xFF and value & 0x0F == 0x0A


@lru_cache(maxsize=1024)
def name_of(registry: type[IntEnum], value: int) -> str:
    """The registry's name for a number, "GREASE" for RFC 8701's, else "unknown"."""
    try:
        return registry(value).name
    except ValueError:
        return "GREASE" if is_grease(value) else "unknown"

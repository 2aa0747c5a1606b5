"""The registries' names in the words of each peer."""

from helpers.tls.registry import CipherSuite
from tests.interop.case import HYBRID, P256, X25519

OPENSSL_GROUPS = {X25519: "X25519", P256: "P-256", HYBRID: "X25519MLKEM768"}
NSS_GROUPS = {X25519: "x25519", P256: "P256"}
GNUTLS_GROUPS = {X25519: "GROUP-X25519", P256: "GROUP-SECP256R1"}
_OPENSSL_SUITES = {
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": "ECDHE-ECDSA-AES128-GCM-SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": "ECDHE-RSA-AES256-GCM-SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": "ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_RSA_WITH_AES_128_GCM_SHA256": "AES128-GCM-SHA256",
}


def openssl_suite(suite: str) -> str:
    """TLS 1.3's are called the same everywhere."""
    return _OPENSSL_SUITES.get(suite, suite)


def suite_number(suite: str) -> int:
    return int(CipherSuite[suite])


def iana_suite(said: str | None) -> str | None:
    """The registry's name for what a program of OpenSSL's family calls a suite."""
    back = {theirs: ours for ours, theirs in _OPENSSL_SUITES.items()}
    return back.get(said, said)

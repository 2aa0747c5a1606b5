"""What TLS 1.3 adds to the registry: its suites, and two values that are told apart by hand."""

from __future__ import annotations

from enum import IntEnum

from helpers.tls.registry import CipherSuite, SuiteParameters

TLS13 = 0x0304  # never in a record's header: only in supported_versions (RFC 9846 section 4.3.1)
HELLO_RETRY_REQUEST_RANDOM = bytes.fromhex(
    "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""A ServerHello with this random is a HelloRetryRequest: SHA-256 of that word (RFC 9846 section
4.2.3)."""

DOWNGRADED = b"DOWNGRD\x01"
"""The end of the random of a server that could do TLS 1.3 and was asked for TLS 1.2 (RFC 9846
section 4.2.3)."""
DOWNGRADED_FURTHER = b"DOWNGRD\x00"
"""The same, where it was asked for TLS 1.1 or older."""

SUITES13: dict[int, SuiteParameters] = {
    CipherSuite.TLS_AES_128_GCM_SHA256: SuiteParameters(None, None, "AES-GCM", 16, 12, "SHA256"),
    CipherSuite.TLS_AES_256_GCM_SHA384: SuiteParameters(None, None, "AES-GCM", 32, 12, "SHA384"),
    CipherSuite.TLS_CHACHA20_POLY1305_SHA256:
        SuiteParameters(None, None, "CHACHA20-POLY1305", 32, 12, "SHA256"),
}
"""The TLS 1.3 suites (RFC 9846 appendix B.4), without those for small devices."""


class KeyUpdateRequest(IntEnum):
    """Whether the other end should change its key too (RFC 9846 section 4.7.3)."""

    update_not_requested = 0
    update_requested = 1

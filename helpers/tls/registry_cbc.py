"""The cipher suites of history: AES-CBC with a MAC beside it (RFC 5246 appendix A.5)."""

from __future__ import annotations

from helpers.tls.registry import SUITES, CipherSuite, SuiteParameters

CBC_SUITES: dict[int, SuiteParameters] = {
    CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA:
        SuiteParameters("RSA", "RSA", "AES-CBC", 16, 0, "SHA256", 20),
    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA:
        SuiteParameters("ECDHE", "RSA", "AES-CBC", 16, 0, "SHA256", 20),
}
"""How it was done before: to be read, and attacked, but only where a lesson asks for it."""
ALL_SUITES = SUITES | CBC_SUITES

"""The work that `tools.bench` times for the checklist: one chain of three, judged by both.

Each time both read leaf and intermediate from DER; both have read the root before.
"""

from __future__ import annotations

from functools import cache

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, ServerVerifier, Store

from helpers import lab, pki
from helpers.pki import facts


@cache
def _verifier() -> ServerVerifier:
    store = Store([pki.root().certificate])
    return PolicyBuilder().store(store).time(lab.NOW).build_server_verifier(x509.DNSName(lab.HOST))


@cache
def _sent() -> tuple[bytes, ...]:
    return pki.server().chain


def our_verdict() -> None:
    """The checklist, with nothing remembered of the certificates that were sent."""
    facts.facts_of.cache_clear()
    verdict = pki.judge(_sent(), roots=(pki.root().certificate,), name=lab.HOST)
    if not verdict.good or len(verdict.lines) != 16:
        raise RuntimeError("the chain is good, and the checklist refused it")


def their_verdict() -> None:
    """`cryptography.x509.verification`; raises what it raises if it refuses."""
    leaf, *others = map(x509.load_der_x509_certificate, _sent())
    _verifier().verify(leaf, others)

"""The gallery of broken chains, judged three times over, with the alert that follows on the wire.

The chains are `pki.broken`'s; here each is shown to our own validator, to `cryptography` and to
OpenSSL, and a real OpenSSL server offers it to a real OpenSSL client.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from helpers import pki
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange


@dataclass(frozen=True)
class Exhibit:
    """A chain with everything that is said of it; `alert` is "" where OpenSSL's client went on."""

    case: pki.BrokenChain
    verdict: pki.Verdict
    comparison: object
    alert: str

    @property
    def agreed(self) -> bool:
        """Whether the three validators say the same."""
        return self.comparison.agree

    def says(self, check: str) -> str:
        """What our checklist says at this check, if it goes past the one that fails."""
        skip = [self.case.check] if self.case.check else []
        verdict = pki.judge(self.case.chain, **self.case.circumstances, skip=skip)
        return next((line.reason for line in verdict.lines if line.check == check
                     and line.state != "not reached"), "nothing")


def broken_slugs() -> tuple[str, ...]:
    """The gallery without the one chain in it that is good."""
    return tuple(slug for slug in pki.GALLERY if slug != "good")


@cache
def numbered() -> dict[str, str]:
    """"No. 1" and so on, with the chain's slug: the good one, for comparison, and then the others
    in an order that gives nothing away."""
    mixed = sorted(broken_slugs(), key=lambda slug: sha256(f"gallery: {slug}".encode()).digest())
    mixed.insert(0, "good")
    return {f"No. {place}": slug for place, slug in enumerate(mixed, 1)}


@cache
def faults(slug: str) -> frozenset[str]:
    """Every check that this chain fails, found by switching off one after the other. (Where no
    way leads to a root, that is all there is to say: the rest needs a way.)"""
    case, found = pki.broken(slug), []
    while True:
        verdict = pki.judge(case.chain, **case.circumstances, skip=found)
        if verdict.good or verdict.failed is None or verdict.failed.check in found:
            return frozenset(found)
        found.append(verdict.failed.check)


@cache
def exhibit(slug: str) -> Exhibit:
    """One chain of the gallery with its verdicts. Raises as `pki.broken` does for other words."""
    case = pki.broken(slug)
    comparison = pki.compare(case.chain, **case.circumstances)
    return Exhibit(case, comparison.ours, comparison, _on_the_wire(case))


def _on_the_wire(case: pki.BrokenChain) -> str:
    """The alert of a real client, "" if it connects."""
    revoked = case.ocsp[0] if case.ocsp else None
    client = openssl_client(version="1.3", roots=case.roots, name=case.host, time=case.time,
                            crls=case.crls)
    server = openssl_server(version="1.3", identity=case.identity, staple=revoked)
    talk = record_exchange(server, client=client)
    return next(iter(talk.ends["client"].alerts_sent), "")

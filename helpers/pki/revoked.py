"""Revocation: what the CRLs and OCSP responses at hand say of each certificate of a path.

Judged is what was handed in (RFC 5280 section 6.3, RFC 6960 section 3.2); nothing is fetched. A
list that says "revoked" counts. One that cannot be relied on (stale, wrongly signed...) and is the
only one about a certificate leaves its state open, and that is a refusal too: who hands lists in
wants to know. Where nothing is at hand, nothing is asked, as browsers do for OCSP in 2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp

from helpers.pki import crls, responders
from helpers.pki.crls import ALL, GOOD, HELD, OPEN, RELEASED, REVOKED, Said
from helpers.pki.facts import Facts, element, shown
from helpers.pki.job import Finding, Job
from helpers.pki.policy import PATH

_CRL, _OCSP = "RFC 5280 section 6.3.3", "RFC 6960 section 3.2"


def answers(item: Facts, above: Sequence[Facts], job: Job) -> list[tuple[Said, str]]:
    """What each list and response about `item` says, and by which rules; `above` is the path from
    its issuer on."""
    found = []
    for ask, things, kind, source in ((crls.ask, job.crls, "a CRL", _CRL),
                                      (_ask_ocsp, job.ocsp, "an OCSP response", _OCSP)):
        for thing in things:
            try:
                said = ask(thing, item, above, job)
            except Exception as problem:  # parsed late, so anything can turn out unreadable here
                said = Said(OPEN, f"cannot be read: {shown(problem) or type(problem).__name__}")
            if said is not None:
                sentence = f"{kind} of {above[0].label} {said.sentence}"
                found.append((said._replace(sentence=sentence), source))
    return found


def examine(path: Sequence[Facts], at: int, job: Job) -> Iterator[Finding]:
    """Asked once, of the whole path: CRLs can be signed by anybody whom the path vouches for."""
    if at == 0 or at != len(path) - 1 or not (job.crls or job.ocsp):
        return
    for place in reversed(range(at)):
        yield from _status(path[place], path[place + 1:], job)


def _status(item: Facts, above: Sequence[Facts], job: Job) -> Iterator[Finding]:
    told = answers(item, above, job)
    found = [(_after(said, told), source) for said, source in told]
    for said, source in found:
        if said.state in (REVOKED, HELD):
            yield Finding(PATH, item, said.sentence, source)
            return
    clear = frozenset().union(*(said.reasons for said, _ in found if said.state == GOOD)) >= ALL
    for said, source in found:
        if said.state in (OPEN, RELEASED) and not clear:
            yield Finding(PATH, item, f"whether it is revoked stays open: {said.sentence}", source)
            return
    if not clear and (found or job.policy.must_know):
        what = "what is at hand speaks of some reasons only" if found else \
            f"no CRL or OCSP response of {above[0].label} is at hand"
        yield Finding(PATH, item, f"whether it is revoked stays open: {what}", _CRL)


def _after(said: Said, others: Sequence[tuple[Said, str]]) -> Said:
    """What is left of an answer once the newer ones are known."""
    if any(said.released_by(other) for other, _ in others):
        return said._replace(state=GOOD)
    return said


def passed(path: Sequence[Facts], job: Job) -> str:
    """What was found out, or that there was nothing to find out from."""
    if not (job.crls or job.ocsp):
        return "no CRL and no OCSP response is at hand, so nothing was asked"
    said = [f"{item.label}: {said.sentence}"
            for place, (item, _) in enumerate(pairwise(path))
            for said, _ in answers(item, path[place + 1:], job) if said.state == GOOD]
    return "; ".join(dict.fromkeys(said)) or \
        "no CRL or OCSP response at hand is about these certificates"


def _ask_ocsp(response: ocsp.OCSPResponse, item: Facts, above: Sequence[Facts],
              job: Job) -> Said | None:
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    single = next((one for one in response.responses if _about(one, item, above[0])), None)
    if single is None:
        return None
    if problem := responders.unfit(response, single, above[0], job):
        return Said(OPEN, problem)
    if single.certificate_status is ocsp.OCSPCertStatus.GOOD:
        return Said(GOOD, f"of {single.this_update_utc:%Y-%m-%d} says that it is good")
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        return Said(REVOKED, f"says that it was revoked on {single.revocation_time_utc:%Y-%m-%d}")
    return Said(OPEN, "does not know it")


def _about(single: ocsp.OCSPSingleResponse, item: Facts, above: Facts) -> bool:
    """Does the CertID (RFC 6960 section 4.1.1) mean this certificate of this issuer?"""
    if single.serial_number != item.serial_number:
        return False
    start = element(above.spki, 0)[1]
    _, start, end = element(above.spki, element(above.spki, start)[2])
    key = above.spki[start + 1:end]  # the BIT STRING without its count of unused bits
    return (_hashed(single.hash_algorithm, item.issuer) == single.issuer_name_hash
            and _hashed(single.hash_algorithm, key) == single.issuer_key_hash)


def _hashed(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()

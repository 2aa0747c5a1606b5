"""The gallery: one thing wrong with each chain, seen by the validators it says, and told well."""

import re
import subprocess
import sys
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER
from helpers.pki.case import MAKERS
from helpers.sources import openssl_client, openssl_server, record_exchange

BROKEN = [slug for slug in pki.GALLERY if slug != "good"]
PROMISED = {
    "good", "expired", "not_yet_valid", "wrong_name", "wildcard_misuse", "missing_intermediate",
    "untrusted_root", "self_signed", "leaf_as_ca", "path_too_long", "wrong_eku",
    "name_constraint", "weak_key", "sha1", "revoked_crl", "revoked_ocsp", "tampered",
    "too_long_lived", "no_san_only_cn", "ca_without_key_cert_sign", "expired_intermediate",
    "critical_unknown_extension", "unlogged",
}


def cryptography_accepts(case: pki.BrokenChain) -> bool:
    policy = PolicyBuilder().store(Store(case.roots)).time(case.time)
    try:
        policy.build_server_verifier(x509.DNSName(case.host)).verify(
            case.chain[0], list(case.chain[1:]))
    except VerificationError:
        return False
    return True


@cache
def on_the_wire(slug: str, version: str):
    case = pki.broken(slug)
    client = openssl_client(roots=case.roots, name=case.host, time=case.time, crls=case.crls,
                            version=version)
    server = openssl_server(identity=case.identity, version=version,
                            staple=case.ocsp[0] if case.ocsp else None)
    return record_exchange(server, client=client), client


def test_all_are_there():
    assert set(pki.GALLERY) == PROMISED == set(MAKERS)
    assert pki.GALLERY[0] == "good"
    assert len(pki.GALLERY) == len(set(pki.GALLERY))


def test_an_unknown_slug_gets_the_nearest():
    with pytest.raises(KeyError, match="no broken chain is called 'expird'; try expired"):
        pki.broken("expird")


@pytest.mark.parametrize("slug", pki.GALLERY)
def test_cryptography_refuses_unless_it_is_said_to_overlook(slug):
    case = pki.broken(slug)
    assert cryptography_accepts(case) == (slug == "good" or "cryptography" in case.overlooked)


@pytest.mark.parametrize("version", ["1.2", "1.3"])
@pytest.mark.parametrize("slug", pki.GALLERY)
def test_openssl_refuses_with_the_alert_it_is_said_to_send(slug, version):
    case, (talk, client) = pki.broken(slug), on_the_wire(slug, version)
    assert bool(case.alert) == (slug != "good" and "OpenSSL" not in case.overlooked)
    assert talk.ends[CLIENT].alerts_sent == ((case.alert,) if case.alert else ())
    assert talk.ends[CLIENT].connected == (not case.alert)
    assert talk.ends[SERVER].alerts_received == talk.ends[CLIENT].alerts_sent
    assert (client.said_of_chain == (0, "ok")) == (not case.alert)


@pytest.mark.parametrize("slug", pki.GALLERY)
def test_the_checklist_fails_where_it_is_said_to(slug):
    case = pki.broken(slug)
    verdict = pki.judge(case.chain, **case.circumstances)
    assert (verdict.failed.check if verdict.failed else "") == case.check
    assert verdict.good == (slug == "good")


@pytest.mark.parametrize("slug", [slug for slug in BROKEN if slug != "missing_intermediate"])
def test_only_one_thing_is_wrong(slug):
    """Without the one check, the chain slips through; without any other, it does not."""
    case = pki.broken(slug)
    assert pki.judge(case.chain, skip=[case.check], **case.circumstances).good
    for other in set(pki.SLUGS) - {case.check}:
        assert not pki.judge(case.chain, skip=[other], **case.circumstances).good


def test_what_is_missing_is_one_certificate():
    """Whoever has no issuer cannot check its signature: more lines are at stake than one."""
    case = pki.broken("missing_intermediate")
    helped = [*case.chain, pki.intermediate().certificate]
    assert not pki.judge(case.chain, **case.circumstances).good
    assert pki.judge(helped, **case.circumstances).good


def test_tampered_bytes():
    """The certificate that was signed differs in the name, and in nothing else."""
    case = pki.broken("tampered")
    der, host = case.identity.chain[0], lab.HOST.encode()
    honest = pki.issue("shap.example", by=pki.intermediate()).chain[0]
    assert sum(a != b for a, b in zip(der, honest, strict=True)) == der.count(host) == 2
    honest_leaf = x509.load_der_x509_certificate(honest)
    honest_leaf.verify_directly_issued_by(pki.intermediate().certificate)


def test_a_program_that_judges_the_staple_refuses():
    case = pki.broken("revoked_ocsp")
    asked = []
    client = openssl_client(roots=case.roots, staple=lambda answer: bool(asked.append(answer)))
    server = openssl_server(identity=case.identity, staple=case.ocsp[0])
    talk = record_exchange(server, client=client)
    assert talk.ends[CLIENT].alerts_sent == ("bad_certificate_status_response",)
    assert asked == [case.ocsp[0].public_bytes(Encoding.DER)]


# --- what a learner reads -----------------------------------------------------------------------


@pytest.mark.parametrize("slug", pki.GALLERY)
def test_the_text(slug):
    case = pki.broken(slug)
    assert case.slug == slug
    assert len(case.title) < 50
    assert not case.title.endswith(".")
    assert case.story.endswith(".")
    assert 30 < len(case.story) < 220
    assert 100 < len(case.explanation) < 900
    assert "  " not in case.story + case.explanation
    assert "\n" not in case.story
    sources = re.findall(r"RFC \d{4}|Baseline Requirements section \d|SHA-1", case.explanation)
    assert bool(sources) == (slug != "good")


@pytest.mark.parametrize("slug", BROKEN)
def test_the_story_does_not_give_away_the_check(slug):
    case = pki.broken(slug)
    title = next(line.title for line in pki.judge(case.chain, **case.circumstances).lines
                 if line.check == case.check)
    assert "_" not in case.check or case.check.replace("_", " ") not in case.story.lower()
    assert title.lower() not in case.story.lower()


def test_each_differs_from_the_good_chain():
    seen = {(case.identity.chain, case.roots, bool(case.crls), bool(case.ocsp))
            for case in map(pki.broken, pki.GALLERY)}
    assert len(seen) == len(pki.GALLERY)
    assert {pki.broken(slug).time for slug in pki.GALLERY} == {lab.NOW}


def test_the_same_bytes_in_another_process():
    code = ("from helpers import pki; import hashlib; print(hashlib.sha256(b''.join("
            "b''.join(pki.broken(slug).identity.chain) for slug in pki.GALLERY)).hexdigest())")
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                           check=True, cwd=lab.DATA.parent, timeout=60).stdout for _ in range(2)}
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 64

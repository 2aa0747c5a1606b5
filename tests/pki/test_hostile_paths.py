"""Bundles that somebody made up to keep a validator busy: the work for them is bounded, and a good
way among them is found all the same. Work is counted, never timed.
"""

from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers import lab, pki
from helpers.pki.job import SIGNATURES
from helpers.pki.path import CANDIDATES
from helpers.pki.verdict import PATHS
from tests.pki.test_hostile import HOST, ca, counted, good, sent, verdict


def certificate(name, own, above, signer, **fields):
    named = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return pki.certificate_der(name, key=own, issuer=above, sign_with=signer, ca=True,
                               extensions=[] if fields.pop("nameless", False) else [named],
                               **fields)


def subject(name):
    return pki.issue(name, ca=True).certificate.subject


def below(issuer, signer):
    """A good leaf of this CA."""
    identity = pki.Identity(signer, x509.load_der_x509_certificate(issuer))
    return pki.certificate_der(HOST, by=identity)


def bounded(work):
    return work.signatures <= SIGNATURES and work.paths <= PATHS \
        and work.candidates <= 2 * CANDIDATES


def test_cas_that_sign_each_other():
    """Every one of six for every other: all loops that there can be, and no way out."""
    keys = {number: pki.test_key(f"ring {number}") for number in range(6)}
    names = {number: subject(f"TEST ONLY Ring {number}") for number in keys}
    ring = [certificate(names[one], keys[one], names[other], keys[other])
            for one in keys for other in keys if one != other]
    leaf = below(ring[0], keys[0])
    came = verdict([leaf, *ring], name=HOST)
    assert came.failed.check == "path"
    assert bounded(came.work)


def test_a_ladder_with_more_ways_than_can_be_tried():
    """Ten certificates for each of six CAs, all properly signed: a million ways to nowhere."""
    names = [subject(f"TEST ONLY Rung {number}") for number in range(7)]
    keys = [pki.test_key(f"rung {number}") for number in range(7)]
    rungs = [certificate(names[at], keys[at], names[at + 1], keys[at + 1], serial=100 + copy)
             for at in range(6) for copy in range(10)]
    leaf = below(rungs[0], keys[0])
    came = verdict([leaf, *rungs], name=HOST)
    assert not came.good
    assert bounded(came.work)
    root = pki.issue(names[6], key=keys[6], ca=True).certificate
    assert pki.judge([leaf, *rungs], roots=[root], name=HOST).good


@cache
def namesakes():
    """5,000 certificates with the CA's name and keys of their own: one, with its key replaced."""
    own = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    der = certificate(ca().certificate.subject, own, ca().certificate.subject, own, nameless=True)
    raw = own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    random = lab.seeded("namesakes")
    return tuple(der.replace(raw, random(32), 1) for _ in range(5000))


@pytest.mark.parametrize("policy", ["WEB", "RFC5280"])
def test_five_thousand_candidates(policy):
    leaf = pki.issue(HOST, by=ca()).certificate.public_bytes(Encoding.DER)
    asked = {"name": HOST, "policy": getattr(pki, policy)}
    assert len(set(namesakes())) == 5000
    nowhere = pki.judge([leaf, *namesakes()], roots=good().roots, **asked)
    assert not nowhere.good
    assert bounded(nowhere.work)
    found = pki.judge([leaf, *namesakes()], roots=[ca().certificate], **asked)
    assert found.good
    assert found.work.signatures == 1  # the key identifier leads straight to the right one


def test_five_thousand_strangers():
    """Certificates under other names cost next to nothing."""
    stranger = sent()[1]
    at = stranger.index(b"TEST ONLY CA 1")
    strangers = [stranger[:at] + f"TEST ONLY {number:04}".encode() + stranger[at + 14:]
                 for number in range(5000)]
    came = verdict([sent()[0], *strangers, sent()[1]])
    assert came.good
    assert came.work.candidates == 2


def test_names_times_constraints():
    """3,000 names below 3,000 constraints: millions of comparisons, if one were to make them."""
    trees = [f"n{number}.example" for number in range(3000)]
    strict = pki.issue("TEST ONLY Strict CA", ca=True, constraints={"excluded": trees})
    leaf = pki.issue(HOST, by=strict, names=[f"a{number}.test" for number in range(3000)] + [HOST])
    with counted() as calls:
        came = pki.judge([leaf.certificate], roots=[strict.certificate], name=HOST)
    assert came.failed.check == "name_constraints"
    assert "given up" in came.failed.reason
    assert calls[0] < 3_000_000


def test_the_longest_chain():
    """Depth is bounded, and the bound can be moved."""
    above = ca()
    for number in range(12):
        above = pki.issue(f"TEST ONLY Depth {number}", by=above, ca=True)
    leaf = pki.issue(HOST, by=above)
    asked = {"roots": [ca().certificate], "name": HOST}
    assert pki.judge(leaf.chain, **asked).failed.check == "path"
    assert pki.judge(leaf.chain, max_depth=12, **asked).good
    assert not pki.judge(leaf.chain, max_depth=11, **asked).good

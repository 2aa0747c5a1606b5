"""Certificate policies on small chains; the long list of cases is NIST's, in test_pkits."""

import time
from dataclasses import replace

import pytest
from cryptography import x509

from helpers import pki
from helpers.pki import encode
from tests.pki.ground import HOST

A, B, C = "1.2.3.1", "1.2.3.2", "1.2.3.3"
ANY = "2.5.29.32.0"


def policies(*listed):
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(oid), None)
                                     for oid in listed]), False


def mappings(*pairs):
    value = encode.sequence(*(encode.sequence(encode.oid(one), encode.oid(other))
                              for one, other in pairs))
    return x509.UnrecognizedExtension(x509.oid.ExtensionOID.POLICY_MAPPINGS, value), True


def required(after=0, mapping=None):
    return x509.PolicyConstraints(after, mapping), True


def judge(*extensions, policy=pki.WEB):
    """Extensions of the CAs from the top down, then of the leaf; under a plain root."""
    top = by = pki.issue("Root", ca=True)
    for number, chosen in enumerate(extensions[:-1]):
        by = pki.issue(f"CA {number}", ca=True, by=by, extensions=chosen)
    leaf = pki.issue(HOST, by=by, extensions=extensions[-1])
    return pki.judge([leaf.certificate, *leaf.intermediates], roots=[top.certificate], name=HOST,
                     policy=policy)


@pytest.mark.parametrize(("extensions", "good"), [
    (([policies(A)], [policies(B)]), True),  # nobody demands one
    (([policies(A), required()], [policies(A)]), True),
    (([policies(A), required()], [policies(B)]), False),
    (([policies(A), required()], []), False),
    (([required()], [policies(A)]), False),
    (([policies(ANY), required()], [policies(B)]), True),
    (([policies(A), required()], [policies(ANY)]), True),
    (([policies(A), required(1)], []), False),
    (([policies(A), required(2)], []), True),
    (([policies(A), required(), mappings((A, B))], [policies(B)]), True),
    (([policies(A), required(), mappings((A, B))], [policies(A)]), False),
    (([policies(A), required(0, 0)], [policies(A), mappings((A, B))], [policies(B)]), False),
    (([policies(A), required(), (x509.InhibitAnyPolicy(0), True)], [policies(ANY)]), False),
    (([policies(A), required(), (x509.InhibitAnyPolicy(1), True)], [policies(ANY)],
      [policies(ANY)]), False),
    (([policies(ANY), mappings((ANY, A))], []), False),
    (([policies(ANY), mappings((A, ANY))], []), False),
])
def test_what_the_cas_agree_on(extensions, good):
    verdict = judge(*extensions)
    assert verdict.good is good
    if good:
        critical = any(flag for chosen in extensions for _, flag in chosen)
        assert any("policy extensions" in text for text in verdict.differs) is critical
    else:
        assert verdict.failed.check == "policies"


def test_the_leaf_s_own_demand_counts():
    assert judge([], [required()]).failed.check == "policies"
    assert judge([policies(A)], [policies(A), required()]).good


def test_what_the_one_who_asks_accepts():
    asks = replace(pki.WEB, explicit_policy=True, accepted_policies=frozenset({A}))
    assert judge([policies(A, B)], [policies(A, B)], policy=asks).good
    assert judge([policies(B)], [policies(B)], policy=asks).failed.check == "policies"
    assert judge([policies(ANY)], [policies(A)], policy=asks).good
    assert judge([policies(A), mappings((A, B))], [policies(B)], policy=asks).good
    assert not judge([policies(A), mappings((A, B))], [policies(B)],
                     policy=replace(asks, inhibit_mapping=True)).good
    assert judge([policies(ANY)], [policies(A)], policy=asks).good
    assert not judge([policies(ANY)], [policies(A)],
                     policy=replace(asks, inhibit_any_policy=True)).good
    assert "all CAs agree" in next(line.reason for line in judge(
        [policies(A)], [policies(A)], policy=asks).lines if line.check == "policies")


def test_mappings_that_cannot_be_read():
    broken = x509.UnrecognizedExtension(x509.oid.ExtensionOID.POLICY_MAPPINGS, b"\x30\x02\x30\x00")
    found = judge([policies(A), (broken, True)], [policies(A)]).failed
    assert found.check == "policies"
    assert "cannot be read" in found.reason


def test_a_tree_that_would_fill_the_world():
    """Each CA maps each of 60 policies to all 60: 60 to the power of 7 nodes as a tree."""
    many = [f"1.2.3.{number}" for number in range(60)]
    cross = mappings(*((one, other) for one in many for other in many))
    start = time.perf_counter()
    level = [policies(*many), cross]
    assert judge([*level, required()], *[level] * 6, [policies(many[0])]).good
    assert time.perf_counter() - start < 60  # it would take for ever

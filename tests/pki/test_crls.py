"""One CRL and one certificate; the scopes and signers of CRLs are tested with PKITS as well."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from helpers import lab, pki
from helpers.pki import crls
from helpers.pki.facts import facts_of
from helpers.pki.job import Job
from tests.pki.ground import ground

URI = [x509.UniformResourceIdentifier("http://crl.example/1")]
OTHER = [x509.UniformResourceIdentifier("http://crl.example/2")]


@pytest.fixture(scope="module")
def chain():
    return ground(leaf={"extensions": [(x509.CRLDistributionPoints(
        [x509.DistributionPoint(URI, None, None, None)]), False)]})


def made(chain, *extensions, number=1, key_id=True, revoked=(), reason=None):
    builder = (x509.CertificateRevocationListBuilder()
               .issuer_name(chain.ca.certificate.subject).last_update(lab.NOW - timedelta(days=1))
               .next_update(lab.NOW + timedelta(days=5)))
    if number:
        builder = builder.add_extension(x509.CRLNumber(number), False)
    if key_id:
        builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(
            chain.ca.key.public_key()), False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder(serial, lab.NOW - timedelta(days=2))
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(chain.ca.key, hashes.SHA256())


def asked(chain, crl, item=None):
    item = facts_of((item or chain.leaf).certificate)
    above = [facts_of(chain.ca.certificate), facts_of(chain.root.certificate)]
    root = above[1]
    job = Job(pki.WEB, lab.NOW, "server", None, {root.der: root})
    return crls.ask(crl, item, above, job)


def scope(full_name=None, **flags):
    kinds = {"relative_name": None, "only_contains_user_certs": False,
             "only_contains_ca_certs": False, "only_some_reasons": None, "indirect_crl": False,
             "only_contains_attribute_certs": False} | flags
    return x509.IssuingDistributionPoint(full_name=full_name, **kinds), True


def test_good_and_revoked(chain):
    assert asked(chain, made(chain)).state == crls.GOOD
    assert asked(chain, made(chain, revoked=[chain.leaf.certificate.serial_number])).state == \
        crls.REVOKED


@pytest.mark.parametrize(("fields", "said"), [
    ({"number": None}, "no number"), ({"key_id": False}, "which key signed it"),
])
def test_what_every_list_has(chain, fields, said):
    found = asked(chain, made(chain, **fields))
    assert found.state == crls.OPEN
    assert said in found.sentence


def test_a_critical_extension_that_is_not_understood(chain):
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    found = asked(chain, made(chain, (unknown, True)))
    assert (found.state, "1.2.3.4" in found.sentence) == (crls.OPEN, True)
    assert asked(chain, made(chain, (unknown, False))).state == crls.GOOD


@pytest.mark.parametrize(("flags", "about"), [
    ({"only_contains_user_certs": True}, True), ({"only_contains_ca_certs": True}, False),
    ({"only_contains_attribute_certs": True}, False), ({"full_name": URI}, True),
    ({"full_name": OTHER}, False),
])
def test_a_list_with_a_scope(chain, flags, about):
    listed = made(chain, scope(**flags))
    assert asked(chain, listed).state == (crls.GOOD if about else crls.OPEN)
    assert chain.judge(crls=[listed]).good is about
    assert chain.judge(crls=[listed, made(chain)]).good  # another one says what this one does not


def test_a_list_for_cas(chain):
    below = pki.issue("CA below", ca=True, by=chain.ca)
    assert asked(chain, made(chain, scope(only_contains_ca_certs=True)), below).state == crls.GOOD
    assert asked(chain, made(chain, scope(only_contains_user_certs=True)), below).state == crls.OPEN


def test_scopes_that_the_web_does_not_allow(chain):
    relative = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "part")])
    for flags in ({"indirect_crl": True}, {"relative_name": relative},
                  {"full_name": [*URI, x509.DNSName("shop.example")]}):
        assert not chain.judge(crls=[made(chain, scope(**flags))]).good
    found = asked(chain, made(chain, scope(indirect_crl=True)))
    assert (found.state, "7.2.2.1" in found.sentence) == (crls.OPEN, True)


def test_a_list_for_some_reasons(chain):
    some = frozenset({x509.ReasonFlags.key_compromise})
    rest = crls.ALL - some
    one = made(chain, scope(only_some_reasons=some))
    other = made(chain, scope(only_some_reasons=rest))
    assert asked(chain, one).reasons == some
    assert not chain.judge(crls=[one]).good
    assert "some reasons only" in chain.judge(crls=[one]).failed.reason
    assert chain.judge(crls=[one, other]).good


def test_a_delta_clears_nothing(chain):
    delta = made(chain, (x509.DeltaCRLIndicator(1), True))
    assert asked(chain, delta).state == crls.OPEN
    revoking = made(chain, (x509.DeltaCRLIndicator(1), True),
                    revoked=[chain.leaf.certificate.serial_number])
    assert asked(chain, revoking).state == crls.REVOKED


@pytest.mark.parametrize(("number", "base", "reason", "good"), [
    (6, 5, x509.ReasonFlags.certificate_hold, True),
    (6, 4, x509.ReasonFlags.certificate_hold, True),
    (5, 5, x509.ReasonFlags.certificate_hold, False),
    (9, 6, x509.ReasonFlags.certificate_hold, False),
    (6, 5, x509.ReasonFlags.key_compromise, False),
])
def test_a_delta_releases_what_is_on_hold(chain, number, base, reason, good):
    serial = [chain.leaf.certificate.serial_number]
    complete = made(chain, number=5, revoked=serial, reason=reason)
    delta = made(chain, (x509.DeltaCRLIndicator(base), True), number=number, revoked=serial,
                 reason=x509.ReasonFlags.remove_from_crl)
    assert not chain.judge(crls=[complete]).good
    assert not chain.judge(crls=[delta]).good
    assert chain.judge(crls=[complete, delta]).good is good
    assert chain.judge(crls=[delta, complete]).good is good


def test_another_key_of_the_same_ca(chain):
    second = pki.issue("CA of the test", ca=True, by=chain.root, key=pki.test_key("second"))
    crl = pki.crl(chain.ca, sign_with=second.key)
    assert not chain.judge(crls=[crl]).good
    sent = [*chain.sent, second.certificate]
    question = {"roots": [chain.root.certificate], "name": "shop.example"}
    assert pki.judge(sent, **question, crls=[crl]).good
    revoked = [crl, pki.crl(chain.root, [second.certificate])]
    assert not pki.judge(sent, **question, crls=revoked).good
    stranger = pki.issue("CA of the test", ca=True, key=pki.test_key("stranger"))
    forged = pki.crl(chain.ca, sign_with=stranger.key)
    assert not pki.judge([*chain.sent, stranger.certificate], **question, crls=[forged]).good

"""Never good where `cryptography` says no, unless a difference has a name."""

import random

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from helpers import pki
from tests.pki.ground import HOST, ground


def compared(found, **question):
    return pki.compare(found.sent, **{"roots": [found.root.certificate], "name": HOST} | question)


@pytest.mark.parametrize("fields", [
    {"root": {"start": -900, "days": 10}}, {"root": {"version": 1}},
    {"root": {"without": [x509.BasicConstraints]}}, {"ca": {"without": [x509.KeyUsage]}},
    {"leaf": {"names": (), "extended": ["server"]}}, {"leaf": {"serial": -9}},
    {"leaf": {"hash": "sha1"}}, {"ca": {"key": "rsa1024"}}, {"ca": {"key": "ed25519"}},
    {"leaf": {"extensions": [(x509.BasicConstraints(True, None), True)]}},
    {"leaf": {"without": [x509.AuthorityKeyIdentifier]}},
    {"leaf": {"usage": ["digital_signature", "key_cert_sign"]}},
    {"root": {"path_length": 0}, "ca": {"path_length": 0}},
])
def test_what_rfc_5280_alone_leaves_out_is_named(fields):
    name = None if fields.get("leaf", {}).get("names") == () else HOST
    result = compared(ground(**fields), policy=pki.RFC5280, name=name)
    assert result.ours.good
    assert result.cryptography.good or result.ours.differs
    for sentence in result.ours.differs:
        assert "policy RFC5280 does not ask this" in sentence


def dn(text):
    return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]))


@pytest.mark.parametrize(("constraints", "names", "said"), [
    (x509.NameConstraints(None, [dn("nobody")]), [HOST], "directoryName"),
    (x509.NameConstraints(None, [x509.UniformResourceIdentifier("a.example")]),
     [HOST, "https://b.example"], "UniformResourceIdentifier"),
    (x509.NameConstraints([x509.DNSName("")], None), [HOST], "empty dNSName"),
])
def test_constraints_that_cryptography_does_not_process(constraints, names, said):
    result = compared(ground(ca={"constraints": constraints}, leaf={"names": names}))
    assert result.ours.good
    assert not result.cryptography.good
    assert any(said in sentence for sentence in result.ours.differs)


def test_a_candidate_beside_the_path():
    found = ground()
    narrow = pki.cross_sign(found.ca, found.root,
                            constraints=x509.NameConstraints(None, [dn("nobody"), dn("shop")]))
    twice = (x509.SubjectKeyIdentifier(b"k"), False)
    garbled = pki.cross_sign(found.ca, found.root, extensions=[twice, twice])
    for other in (narrow, garbled):
        for sent in ([*found.sent, other.certificate],
                     [found.sent[0], other.certificate, found.sent[1]]):
            result = pki.compare(sent, roots=[found.root.certificate], name=HOST)
            assert result.ours.good
            assert result.cryptography.good or result.ours.differs


def test_more_candidates_than_it_has_patience_for():
    found = ground()
    twins = [pki.issue("CA of the test", ca=True, by=found.root, key=pki.test_key(f"twin {n}"),
                       without=[x509.SubjectKeyIdentifier]).certificate for n in range(150)]
    result = pki.compare([found.sent[0], *twins, found.sent[1]], roots=[found.root.certificate],
                         name=HOST)
    assert result.ours.good
    assert result.cryptography.good or "128" in " ".join(result.ours.differs)
    assert "128" in " ".join(result.ours.differs)


@pytest.mark.parametrize("policy", [pki.WEB, pki.RFC5280], ids=["WEB", "RFC5280"])
def test_damaged_and_signed_again(policy):
    """Random damage under a signature that fits: any yes that cryptography does not share has
    a reason with a name."""
    root = pki.issue("Root", ca=True)
    luck, good = random.Random(policy.name), 0

    def damage(parts):
        which = luck.choice([*parts, "extensions", "extensions"])
        der = bytearray(parts[which] or b"\0")
        der[luck.randrange(len(der))] ^= 1 << luck.randrange(8)
        parts[which] = bytes(der)
    for _ in range(500):
        for_ca = luck.random() < 0.5
        ca = pki.certificate_der("CA", ca=True, by=root, raw=damage if for_ca else None)
        issuer = pki.issue("CA", ca=True, by=root)
        leaf = pki.certificate_der(HOST, by=issuer, raw=None if for_ca else damage)
        result = pki.compare([leaf, ca], roots=[root.certificate], name=HOST, policy=policy)
        good += result.ours.good
        assert not result.ours.good or result.cryptography.good or result.ours.differs, \
            (leaf.hex(), ca.hex(), result.cryptography)
    assert good > 5

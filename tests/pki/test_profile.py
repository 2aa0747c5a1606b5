"""What a certificate must look like: every rule of `profile` with a certificate that breaks it."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from helpers import lab, pki
from helpers.pki import encode
from helpers.pki.facts import facts_of
from tests.pki.ground import HOST, failure

KEY_ID = x509.SubjectKeyIdentifier(b"k" * 20)
NOBODY = x509.Name([])
ANY_POLICY = x509.ObjectIdentifier("2.5.29.32.0")


def aki(key_id=b"k" * 20, issuer=None, serial=None):
    return x509.AuthorityKeyIdentifier(key_id, issuer, serial)


def extension(oid, value=b"\x30\x00"):
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value)


def replaced(**parts):
    """A hook for `issue`: puts other bytes in place of fields of the signed part."""
    def change(fields):
        fields.update(parts)
    return change


def san(*names):
    return x509.SubjectAlternativeName([pki.general_name(name) for name in names])


SOMEWHERE = [x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A")]))]
CAS = [
    # what, fields of the certificate, whose (None: all CAs), what is said, where the rule stands
    ("negative serial", {"serial": -1}, "negative", "4.1.2.2"),
    ("long serial", {"serial": 1 << 160}, "21 octets", "4.1.2.2"),
    ("huge serial", {"serial": 1 << 8000}, "1001 octets", "4.1.2.2"),
    ("unknown critical", {"extensions": [(extension("1.3.6.1.4.1.32473.9"), True)]},
     "not understood", "4.2"),
    ("critical key id", {"extensions": [(KEY_ID, True)]}, "subjectKeyIdentifier is critical",
     "4.2.1.2"),
    ("critical info access", {"extensions": [(x509.AuthorityInformationAccess([
        x509.AccessDescription(x509.oid.AuthorityInformationAccessOID.OCSP,
                               pki.general_name("http://ocsp.example"))]), True)]},
     "not understood", "4.2"),
    ("critical issuerAltName", {"extensions": [(x509.IssuerAlternativeName(
        [x509.DNSName("ca.example")]), True)]}, "not understood", "4.2"),
    ("duplicate", {"extensions": [(KEY_ID, False), (KEY_ID, False)]}, "Duplicate", "4.2"),
    ("garbage", {"extensions": [(extension("2.5.29.31", b"\xff\xff"), False)]}, "cannot be read",
     "4.2"),
    ("empty distribution points", {"extensions": [(extension("1.3.6.1.5.5.7.1.1", b"\x05\x00"),
                                                   False)]}, "cannot be read", "4.2"),
    ("critical eku", {"extensions": [(x509.ExtendedKeyUsage([pki.PURPOSES["server"]]), True)]},
     "extKeyUsage is critical", "7.1.2.7.6"),
    ("twice the same policy", {"extensions": [(x509.CertificatePolicies(
        [x509.PolicyInformation(ANY_POLICY, None)] * 2), False)]}, "one twice", "4.2.1.4"),
    ("empty san", {"extensions": [(san(), False)]}, "subjectAltName is empty", "4.2.1.6"),
    ("underscore", {"extensions": [(san(HOST, "a_b.example"), False)]}, "underscore", "4.2.1.6"),
    ("star inside", {"extensions": [(san(HOST, "a.*.example"), False)]}, "left-most", "4.2.1.6"),
    ("blank name", {"extensions": [(san(HOST, " "), False)]}, "it is empty", "4.2.1.6"),
    ("no key usage bit", {"extensions": [(extension("2.5.29.15", b"\x03\x02\x07\x00"), True)]},
     "nothing at all", "4.2.1.3"),
    ("unique identifier", {"raw": lambda parts: {
        name: value for key, der in parts.items() for name, value in (
            [("unique", encode.tlv(0x81, b"\0\1")), (key, der)] if key == "extensions"
            else [(key, der)])}}, "unique identifier", "4.1.2.8"),
    ("generalized time", {"raw": replaced(validity=encode.sequence(
        encode.generalized_time(lab.NOW - timedelta(days=3)),
        encode.time(lab.NOW + timedelta(days=90))))}, "GeneralizedTime", "4.1.2.5"),
    ("critical authority key id", {"extensions": [(aki(), True)]},
     "authorityKeyIdentifier is critical", "4.2.1.1"),
    ("authority key id without key", {"extensions": [(aki(None, SOMEWHERE, 1), False)]},
     "has no keyIdentifier", "4.2.1.1"),
    ("authority key id with issuer", {"extensions": [(aki(b"k" * 20, SOMEWHERE, 1), False)]},
     "names an issuer", "7.1.2.11.1"),
    ("no authority key id", {"without": [x509.AuthorityKeyIdentifier]},
     "which key signed it", "4.2.1.1"),
]


@pytest.mark.parametrize(("fields", "said", "section"), [case[1:] for case in CAS],
                         ids=[case[0] for case in CAS])
@pytest.mark.parametrize("who", ["leaf", "ca"])
def test_a_rule_for_the_leaf_and_for_cas(who, fields, said, section):
    found = failure(**{who: fields})
    assert found is not None
    if found[0] != "key_usage":  # a CA without any bit fails there first
        assert found[0] == "extensions"
        assert said in found[1]
        assert found[2].endswith(f"section {section}")


ROOTS = [
    ("negative serial", {"serial": -1}, "negative"),
    ("unknown critical", {"extensions": [(extension("1.3.6.1.4.1.32473.9"), True)]},
     "not understood"),
    ("not critical", {"extensions": [(x509.BasicConstraints(True, None), False)]},
     "not critical"),
    ("no key id", {"without": [x509.SubjectKeyIdentifier]}, "subjectKeyIdentifier"),
    ("key id of another", {"extensions": [(aki(b"other"), False)]}, "its own"),
    ("critical", {"extensions": [(aki(), True)]}, "critical"),
    ("issuer", {"extensions": [(KEY_ID, False), (aki(b"k" * 20, SOMEWHERE, 1), False)]},
     "names an issuer"),
    ("no key identifier", {"extensions": [(aki(None, SOMEWHERE, 1), False)]},
     "no keyIdentifier"),
    ("version 1", {"version": 1}, ""),
]


@pytest.mark.parametrize(("fields", "said"), [case[1:] for case in ROOTS],
                         ids=[case[0] for case in ROOTS])
def test_a_rule_for_the_root(fields, said):
    found = failure(root=fields)
    assert found[0] == "extensions" if said else found[0] == "ca"
    assert said in found[1]
    assert failure(root=fields, policy=pki.RFC5280) is None, "a name and a key is all it asks"


def test_what_roots_may_have():
    assert failure(root={"serial": 0}) is None
    assert failure(root={"extensions": [(KEY_ID, False), (aki(), False)]}) is None
    assert failure(ca={"serial": 0})[1] == "its serial number is zero"
    assert failure(leaf={"serial": 0})[1] == "its serial number is zero"
    assert failure(leaf={"serial": (1 << 160) - 1}) is None


def test_rules_for_cas():
    def said(**fields):
        return failure(ca=fields)[1]
    assert "not critical" in said(extensions=[(x509.BasicConstraints(True, 0), False)])
    assert "does not name its key" in said(without=[x509.SubjectKeyIdentifier])
    constraints = x509.NameConstraints([x509.DNSName(HOST)], None)
    assert failure(ca={"extensions": [(constraints, False)]}) is None, "the web allows it"
    assert "inhibitAnyPolicy is not critical" in said(extensions=[(x509.InhibitAnyPolicy(0),
                                                                   False)])
    assert "policyConstraints is not critical" in said(extensions=[(x509.PolicyConstraints(9, None),
                                                                    False)])
    assert "At least one" in said(extensions=[(extension("2.5.29.36"), True)])
    for empty in (b"\x30\x00", b"\x30\x02\xa0\x00"):
        assert "cannot be read" in said(extensions=[(extension("2.5.29.30", empty), True)])


def test_rules_for_the_leaf():
    def said(**fields):
        found = failure(leaf=fields)
        return found and found[1]
    constraints = x509.NameConstraints([x509.DNSName(HOST)], None)
    assert "nameConstraints and is no CA" in said(extensions=[(constraints, True)])
    assert "subjectAltName is critical" in said(extensions=[(san(HOST), True)])
    assert "path_length must be None" in said(extensions=[
        (extension("2.5.29.19", bytes.fromhex("3003020100")), True)])
    assert said(without=[x509.SubjectKeyIdentifier]) is None
    assert said(names=["*.example", HOST]) == "*.example would cover a whole top-level domain"
    assert said(names=["*.shop.example", HOST]) is None


def test_an_empty_subject():
    ground = pki.issue("CA", ca=True)

    def said(critical):
        leaf = pki.issue(NOBODY, by=ground, extensions=[(san(HOST), critical)],
                         usage=["digital_signature"], extended=["server"])
        line = pki.judge([leaf.certificate], roots=[ground.certificate], name=HOST).failed
        return line and line.reason
    assert said(True) is None
    assert "must be critical" in said(False)


def test_an_issuer_and_a_ca_without_a_name():
    root = pki.issue(NOBODY, ca=True)
    leaf = pki.issue(HOST, by=root)
    found = pki.judge([leaf.certificate], roots=[root.certificate], name=HOST)
    assert found.failed.check == "extensions"
    assert found.failed.reason == "it is a CA's certificate, and its subject has no name" or \
        found.failed.reason == "its issuer has no name"


def test_a_version_without_extensions():
    slug, _, source = failure(leaf={"version": 1, "extensions": [(san(HOST), False)]})
    assert slug in ("extensions", "eku")
    assert source


def test_one_algorithm_inside_and_another_outside():
    slug, reason, _ = failure(leaf={"outer": "sha384"})
    assert slug == "signature"
    assert "inside" in reason
    slug, _, source = failure(leaf={"outer": "sha384"}, skip=["signature"])
    assert (slug, source) == ("extensions", "RFC 5280 section 4.1.1.2")


def test_it_ends_before_it_begins():
    ends = {"start": lab.NOW - timedelta(days=1), "end": lab.NOW - timedelta(days=2)}
    assert failure(leaf=ends)[0] == "dates"
    assert failure(leaf=ends, skip=["dates"])[1] == "it ends before it begins"


@pytest.mark.parametrize("year", [2049, 2050])
def test_how_a_date_is_written(year):
    end = lab.NOW.replace(year=year)
    assert failure(ca={"end": end}) is None
    facts = facts_of(pki.issue("CA", ca=True, end=end).certificate)
    assert (0x18 in facts.validity) is (year == 2050)


def test_the_real_roots_keep_almost_all_rules():
    """Mozilla's, seen in October 2026: one without a key id, one with an old date in long form."""
    from helpers.pki import profile
    from helpers.pki.job import Job

    odd = {}
    leaf = facts_of(pki.server().certificate)
    for root in map(facts_of, pki.mozilla_roots()):
        job = Job(pki.WEB, lab.NOW, "server", None, {root.der: root})
        for finding in profile.examine([leaf, root], 1, job):
            odd[root.label] = finding.reason
    assert len(odd) <= 0.03 * len(pki.mozilla_roots()), odd

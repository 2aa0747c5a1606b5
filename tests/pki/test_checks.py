"""Each check of a chain: RFC 5280 section 6, broken one at a time in a chain that is good else."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from helpers import lab, pki
from helpers.pki.checks import CHECKS
from tests.pki.ground import HOST, failure, ground

SECOND = timedelta(seconds=1)
UNUSED = pki.test_key("nobody's")


def check_of(*args, **fields):
    found = failure(*args, **fields)
    return found and found[0]


def test_the_ground_is_good():
    verdict = ground().judge()
    assert verdict.good
    assert verdict.differs == ()
    assert {line.state for line in verdict.lines} == {"passed"}


def test_every_check_says_what_it_looks_at():
    assert len({check.slug for check in CHECKS}) == len(CHECKS) == 15
    for check in CHECKS:
        assert check.title
        assert check.source
        assert check.alert


@pytest.mark.parametrize("who", ["leaf", "ca"])
def test_signature(who):
    slug, reason, source = failure(**{who: {"sign_with": UNUSED}})
    assert slug == "signature"
    assert "does not fit" in reason
    assert source == "RFC 5280 section 6.1.3 (a)(1)"


def test_the_root_s_own_signature_is_nobody_s_business():
    assert failure(root={"hash": "sha1"}) is None
    assert failure(root={"sign_with": UNUSED}) is None


@pytest.mark.parametrize("who", ["leaf", "ca", "root"])
def test_dates(who):
    good = {"start": lab.NOW, "end": lab.NOW + timedelta(days=99)}
    assert failure(**{who: good}) is None, "the first second counts"
    assert failure(**{who: {"start": lab.NOW - timedelta(days=9), "end": lab.NOW}}) is None
    early = {**good, "start": lab.NOW + SECOND}
    late = {"start": lab.NOW - timedelta(days=9), "end": lab.NOW - SECOND}
    assert failure(**{who: early})[0] == "dates"
    assert failure(**{who: late})[0] == "dates"
    assert "until" in failure(**{who: late})[1]


def test_the_root_s_dates_do_not_count_for_rfc_5280_alone_and_that_is_named():
    late = {"start": lab.NOW - timedelta(days=9), "end": lab.NOW - SECOND}
    verdict = ground(root=late).judge(policy=pki.RFC5280)
    assert verdict.good
    assert any("Root of the test" in text and "valid until" in text for text in verdict.differs)


def test_issuer():
    other = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Somebody")])
    assert check_of(leaf={"issuer": other}) == "issuer"  # found by the key that is named
    capitals = pki.issue("CA of the test", ca=True).certificate.subject
    capitals = x509.Name([x509.NameAttribute(item.oid, item.value.upper()) for item in capitals])
    slug, reason, _ = failure(leaf={"issuer": capitals})
    assert slug == "issuer"
    assert "other bytes" in reason
    assert check_of(leaf={"issuer": capitals}, policy=pki.RFC5280) is None


def test_ca():
    no = x509.BasicConstraints(ca=False, path_length=None)
    assert check_of(ca={"extensions": [(no, True)]}) == "ca"
    slug, reason, source = failure(ca={"without": [x509.BasicConstraints]})
    assert (slug, source) == ("ca", "RFC 5280 section 6.1.4 (k)")
    assert "no basicConstraints" in reason
    assert check_of(root={"without": [x509.BasicConstraints]}) == "ca"
    assert check_of(leaf={"extensions": [(x509.BasicConstraints(True, None), True)]}) == "ca"
    assert check_of(leaf={"without": [x509.BasicConstraints]}) is None


def deep(*lengths, self_issued=()):
    """A chain whose CAs, from the root down, have these path lengths; and a leaf."""
    top = by = pki.issue("Root", ca=True, path_length=lengths[0])
    for place, length in enumerate(lengths[1:]):
        name = "Root" if place in self_issued else f"CA {place}"
        by = pki.issue(name, ca=True, by=by, path_length=length,
                       key=pki.test_key(f"number {place}"))
    leaf = pki.issue(HOST, by=by)
    return [leaf.certificate, *leaf.intermediates], {"roots": [top.certificate], "name": HOST}


@pytest.mark.parametrize(("lengths", "good"), [
    ((0,), True), ((0, None), False), ((1, 0), True), ((1, 0, None), False), ((1, 1, 1), False),
    ((2, 1, 0), True), ((None, 0, 0), False), ((None, None, 0), True), ((2, None, None), True),
    ((5, 9, 0), True),
])
def test_path_length(lengths, good):
    sent, question = deep(*lengths)
    verdict = pki.judge(sent, **question)
    assert verdict.good is good
    assert good or verdict.failed.check == "path_length"


def test_self_issued_certificates_do_not_count_against_the_path_length():
    sent, question = deep(0, None, self_issued=(0,))
    verdict = pki.judge(sent, **question)
    assert verdict.good
    assert any("self-issued" in text for text in verdict.differs)


@pytest.mark.parametrize("depth", [8, 9])
def test_at_most_eight_intermediates(depth):
    sent, question = deep(*[None] * (depth + 1))
    verdict = pki.judge(sent, **question)
    assert verdict.good is (depth == 8)
    assert depth == 8 or verdict.failed.check == "path"
    assert pki.judge(sent, **question, max_depth=9).good
    assert not pki.judge(sent, **question, max_depth=7).good


def test_key_usage():
    assert check_of(ca={"usage": ["crl_sign"]}) == "key_usage"
    assert check_of(ca={"without": [x509.KeyUsage]}) == "key_usage"
    assert check_of(root={"usage": ["crl_sign"]}) == "key_usage"
    assert check_of(leaf={"usage": ["digital_signature", "key_cert_sign"]}) == "key_usage"
    assert check_of(leaf={"usage": ["digital_signature", "crl_sign"]}) == "key_usage"
    assert check_of(leaf={"usage": ["content_commitment"]}) == "key_usage"
    assert check_of(leaf={"usage": ["key_encipherment"]}) is None
    assert check_of(leaf={"without": [x509.KeyUsage]}) is None
    assert check_of(ca={"without": [x509.KeyUsage]}, policy=pki.RFC5280) is None


@pytest.mark.parametrize(("who", "extended", "good"), [
    ("leaf", ["server"], True), ("leaf", ["server", "client"], True), ("leaf", ["client"], False),
    ("leaf", ["any"], False), ("leaf", ["server", "any"], False), ("leaf", ["code"], False),
    ("leaf", ["server", "code"], False), ("leaf", ["server", "email"], False),
    ("leaf", ["server", "ocsp"], False), ("leaf", ["server", "time"], False), ("leaf", [], False),
    ("ca", ["server"], True), ("ca", ["any"], True), ("ca", ["client"], False), ("ca", [], True),
    ("root", ["server"], False),
])
def test_eku(who, extended, good):
    assert check_of(**{who: {"extended": extended}}) == (None if good else "eku")


def test_eku_of_clients():
    question = {"purpose": "client", "name": None}
    assert check_of(leaf={"extended": ["client"]}, **question) is None
    assert check_of(leaf={"extended": ["server"]}, **question) == "eku"
    assert check_of(leaf={"extended": []}, **question) is None
    assert check_of(leaf={"extended": ["any"]}, policy=pki.RFC5280) is None
    assert check_of(leaf={"extended": ["client"]}, policy=pki.RFC5280) == "eku"
    assert pki.PURPOSES["client"] == ExtendedKeyUsageOID.CLIENT_AUTH


def test_name():
    assert check_of(name="www.shop.example") == "name"
    assert check_of(leaf={"names": ()}) == "name"
    assert check_of(leaf={"names": ()}, name=None) == "name"
    assert check_of(leaf={"names": ()}, name=None, policy=pki.RFC5280) is None
    assert check_of(name=None) is None
    assert check_of(leaf={"names": [HOST, "192.0.2.1"]}, name="192.0.2.1") is None
    assert check_of(leaf={"names": [HOST, "2001:db8::1"]}, name="[2001:db8::1]") is None
    assert check_of(leaf={"names": [HOST, "a@shop.example"]}, name="a@shop.example") is None
    assert check_of(leaf={"names": ["*.shop.example", HOST]}, name="www.shop.example") is None


@pytest.mark.parametrize("common", ["The Shop", "Shop.example", "other.example", "192.0.2.9",
                                    "0xC0000201", "bücher.example"])
def test_nobody_looks_at_a_common_name(common):
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])
    root = pki.issue("Root", ca=True)
    leaf = pki.issue(subject, by=root, names=[HOST])
    question = {"roots": [root.certificate]}
    assert pki.judge([leaf.certificate], name=HOST, **question).good
    assert not pki.judge([leaf.certificate], name="other.example", **question).good


@pytest.mark.parametrize(("begins", "days", "good"), [
    ("2026-03-15", 200, True), ("2026-03-15", 200 + 1 / 86400, False), ("2026-03-14", 398, True),
    ("2026-03-14", 399, False), ("2027-03-15", 100, True), ("2027-03-15", 101, False),
    ("2029-03-15", 47, True), ("2029-03-15", 48, False), ("2020-08-31", 825, True),
    ("2020-09-01", 399, False), ("2018-02-28", 1187, True), ("2015-04-01", 1188, False),
    ("2012-07-01", 1828, False), ("2012-06-30", 20000, True),
])
def test_lifetime(begins, days, good):
    start = lab.NOW.fromisoformat(begins + "T00:00:00+00:00")
    fields = {"start": start, "end": start + timedelta(days=days) - SECOND}
    wide = {"start": lab.NOW.replace(year=2000), "end": lab.NOW.replace(year=2049)}
    found = failure(leaf=fields, ca=wide, root=wide, time=start)
    assert (found is None) is good
    assert good or found[0] == "lifetime"


def test_only_the_web_counts_the_days():
    assert check_of(leaf={"days": 300}) == "lifetime"
    assert check_of(leaf={"days": 300}, policy=pki.RFC5280) is None

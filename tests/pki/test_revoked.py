"""Revocation in a chain: what CRLs and OCSP responses that are handed in do to the verdict."""

from datetime import timedelta

import pytest

from helpers import lab, pki
from tests.pki.ground import HOST, failure, ground

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def chain():
    return ground()


def line_of(verdict):
    return next(line for line in verdict.lines if line.check == "revocation")


def test_nothing_at_hand_nothing_asked(chain):
    assert "nothing was asked" in line_of(chain.judge()).reason
    assert "nothing was asked" in line_of(chain.judge(policy=pki.RFC5280)).reason


def test_a_crl_clears_or_revokes(chain):
    clear = chain.judge(crls=[pki.crl(chain.ca), pki.crl(chain.root)])
    assert clear.good
    assert f"{HOST}: a CRL of CA of the test of 2026-08-31 does not list it" in \
        line_of(clear).reason
    revoked = chain.judge(crls=[pki.crl(chain.ca, [(chain.leaf.certificate, None,
                                                    "key_compromise")])])
    assert revoked.alert == "certificate_revoked"
    assert revoked.failed.certificate == HOST
    assert "revoked on 2026-08-31 (keyCompromise)" in revoked.failed.reason
    assert revoked.failed.source == "RFC 5280 section 6.3.3"
    assert chain.judge(crls=[pki.crl(chain.ca, [4711])]).good


def test_a_ca_can_be_revoked(chain):
    found = chain.judge(crls=[pki.crl(chain.root, [chain.ca.certificate])])
    assert found.failed.certificate == "CA of the test"


def test_only_the_issuer_s_list_counts(chain):
    other = pki.issue("Another CA", ca=True)
    verdict = chain.judge(crls=[pki.crl(other, [chain.leaf.certificate])])
    assert verdict.good
    assert "is about these" in line_of(verdict).reason
    strict = chain.judge(crls=[pki.crl(other, [chain.leaf.certificate])], policy=pki.RFC5280)
    assert strict.failed.check == "revocation"
    assert "at hand" in strict.failed.reason


@pytest.mark.parametrize(("fields", "said"), [
    ({"issued": lab.NOW - 30 * DAY}, "held until 2026-08-09"),
    ({"issued": lab.NOW + DAY}, "begins only on 2026-09-02"),
    ({"sign_with": pki.test_key("forger")}, "signature that does not fit"),
])
def test_a_list_that_cannot_be_relied_on(chain, fields, said):
    bad = pki.crl(chain.ca, **fields)
    found = chain.judge(crls=[bad]).failed
    assert found.check == "revocation"
    assert said in found.reason
    assert chain.judge(crls=[bad, pki.crl(chain.ca)]).good, "another one clears it"
    revoking = pki.crl(chain.ca, [chain.leaf.certificate])
    found = chain.judge(crls=[pki.crl(chain.ca), bad, revoking]).failed
    assert "was revoked" in found.reason


def test_who_may_not_sign_lists():
    mute = ground(ca={"usage": ["key_cert_sign"]})
    found = mute.judge(crls=[pki.crl(mute.ca)]).failed
    assert "no cRLSign" in found.reason


def test_ocsp(chain):
    good = pki.ocsp_response(chain.leaf.certificate, chain.ca, "good")
    verdict = chain.judge(ocsp=[good])
    assert verdict.good
    assert "says that it is good" in line_of(verdict).reason
    revoked = pki.ocsp_response(chain.leaf.certificate, chain.ca, "revoked")
    assert chain.judge(ocsp=[revoked]).alert == "certificate_revoked"
    assert chain.judge(ocsp=[good, revoked]).failed.check == "revocation"
    unknown = pki.ocsp_response(chain.leaf.certificate, chain.ca, "unknown")
    assert "does not know it" in chain.judge(ocsp=[unknown]).failed.reason
    assert chain.judge(ocsp=[unknown], crls=[pki.crl(chain.ca)]).good


def test_a_response_about_another(chain):
    other = pki.issue("other.example", by=chain.ca)
    about_other = pki.ocsp_response(other.certificate, chain.ca, "revoked")
    assert chain.judge(ocsp=[about_other]).good
    stranger = pki.issue("CA of the test", ca=True, key=pki.test_key("namesake"))
    by_namesake = pki.ocsp_response(chain.leaf.certificate, stranger, "revoked")
    assert chain.judge(ocsp=[by_namesake]).good, "the key's hash is another"


def test_revocation_does_not_count_where_it_is_switched_off():
    found = ground()
    crl = pki.crl(found.ca, [found.leaf.certificate])
    assert failure(crls=[crl], skip=["revocation"]) is None
    assert line_of(found.judge(crls=[crl], skip=["revocation"])).state == "switched off"

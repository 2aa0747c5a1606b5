"""Whom to believe an OCSP response."""

from datetime import timedelta

import pytest

from helpers import lab, pki
from tests.pki.ground import ground

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def chain():
    return ground()


def answer(chain, status="good", **fields):
    return pki.ocsp_response(chain.leaf.certificate, chain.ca, status, **fields)


@pytest.mark.parametrize(("fields", "said"), [
    ({"issued": lab.NOW - 9 * DAY}, "held until 2026-08-27"),
    ({"issued": lab.NOW + DAY}, "begins only on 2026-09-02"),
    ({"sign_with": pki.test_key("forger")}, "neither by that CA nor"),
])
def test_what_cannot_be_relied_on(chain, fields, said):
    found = chain.judge(ocsp=[answer(chain, **fields)]).failed
    assert found.check == "revocation"
    assert said in found.reason
    assert found.source == "RFC 6960 section 3.2"
    assert chain.judge(ocsp=[answer(chain, "revoked", **fields)]).failed.reason == found.reason


def test_a_responder_that_the_issuer_appointed(chain):
    good = pki.issue("Responder", by=chain.ca, extended=["ocsp"], names=())
    assert chain.judge(ocsp=[answer(chain, responder=good)]).good
    assert not chain.judge(ocsp=[answer(chain, "revoked", responder=good)]).good


@pytest.mark.parametrize("fields", [
    {"extended": ["server"]}, {"extended": []}, {"by": None}, {"start": -90, "days": 9},
    {"sign_with": pki.test_key("forger")},
])
def test_a_responder_that_nobody_appointed(chain, fields):
    wrong = pki.issue("Responder", **{"by": chain.ca, "extended": ["ocsp"], "names": ()} | fields)
    found = chain.judge(ocsp=[answer(chain, responder=wrong)]).failed
    assert "neither by that CA nor by a responder it appointed" in found.reason


def test_the_issuer_s_issuer_is_not_the_issuer(chain):
    above = pki.issue("Responder", by=chain.root, extended=["ocsp"], names=())
    assert not chain.judge(ocsp=[answer(chain, responder=above)]).good


@pytest.mark.parametrize("key", ["rsa2048", "p384", "ed25519"])
def test_keys_of_all_kinds(key):
    chain = ground(ca={"key": key})
    assert chain.judge(ocsp=[answer(chain)], skip=["strength"]).good
    forged = answer(chain, sign_with=pki.test_key("forger"))
    assert not chain.judge(ocsp=[forged], skip=["strength"]).good

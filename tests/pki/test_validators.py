"""Three validators beside each other: each asked as a client would ask it."""

from datetime import timedelta

import pytest
from cryptography import x509

from helpers import lab, pki
from tests.pki.ground import HOST, ground


@pytest.fixture(scope="module")
def chain():
    return ground()


def compare(found, **question):
    return pki.compare(found.sent, **{"roots": [found.root.certificate], "name": HOST} | question)


def opinions(result):
    return [result.ours.good, result.cryptography.good, result.openssl.good]


def test_a_good_chain(chain):
    result = compare(chain)
    assert result.agree
    assert result.ours.good
    assert result.openssl.code == 0
    assert result.explained == ""
    assert result.cryptography.said == result.openssl.said == "the chain is valid"


@pytest.mark.parametrize(("fields", "question", "code"), [
    ({"leaf": {"start": -90, "days": 9}}, {}, 10),
    ({"leaf": {"start": 5}}, {}, 9),
    ({"leaf": {"sign_with": pki.test_key("forger")}}, {}, 7),
    ({"leaf": {"extended": ["client"]}}, {}, 26),
    ({"leaf": {"names": ["other.example"]}}, {}, 62),
    ({}, {"name": "192.0.2.1"}, 64),
    ({}, {"name": "www.shop.example"}, 62),
    ({"ca": {"constraints": {"permitted": ["other.example"]}}}, {}, 47),
    ({"leaf": {"extensions": [(x509.UnrecognizedExtension(
        x509.ObjectIdentifier("1.2.3"), b"\x05\x00"), True)]}}, {}, 34),
    ({}, {"time": lab.NOW + timedelta(days=5000)}, 10),
])
def test_what_all_three_refuse(fields, question, code):
    result = compare(ground(**fields), **question)
    assert result.agree
    assert not result.ours.good
    assert result.openssl.code == code
    assert result.openssl.said
    assert result.cryptography.said.startswith("validation failed")


def test_what_is_no_name_or_no_certificate(chain):
    for name in ("", "a b", "shop.example.", "bücher.example", "\0", "a" * 999):
        result = compare(chain, name=name)
        assert opinions(result) == [False] * 3, name
    result = pki.compare([b"rubbish"], roots=[chain.root.certificate], name=HOST)
    assert opinions(result) == [False] * 3
    assert not compare(chain, roots=[]).cryptography.good
    result = pki.compare([*chain.leaf.chain, b"rubbish"], roots=chain.root.chain, name=HOST)
    assert result.agree
    assert result.ours.good


def test_what_only_browsers_ask_is_explained():
    result = compare(ground(leaf={"days": 400}))
    assert not result.ours.good
    assert result.openssl.good
    assert result.cryptography.good
    assert "how long a certificate lives is the browsers' rule" in result.explained
    assert not result.agree


def test_revocation(chain):
    revoked = pki.crl(chain.ca, [chain.leaf.certificate])
    result = compare(chain, crls=[revoked])
    assert result.openssl.code == 23
    assert result.cryptography.good
    assert "it does not look at revocation" in result.explained
    assert compare(chain, crls=[pki.crl(chain.ca)]).agree


def test_a_policy_that_is_more_lenient(chain):
    result = compare(ground(leaf={"hash": "sha1"}), policy=pki.RFC5280)
    assert result.ours.good
    assert not result.cryptography.good
    assert "ECDSA with SHA-1" in result.explained


def test_clients(chain):
    client = ground(leaf={"extended": ["client"]})
    assert compare(client, purpose="client", name=None).agree
    assert not compare(chain, purpose="client", name=None).openssl.good
    result = compare(ground(leaf={"extended": ["client"], "names": [HOST, "a@shop.example"]}),
                     purpose="client", name="a@shop.example")
    assert result.ours.good


def test_an_intermediate_may_be_trusted(chain):
    result = compare(chain, roots=[chain.ca.certificate])
    assert result.agree
    assert result.ours.good

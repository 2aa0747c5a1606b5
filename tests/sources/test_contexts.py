"""OpenSSL serves a learner's own chain, and judges it by chosen roots, name, time and lists."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import KeyUsage

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER
from helpers.sources import openssl_client, openssl_server, record_exchange
from helpers.sources.openssl import RESPONSE

VERSIONS = pytest.mark.parametrize("version", ["1.2", "1.3"])
ROOT = pki.root().certificate


def meet(identity: pki.Identity, version: str = "1.2", staple=None, **trust):
    """The client's end of a meeting, the conversation, and what OpenSSL said of the chain."""
    client = openssl_client(version=version, **{"roots": [ROOT], **trust})
    talk = record_exchange(openssl_server(version=version, identity=identity, staple=staple),
                           client=client)
    return talk.ends[CLIENT], talk, client.said_of_chain


def alert(*args, **fields) -> str:
    end, _, _ = meet(*args, **fields)
    assert end.connected == (not end.alerts_sent)
    return "".join(end.alerts_sent)


@VERSIONS
@pytest.mark.parametrize("key", ["p256", "p384", "ed25519", "rsa2048", "rsa3072"])
def test_any_identity_is_served(version, key):
    identity = pki.issue(lab.HOST, by=pki.intermediate(), key=key)
    end, talk, said = meet(identity, version)
    assert end.connected
    assert end.received == RESPONSE
    assert said == (0, "ok")
    assert talk.find("certificate").parsed.certificate_list == identity.chain


@VERSIONS
def test_roots_are_those_that_were_given(version):
    ours = pki.issue("TEST ONLY My Root", ca=True)
    leaf = pki.issue(lab.HOST, by=ours)
    assert alert(leaf, version, roots=[ours.certificate]) == ""
    assert alert(leaf, version, roots=[ROOT]) == "unknown_ca"
    assert alert(leaf, version, roots=[]) == "unknown_ca"
    assert alert(leaf, version, roots=[ROOT, ours.certificate]) == ""


@VERSIONS
@pytest.mark.parametrize(("days", "expected"), [
    (-11, "bad_certificate"), (-10, ""), (89, ""), (90, "certificate_expired")])
def test_the_clock(version, days, expected):
    leaf = pki.issue(lab.HOST, by=pki.intermediate())
    assert alert(leaf, version, time=lab.NOW + timedelta(days=days)) == expected


@VERSIONS
@pytest.mark.parametrize(("names", "name", "good"), [
    (["shop.example"], "shop.example", True), (["*.shop.example"], "a.shop.example", True),
    (["*.shop.example"], "shop.example", False), (["*.shop.example"], "a.b.shop.example", False),
    (["s*p.example"], "shop.example", False), (["192.0.2.7"], "192.0.2.7", True),
    (["192.0.2.7"], "192.0.2.8", False), (["2001:db8::7"], "2001:db8::7", True),
    (["shop.example"], "192.0.2.7", False)])
def test_names(version, names, name, good):
    leaf = pki.issue("x", by=pki.intermediate(), names=names)
    assert alert(leaf, version, name=name) == ("" if good else "bad_certificate")


def test_a_common_name_is_no_name():
    assert alert(pki.issue(lab.HOST, by=pki.intermediate(), names=())) == "bad_certificate"


def test_the_name_is_asked_for_unless_it_is_an_address():
    leaf = pki.issue("x", by=pki.intermediate(), names=["a.example", "192.0.2.7"])
    for name, sent in (("a.example", True), ("192.0.2.7", False)):
        _, talk, _ = meet(leaf, name=name)
        hello = talk.find("client_hello").parsed
        assert any(item.type == 0 for item in hello.extensions) == sent


@VERSIONS
def test_lists_of_the_revoked(version):
    leaf, ca = pki.issue(lab.HOST, by=pki.intermediate()), pki.intermediate()
    clean = [pki.crl(ca), pki.crl(pki.root())]
    revoked = [pki.crl(ca, [leaf.certificate]), pki.crl(pki.root())]
    ca_revoked = [pki.crl(ca), pki.crl(pki.root(), [ca.certificate])]
    old = [pki.crl(ca, issued=lab.NOW - timedelta(days=8)), pki.crl(pki.root())]
    assert alert(leaf, version, crls=clean) == ""
    assert alert(leaf, version, crls=revoked) == "certificate_revoked"
    assert alert(leaf, version, crls=ca_revoked) == "certificate_revoked"
    assert meet(leaf, version, crls=old)[2][1] == "CRL has expired"
    assert meet(leaf, version, crls=clean[:1])[2][1] == "unable to get certificate CRL"


@VERSIONS
def test_a_stapled_answer_reaches_the_program(version):
    leaf = pki.issue(lab.HOST, by=pki.intermediate())
    answer = pki.ocsp_response(leaf.certificate, pki.intermediate())
    seen = []

    def judge(data: bytes) -> bool:
        seen.append(data)
        return data == answer.public_bytes(Encoding.DER)

    assert alert(leaf, version, staple=answer, crls=()) == ""
    client = openssl_client(version=version, roots=[ROOT], staple=judge)
    talk = record_exchange(openssl_server(version=version, identity=leaf, staple=answer),
                           client=client)
    assert talk.ends[CLIENT].connected
    assert seen == [answer.public_bytes(Encoding.DER)]
    client = openssl_client(version=version, roots=[ROOT], staple=judge)
    talk = record_exchange(openssl_server(version=version, identity=leaf), client=client)
    assert talk.ends[CLIENT].alerts_sent == ("bad_certificate_status_response",)
    assert seen[1:] == [b""]


def test_strict():
    """X509_STRICT asks for more of RFC 5280: here, that a CA says for what its key is."""
    loose = pki.issue("TEST ONLY Vague CA", ca=True, by=pki.root(), without=[KeyUsage])
    leaf = pki.issue(lab.HOST, by=loose)
    assert alert(leaf, strict=False) == ""
    assert meet(leaf)[2][1] == "CA cert does not include key usage extension"


@VERSIONS
def test_a_ca_in_the_middle_may_be_trusted(version):
    leaf = pki.issue(lab.HOST, by=pki.intermediate())
    trusted = [pki.intermediate().certificate]
    assert alert(leaf, version, roots=trusted) == ""
    assert alert(leaf, version, roots=trusted, strict=False) == "unknown_ca"


def test_a_client_that_checks_nothing():
    client = openssl_client(verify=False)
    talk = record_exchange(openssl_server(identity=pki.issue("anything")), client=client)
    assert talk.ends[CLIENT].connected
    assert client.said_of_chain[1] == "self-signed certificate"


def test_what_the_server_hears():
    _, talk, said = meet(pki.issue(lab.HOST))
    assert talk.ends[SERVER].alerts_received == ("unknown_ca",)
    assert said == (18, "self-signed certificate")


def test_openssl_will_not_serve_a_key_that_does_not_fit():
    shop = pki.issue(lab.HOST, by=pki.intermediate())
    wrong = pki.Identity(pki.test_key("another"), shop.certificate)
    with pytest.raises(ValueError, match=r"OpenSSL will not serve it: .*key values mismatch"):
        openssl_server(identity=wrong)
    keyless = pki.sign_request(pki.request(lab.HOST), pki.intermediate())
    with pytest.raises(ValueError, match=r"no private key, .* put back with pki\.with_key"):
        openssl_server(identity=keyless)


@pytest.mark.parametrize("name", ["", "\0", "shop.example\0.org", "schön.example", "a b",
                                  "x" * 300])
def test_names_that_are_none(name):
    with pytest.raises(ValueError, match="is neither a host name"):
        openssl_client(roots=[ROOT], name=name)

"""The reference answers of lesson 05 are not ours: OpenSSL's signatures, published numbers."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from helpers import lab
from helpers.exercises import calling, catalogue, check
from helpers.exercises.forms import NotThisForm
from helpers.exercises.truth import TruthForm
from helpers.experiments.signatures import letters
from helpers.experiments.signed import leaf_key
from helpers.sources import load
from helpers.toy import SMALL, ecdsa


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def verify(visit, message, content):
    """With `cryptography` alone: raises InvalidSignature if the content is not what was signed."""
    public = leaf_key(visit)
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(message.parsed.signature, content, ec.ECDSA(hashes.SHA256()))
    else:
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        public.verify(message.parsed.signature, content, pss, hashes.SHA256())


@pytest.mark.parametrize("name", ["tls12_ecdhe", "tls12_ecdhe_ecdsa"])
def test_key_exchange_is_what_openssl_signed(name):
    visit = load(name)
    message = visit.find("server_key_exchange")
    (case,) = [case for case in cases("05-key-exchange") if case.args[2] == message.data]
    verify(visit, message, case.expected)


@pytest.mark.parametrize("name", ["tls13_x25519", "tls13_ecdsa"])
def test_certificate_verify_is_what_openssl_signed(name):
    visit = load(name)
    hello = visit.find("client_hello").data
    (case,) = [case for case in cases("05-certificate-verify")[:2] if case.args[0][0] == hello]
    verify(visit, visit.find("certificate_verify"), case.expected)
    assert 15 in [message[0] for message in case.args[0]]


def test_a_handshake_that_asks_for_a_certificate():
    """The messages we added can be read by the engine, and stand where RFC 9846 has them."""
    (messages,) = cases("05-certificate-verify")[2].args
    assert [message[0] for message in messages] == [1, 2, 8, 13, 11, 15, 20, 11]
    for message in (messages[3], messages[7]):
        assert int.from_bytes(message[1:4], "big") == len(message) - 4


def test_the_private_keys_are_the_keys():
    small, published, own = (case.expected for case in cases("05-nonce-reuse"))
    assert ecdsa.public_key(small) == SMALL.curve.multiply(small, SMALL.generator)
    # RFC 6979, appendix A.2.5: Ux.
    known = ec.derive_private_key(published, ec.SECP256R1()).public_key().public_numbers()
    assert known.x == 0x60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6
    assert (ec.derive_private_key(own, ec.SECP256R1()).public_key()
            == lab.key("server_ecdsa").public_key())


def test_the_published_signature_is_in_the_case():
    """RFC 6979, appendix A.2.5, SHA-256, "sample": r and s."""
    _, s1, _, _, r, _ = cases("05-nonce-reuse")[1].args
    assert r == 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
    assert s1 == 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8


def test_who_tries_every_private_key(monkeypatch):
    monkeypatch.setattr(calling, "LIMIT", 0.2)

    def search(z1, s1, z2, s2, r, n):
        for d in range(1, n):
            nonce = (z1 + r * d) * pow(s1, -1, n) % n
            if s2 * nonce % n == (z2 + r * d) % n:
                return d

    assert "no machine gets through" in check("05-nonce-reuse", search).text


def test_each_pile_of_contracts_holds_one_pair():
    for case in cases("05-collision"):
        harmless, nasty = case.args
        assert len(set(harmless)) == len(set(nasty)) == 1000
        assert case.expected[0] in harmless
        assert case.expected[1] in nasty


def test_verdicts_are_mixed():
    for slug in ("05-right-verify", "05-possession"):
        verdicts = [case.expected for case in cases(slug)]
        assert {True, False} == set(verdicts)
        assert verdicts[:2] == [True, True]


def test_the_letter():
    assert [case.expected for case in cases("05-which-letter")] == [2]
    assert len(letters().letters) == 5
    assert check("05-which-letter", "2").state == "passed"


def test_the_form_of_a_verdict():
    form = TruthForm()
    assert form.read(True) is True
    assert form.show(False) == "False"
    assert (form.wanted(), form.fits(True), form.difference(True, False)) == (
        "True or False", True, "")
    for other in (1, 0, "True", None, b""):
        with pytest.raises(NotThisForm, match="True or False"):
            form.read(other)


def test_numpys_verdicts_count():
    numpy = pytest.importorskip("numpy")
    assert TruthForm().read(numpy.bool_(True)) is True

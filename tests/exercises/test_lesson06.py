"""The reference answers of lesson 06 are not ours: `cryptography`, OpenSSL, published values."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from OpenSSL import crypto

from helpers import lab, pki
from helpers.exercises import catalogue
from helpers.exercises.lesson06_acme import ExactText
from helpers.exercises.lesson06_quiz import QUIZ
from helpers.exercises.lesson06_sct import stamp_bytes, times_of
from helpers.experiments import visit_server


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def test_lengths_are_those_that_cryptography_reads():
    """Of the cases that begin with a certificate, its own idea of where that ends."""
    found = 0
    for case in cases("06-length"):
        try:
            read = x509.load_der_x509_certificate(case.args[0][:case.expected])
        except ValueError:
            continue
        found += 1
        assert read.tbs_certificate_bytes in case.args[0]
        with pytest.raises(ValueError, match="parsing asn1"):
            x509.load_der_x509_certificate(case.args[0][:case.expected - 1])
    assert found == 2


def test_what_a_learner_signs_first_is_what_the_notebook_serves():
    """The certificate of the first case, by the fingerprint in the report; OpenSSL connects."""
    made = cases("06-sign")[0].expected
    begins = sha256(made).hexdigest()[:16]
    assert begins in catalogue.exercise("06-sign").why
    notebook = json.loads(Path("notebooks/06_certificates.ipynb").read_text(encoding="utf-8"))
    card = next(cell for cell in notebook["cells"] if cell["id"] == "first-customer")
    assert begins in json.dumps(card["outputs"])
    root = pki.issue("TEST ONLY My Root", ca=True)
    ca = pki.issue("TEST ONLY My CA", ca=True, path_length=0, by=root)
    shop = pki.Identity(pki.test_key("shop.example"), x509.load_der_x509_certificate(made),
                        (ca.certificate,))
    assert visit_server(shop, [root.certificate]).connected


def test_issuers_are_those_that_cryptography_accepts():
    for case in cases("06-issuer"):
        certificate, candidates = case.args
        for place, candidate in enumerate(candidates):
            if place == case.expected:
                certificate.verify_directly_issued_by(candidate)
            else:
                with pytest.raises((InvalidSignature, ValueError, TypeError)):
                    certificate.verify_directly_issued_by(candidate)


def chain_by_openssl(leaf, sent, roots):
    store = crypto.X509Store()
    for root in roots:
        store.add_cert(crypto.X509.from_cryptography(root))
    store.set_time(lab.NOW.replace(tzinfo=None))
    context = crypto.X509StoreContext(store, crypto.X509.from_cryptography(leaf),
                                      [crypto.X509.from_cryptography(one) for one in sent])
    try:
        context.verify_certificate()
    except crypto.X509StoreContextError:
        return False
    return True


def chain_by_cryptography(leaf, sent, roots):
    name = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value[0]
    verifier = PolicyBuilder().store(Store(roots)).time(lab.NOW).build_server_verifier(name)
    try:
        return [one.public_bytes(Encoding.DER) for one in verifier.verify(leaf, sent)]
    except VerificationError:
        return []


def test_chains_are_those_that_cryptography_finds():
    for case in cases("06-chain"):
        assert chain_by_cryptography(*case.args) == list(case.expected), case.label


def test_openssl_does_not_go_back():
    """As the lesson says: it agrees, but for the cases in which the first issuer leads astray."""
    other = [case.label for case in cases("06-chain")
             if chain_by_openssl(*case.args) != bool(case.expected)]
    assert other == ["one CA, signed by two roots", "the same, for a client with the other root"]


def test_every_step_of_a_chain_is_signed():
    for case in cases("06-chain"):
        read = [x509.load_der_x509_certificate(one) for one in case.expected]
        for below, above in pairwise(read):
            below.verify_directly_issued_by(above)
        assert not read or (read[0] == case.args[0] and read[-1] in case.args[2])


def test_times_are_those_that_cryptography_reads():
    for certificate in (pki.real_chain()[0], pki.issue(
            "logged.example", by=pki.intermediate(), logs=[pki.Log("one"), pki.Log("two")],
            ).certificate):
        stamps = certificate.extensions.get_extension_for_class(
            x509.PrecertificateSignedCertificateTimestamps).value
        assert [datetime.fromtimestamp(time / 1000, UTC).replace(tzinfo=None)
                for time in times_of(stamp_bytes(certificate))] == [
                    stamp.timestamp for stamp in stamps]


def test_certificates_put_together_are_good_for_openssl():
    for case in cases("06-sign"):
        crypto.load_certificate(crypto.FILETYPE_ASN1, case.expected)
        tbs, algorithm, sign = case.args
        assert x509.load_der_x509_certificate(case.expected).tbs_certificate_bytes == tbs
        assert case.expected.count(algorithm) >= 2
        assert sign(tbs) in case.expected


def test_the_published_thumbprint():
    """RFC 7638, section 3.1: the key's JWK and its thumbprint, which one case uses."""
    jwk = {"e": "AQAB", "kty": "RSA", "n": (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJ"
        "ECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2"
        "QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh"
        "6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw")}
    text = json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()
    thumbprint = urlsafe_b64encode(sha256(text).digest()).decode().rstrip("=")
    assert thumbprint == cases("06-acme")[0].args[1]


def test_records_by_another_way():
    for case in cases("06-acme"):
        token, thumbprint = case.args
        padded = case.expected + "=" * (-len(case.expected) % 4)
        digest = sha256(token.encode() + b"." + thumbprint.encode()).digest()
        assert urlsafe_b64encode(digest) == padded.encode()
    assert any({"-", "_"} & set(case.expected) for case in cases("06-acme"))


@pytest.mark.parametrize("odd", [7, None, [], b"\xff" * 10_000, "x" * 10_000, 3.5])
def test_a_text_form_refuses_kindly(odd):
    form = ExactText("a text")
    if isinstance(odd, bytes):
        assert len(form.read(odd)) <= 4000
        return
    with pytest.raises(Exception, match="This asks for a text"):
        form.read(odd)


def test_the_quiz_asks_about_other_data_than_the_lesson():
    (length,) = [one for one in QUIZ if one.slug == "06-quiz-length"]
    assert [option.text for option in length.options if option.right] == ["304"]
    assert len({option.text for option in length.options}) == len(length.options)

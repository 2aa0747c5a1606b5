"""Certificates that nobody here wrote: those of `cryptography_vectors`, and the Mozilla roots."""

import warnings
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki
from tests.pki import vectors
from tests.pki.vectors import Vector

KINDS = {"certificate": 542, "crl": 200, "der": 349, "ocsp_request": 11, "ocsp_response": 17,
         "request": 26}


def readable(der):
    """What `cryptography` makes of it, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return x509.load_der_x509_certificate(der)
        except (ValueError, x509.InvalidVersion):
            return None


def certificates():
    return vectors.of_kind("certificate")


@cache
def mozilla():
    return tuple(Vector(root.subject.rfc4514_string(), "certificate",
                        root.public_bytes(Encoding.DER)) for root in pki.mozilla_roots())


def gaps(tree, size):
    """The places where one leaf does not begin where the one before it ended."""
    edges = [0, *(edge for leaf in tree.leaves() for edge in (leaf.start, leaf.end)), size]
    return [pair for pair in zip(edges[::2], edges[1::2], strict=True) if pair[0] != pair[1]]


# --- every byte has its place ---------------------------------------------------------------------


def test_the_material_is_all_there():
    assert {kind: len(vectors.of_kind(kind)) for kind in KINDS} == KINDS
    assert len(vectors.found()) == sum(KINDS.values())
    assert len(vectors.bundles()) == 36


@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_is_in_one_leaf(kind):
    items = vectors.of_kind(kind)
    trees = {item.name: (pki.der_fields(item.der, item.kind), len(item.der)) for item in items}
    assert not {name: gaps(tree, size) for name, (tree, size) in trees.items() if gaps(tree, size)}


def test_every_byte_of_the_mozilla_roots_is_in_one_leaf():
    assert len(mozilla()) > 100
    assert not [item.name for item in mozilla()
                if gaps(pki.der_fields(item.der), len(item.der))]


def parts_of(der):
    """What the tree says of a certificate, by names of RFC 5280."""
    signed = pki.der_fields(der).find("tbsCertificate")
    inside = {item.name: item for item in signed.elements}

    def cut(item):
        return der[item.start:item.end]

    return {
        "signed": cut(signed), "serial": inside["serialNumber"].value,
        "names": (cut(inside["issuer"]), cut(inside["subject"])),
        "extensions": len(inside["extensions"].elements) if "extensions" in inside else 0,
    }


@pytest.mark.filterwarnings("ignore")  # cryptography warns of what is wrong on purpose
def test_the_names_of_the_fields_are_where_cryptography_reads_them():
    seen = 0
    for item in (*certificates(), *mozilla()):
        certificate = readable(item.der)
        if certificate is None:
            continue
        parts = parts_of(item.der)
        assert parts["signed"] == certificate.tbs_certificate_bytes, item.name
        assert parts["serial"] == certificate.serial_number, item.name
        try:
            names = certificate.issuer.public_bytes(), certificate.subject.public_bytes()
            count = len(certificate.extensions)
        except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
            continue  # it reads neither names nor extensions of some that are wrong on purpose
        seen += 1
        assert (parts["names"], parts["extensions"]) == (names, count), item.name
    assert seen > 600


# --- every certificate and every chain gets a verdict ---------------------------------------------


@cache
def roots():
    return pki.mozilla_roots()


@pytest.mark.parametrize("policy", ["WEB", "RFC5280"])
def test_every_certificate_gets_a_verdict(policy):
    for item in certificates():
        verdict = pki.judge(item.der, roots=roots(), name="shop.example",
                            policy=getattr(pki, policy))
        assert not verdict.good, item.name
        assert verdict.failed.reason, item.name
        assert verdict.alert, item.name


@pytest.mark.parametrize("policy", ["WEB", "RFC5280"])
def test_every_certificate_as_its_own_root_gets_a_verdict(policy):
    """A trusted certificate that is asked about itself: everything but the path can be wrong."""
    for item in certificates():
        certificate = readable(item.der)
        if certificate is None:
            continue
        verdict = pki.judge(item.der, roots=[certificate], name=None, purpose="client",
                            time=middle(certificate), policy=getattr(pki, policy))
        assert verdict.good or verdict.failed.reason, item.name


def middle(certificate):
    """A moment when it is valid, if there is one."""
    start = certificate.not_valid_before_utc
    return start + (certificate.not_valid_after_utc - start) / 2


def test_every_chain_gets_a_verdict():
    for name, chain in vectors.bundles():
        verdict = pki.judge(chain, roots=roots(), name="cryptography.io")
        assert not verdict.good, name
        assert [line.check for line in verdict.lines] == list(pki.SLUGS), name


def test_unreadable_certificates_are_refused_with_a_sentence():
    unreadable = [item for item in certificates() if readable(item.der) is None]
    assert unreadable
    for item in unreadable:
        verdict = pki.judge(item.der, roots=roots(), name="shop.example")
        assert "cannot be read" in verdict.failed.reason, item.name


def test_a_real_chain_was_good_in_its_days():
    """cryptography.io's chain of 2014, at a moment of its life, below the root it was sent with."""
    leaf, *rest = dict(vectors.bundles())["x509/cryptography.io.chain.pem"]
    moment = middle(readable(leaf))
    asked = {"roots": [rest[-1]], "time": moment, "policy": pki.RFC5280}
    assert pki.judge([leaf, *rest], name="cryptography.io", **asked).good
    assert pki.judge([leaf, *rest], name="www.cryptography.io", **asked).good
    assert pki.judge([leaf, *rest], name="python.org", **asked).failed.check == "name"


def test_every_mozilla_root_is_a_root():
    for item in mozilla():
        verdict = pki.judge(item.der, roots=roots(), name=None, purpose="client",
                            policy=pki.RFC5280, time=lab.NOW)
        assert verdict.good, (item.name, verdict.failed)
        assert [one.public_bytes(Encoding.DER) for one in verdict.path] == [item.der]

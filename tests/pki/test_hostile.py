"""Certificates that somebody made up to do harm: one documented exception or a verdict comes out,
and the work that it takes is bounded. Work is counted, never timed.
"""

import sys
from contextlib import contextmanager
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import lab, pki
from helpers.pki import encode
from helpers.pki.der import MAX_DEPTH, MAX_ELEMENTS, MAX_SIZE
from helpers.pki.validators import compare
from tests.pki import vectors
from tests.pki.chains import Plan, build
from tests.tls.test_hostile import mutated

pytestmark = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HOST = "shop.example"


@cache
def real():
    """Every tenth thing of cryptography_vectors, so that all kinds are there."""
    return tuple(item.der for item in vectors.found()[::10] if len(item.der) < 4000)


@cache
def good():
    """A chain of ours that is good, with everything in it that chains have."""
    return build(Plan(("p256", "p384", "p256"), "several", (("permitted", 1),)))


def sent():
    return good().sent


@cache
def ca():
    return pki.issue("TEST ONLY Hostile CA", ca=True)


def verdict(chain, **more):
    return pki.judge(chain, **{"roots": good().roots, "name": good().host} | more)


def attempt(function, documented, *arguments):
    """(what it returns, None), or (None, the one exception that it may raise)."""
    try:
        return function(*arguments), None
    except documented as problem:
        return None, problem


def elements(tree):
    """Every element of a tree: what has a value in words."""
    return [item for _, _, item in tree.walk() if isinstance(item, type(tree))]


def whole(tree, data):
    """Do the leaves cover the bytes, each once?"""
    edges = [edge for leaf in tree.leaves() for edge in (leaf.start, leaf.end)]
    return [0, *edges[1:-1:2]] == edges[::2] and edges[-1] == len(data)


@contextmanager
def counted():
    """How many calls of Python functions happen inside: `found[0]`."""
    found = [0]

    def count(frame, event, argument):
        found[0] += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield found
    finally:
        sys.setprofile(before)


# --- bytes that are no certificate ----------------------------------------------------------------


@SOME
@given(st.one_of(st.binary(max_size=200), mutated(real)),
       st.sampled_from(["certificate", "request", "crl", "ocsp_response", "public_key", "der"]))
def test_any_bytes_have_a_tree_or_a_reason(data, name):
    tree, problem = attempt(pki.der_fields, pki.DERError, data, name)
    assert tree is None or whole(tree, data)
    assert tree is None or all(isinstance(item.words, str) for item in elements(tree))
    assert problem is None or "byte" in str(problem)


@FEW
@given(mutated(sent))
def test_a_changed_certificate_is_judged(data):
    for chain in ([data, *sent()[1:]], [sent()[0], data, *sent()[1:]]):
        came = verdict(chain)
        assert came.good or came.failed.reason
        assert came.good == (came.failed is None)


@FEW
@given(mutated(real))
def test_the_three_validators_answer_to_anything(data):
    came = compare([data, *sent()], roots=good().roots, name=HOST)
    assert not came.ours.good
    assert not came.cryptography.good
    assert isinstance(came.explained, str)


@pytest.mark.parametrize("which", [0, 1])
def test_no_changed_byte_is_good(which):
    """Every byte of the leaf, and of the CA: one bit of it changed, a different bit each time."""
    (leaf, ca_der) = sent()
    chosen = (leaf, ca_der)[which]
    for at in range(len(chosen)):
        data = bytearray(chosen)
        data[at] ^= 1 << at % 8
        chain = [bytes(data), ca_der] if which == 0 else [leaf, bytes(data)]
        assert not verdict(chain).good, f"byte {at}"


@pytest.mark.parametrize("which", [0, 1])
def test_no_certificate_cut_short_is_good(which):
    for size in range(0, len(sent()[which]), 3):
        chain = list(sent())
        chain[which] = chain[which][:size]
        assert not verdict(chain).good, size
        with pytest.raises(pki.DERError):
            pki.der_fields(chain[which])


def test_the_chain_of_these_tests_is_good_unchanged():
    assert verdict(sent()).good


@SOME
@given(st.one_of(st.text(max_size=80), st.sampled_from(
    ["", ".", "*", "a" * 70 + ".example", "1.2.3", "::", "[::1]", "www.shop.example\0.evil.example",
     "WWW.SHOP.EXAMPLE", "www.shop.example.", "xn--a", "192.0.2.7", "*.shop.example", "\ud800"])))
def test_any_name_can_be_asked_for(name):
    came = verdict(sent(), name=name)
    right = {"www.shop.example", "shop.example", "192.0.2.7"}
    assert not came.good or name.rstrip(".").lower() in right


def test_what_is_no_certificate_at_all_is_the_callers_mistake():
    for wrong in ("text", 7, None, good()):
        with pytest.raises(TypeError, match="certificate"):
            verdict([sent()[0], wrong])
    assert not verdict([]).good
    assert not verdict(sent(), roots=()).good


# --- PEM ------------------------------------------------------------------------------------------


@cache
def pem():
    return good().roots[0].public_bytes(Encoding.PEM)


@SOME
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200), mutated(lambda: [pem() * 2])))
def test_any_text_has_certificates_or_a_reason(text):
    found, problem = attempt(pki.pem_to_der, pki.PEMError, text)
    assert str(problem) if problem else found
    assert all(isinstance(der, bytes) for der in found or ())


@pytest.mark.parametrize("piece", ["-----BEGIN CERTIFICATE-----\n", "-----BEGIN ", "-----",
                                   "-----END CERTIFICATE-----\n", "\n", "A", "=" * 70 + "\n"])
def test_the_same_piece_of_pem_again_and_again(piece):
    with pytest.raises(pki.PEMError), counted() as calls:
        pki.pem_to_der(piece * (900_000 // len(piece)))
    assert calls[0] < 2_000_000


def test_a_private_key_is_never_repeated():
    secret = (lab.DATA / "keys" / "server_rsa.pem").read_text("utf-8")
    with pytest.raises(pki.PEMError, match=r"[Nn]ever paste a private key") as caught:
        pki.pem_to_der(secret)
    assert not any(line in str(caught.value) for line in secret.splitlines()[1:-1])


# --- deep, huge, endless --------------------------------------------------------------------------


def nested(levels, tag=encode.SEQUENCE):
    data = b""
    for _ in range(levels):
        data = encode.tlv(tag, data)
    return data


@pytest.mark.parametrize("levels", [MAX_DEPTH + 2, 1000, 20_000])
@pytest.mark.parametrize("tag", [encode.SEQUENCE, 0xA0, 0x24])
def test_deep_nesting_is_refused(levels, tag):
    with pytest.raises(pki.DERError, match="levels"):
        pki.der_fields(nested(levels, tag), "der")


@pytest.mark.parametrize("levels", [30, 200, 5000])
def test_deep_nesting_in_an_extension(levels):
    """Inside the OCTET STRING of an extension, where only a schema would look."""
    deep = x509.UnrecognizedExtension(ExtensionOID.CERTIFICATE_POLICIES, nested(levels))
    der = pki.certificate_der(HOST, by=ca(), extensions=[deep])
    assert whole(pki.der_fields(der), der)
    came = pki.judge([der], roots=[ca().certificate], name=HOST)
    assert not came.good
    assert came.failed.check == "extensions"


def test_more_elements_than_a_certificate_has():
    many = encode.sequence(encode.tlv(encode.NULL) * (MAX_ELEMENTS + 1))
    with pytest.raises(pki.DERError, match="elements"), counted() as calls:
        pki.der_fields(many, "der")
    assert calls[0] < 20 * MAX_ELEMENTS


def test_more_bytes_than_a_certificate_has():
    with pytest.raises(pki.DERError, match="more than"):
        pki.der_fields(encode.tlv(encode.OCTET_STRING, bytes(MAX_SIZE)), "der")
    came = verdict([encode.tlv(encode.OCTET_STRING, bytes(MAX_SIZE + 1)), *sent()])
    assert "too long" in came.failed.reason


@pytest.mark.parametrize("bits", [161, 1024, 20_000, 200_000])
def test_a_huge_serial_number(bits):
    identity = pki.issue(HOST, by=ca(), serial=1 << bits)
    der = identity.certificate.public_bytes(Encoding.DER)
    tree = pki.der_fields(der)
    assert whole(tree, der)
    assert tree.find("serialNumber").value == 1 << bits
    assert len(tree.find("serialNumber").words) < 200
    came = pki.judge([der], roots=[ca().certificate], name=HOST)
    assert came.failed.check == "extensions"
    assert "octets" in came.failed.reason


def test_an_oid_with_huge_arcs():
    body = b"\x2a" + b"\xff" * 5000 + b"\x7f"
    tree = pki.der_fields(encode.tlv(encode.OID, body), "der")
    assert len(tree.words) < 300

"""The card of a certificate: what it says, on both themes, and nothing that it does not say."""

import re

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import pki
from helpers.show import certificate_card


def test_a_leaf():
    text = certificate_card(pki.server().certificate).text.splitlines()
    assert text[0] == "a certificate"
    lines = {line[2:12].strip(): line[12:].strip() for line in text[1:]}
    assert lines["good for"] == "shop.example"
    assert lines["signed by"].endswith("CN=TEST ONLY Intermediate CA")
    assert lines["valid"] == "2026-08-22 to 2026-11-30, 100 days"
    assert lines["key"] == "rsaEncryption, 2048 bits"
    assert lines["may sign"] == "no certificates (it is no CA)"


def test_a_root_and_an_intermediate():
    root = certificate_card(pki.root().certificate, title="the root").text
    assert root.startswith("the root\n")
    assert "signed by  itself: O=TEST ONLY" in root
    assert "good for" not in root
    assert "may sign   certificates, but no further CA" in certificate_card(
        pki.intermediate().certificate).text


def test_every_mozilla_root_has_a_card():
    for one in pki.mozilla_roots():
        card = certificate_card(one)
        assert "a CA's certificate" in card.text
        assert pki.describe(one).sha256[:16] in card.html


def test_it_brings_its_own_colours_and_headers():
    html = certificate_card(pki.server().certificate).html
    for cell in re.findall(r"<t[dh][^>]*>", html):
        assert "background-color:#FFFFFF" in cell
        assert re.search(r"[^-]color:#", cell)
    assert html.count('scope="row"') == html.count("<tr>") == 10


def test_markup_is_text():
    data = pki.server("rsa", "<i>x</i>.example").certificate.public_bytes(Encoding.DER)
    html = certificate_card(data, title="<u>t</u>").html
    assert "<i>" not in html
    assert "<u>" not in html


def test_what_is_no_certificate():
    with pytest.raises(pki.DERError):
        certificate_card(b"no")

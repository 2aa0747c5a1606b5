"""Views of chains, of what is sent, of forgeries, of a CA's look, and of a root store."""

import pytest

from helpers import pki
from helpers.experiments.certificate_bits import every_bit
from helpers.experiments.certificate_forgery import forge
from helpers.experiments.name_control import apply_for
from helpers.experiments.root_store import store_roots
from helpers.experiments.serving import send
from helpers.show import (
    certificate_byte_view,
    certificate_forgery_view,
    chain_view,
    control_view,
    flips_table,
    lives_chart,
    served_view,
    sizes_chart,
)

SHOP, CA, ROOT = (pki.server("ecdsa").certificate, pki.intermediate().certificate,
                  pki.root().certificate)
LEAF, ISSUER = pki.real_chain()


def test_a_chain_says_who_signed_whom_and_who_has_it():
    text = chain_view([SHOP, CA, ROOT]).text
    assert text.index("TEST ONLY Root CA") < text.index("Intermediate CA") < text.index("shop.")
    assert text.count("which signed") == 2
    assert text.count("sent by the server") == 2
    assert text.count("in the client's store") == 1


def test_a_broken_link_is_drawn_as_one():
    assert "which did not sign" in chain_view([SHOP, ROOT]).text
    assert chain_view([SHOP, CA], sent=2).text.count("sent by the server") == 2


def test_an_empty_chain_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        chain_view([])


def test_served_says_what_is_missing_and_why():
    bad = served_view(send(intermediate=False, root=False))
    assert "intermediate: missing" in bad.text
    assert "unable to get local issuer certificate" in bad.text
    good = served_view(send(intermediate=True, root=True))
    assert "root: sent by the server and in the client's store" in good.text
    assert "connected" in good.text
    assert "OpenSSL says" not in good.text


def test_a_forgery_is_judged_in_order():
    stopped = certificate_forgery_view(forge("shop", "nothing", "own")).text
    assert "stopped by the issuer's signature" in stopped
    assert "would fail" in stopped
    assert "nothing else" in certificate_forgery_view(forge("own", "nothing", "old")).text
    assert "talks to Mallory" in certificate_forgery_view(forge("own", "name", "stolen")).text


def test_the_cas_look():
    assert "certificate issued" in control_view(apply_for("dns", "dns-01")).text
    refused = control_view(apply_for("files", "http-01", "copied")).text
    assert "no certificate" in refused
    assert "another account" in refused


def test_flips_are_counted():
    table = flips_table(every_bit(LEAF, ISSUER, masks=(1,)))
    assert "1,551 certificates" in table.text
    assert "accepted: nobody noticed" in table.text


def test_every_byte_of_the_real_certificate_has_a_place():
    for offset in range(0, 1551, 31):
        text = certificate_byte_view(LEAF, ISSUER, offset).text
        assert text.startswith("certificate")
        assert f"Byte {offset} is " in text
    assert "basicConstraints" in certificate_byte_view(LEAF, ISSUER, 545).text
    with pytest.raises(IndexError):
        certificate_byte_view(LEAF, ISSUER, 1551)


def test_a_roots_signature_is_called_its_own():
    root = pki.root().certificate
    last = len(pki.root().certificate.signature)
    text = certificate_byte_view(root, root, len(root.tbs_certificate_bytes) + last).text
    assert "its signature on itself fits no more" in text


def test_charts_of_the_store_say_what_is_drawn():
    store = store_roots()
    lives = lives_chart(store).text
    assert f"{len(store)} roots" in lives
    assert f"{sum(root.left() < 5 for root in store)} expire within five years" in lives
    sizes = sizes_chart(store).text
    assert "RSA-4096" in sizes
    assert "EC-P384" in sizes

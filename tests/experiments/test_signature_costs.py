"""Sizes are those of the standards; both actions of every algorithm work."""

import pytest

from helpers.experiments.signature_costs import (
    LONGEST_P256,
    TEXT,
    schemes,
    signature_actions,
    signature_sizes,
)
from helpers.tls import certificate_verify_content

# RFC 8017 (as long as the modulus), RFC 8032 section 5.1.6, FIPS 204 table 2.
SIGNATURES = {"RSA-2048 (PSS)": 256, "RSA-3072 (PSS)": 384, "Ed25519": 64, "ML-DSA-44": 2420,
              "ML-DSA-65": 3309, "ML-DSA-87": 4627}  # fmt: skip
# The bare public key, FIPS 204 table 2; a certificate wraps it in 22 bytes (RFC 9881).
LATTICE_KEYS = {"ML-DSA-44": 1312, "ML-DSA-65": 1952, "ML-DSA-87": 2592}


def test_the_sizes_of_the_standards():
    sizes = signature_sizes()
    assert {name: sizes[name].signature for name in SIGNATURES} == SIGNATURES
    assert {name: sizes[name].public_key - 22 for name in LATTICE_KEYS} == LATTICE_KEYS
    assert sizes["ECDSA P-256"] == (91, LONGEST_P256)
    assert sizes["Ed25519"].together == 44 + 64


def test_no_ecdsa_signature_is_longer():
    sign = schemes()["ECDSA P-256"].sign
    assert max(len(sign()) for _ in range(50)) <= LONGEST_P256


def test_every_action_works():
    actions = signature_actions()
    assert len(actions) == 2 * len(schemes())
    for name, action in actions.items():
        made = action()
        assert made is None if name.endswith("verify") else len(made) >= 64
    assert list(signature_actions("Ed25519")) == ["Ed25519, sign", "Ed25519, verify"]
    with pytest.raises(KeyError):
        signature_actions("DSA")


def test_the_text_is_as_long_as_what_certificate_verify_signs():
    assert len(TEXT) == len(certificate_verify_content("server", bytes(32)))

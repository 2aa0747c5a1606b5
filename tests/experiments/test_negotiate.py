"""What two OpenSSLs agree on, for every pair of lists of the widget and more."""

from itertools import product

import pytest

from helpers.experiments import negotiate
from helpers.experiments.negotiate import KINDS, PREFERENCES, openssl_name
from helpers.tls.registry import SUITES, CipherSuite

LISTS = list(PREFERENCES.values())


@pytest.mark.parametrize(("kind", "own_order"), list(product(KINDS, (False, True))))
def test_the_first_usable_one_of_the_leading_list(kind, own_order):
    """The client's order leads unless the server insists: OpenSSL's rule, worked out again."""
    for client, server in product(LISTS, repeat=2):
        leading, other = (server, client) if own_order else (client, server)
        usable = [suite for suite in leading if suite in other
                  and SUITES[suite].authentication == KINDS[kind]]
        result = negotiate(client, server, kind=kind, own_order=own_order)
        assert result.chosen == (usable[0] if usable else None)
        if not usable:
            assert (result.sent_by, result.alert) == ("server", "handshake_failure")


@pytest.mark.parametrize("suite", SUITES)
def test_names_are_those_that_openssl_knows(suite):
    kind = SUITES[suite].authentication.lower()
    assert negotiate([suite], [suite], kind=kind).chosen == suite


def test_the_same_list_can_fail_for_want_of_a_key():
    suites = PREFERENCES["RSA key exchange (old), AES-128"]
    result = negotiate(suites, suites, kind="ecdsa")
    assert result.chosen is None
    assert "needs a certificate with an RSA key" in result.why


def test_explanations_name_the_order_that_was_followed():
    a, b = (CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)
    assert "client's list" in negotiate([a, b], [b, a]).why
    assert "server's list" in negotiate([a, b], [b, a], own_order=True).why
    assert "first in both" in negotiate([a, b], [a, b]).why
    assert "only one" in negotiate([a], [b, a]).why
    assert "nothing to choose from" in negotiate([a], [b]).why


def test_openssl_names():
    assert openssl_name(CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384) == "AES256-GCM-SHA384"
    assert openssl_name(CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256) \
        == "ECDHE-ECDSA-CHACHA20-POLY1305"


def test_what_makes_no_sense_is_refused_with_a_sentence():
    suites = PREFERENCES["RSA key exchange (old), AES-128"]
    with pytest.raises(ValueError, match="a client without any cipher suite"):
        negotiate([], suites)
    with pytest.raises(ValueError, match="no parameters for"):
        negotiate(suites, [CipherSuite.TLS_AES_128_GCM_SHA256])
    with pytest.raises(ValueError, match="one of rsa, ecdsa"):
        negotiate(suites, suites, kind="dsa")

"""Our hybrid share and OpenSSL's answer: both ends derive the same."""

import pytest

from helpers.experiments.hybrid import (
    CIPHERTEXT,
    HYBRID,
    VISITS,
    hybrid_answer,
    hybrid_keys,
    hybrid_visit,
    key_shares,
    logged_traffic_secret,
    server_traffic_secret,
)
from helpers.sources import load


@pytest.mark.parametrize("visit", VISITS)
def test_openssl_derived_the_same_from_its_half(visit):
    keys, answer = hybrid_keys(visit), hybrid_answer(visit)
    shares = key_shares(answer)
    assert shares["client"][HYBRID] == keys.share
    assert len(keys.share) == 1216
    secret = keys.secret(shares["server"][HYBRID])
    assert len(secret) == 64
    assert server_traffic_secret(answer, secret) == logged_traffic_secret(answer)


def test_a_visit_knows_what_was_derived_and_what_was_logged():
    for name in VISITS:
        visit = hybrid_visit(name)
        assert visit.traffic_secret(visit.secret) == visit.logged_secret
        assert visit.traffic_secret(bytes(64)) != visit.logged_secret


def test_no_half_and_no_other_order_does():
    keys, answer = hybrid_keys("first"), hybrid_answer("first")
    secret = keys.secret(key_shares(answer)["server"][HYBRID])
    for wrong in (secret[:32], secret[32:], secret[32:] + secret[:32], bytes(32) + secret[32:],
                  secret[:32] + bytes(32)):
        assert server_traffic_secret(answer, wrong) != logged_traffic_secret(answer)


def test_a_changed_ciphertext_gives_another_secret_and_no_error():
    keys = hybrid_keys("first")
    share = key_shares(hybrid_answer("first"))["server"][HYBRID]
    changed = bytes([share[0] ^ 1]) + share[1:]
    assert keys.secret(changed)[:32] != keys.secret(share)[:32]
    assert keys.secret(changed)[32:] == keys.secret(share)[32:]


def test_refusals():
    keys = hybrid_keys("first")
    with pytest.raises(ValueError, match="1120 bytes, not 32"):
        keys.secret(bytes(32))
    with pytest.raises(ValueError, match="shared key"):
        keys.secret(bytes(CIPHERTEXT + 32))
    with pytest.raises(ValueError, match="no 'third'"):
        hybrid_answer("third")
    with pytest.raises(KeyError, match="no key_share"):
        key_shares(load("tls12_ecdhe"))
    with pytest.raises(KeyError, match="key log"):
        logged_traffic_secret(load("tls12_ecdhe").without_secrets())

"""The visits whose private share is known: it gives the secrets that were logged."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from helpers.experiments import by_hand
from helpers.experiments.by_hand import VISITS
from helpers.experiments.hybrid import key_shares, logged_traffic_secret, server_traffic_secret
from helpers.tls.registry import NamedGroup


@pytest.mark.parametrize("name", VISITS)
def test_the_private_share_gives_the_secret_that_was_logged(name):
    visit = by_hand(name)
    private = X25519PrivateKey.from_private_bytes(visit.private_share)
    shares = key_shares(visit.conversation)
    sent = shares["client"][NamedGroup.x25519]
    assert private.public_key().public_bytes_raw() == sent
    peer = X25519PublicKey.from_public_bytes(shares["server"][NamedGroup.x25519])
    derived = server_traffic_secret(visit.conversation, private.exchange(peer))
    assert derived == logged_traffic_secret(visit.conversation)


@pytest.mark.parametrize(("name", "records"), [("openssl", 4), ("padded", 4), ("rfc8448", 1)])
def test_the_flight_is_read(name, records):
    visit = by_hand(name)
    assert [message[0] for message in visit.flight] == [8, 11, 15, 20]
    assert len(visit.records) == records
    padded = sum(map(len, visit.records)) - records * 22 - sum(map(len, visit.flight))
    assert (padded > 0) == (name == "padded")


def test_another_visit_is_refused():
    with pytest.raises(ValueError, match="the visits are"):
        by_hand("third")

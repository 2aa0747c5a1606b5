"""Downgrades are caught, each by its check."""

import pytest

from helpers.experiments import downgrade
from helpers.experiments.downgrade import ATTACKS
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls.registry import TLS12, NamedGroup
from helpers.tls.registry13 import TLS13

CAUGHT = [("version", "ECDHE", "client", "ServerHello", "illegal_parameter"),
          ("version", "RSA", "client", "ServerHello", "illegal_parameter"),
          ("marker", "ECDHE", "client", "ServerKeyExchange", "decrypt_error"),
          ("marker", "RSA", "server", "Finished", "bad_record_mac"),
          ("group", "ECDHE", "client", "EncryptedExtensions", "bad_record_mac")]


@pytest.mark.parametrize(("attack", "exchange", "who", "at", "alert"), CAUGHT)
def test_who_catches_it_where(attack, exchange, who, at, alert):
    found = downgrade(attack, exchange)
    assert (found.noticed, found.at, found.alert) == (who, at, alert)
    assert alert in found.sentence
    received = [end.received for end in found.conversation.ends.values()]
    assert received == [b"", b""]


@pytest.mark.parametrize("exchange", ["ECDHE", "RSA"])
def test_without_mallory_both_use_the_best(exchange):
    found = downgrade("nothing", exchange)
    assert (found.noticed, found.version, found.group) == ("nobody", TLS13,
                                                          NamedGroup.X25519MLKEM768)
    assert (found.conversation.application_data("client"),
            found.conversation.application_data("server")) == (REQUEST, RESPONSE)
    assert not found.marked


@pytest.mark.parametrize("exchange", ["ECDHE", "RSA"])
def test_the_marker_leaves_and_arrives_or_not(exchange):
    for attack in ("version", "marker"):
        found = downgrade(attack, exchange)
        assert found.marked
        assert found.version == TLS12
        assert (found.tails[0] == found.tails[1]) == (attack == "version")
    assert downgrade("group", exchange).group == NamedGroup.x25519


def test_mallory_changes_nothing_but_hellos():
    for attack in ATTACKS:
        changed = [item for item in downgrade(attack).conversation.crossings
                   if item.sent != item.delivered]
        assert len(changed) == {"nothing": 0, "marker": 2}.get(attack, 1)
        assert all(len(item.sent) == len(item.delivered) for item in changed)


def test_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match="attacks: nothing, version"):
        downgrade("everything")

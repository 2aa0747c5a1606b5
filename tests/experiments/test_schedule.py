"""Every node of the key schedule, against the key log of the real visit."""

import pytest

from helpers.experiments import by_hand, key_nodes, visit_nodes
from helpers.experiments.schedule import CHANGES
from helpers.sources import load


@pytest.mark.parametrize("visit", ["openssl", "rfc8448"])
def test_what_the_key_log_holds_comes_out(visit):
    found = by_hand(visit)
    nodes = {node.name: node.step.output for node in key_nodes(found.conversation,
                                                               found.private_share)}
    logged = {step.name: step.output for step in found.conversation.secrets}
    assert len(logged) >= 14
    assert {name: nodes[name] for name in logged} == logged


def test_each_node_comes_after_what_it_is_made_of():
    outside = {"client's private share", "server's key share", "0", "PSK", "transcript_hash"}
    known = {}
    for node in visit_nodes():
        for name, value in node.step.inputs:
            assert name in outside or known[name] == value
        known[node.name] = node.step.output


def changed(change):
    return {old.name for old, new in zip(visit_nodes(), visit_nodes(change), strict=True)
            if old.step.output != new.step.output}


def test_which_values_a_changed_bit_reaches():
    everything = {node.name for node in visit_nodes()}
    constant = {"early_secret", "derived_for_handshake"}
    assert changed("") == set()
    assert changed("server_hello") == everything - constant
    assert changed("finished") == {"resumption_secret"}
    assert changed("certificate") == {name for name in everything if "application" in name
                                      or name in ("exporter_secret", "resumption_secret")}
    assert changed("client_hello") == everything - constant - {
        "shared_secret", "handshake_secret", "derived_for_main", "main_secret"}
    assert set(CHANGES.values()) == {"", "client_hello", "server_hello", "certificate", "finished"}


def test_what_does_not_fit_is_refused():
    visit = by_hand()
    with pytest.raises(ValueError, match="change one of"):
        key_nodes(visit.conversation, visit.private_share, change="alert")
    with pytest.raises(ValueError, match="x25519"):
        key_nodes(load("tls13_mlkem"), visit.private_share)

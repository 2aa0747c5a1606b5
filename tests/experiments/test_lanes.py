"""Three lanes: real visits with every setting, and what is read off them."""

import pytest

from helpers.experiments import fates, lane_facts, lane_visit
from helpers.experiments.lanes import DARK, GONE, MOVED, NEW, STAYS
from helpers.sources import load
from helpers.sources.openssl import REQUEST, RESPONSE

LANES = ("RSA", "ECDHE", "1.3")
SETTINGS = [{}, {"client_certificate": True}, {"resumed": True}, {"retry": True},
            {"resumed": True, "retry": True}, {"resumed": True, "client_certificate": True}]


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_every_visit_gets_its_page(lane, setting):
    talk = lane_visit(lane, **setting)
    assert [end.problem for end in talk.ends.values()] == [None, None]
    assert (talk.application_data("client"), talk.application_data("server")) == (REQUEST, RESPONSE)
    assert (talk.suite.key_exchange is None) == (lane == "1.3")


def test_round_trips_are_counted():
    counted = {str(setting): [lane_facts(lane_visit(lane, **setting)).round_trips
                              for lane in LANES] for setting in SETTINGS}
    assert counted[str({})] == [2, 2, 1]
    assert counted[str({"resumed": True})] == [1, 1, 1]
    assert counted[str({"retry": True})] == [2, 2, 2]
    assert counted[str({"resumed": True, "retry": True})] == [1, 1, 2]


def test_recordings_of_openssl_give_the_same_facts():
    for name, lane in (("tls12_rsa", "RSA"), ("tls12_ecdhe", "ECDHE"), ("tls13_x25519", "1.3")):
        real, ours = lane_facts(load(name)), lane_facts(lane_visit(lane))
        assert real.round_trips == ours.round_trips
        assert real.server_proof == ours.server_proof
        assert real.new_keys == ours.new_keys


def test_sizes_are_the_same_in_every_run():
    lane_visit.cache_clear()
    for setting in SETTINGS:
        first = [lane_facts(lane_visit(lane, **setting)) for lane in LANES]
        lane_visit.cache_clear()
        assert [lane_facts(lane_visit(lane, **setting)) for lane in LANES] == first


def test_the_client_shows_itself_only_when_asked():
    for lane in LANES:
        assert lane_facts(lane_visit(lane)).client_proof == ""
        assert "signature" in lane_facts(lane_visit(lane, client_certificate=True)).client_proof


def test_what_became_of_each_message():
    found = {(fate.sender, fate.title): fate for fate in fates(lane_visit("ECDHE"),
                                                              lane_visit("1.3"))}
    words = {key: fate.words for key, fate in found.items()}
    assert words["server", "ServerKeyExchange"] == words["client", "ClientKeyExchange"] == (GONE,)
    assert words["server", "CertificateVerify"] == words["server", "EncryptedExtensions"] == (NEW,)
    assert words["server", "Certificate"] == (DARK,)
    assert words["server", "Finished"] == (MOVED,)
    assert words["client", "Finished"] == (STAYS,)
    assert all(fate.where for key, fate in found.items() if key != ("client", "Finished"))
    assert ("server", "ServerKeyExchange") not in {
        (fate.sender, fate.title) for fate in fates(lane_visit("RSA"), lane_visit("1.3"))}


def test_nothing_becomes_of_messages_that_are_the_same():
    assert {fate.words for fate in fates(lane_visit("1.3"), lane_visit("1.3"))} == {(STAYS,)}
    with_certificate = fates(lane_visit("ECDHE", client_certificate=True),
                             lane_visit("1.3", client_certificate=True))
    assert next(fate for fate in with_certificate if (fate.sender, fate.title) ==
                ("client", "Certificate")).words == (DARK,)


def test_other_lanes_are_refused():
    with pytest.raises(ValueError, match="no lane 'DHE'"):
        lane_visit("DHE")

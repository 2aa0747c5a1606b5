"""Real handshakes: what the server sends, and what the client has."""

import pytest

from helpers import pki
from helpers.experiments.serving import REASONS, STORES, send, visit_server

CASES = [(intermediate, root, store) for store in STORES for intermediate in (False, True)
         for root in (False, True)]


def test_they_connect_in_six_of_sixteen_cases():
    went = {case: send(intermediate=case[0], root=case[1], store=case[2]) for case in CASES}
    assert [case for case in CASES if went[case].connected] == [
        (True, False, "root"), (True, True, "root"),
        *[(sent, root, "intermediate") for sent in (False, True) for root in (False, True)]]
    for served in went.values():
        assert served.connected == (served.alert == "")
        assert served.connected or (served.alert == "unknown_ca" and served.said in REASONS)
        assert served.why


def test_a_root_that_came_along_is_self_signed_in_the_chain():
    words = "self-signed certificate in certificate chain"
    said = {case for case in CASES
            if send(intermediate=case[0], root=case[1], store=case[2]).said == words}
    assert said == {(True, True, "other_root"), (True, True, "nothing")}


def test_a_learners_own_ca():
    root = pki.issue("TEST ONLY Mine", ca=True)
    ca = pki.issue("TEST ONLY My CA", ca=True, by=root)
    shop = pki.issue("shop.example", by=ca)
    assert visit_server(shop, [root.certificate]).connected
    alone = visit_server(pki.Identity(shop.key, shop.certificate), [root.certificate])
    assert (alone.alert, alone.connected) == ("unknown_ca", False)
    assert alone.said == "unable to get local issuer certificate"


def test_an_unknown_store_is_refused():
    with pytest.raises(ValueError, match="the store is one of"):
        send(intermediate=True, root=False, store="mine")

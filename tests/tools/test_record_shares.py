"""The tool that makes data/shares: a real OpenSSL really answers our share."""

from helpers.conversation import CLIENT, SERVER, Conversation, Crossing
from helpers.experiments import hybrid
from tools import record_shares


def test_openssl_answers_a_share_of_ours():
    keys = hybrid.hybrid_keys("first")
    hello = record_shares.client_hello(keys.share)
    data, keylog = record_shares.answer(hello)
    talk = Conversation((Crossing(CLIENT, hello, hello), Crossing(SERVER, data, data)),
                        tuple(keylog))
    shares = hybrid.key_shares(talk)
    assert shares["client"][hybrid.HYBRID] == keys.share
    secret = keys.secret(shares["server"][hybrid.HYBRID])
    assert hybrid.server_traffic_secret(talk, secret) == hybrid.logged_traffic_secret(talk)


def test_every_hello_is_a_new_one_with_the_same_share():
    share = hybrid.hybrid_keys("second").share
    first, second = record_shares.client_hello(share), record_shares.client_hello(share)
    assert first != second
    assert share in first
    assert share in second

"""Encrypted Client Hello hides the name from a listener, and from nobody who has the key."""

from helpers import lab
from helpers.experiments.hidden_name import PUBLIC, hidden_visit

_SNI = 0


def test_a_listener_reads_the_public_name_only():
    heard = hidden_visit().without_secrets()
    assert heard.find("client_hello").parsed.extension(_SNI).value == PUBLIC
    assert all(lab.HOST.encode() not in crossing.sent for crossing in heard.crossings)
    clear = hidden_visit(False).without_secrets()
    assert clear.find("client_hello").parsed.extension(_SNI).value == lab.HOST


def test_both_ends_got_what_they_wanted():
    for hidden in (True, False):
        ends = hidden_visit(hidden).ends
        assert all(end.connected and end.problem is None for end in ends.values())
    inner = hidden_visit().find("client_hello").inner
    assert inner.parsed.extension(_SNI).value == lab.HOST


def test_it_repeats():
    again = hidden_visit.__wrapped__(True)
    assert [one.sent for one in again.crossings] == [one.sent for one in hidden_visit().crossings]

"""A handshake message by message: what both ends hold, and where a change makes them differ."""

import hashlib

import pytest

from helpers.experiments import moments
from helpers.experiments.stopped12 import CHANGES, SEALED, SHARE, STRUCK, UNCHANGED

TEN = ["ClientHello", "ServerHello", "Certificate", "ServerKeyExchange", "ServerHelloDone",
       "ClientKeyExchange", "ChangeCipherSpec", "Finished", "ChangeCipherSpec", "Finished"]


def first(found, what):
    """The number of the first moment at which the ends differ in what they both hold; 0: never."""
    for moment in found:
        held = [what(end) for end in moment.ends.values()]
        if all(held) and held[0] != held[1]:
            return moment.number
    return 0


def digest(held):
    return held.digest


def key(held):
    return held.secrets.get("client_write_key")


@pytest.mark.parametrize("extended", [True, False])
def test_nothing_changed(extended):
    found = moments(extended=extended)
    assert [moment.title for moment in found] == TEN
    assert [moment.hashed for moment in found] == [1, 2, 3, 4, 5, 6, 6, 7, 7, 8]
    assert (first(found, digest), first(found, key)) == (0, 0)
    assert {end.waits_for for end in found[-1].ends.values()} == {"application data"}
    assert not found[-1].noticed


@pytest.mark.parametrize(("change", "extended", "hashes", "keys", "alert"), [
    (STRUCK, True, 1, 6, "bad_record_mac"),
    (STRUCK, False, 1, 0, "decrypt_error"),
    (SHARE, True, 6, 6, "bad_record_mac"),
    (SHARE, False, 6, 6, "bad_record_mac"),
    (SEALED, True, 0, 0, "bad_record_mac"),
    (SEALED, False, 0, 0, "bad_record_mac"),
])
def test_where_the_ends_part(change, extended, hashes, keys, alert):
    found = moments(change, extended=extended)
    assert (first(found, digest), first(found, key)) == (hashes, keys)
    end = found[-1]
    assert (end.number, end.title, end.noticed, end.alert) == (8, "Finished", "server", alert)
    assert end.ends["server"].digest is None
    assert not any(moment.noticed for moment in found[:-1])


def test_a_struck_out_suite_makes_the_server_take_the_other():
    taken = {change: moments(change)[1].ends["client"].suite for change in (UNCHANGED, STRUCK)}
    assert taken[UNCHANGED].endswith("AES_128_GCM_SHA256")
    assert taken[STRUCK].endswith("CHACHA20_POLY1305_SHA256")


def test_nobody_holds_keys_before_they_can():
    held = {moment.title: {end for end, what in moment.ends.items() if key(what)}
            for moment in moments()[:6]}
    assert [len(ends) for ends in held.values()] == [0, 0, 0, 0, 1, 2]
    assert held["ServerHelloDone"] == {"client"}


def test_hashes_are_sha256_and_another_change_is_refused():
    sizes = {len(end.digest) for moment in moments() for end in moment.ends.values()}
    assert sizes == {hashlib.sha256().digest_size}
    assert CHANGES[0] == UNCHANGED
    with pytest.raises(ValueError, match="no change"):
        moments("everything")

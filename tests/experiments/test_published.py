"""The published handshake adds up: every secret computed again with the standard library."""

import hmac
from hashlib import sha256

from helpers.experiments.published import published


def expanded(secret, label, context, length):
    full = b"tls13 " + label
    info = bytes([0, length, len(full)]) + full + bytes([len(context)]) + context
    return hmac.digest(secret, info + b"\1", "sha256")[:length]


def test_every_value_follows_from_the_one_before():
    known = published()
    zeros, nothing = bytes(32), sha256(b"").digest()
    hellos = sha256(known["client_hello"] + known["server_hello"]).digest()
    assert known["early_secret"] == hmac.digest(zeros, zeros, "sha256")
    assert known["derived_for_handshake"] == expanded(
        known["early_secret"], b"derived", nothing, 32)
    assert known["handshake_secret"] == hmac.digest(
        known["derived_for_handshake"], known["shared_secret"], "sha256")
    for name, label in (("client", b"c hs traffic"), ("server", b"s hs traffic")):
        assert known[f"{name}_handshake_traffic_secret"] == expanded(
            known["handshake_secret"], label, hellos, 32)
    traffic = known["server_handshake_traffic_secret"]
    assert known["server_handshake_write_key"] == expanded(traffic, b"key", b"", 16)
    assert known["server_handshake_write_iv"] == expanded(traffic, b"iv", b"", 12)


def test_what_was_published_is_copied_whole():
    known = published()
    assert [len(known[name]) for name in ("client_hello", "server_hello", "shared_secret")] == [
        196, 90, 32]

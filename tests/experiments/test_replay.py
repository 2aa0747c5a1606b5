"""A played-back server is found out where it has to prove something fresh."""

import pytest

from helpers.experiments import replay
from helpers.sources import load


@pytest.mark.parametrize(("name", "stops_at", "alert"), [
    ("tls12_rsa", "Finished", "bad_record_mac"),
    ("tls12_rsa_second", "Finished", "bad_record_mac"),
    ("tls12_ecdhe", "ServerKeyExchange", "decrypt_error"),
    ("tls12_ecdhe_ecdsa", "ServerKeyExchange", "decrypt_error"),
])
def test_where_the_client_notices(name, stops_at, alert):
    rows = replay(load(name))
    assert rows[-1].message == stops_at
    assert rows[-1].client == f"refuses: alert {alert}"
    assert [row.client for row in rows[:-1]] == ["accepts"] * (len(rows) - 1)
    assert "Certificate" in [row.message for row in rows[:-1]]

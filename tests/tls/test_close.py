"""How a connection ends: goodbye, cut off, or with an error; in both versions."""

import pytest

from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Closed, Truncated
from helpers.tls.registry import TLS12
from helpers.tls.registry13 import TLS13
from helpers.tls.states import State
from tests.tls.pairs import client, flow, server

BOTH = pytest.mark.parametrize("version", [TLS12, TLS13])


def connected(version):
    peer, other = client(versions=(version,)), server()
    flow(peer, other)
    assert peer.connected
    assert other.connected
    return peer, other


@BOTH
def test_goodbye_is_said_and_answered(version):
    peer, other = connected(version)
    peer.send(b"last words")
    peer.close()
    assert other.receive_data(peer.data_to_send()) == [ApplicationData(b"last words"), Closed()]
    assert other.receive_eof() == []
    assert peer.receive_data(other.data_to_send()) == []
    assert peer.receive_eof() == []
    assert peer.alerts_sent == other.alerts_sent == []


@BOTH
def test_cut_off(version):
    """Whoever cuts the cable cannot say close_notify: the tag would not fit."""
    peer, other = connected(version)
    peer.send(b"pay 10")
    other.receive_data(peer.data_to_send())
    assert other.receive_eof() == [Truncated()]
    assert other.state is State.CLOSED
    assert other.receive_eof() == []
    with pytest.raises(TLSError, match="application data can be sent"):
        other.send(b"who is there?")


@BOTH
def test_cut_off_in_the_handshake(version):
    peer = client(versions=(version,))
    assert peer.receive_eof() == [Truncated()]
    assert not peer.connected


@BOTH
def test_a_forged_goodbye(version):
    peer, _ = connected(version)
    with pytest.raises(TLSError) as caught:
        peer.receive_data(bytes.fromhex("15030300020100"))
    alert = "unexpected_message" if version == TLS13 else "bad_record_mac"
    assert caught.value.alert.name == alert


@BOTH
@pytest.mark.parametrize("level", [1, 2])
def test_an_error_alert(version, level):
    """In TLS 1.3 every alert but two is the end, whatever its level says (RFC 9846 section 6)."""
    peer, other = connected(version)
    other.layer.send(21, bytes((level, 80)))
    fatal = level == 2 or version == TLS13
    assert peer.receive_data(other.data_to_send()) == [AlertReceived("internal_error", fatal)]
    assert peer.connected != fatal


def test_user_canceled_is_followed_by_a_goodbye():
    peer, other = connected(TLS13)
    other.layer.send(21, b"\x01\x5a")
    other.close()
    assert peer.receive_data(other.data_to_send()) == [
        AlertReceived("user_canceled", False), Closed()]


@BOTH
def test_unknown_alerts(version):
    peer, other = connected(version)
    other.layer.send(21, b"\x02\xfe")
    assert peer.receive_data(other.data_to_send()) == [AlertReceived("unknown", True)]


@BOTH
def test_an_alert_is_two_bytes_in_one_record(version):
    for wrong in (b"\x01", b"\x02\x28\x02\x28"):
        peer, other = connected(version)
        other.layer.send(21, wrong)
        with pytest.raises(TLSError) as caught:
            peer.receive_data(other.data_to_send())
        assert caught.value.alert.name == "decode_error"

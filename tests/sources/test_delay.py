"""The proxy: bytes come late, whole and in order, and nothing stays behind."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from helpers.sources import delay
from helpers.sources.delay import PACKET, Delay
from helpers.sources.loopback import HERE

LATE = 0.3  # seconds that a machine with other things to do may be late


@contextmanager
def echo():
    """A server that sends back what it hears, connection after connection: its port."""
    def serve(door: socket.socket) -> None:
        while True:
            try:
                link, _ = door.accept()
            except OSError:  # closed: the test is over
                return
            with link:
                link.settimeout(5)
                while data := link.recv(2**16):
                    link.sendall(data)

    with socket.create_server((HERE, 0)) as door:
        thread = threading.Thread(target=serve, args=(door,), daemon=True)
        thread.start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        assert not thread.is_alive()


def told(port: int, data: bytes) -> tuple[bytes, float]:
    """What comes back when `data` is sent through, and after how many seconds all is there."""
    began = time.monotonic()
    with socket.create_connection((HERE, port), timeout=10) as link:
        sender = threading.Thread(target=lambda: (link.sendall(data),
                                                  link.shutdown(socket.SHUT_WR)))
        sender.start()
        heard = b"".join(iter(lambda: link.recv(2**16), b""))
        sender.join(10)
    return heard, time.monotonic() - began


def ended(link: socket.socket) -> bool:
    """Whether the other end has hung up, with what was sent read or not."""
    try:
        return link.recv(10) == b""
    except ConnectionResetError:
        return True


def test_a_byte_takes_a_round_trip_and_one_for_tcp():
    with echo() as port, Delay(port, round_trip=0.1) as slow:
        heard, took = told(slow.port, b"x")
        assert heard == b"x"
        assert 0.2 <= took < 0.2 + LATE


def test_many_bytes_arrive_whole_and_in_order():
    data = bytes(range(256)) * 2000
    with echo() as port, Delay(port, round_trip=0.01) as slow:
        assert told(slow.port, data)[0] == data


def test_bandwidth_and_window_take_their_time():
    with echo() as port:
        with Delay(port, round_trip=0.0, bandwidth=100_000) as slow:
            assert told(slow.port, bytes(2500))[1] >= 0.2  # its last packet goes 0.2 s there
        with Delay(port, round_trip=0.06, window=1) as slow:
            _, took = told(slow.port, bytes(3 * PACKET))  # one packet, then two: two round trips
            assert 0.18 <= took < 0.24 + LATE


def test_nothing_stays_behind():
    before = threading.active_count()
    with echo() as port:
        with Delay(port, round_trip=5.0) as slow:
            link = socket.create_connection((HERE, slow.port), timeout=5)
            link.sendall(b"never delivered")
        with link:
            assert ended(link)  # the proxy is gone, and its lines with it
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((HERE, slow.port), timeout=5)
    assert threading.active_count() == before


def test_nobody_behind_it():
    with socket.create_server((HERE, 0)) as door:
        empty = door.getsockname()[1]
    with Delay(empty, round_trip=0.0) as slow, \
            socket.create_connection((HERE, slow.port), timeout=5) as link:
        assert link.recv(10) == b""


def test_a_connection_that_never_ends_is_ended():
    with echo() as port, Delay(port, round_trip=0.0, seconds=0.2) as slow, \
            socket.create_connection((HERE, slow.port), timeout=5) as link:
        began = time.monotonic()
        assert link.recv(10) == b""
        assert time.monotonic() - began < 2


def test_no_more_connections_than_it_can_hold(monkeypatch):
    monkeypatch.setattr(delay, "MAX_LINES", 1)
    with echo() as port, Delay(port, round_trip=0.0) as slow, \
            socket.create_connection((HERE, slow.port), timeout=5) as kept, \
            socket.create_connection((HERE, slow.port), timeout=5) as refused:
        assert refused.recv(10) == b""
        kept.sendall(b"still there")
        assert kept.recv(100) == b"still there"


@pytest.mark.parametrize("wrong", [{"round_trip": -1}, {"round_trip": 1, "bandwidth": 0},
                                   {"round_trip": 1, "window": 0}])
def test_a_way_that_cannot_be(wrong):
    with pytest.raises(ValueError, match="a way has a round trip"):
        Delay(1, **wrong)

"""Endpoints over 127.0.0.1: answers, goodbyes, hang-ups and limits of time, all in one process."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from helpers import lab
from helpers.pki import authority
from helpers.sources import loopback
from helpers.sources.loopback import HERE, Door, http_response, visit, whole_response
from helpers.tls.client import Client
from helpers.tls.registry import ContentType
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

REQUEST = b"GET / HTTP/1.1\r\n\r\n"
PAGE = http_response(b"<h1>Hello</h1>")


def client(**options) -> Client:
    trust = TrustStore([authority.root().certificate], lab.NOW)
    return Client(lab.HOST, trust, **options)


def server() -> Server:
    return Server(authority.server("ecdsa"))


def respond(received: bytes) -> bytes | None:
    return PAGE if received.endswith(b"\r\n\r\n") else None


@contextmanager
def serving(count: int = 1, **options):
    """A Door that serves until `count` connections are over: its port, and what came of them."""
    found, left = [], threading.Event()
    with Door() as door:
        def serve() -> None:
            found.extend(door.serve(server, respond, until=left.is_set, **options))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield door.port, found
        finally:
            left.set()
            thread.join(10)
            assert not thread.is_alive()


@contextmanager
def stranger(behave):
    """A TCP server that is no TLS server: `behave` gets the socket."""
    with socket.create_server((HERE, 0)) as door:
        def serve() -> None:
            link, _ = door.accept()
            with link:
                behave(link)

        thread = threading.Thread(target=serve)
        thread.start()
        yield door.getsockname()[1]
        thread.join(10)


def test_request_answer_goodbye():
    with serving() as (port, found):
        seen = visit(client(), port, request=REQUEST)
    assert seen.end.received == PAGE
    assert seen.end.problem is None
    assert seen.goodbye
    assert not seen.cut_off
    (served,) = found
    assert served.end.connected
    assert served.end.received == REQUEST
    assert not served.cut_off


def test_a_visit_is_a_conversation_like_any_other():
    """Its bytes can be read again with the key log: the same from both ends."""
    with serving() as (port, found):
        seen = visit(client(), port, request=REQUEST).conversation
    names = [message.name for message in seen.messages]
    assert names[:2] == ["client_hello", "server_hello"]
    assert seen.application_data("client") == REQUEST
    assert seen.application_data("server") == PAGE
    for sender in ("client", "server"):
        assert found[0].conversation.stream(sender).startswith(seen.stream(sender)[:1000])


def test_several_at_once():
    with serving() as (port, found):
        reserve = socket.create_connection((HERE, port))  # as browsers do: never used
        pages = [visit(client(), port, request=REQUEST).end.received for _ in range(3)]
        reserve.close()
        time.sleep(0.1)
    assert pages == [PAGE] * 3
    assert sum(item.end.connected for item in found) == 3
    assert sum(item.cut_off for item in found) == 1


def test_who_hangs_up_without_a_goodbye():
    def hang_up(link: socket.socket) -> None:
        link.recv(4096)

    with stranger(hang_up) as port:
        seen = visit(client(), port, request=REQUEST)
    assert seen.cut_off
    assert not seen.goodbye
    assert not seen.end.connected


def test_what_is_no_tls():
    def answer(link: socket.socket) -> None:
        link.recv(4096)
        link.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with stranger(answer) as port:
        seen = visit(client(), port, request=REQUEST)
    assert seen.end.problem
    assert seen.end.alerts_sent
    assert seen.conversation.crossings[-1].sent[0] == ContentType.alert


def test_a_silent_server_costs_no_more_than_was_said():
    with stranger(lambda link: link.recv(4096) and time.sleep(1)) as port:
        start = time.monotonic()
        seen = visit(client(), port, request=REQUEST, seconds=0.3)
    assert time.monotonic() - start < 2
    assert not seen.end.connected
    assert not seen.cut_off  # it was ours who left


def test_a_silent_client_costs_no_more_than_was_said():
    start = time.monotonic()
    with Door() as door, socket.create_connection((HERE, door.port)):
        (seen,) = door.serve(server, respond, until=lambda: False, seconds=0.3)
    assert time.monotonic() - start < 2
    assert seen.conversation.crossings == ()


def test_nobody_there():
    with Door() as door:
        port = door.port
    with pytest.raises(OSError, match="refused"):
        visit(client(), port)


def test_too_many_connections_are_closed_at_once(monkeypatch):
    monkeypatch.setattr(loopback, "MAX_LINES", 2)
    with Door() as door:
        links = [socket.create_connection((HERE, door.port)) for _ in range(4)]
        found = door.serve(server, respond, until=lambda: False, seconds=0.3)
        for link in links:
            link.close()
    assert len(found) == 2


def test_nothing_listens_beyond_this_machine():
    with Door() as door:
        assert door._door.getsockname()[0] == HERE == "127.0.0.1"


@pytest.mark.parametrize(("data", "whole"), [
    (PAGE, True), (PAGE[:-1], False), (b"", False), (b"HTTP/1.0 200 OK\r\n\r\nbody", False),
    (b"HTTP/1.1 200 OK\r\nCONTENT-LENGTH:0\r\n\r\n", True)])
def test_whole_response(data, whole):
    assert whole_response(data) == whole

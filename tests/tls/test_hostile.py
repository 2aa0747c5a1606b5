"""Bytes that somebody made up: one exception type comes out, nothing hangs, nothing grows.

Every test here also holds for bytes cut anywhere: the same bytes give the same result.
"""

import tracemalloc
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import lab
from helpers.sources import load, names, openssl_client, openssl_server
from helpers.tls import messages
from helpers.tls.errors import TLSError
from helpers.tls.passive import Listener
from helpers.tls.record import MAX_CIPHERTEXT, MAX_HANDSHAKE
from helpers.tls.registry import HandshakeType
from helpers.tls.states import CLIENT12, State
from tests.tls.hand_server import RSA, HandServer, client, handshake, record

FEW = settings(max_examples=250, deadline=None)
CLIENT_STATES = [*dict.fromkeys(row.state for row in CLIENT12
                                if row.state is not State.WAIT_NEW_SESSION_TICKET), State.CLOSED]
SOME = settings(max_examples=1000, deadline=None)


@cache
def flights() -> tuple[bytes, ...]:
    """What real OpenSSLs sent, in the clear and sealed."""
    return tuple(load(name).stream(sender) for name in names() for sender in ("client", "server"))


@cache
def handshakes() -> tuple[bytes, ...]:
    return tuple(message.data for name in names() for message in load(name).messages
                 if message.content_type == 22)


@st.composite
def mutated(draw, originals):
    """Real bytes with some bytes changed, removed, repeated or put in."""
    data = bytearray(draw(st.sampled_from(originals())))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        what = draw(st.integers(0, 3))
        if what == 0 and data:
            data[at] = draw(st.integers(0, 255))
        elif what == 1:
            del data[at:at + draw(st.integers(1, 8))]
        elif what == 2:
            data[at:at] = data[at:at + draw(st.integers(1, 40))]
        else:
            data[at:at] = draw(st.binary(max_size=8))
    return bytes(data)


def anything(originals):
    return st.one_of(st.binary(max_size=200), mutated(originals))


@st.composite
def typed(draw):
    """A message of a known type with a right length and any body."""
    return handshake(draw(st.sampled_from([*map(int, HandshakeType), 99])),
                     draw(st.binary(max_size=80)))


def attempt(call, *arguments) -> tuple:
    """What it returns and None, or None and the TLSError. Nothing else may come out of it."""
    try:
        return call(*arguments), None
    except TLSError as problem:
        return None, problem


# --- parsers ----------------------------------------------------------------------------------

@SOME
@given(st.one_of(anything(handshakes), typed()), st.sampled_from(["RSA", "ECDHE", None]))
def test_parse_handshake(data, key_exchange):
    value, problem = attempt(messages.parse_handshake, data, key_exchange)
    with_fields, same_problem = attempt(messages.parse_handshake, data, key_exchange, [])
    assert (value, str(problem)) == (with_fields, str(same_problem))
    assert problem is None or problem.alert.name in ("decode_error", "illegal_parameter")


@given(st.binary(max_size=4))
def test_parse_alert_and_change_cipher_spec(data):
    for parse in (messages.parse_alert, messages.parse_change_cipher_spec):
        _, problem = attempt(parse, data)
        if problem is None:
            assert 1 <= len(data) <= 2
        else:
            assert problem.alert.name in ("decode_error", "unexpected_message")


# --- the client, in every state ---------------------------------------------------------------

def in_state(state: State):
    """A client that waits for that, and the server that brought it there."""
    peer = client("hostile")
    server = HandServer(peer, RSA if state is State.WAIT_SERVER_HELLO_DONE else 0xC02F)
    server.random = b"R" * 32
    steps = [lambda: record(server.hello()), lambda: record(server.certificate()),
             lambda: record(server.key_exchange()), lambda: record(server.done())]
    for step in steps:
        if peer.state is state:
            return peer, server
        peer.receive_data(step())
    if peer.state is not state:
        server.accept()
        last = server.finished()
        peer.receive_data(last[:6])
        if state is not State.WAIT_FINISHED:
            peer.receive_data(last[6:])
    if state is State.CLOSED:
        peer.close()
    assert peer.state is state
    return peer, server


def receive(peer, data: bytes, sizes: list[int]) -> tuple:
    """What came of the bytes, cut into pieces of these sizes and a rest."""
    events = []
    for size in [*sizes, len(data)]:
        found, problem = attempt(peer.receive_data, data[:size])
        data = data[size:]
        if problem is not None:
            assert problem.fault == "peer"
            assert peer.state is State.CLOSED
            assert peer.alerts_sent[-1] == problem.alert.name
            return events + problem.events, str(problem), peer.state
        events += found
    return events, None, peer.state


cuts = st.lists(st.integers(0, 30), max_size=12)


@FEW
@pytest.mark.parametrize("state", CLIENT_STATES, ids=lambda state: state.name)
@given(data=st.data())
def test_client_with_any_bytes(state, data):
    """Also: cut differently, the same bytes give the same events and the same error."""
    bytes_in = data.draw(st.one_of(
        anything(flights), typed().map(record),
        st.tuples(st.sampled_from([20, 21, 22, 23]), st.binary(max_size=60)).map(
            lambda pair: record(pair[1], pair[0]))))
    sizes = data.draw(cuts)
    (one, _), (two, _) = in_state(state), in_state(state)
    assert receive(one, bytes_in, []) == receive(two, bytes_in, sizes)


@FEW
@given(st.data())
def test_client_with_a_changed_server_flight(data):
    """One byte of an honest server's flight is changed: it is refused at once, or Finished does
    not fit. One byte is covered by nothing: the minor version of the first record."""
    peer = client("changed")
    server = HandServer(peer)
    flight = bytearray(server.flight())
    at = data.draw(st.integers(0, len(flight) - 1).filter(lambda at: at != 2))
    flight[at] ^= data.draw(st.integers(1, 255))
    _, problem, state = receive(peer, bytes(flight), data.draw(cuts))
    if problem is None and state is State.WAIT_CHANGE_CIPHER_SPEC:
        server.accept()
        _, problem, _ = receive(peer, server.finished(), [])
        assert problem is not None
    assert not peer.connected


@FEW
@given(st.data())
def test_client_with_sealed_messages_of_any_content(data):
    """Bytes from a server that holds the keys and breaks every other rule."""
    peer, server = in_state(State.CONNECTED)
    for _ in range(data.draw(st.integers(1, 6))):
        kind = data.draw(st.sampled_from([20, 21, 22, 23]))
        text = data.draw(st.one_of(st.binary(max_size=40), typed()))
        events, problem, _ = receive(peer, server.sealed(kind, text), data.draw(cuts))
        if problem is not None or peer.state is State.CLOSED:
            break
        assert peer.connected
        assert sum(len(event.data) for event in events if hasattr(event, "data")) <= len(text)


# --- OpenSSL, wrapped -------------------------------------------------------------------------

@FEW
@pytest.mark.parametrize("make", [openssl_server, openssl_client])
@given(data=st.one_of(anything(flights), typed().map(record)), sizes=cuts)
@example(data=b"GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n", sizes=[])
@example(data=bytes(100), sizes=[1] * 10)
@example(data=b"\x80\x2e\x01\x00\x02", sizes=[])
def test_openssl_with_any_bytes(make, data, sizes):
    end = make()
    for size in [*sizes, len(data)]:
        piece, data = data[:size], data[size:]
        _, problem = attempt(end.receive_data, piece)
        if problem is not None:
            assert problem.reason.startswith("OpenSSL says: ")
            assert end.alerts_sent[-1:] in ([], [problem.alert.name])
            assert end.receive_data(b"more") == []
    assert isinstance(end.data_to_send(), bytes)
    assert not end.connected
    with pytest.raises(TLSError) as caught:
        end.send(b"hello")
    assert caught.value.fault == "caller"
    end.close()


# --- listening in -----------------------------------------------------------------------------

def heard(pieces: list[tuple[str, bytes]], **knows) -> list:
    listener = Listener(**knows)
    for sender, data in pieces:
        listener.hear(sender, data)
    for message in listener.messages:
        leaves = list(message.fields.leaves())
        data = message.wire if message.data is None else message.data
        assert sum(leaf.end - leaf.start for leaf in leaves) == len(data)
        assert message.title
    return listener.messages


keylogs = st.lists(st.one_of(
    st.text(max_size=60), st.sampled_from(load("tls12_rsa").keylog),
    st.builds(lambda random, secret: f"CLIENT_RANDOM {random.hex()} {secret.hex()}",
              st.just(load("tls12_rsa").find("client_hello").parsed.random),
              st.binary(max_size=60))), max_size=4)


@FEW
@given(client_bytes=anything(flights), server_bytes=anything(flights), sizes=cuts, lines=keylogs)
def test_listener_with_any_bytes(client_bytes, server_bytes, sizes, lines):
    pieces, rest = [], server_bytes
    for size in sizes:
        pieces.append(("server", rest[:size]))
        rest = rest[size:]
    whole = heard([("client", client_bytes), ("server", server_bytes)], keylog=lines)
    cut = heard([("client", client_bytes), *pieces, ("server", rest)], keylog=lines)
    assert whole == cut


@FEW
@given(lines=keylogs, wrong=st.binary(min_size=256, max_size=256))
def test_listener_with_any_secrets(lines, wrong):
    """A secret that does not fit opens nothing, and spoils nothing."""
    talk = load("tls12_rsa")
    blind = talk.without_secrets()
    told = blind.with_secrets(keylog=lines)
    assert [message.name for message in told.messages][:6] == \
        [message.name for message in blind.messages][:6]
    fits = any(line in talk.keylog for line in lines)
    if not fits:
        assert told.application_data("client") == b""
    for line in lines:
        assert blind.with_secrets(keylog=[line.replace(" ", wrong.hex(), 1)]).secrets == ()


@pytest.mark.parametrize("key", ["server_ecdsa", "root"])
def test_listener_with_a_key_of_another_kind(key):
    for name in names():
        assert load(name).with_secrets(server_key=lab.key(key)).secrets == ()


# --- bounded work -----------------------------------------------------------------------------

def peak_of(work) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_client_keeps_at_most_one_record_and_one_message():
    """A server sends a message that never ends."""
    peer = client()
    endless = record(b"\x02" + MAX_HANDSHAKE.to_bytes(3, "big"))
    filler = record(bytes(1000))

    def work():
        peer.receive_data(endless)
        for _ in range(MAX_HANDSHAKE // 1000):
            peer.receive_data(filler)
        assert peer.state is State.WAIT_SERVER_HELLO
        with pytest.raises(TLSError):
            peer.receive_data(filler)

    assert peak_of(work) < 4 * MAX_HANDSHAKE


def test_a_record_cannot_announce_more_than_its_limit():
    peer = client()
    with pytest.raises(TLSError, match="record_overflow"):
        peer.receive_data(b"\x16\x03\x03" + (MAX_CIPHERTEXT + 1).to_bytes(2, "big"))


def test_the_listener_derives_keys_once_a_handshake(monkeypatch):
    """However many ClientKeyExchange messages somebody invents."""
    calls = []
    first_messages = (talk := load("tls12_rsa")).messages[:5]
    monkeypatch.setattr(Listener, "_find_secrets", lambda self, keys: calls.append(keys) or [])
    listener = Listener(talk.keylog)
    for message in first_messages:
        listener.hear(message.sender, record(message.data))
    for _ in range(50):
        listener.hear("client", record(talk.find("client_key_exchange").data))
    assert len(calls) == 1

"""Both state machines, in both versions, against an opponent who holds all the keys and breaks
every rule; the parsers against any bytes; and how much anybody can make an endpoint keep."""

import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.tls.errors import TLSError
from helpers.tls.events import HandshakeComplete
from helpers.tls.record import MAX_HANDSHAKE
from helpers.tls.states import State
from tests.tls.hand_server import record
from tests.tls.hostile import targets
from tests.tls.hostile.choices import Choices
from tests.tls.hostile.puppet import MOVES, Puppet, Saying, play
from tests.tls.hostile.scenes import SCENES
from tests.tls.hostile.watch import Watch

ENDS = [(scene, role) for scene in SCENES for role in ("client", "server")]
EVERYWHERE = pytest.mark.parametrize(("scene", "role"), ENDS)

# mostly zeros, which are honest, so that attacks come at every stage
plans = st.lists(st.one_of(st.just(0), st.just(0), st.integers(0, 255)), max_size=90).map(bytes)


@EVERYWHERE
@settings(max_examples=25, deadline=None)
@given(plans)
@example(b"")
def test_an_opponent_with_all_keys(scene, role, plan):
    watch = play(SCENES[scene].make(), role, Choices(plan))
    if not plan:
        assert watch.problem is None
        assert any(isinstance(event, HandshakeComplete) for event in watch.events)


@EVERYWHERE
def test_each_move(scene, role):
    for move in range(len(MOVES)):
        for what in (b"", b"\1\2\3\4\5\6\7\1\0\2", bytes(range(255, 215, -1))):
            play(SCENES[scene].make(), role, Choices(bytes((1, move)) + what))


@pytest.mark.parametrize("name", targets.TARGETS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_targets(name, data):
    honest = targets.seeds(name)
    begun = data.draw(st.one_of(st.binary(max_size=300), st.sampled_from(honest)))
    changed = bytearray(begun)
    for _ in range(data.draw(st.integers(0, 3)) if changed else 0):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    targets.TARGETS[name](bytes(changed))


# --- the watcher sees ---------------------------------------------------------------------------

def test_the_watch_wants_a_tls_error_once():
    end = SCENES["1.3"].make()[0]
    end.receive_data = lambda data: 1 / 0
    with pytest.raises(ZeroDivisionError):
        Watch(end).feed(b"x")
    end = SCENES["1.3"].make()[0]
    watch = Watch(end)
    watch.feed(record(b"\x02\0\0\0"))
    assert watch.problem.alert.name == "decode_error"
    end.state = State.WAIT_SERVER_HELLO  # as if it had gone on
    with pytest.raises(AssertionError):
        watch.feed(record(b"\x02\0\0\0"))


# --- bounded memory -----------------------------------------------------------------------------

def peak_of(work) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@EVERYWHERE
def test_a_message_that_never_ends(scene, role):
    """It is kept up to the limit, and no further: sealed too, at whatever comes last."""
    ends = SCENES[scene].make()
    tested, body = ends if role == "client" else ends[::-1]
    puppet = Puppet(body)
    for _ in range(4):
        puppet.hear(tested.data_to_send())
        for saying in puppet.take():
            tested.receive_data(saying.bytes())
    key, filler = body.layer.write, bytes(10_000)

    def say(text: bytes) -> None:
        tested.receive_data(Saying(22, text, key).bytes())

    def work() -> None:
        say(b"\x14" + MAX_HANDSHAKE.to_bytes(3, "big"))
        for _ in range(MAX_HANDSHAKE // len(filler)):
            say(filler)
        with pytest.raises(TLSError):
            say(filler)

    assert peak_of(work) < 6 * MAX_HANDSHAKE


@pytest.mark.parametrize("role", ["client", "server"])
@pytest.mark.parametrize("scene", ["1.3", "1.2 ECDHE"])
def test_a_long_talk_leaves_nothing_behind(scene, role):
    """Application data, and in TLS 1.3 a new key each time: what is held does not grow."""
    ends = SCENES[scene].make()
    tested, body = ends if role == "client" else ends[::-1]
    for _ in range(4):
        tested.receive_data(body.data_to_send())
        body.receive_data(tested.data_to_send())
    assert tested.connected

    def exchange(times: int) -> None:
        for _ in range(times):
            body.send(bytes(1000))
            if scene == "1.3":
                body.update_keys(request=True)
            tested.receive_data(body.data_to_send())
            body.receive_data(tested.data_to_send())
            tested.send(b"yes")
            body.receive_data(tested.data_to_send())
            ends[0].events.clear()  # this client of the tests remembers them

    exchange(50)
    held = len(tested.secrets), len(tested.transcript), len(tested.alerts_sent)
    assert peak_of(lambda: exchange(400)) < 200_000
    assert (len(tested.secrets), len(tested.transcript), len(tested.alerts_sent)) == held


def test_dripping_bytes_are_bounded_work():
    """One byte at a time, for the largest record there is."""
    tested, body = SCENES["1.3"].make()
    for _ in range(3):
        body.receive_data(tested.data_to_send())
        tested.receive_data(body.data_to_send())
    body.send(bytes(2**14))
    events = [event for byte in body.data_to_send() for event in
              tested.receive_data(bytes((byte,)))]
    assert [len(event.data) for event in events] == [2**14]


def test_early_data_that_is_refused_costs_even_where_it_is_empty():
    """A server drops so many bytes of it, envelopes included, and then it is enough."""
    peer, tested = SCENES["1.3 comes back in vain"].make()
    tested.receive_data(peer.data_to_send())
    assert tested.layer.skip
    with pytest.raises(TLSError, match="early data"):
        tested.receive_data(b"\x17\x03\x03\0\0" * 20_000)


def test_what_was_read_is_not_kept():
    tested, body = SCENES["1.3"].make()
    for _ in range(3):
        body.receive_data(tested.data_to_send())
        tested.receive_data(body.data_to_send())
    body.send(bytes(2**20))
    data = body.data_to_send()
    for piece in (data[:-10], data[-10:]):
        tested.receive_data(piece)
        assert len(tested.layer._buffer._data) < 2**14 + 300

"""TLS 1.3 bytes that somebody made up: parsers raise TLSError and nothing else, the listener never
raises, and both do bounded work."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sources import load, names
from helpers.tls.extensions import build_extensions
from helpers.tls.messages13 import parse_handshake13
from helpers.tls.passive import Listener
from helpers.tls.passive13 import Session13
from helpers.tls.record13 import Protection13
from helpers.tls.registry import ExtensionType, HandshakeType
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM
from helpers.wire import Writer
from tests.tls.hand_server import handshake, record
from tests.tls.test_hostile import FEW, SOME, anything, attempt, cuts, heard, peak_of, typed

RECORDINGS = [name for name in names() if name.startswith("tls13")]


@cache
def handshakes13() -> tuple[bytes, ...]:
    return tuple(message.data for name in RECORDINGS for message in load(name).messages
                 if message.content_type == 22)


@cache
def flights13() -> tuple[bytes, ...]:
    return tuple(load(name).stream(sender) for name in RECORDINGS
                 for sender in ("client", "server"))


@st.composite
def hellos(draw):
    """Hellos whose extensions of TLS 1.3 have any body."""
    kinds = draw(st.lists(st.sampled_from([*map(int, ExtensionType), 0x1A1A]), max_size=4))
    pairs = [(kind, draw(st.binary(max_size=24))) for kind in kinds]
    random = draw(st.sampled_from([bytes(32), HELLO_RETRY_REQUEST_RANDOM]))
    body = Writer().uint(2, 0x0303).opaque(random).vector(1, b"")
    if draw(st.booleans()):
        body.uint(2, 0x1301).uint(1, 0)
        return handshake(HandshakeType.server_hello, body.opaque(build_extensions(pairs)).bytes())
    body.uints(2, 2, [0x1301]).uints(1, 1, [0])
    return handshake(HandshakeType.client_hello, body.opaque(build_extensions(pairs)).bytes())


@SOME
@given(st.one_of(anything(handshakes13), typed(), hellos()))
def test_parse_handshake13(data):
    value, problem = attempt(parse_handshake13, data)
    with_fields, same_problem = attempt(parse_handshake13, data, [])
    assert (value, str(problem)) == (with_fields, str(same_problem))
    assert problem is None or problem.alert.name in ("decode_error", "illegal_parameter")


@SOME
@given(st.one_of(anything(handshakes13), typed(), hellos()))
def test_every_byte_that_is_understood_has_one_name(data):
    fields = []
    _, problem = attempt(parse_handshake13, data, fields)
    if problem is None:
        leaves = [leaf for field in fields for leaf in field.leaves()]
        covered = [at for leaf in leaves for at in range(leaf.start, leaf.end)]
        assert covered == list(range(len(data)))


@pytest.mark.parametrize("name", RECORDINGS)
@FEW
@given(client_bytes=anything(flights13), server_bytes=anything(flights13), sizes=cuts)
def test_listener_with_any_bytes(name, client_bytes, server_bytes, sizes):
    """Also: however they are cut, the same bytes give the same messages."""
    pieces, rest = [], server_bytes
    for size in sizes:
        pieces.append(("server", rest[:size]))
        rest = rest[size:]
    lines = load(name).keylog
    whole = heard([("client", client_bytes), ("server", server_bytes)], keylog=lines)
    cut = heard([("client", client_bytes), *pieces, ("server", rest)], keylog=lines)
    assert whole == cut


@FEW
@given(hello=st.one_of(hellos(), anything(handshakes13)),
       answer=st.one_of(hellos(), anything(handshakes13)),
       later=st.lists(st.tuples(st.sampled_from(["client", "server"]),
                                st.sampled_from([20, 21, 22, 23]), st.binary(max_size=60)),
                      max_size=6))
def test_listener_with_made_up_handshakes(hello, answer, later):
    heard([("client", record(hello)), ("server", record(answer)),
           *((sender, record(data, kind)) for sender, kind, data in later)],
          keylog=load("tls13_x25519").keylog)


@FEW
@given(st.data())
def test_listener_with_sealed_content_of_any_kind(data):
    """From somebody who holds the keys and breaks every other rule, in either epoch."""
    talk = load("tls13_x25519")
    crossings = data.draw(st.integers(2, len(talk.crossings) - 2))
    pieces = [(item.sender, item.sent) for item in talk.crossings[:crossings]]
    epoch = data.draw(st.sampled_from(["handshake_write_{}", "application_write_{}_0"]))
    sender = data.draw(st.sampled_from(["client", "server"]))
    name = f"{sender}_{epoch}"
    sealer = Protection13(talk.suite, talk.secret(name.format("key")),
                          talk.secret(name.format("iv")))
    sealer.sequence_number = data.draw(st.integers(0, 4))
    for _ in range(data.draw(st.integers(1, 5))):
        kind = data.draw(st.sampled_from([0, 20, 21, 22, 23, 99]))
        content = data.draw(st.one_of(st.binary(max_size=40), typed(), hellos()))
        padding = data.draw(st.integers(0, 20))
        pieces.append((sender, sealer.protect(kind, content, padding).bytes()))
    messages = heard(pieces, keylog=talk.keylog)
    assert len(messages) >= len(heard(pieces[:crossings], keylog=talk.keylog))


@FEW
@given(st.lists(st.one_of(
    st.text(max_size=60),
    st.builds(lambda label, secret: f"{label} "
              f"{load('tls13_x25519').find('client_hello').parsed.random.hex()} {secret.hex()}",
              st.sampled_from(["CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0",
                               "CLIENT_TRAFFIC_SECRET_0", "EXPORTER_SECRET", "CLIENT_RANDOM"]),
              st.binary(max_size=50))), max_size=5))
def test_listener_with_any_secrets(lines):
    talk = load("tls13_x25519").with_secrets(keylog=lines)
    assert talk.application_data("client") + talk.application_data("server") == b""
    assert len(talk.messages) == 15


def test_a_server_hello_again_and_again_derives_keys_once(monkeypatch):
    calls = []
    talk = load("tls13_x25519")
    client, server = (record(talk.find(name).data) for name in ("client_hello", "server_hello"))
    real = Session13._read
    monkeypatch.setattr(Session13, "_read",
                        lambda self, *known: calls.append(1) or real(self, *known))
    listener = Listener(talk.keylog)
    for _ in range(50):
        listener.hear("client", client)
        listener.hear("server", server)
    assert len(calls) == 1


def test_memory_does_not_grow_with_what_cannot_be_read():
    """A message that never ends, sealed: at most one message is kept."""
    talk = load("tls13_x25519")
    key, iv = (talk.secret(f"server_handshake_write_{name}") for name in ("key", "iv"))
    sealer = Protection13(talk.suite, key, iv)
    listener = Listener(talk.keylog)
    listener.hear("client", talk.crossings[0].sent)
    listener.hear("server", talk.find("server_hello").wire)
    endless = sealer.protect(22, b"\x0b\xff\xff\xff").bytes()
    assert peak_of(lambda: listener.hear("server", endless)) < 2**17
    assert listener.messages[-1].name == "malformed"

"""What is fuzzed: each target takes any bytes, and raises if a promise is broken.

The same functions are called by hypothesis in the tests, and by atheris in `make fuzz`.
"""

from collections.abc import Callable

from helpers.sources import load, names
from helpers.tls import messages
from helpers.tls.envelope import parse_record
from helpers.tls.errors import TLSError
from helpers.tls.messages13 import parse_handshake13
from helpers.tls.passive import Listener
from helpers.tls.record import RecordLayer
from helpers.tls.registry import CipherSuite
from tests.tls.hostile.choices import Choices
from tests.tls.hostile.puppet import play
from tests.tls.hostile.scenes import SCENES, session
from tests.tls.hostile.watch import Watch
from tests.tls.pairs import NOW, tickets

PARSED = frozenset(("decode_error", "illegal_parameter", "unexpected_message"))


def attempt(call: Callable, *arguments: object) -> tuple[object, str | None]:
    """What it returns, or what its TLSError says; nothing else may come out of a parser."""
    try:
        return call(*arguments), None
    except TLSError as raised:
        problem = raised
    assert problem.alert.name in PARSED, problem
    assert problem.fault == "peer"
    return None, str(problem)


def handshake12(data: bytes) -> None:
    """TLS 1.2's messages; with fields it is the same parser, and its fields have no gap."""
    exchange = (None, "RSA", "ECDHE")[len(data) % 3]
    _fields_agree(lambda fields: messages.parse_handshake(data, exchange, fields), data)


def handshake13(data: bytes) -> None:
    _fields_agree(lambda fields: parse_handshake13(data, fields), data)


def small_messages(data: bytes) -> None:
    """Alerts and ChangeCipherSpecs, and the envelope around anything."""
    _fields_agree(lambda fields: messages.parse_alert(data, fields), data)
    _fields_agree(lambda fields: messages.parse_change_cipher_spec(data, fields), data)
    attempt(parse_record, data)


def _fields_agree(parse: Callable, data: bytes) -> None:
    fields: list = []
    plain, explained = attempt(parse, None), attempt(parse, fields)
    assert plain == explained
    if plain[1] is None:
        leaves = [leaf for field in fields for leaf in field.leaves()]
        assert b"".join(data[leaf.start:leaf.end] for leaf in leaves) == data


def records(data: bytes) -> None:
    """A stream, cut anywhere, is the same records and the same problem."""
    choices = Choices(data)
    cut, stream = choices.below(64), choices.bytes(len(data))
    assert _fragments([stream]) == _fragments([stream[:cut], stream[cut:]])


def _fragments(pieces: list[bytes]) -> tuple:
    layer, found = RecordLayer(), []
    for piece in pieces:
        layer.feed(piece)
        try:
            found += layer.fragments()
        except TLSError as problem:
            return found, str(problem)
    return found, None


def ticket(data: bytes) -> None:
    """A server reads tickets that anybody can bring; one that it made it knows again."""
    ours = tickets()
    assert ours.open(data, NOW) is None
    plain = session(0x0304)
    sealed = bytearray(ours.seal(plain, lambda size: b"n" * size))
    assert ours.open(bytes(sealed), NOW) is not None
    choices = Choices(data)
    if mask := choices.below(256):
        sealed[choices.below(len(sealed))] ^= mask
        assert ours.open(bytes(sealed), NOW) is None


def listener(data: bytes) -> None:
    """Somebody who listens in never raises, whatever both ends say."""
    choices = Choices(data)
    talk = load(choices.of(names()))
    heard = Listener(talk.keylog)
    for _ in range(6):
        heard.hear(choices.of(("client", "server")),
                   choices.of((b"", *(item.sent for item in talk.crossings))))
        heard.hear(choices.of(("client", "server")), choices.blob(60))
    for message in heard.messages:
        assert sum(leaf.end - leaf.start for leaf in message.fields.leaves()) == len(
            message.wire if message.data is None else message.data)


def fresh_client(data: bytes) -> None:
    """The first bytes from a server that nobody knows."""
    Watch(SCENES["1.3"].make()[0]).feed(data, (len(data) // 2,))


def fresh_server(data: bytes) -> None:
    Watch(SCENES["both, down to 1.2"].make()[1]).feed(data, (len(data) // 2,))


def client_hello(data: bytes) -> None:
    """A well-formed record and message around any body, to every kind of server."""
    choices = Choices(data)
    end = SCENES[choices.of(tuple(SCENES))].make()[1]
    body = choices.bytes(len(data))
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    Watch(end).feed(b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message)


def server_hello(data: bytes) -> None:
    choices = Choices(data)
    end = SCENES[choices.of(tuple(SCENES))].make()[0]
    body = choices.bytes(len(data))
    message = b"\x02" + len(body).to_bytes(3, "big") + body
    Watch(end).feed(b"\x16\x03\x03" + len(message).to_bytes(2, "big") + message)


def client_machine(data: bytes) -> None:
    """A server with all the keys breaks every rule: see puppet."""
    _machine(data, "client")


def server_machine(data: bytes) -> None:
    _machine(data, "server")


def _machine(data: bytes, role: str) -> None:
    choices = Choices(data)
    scene = SCENES[choices.of(tuple(SCENES))]
    play(scene.make(), role, choices)


TARGETS: dict[str, Callable[[bytes], None]] = {target.__name__: target for target in (
    handshake12, handshake13, small_messages, records, ticket, listener, fresh_client,
    fresh_server, client_hello, server_hello, client_machine, server_machine)}


def seeds(name: str) -> list[bytes]:
    """Honest bytes to begin with, for those that read messages."""
    spoken = [message for talk in map(load, names()) for message in talk.messages
              if message.content_type == 22 and message.data]
    if name in ("client_hello", "server_hello"):
        return [b"\0" + message.data[4:] for message in spoken if message.name == name]
    if name in ("fresh_client", "fresh_server", "records"):
        return [talk.stream(sender)[:4000] for talk in map(load, names())
                for sender in ("client", "server")]
    if name.startswith("handshake"):
        return [message.data for message in spoken]
    suites = bytes(range(16)) + int(CipherSuite.TLS_AES_128_GCM_SHA256).to_bytes(2, "big")
    return [b"", suites, bytes(range(60))]

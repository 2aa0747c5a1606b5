"""Our own endpoints, bent: they say what a test wants, and go on as if it were right.

The transcript follows what was really said, so the other end has to see what is wrong with it: it
cannot leave that to Finished.
"""

from collections.abc import Callable

from helpers.tls import build, messages
from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.extensions import build_extensions
from helpers.tls.registry import HandshakeType
from helpers.wire import Writer

H = HandshakeType
Change = Callable[[bytes], "bytes | list[bytes] | None"]


def bend(end: Endpoint, kind: int, change: Change) -> Endpoint:
    """Every handshake message of that type goes through `change`: other bytes, several messages in
    a row, or None for silence."""
    straight = end.say

    def say(message: bytes) -> None:
        changed = change(message) if message[0] == kind else message
        for item in [changed] if isinstance(changed, bytes) else changed or []:
            straight(item)

    end.say = say
    return end


def refusal(end: Endpoint, data: bytes) -> str:
    """The alert with which `end` refuses the bytes: raised, sent, and the connection is over."""
    problem = None
    try:
        end.receive_data(data)
    except TLSError as raised:
        problem = raised
    if problem is None:
        return "nothing wrong"
    assert problem.fault == "peer"
    assert end.alerts_sent[-1] == problem.alert.name
    assert end.receive_data(b"more") == []
    assert not end.connected
    return problem.alert.name


def outcome(one: Endpoint, other: Endpoint, turns: int = 5) -> tuple[str, str]:
    """Lets two ends talk; who refused what: ("client", alert), or ("nobody", "")."""
    for _ in range(turns):
        for sender, receiver in ((one, other), (other, one)):
            data = sender.data_to_send()
            if data and receiver.alerts_sent == [] and sender.alerts_sent == []:
                alert = refusal(receiver, data)
                if alert != "nothing wrong":
                    return receiver.role, alert
    return "nobody", ""


def body(message: bytes) -> bytes:
    return message[4:]


def extended(message: bytes, *added: tuple[int, bytes], without: tuple[int, ...] = (),
             instead: dict[int, bytes] | None = None) -> bytes:
    """A Hello, or EncryptedExtensions, with other extensions."""
    kind, data = message[0], body(message)
    at = 0
    if kind in (H.client_hello, H.server_hello):
        at = 34 + 1 + data[34]
        at += 3 if kind == H.server_hello else 2 + int.from_bytes(data[at:at + 2], "big") + 2
    elif kind == H.certificate_request:
        at = 1
    block, pairs = data[at + 2:], []
    while block:
        size = int.from_bytes(block[2:4], "big")
        pairs.append((int.from_bytes(block[:2], "big"), block[4:4 + size]))
        block = block[4 + size:]
    pairs = [(kind_, (instead or {}).get(kind_, value)) for kind_, value in pairs
             if kind_ not in without]
    return build.handshake(kind, data[:at] + build_extensions([*pairs, *added]))


def hello(random: bytes = bytes(range(32)), *, version: int = 0x0303, session_id: bytes = b"",
          suites: tuple[int, ...] = (0x1301,), methods: tuple[int, ...] = (0,),
          extensions: list[tuple[int, bytes]] = ()) -> bytes:
    """A ClientHello, field by field."""
    data = Writer().uint(2, version).opaque(random).vector(1, session_id)
    data.uints(2, 2, suites).uints(1, 1, methods).opaque(build_extensions(extensions))
    return build.handshake(H.client_hello, data.bytes())


def parsed_hello(end: Endpoint) -> messages.ClientHello:
    """The ClientHello that waits in a client, taken out."""
    return messages.parse_handshake(end.data_to_send()[5:])

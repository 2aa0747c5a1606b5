"""An honest endpoint on strings: it knows all keys, but somebody else decides what it says.

What it would send is caught before it is sealed; it comes out changed, or not at all, or something
else does, sealed with the very keys that the other end expects.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.record import HEADER_LENGTH, MAX_HANDSHAKE, MAX_PLAINTEXT, Record, split_records
from helpers.tls.registry import ContentType, HandshakeType
from helpers.tls.states import State
from tests.tls.hostile.choices import Choices
from tests.tls.hostile.watch import Watch

MOST_TURNS = 8
_TYPES = (*map(int, HandshakeType), 99, 255)
_KINDS = (*map(int, ContentType), 0, 99)


@dataclass(frozen=True)
class Saying:
    """Something on its way: plaintext of a kind, and the key that seals it (None: in the clear).
    `records`: the sizes of the records it is cut into (one, if empty). `raw`: bytes as they are."""

    kind: int
    text: bytes
    key: object | None = None
    records: tuple[int, ...] = ()
    raw: bool = False

    def bytes(self) -> bytes:
        if self.raw:
            return self.text
        out, rest = bytearray(), self.text
        for size in (*self.records, len(rest)):
            part, rest = rest[:size], rest[size:]
            out += b"".join(self.key.seal(self.kind, part)) if self.key else \
                Record(self.kind, 0x0303, part).bytes()
            if not rest:
                break
        return bytes(out)


class Puppet:
    """Catches what `end` says."""

    def __init__(self, end: Endpoint):
        self.end = end
        self._caught: list[Saying] = []
        for data in split_records(end.data_to_send()):
            sealed = data[0] == ContentType.application_data  # early data, sealed already
            self._caught.append(Saying(data[0], data if sealed else data[HEADER_LENGTH:],
                                       raw=sealed))
        end.layer.send = lambda kind, text: self._caught.append(
            Saying(kind, bytes(text), end.layer.write))
        end.layer.send_change_cipher_spec = lambda: self._caught.append(
            Saying(ContentType.change_cipher_spec, b"\x01"))

    @property
    def key(self) -> object | None:
        return self.end.layer.write

    def take(self) -> list[Saying]:
        caught, self._caught = self._caught, []
        return caught

    def hear(self, data: bytes) -> None:
        with suppress(TLSError):  # it is honest, and so is the other end: what it said was not
            self.end.receive_data(data)


# --- what can be done to what an honest end says ------------------------------------------------

def _drop(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    del says[at]


def _repeat(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says.insert(at, says[at])


def _swap(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    other = choices.below(len(says))
    says[at], says[other] = says[other], says[at]


def _truncate(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    text = says[at].text
    says[at] = replace(says[at], text=text[:choices.below(len(text) + 1)])


def _shorten(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """Cut, with a length that says so."""
    body = says[at].text[4:]
    body = body[:choices.below(len(body) + 1)]
    says[at] = _message(says[at], says[at].text[:1], body)


def _lengthen(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at] = _message(says[at], says[at].text[:1], says[at].text[4:] + b"\0" + choices.blob(9))


def _message(saying: Saying, kind: bytes, body: bytes) -> Saying:
    return replace(saying, text=kind + len(body).to_bytes(3, "big") + body)


def _change(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    text = bytearray(says[at].text)
    if text:
        text[choices.below(len(text))] ^= 1 + choices.below(255)
    says[at] = replace(says[at], text=bytes(text))


def _put_in(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """Bytes in the middle of a message: its lengths inside fit no more."""
    text, where = says[at].text, choices.below(len(says[at].text) + 1)
    says[at] = _message(says[at], text[:1], text[4:where] + choices.blob(6) + text[where:])


def _other_type(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at] = replace(says[at], text=bytes((choices.of(_TYPES),)) + says[at].text[1:])


def _made_up(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    kind, body = choices.of(_TYPES), choices.blob(60)
    says.insert(at, _message(Saying(22, b"", says[at].key), bytes((kind,)), body))


def _other_kind(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says.insert(at, Saying(choices.of(_KINDS), choices.blob(40), choices.of((key, None))))


def _alert(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    alert = Saying(21, bytes((1 + choices.below(2), choices.of((0, 10, 90, 100, 112, 255)))),
                   choices.of((says[at].key, None)))
    says[at:at] = [alert] * (1 + choices.below(50))


def _change_cipher_spec(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at:at] = [Saying(20, choices.of((b"\x01", b"\x02", b"", b"\x01\x01")))] * (
        1 + choices.below(50))


def _empty(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at:at] = [Saying(choices.of((23, 22, 21, 20)), b"", says[at].key)] * (
        1 + choices.below(50))


def _one_byte_records(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at] = replace(says[at], records=(1 + choices.below(3),) * len(says[at].text))


def _interleave(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """Half a message, something else, the other half."""
    text, half = says[at].text, choices.below(len(says[at].text) + 1)
    between = Saying(choices.of((23, 21, 20, 22)), choices.blob(3), says[at].key)
    says[at:at + 1] = [replace(says[at], text=text[:half]), between,
                       replace(says[at], text=text[half:])]


def _together(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """Two messages in one record."""
    if at + 1 < len(says):
        says[at:at + 2] = [replace(says[at], text=says[at].text + says[at + 1].text)]


def _in_the_clear(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says[at] = replace(says[at], key=None)


def _too_much(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """One byte more than a record may hold."""
    says.insert(at, Saying(choices.of((23, 22, 21, 20)), bytes(MAX_PLAINTEXT + 1), says[at].key))


def _endless(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    """A message that announces more than anybody keeps, or almost."""
    size = MAX_HANDSHAKE + choices.of((1, 0, 2**24 - 1 - MAX_HANDSHAKE))
    head = bytes((choices.of(_TYPES),)) + size.to_bytes(3, "big")
    says.insert(at, Saying(22, head, says[at].key))
    says[at + 1:at + 1] = [Saying(22, bytes(MAX_PLAINTEXT), says[at].key)] * choices.below(11)


def _raw(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    says.insert(at, Saying(0, choices.blob(40), raw=True))


def _key_updates(says: list[Saying], at: int, choices: Choices, key: object) -> None:
    update = Saying(22, b"\x18\x00\x00\x01" + bytes((choices.of((0, 1, 2)),)), says[at].key)
    says[at:at] = [update] * (1 + choices.below(40))


MOVES = (_drop, _repeat, _swap, _truncate, _shorten, _lengthen, _change, _put_in, _other_type,
         _made_up, _other_kind, _alert, _change_cipher_spec, _empty, _one_byte_records,
         _interleave, _together, _in_the_clear, _too_much, _endless, _raw, _key_updates)


def play(ends: tuple[Endpoint, Endpoint], role: str, choices: Choices) -> Watch:
    """Attacks the end of that role, held to its promises by the Watch that comes back."""
    tested, body = ends if role == "client" else ends[::-1]
    watch, puppet = Watch(tested), Puppet(body)
    for turn in range(MOST_TURNS):
        puppet.hear(tested.data_to_send())
        says = puppet.take()
        if turn > 2 and body.connected:
            says += _chat(puppet, choices)
        for _ in range(choices.below(3)):
            if says:
                choices.of(MOVES)(says, choices.below(len(says)), choices, puppet.key)
        for saying in says:
            deliver(watch, saying, choices)
        if tested.connected and choices.below(4) == 3:
            tested.send(b"hello")
    check_agreement(watch, body)
    return watch


def _chat(puppet: Puppet, choices: Choices) -> list[Saying]:
    puppet.end.send(b"hello")
    if choices.below(2):
        puppet.end.close()
    return puppet.take()


def deliver(watch: Watch, saying: Saying, choices: Choices) -> None:
    """Whole records: each moves something on, or is the end."""
    data = saying.bytes()
    before, was_over = watch.standing(), watch.end.state is State.CLOSED
    watch.feed(data, (choices.below(20),) if choices.below(4) == 3 else ())
    if not (saying.raw or was_over or watch.problem):
        assert watch.standing() != before, f"{saying} moved nothing"


def check_agreement(watch: Watch, body: Endpoint) -> None:
    """Who is connected agrees with the honest end about every message so far."""
    tested = watch.end
    if tested.connected and body.connected:
        assert tested.transcript == body.transcript
        assert (tested.version, tested.cipher_suite, tested.group, tested.alpn) == (
            body.version, body.cipher_suite, body.group, body.alpn)
    elif tested.connected:
        shorter = min(len(tested.transcript), len(body.transcript))
        assert tested.transcript[:shorter] == body.transcript[:shorter]

"""One fault at a time, at every message of every kind of handshake, in both roles: the right alert.

The fault comes from somebody who holds all the keys: it is sealed as the end under test expects.
"""

from dataclasses import replace

import pytest

from helpers.tls.events import HandshakeComplete
from helpers.tls.record import MAX_HANDSHAKE, MAX_PLAINTEXT
from helpers.tls.registry import HandshakeType
from helpers.tls.registry13 import TLS13
from tests.tls.hostile.choices import Choices
from tests.tls.hostile.puppet import Puppet, Saying, check_agreement, deliver
from tests.tls.hostile.scenes import SCENES
from tests.tls.hostile.watch import Watch

EVERYWHERE = pytest.mark.parametrize(
    ("scene", "role"), [(scene, role) for scene in SCENES for role in ("client", "server")])
ORDER = {"unexpected_message"}
_H = HandshakeType


class Attack:
    """The honest conversation of a scene, in which `fault` changes the handshake message `at`:
    it gets the Saying and gives a list of others."""

    def __init__(self, scene: str, role: str, at: int | None = None, fault=None):
        ends = SCENES[scene].make()
        self.tested, self.body = ends if role == "client" else ends[::-1]
        self.watch, self.puppet = Watch(self.tested), Puppet(self.body)
        self.said: list[Saying] = []
        self.hit: Saying | None = None
        for _ in range(4):
            self.puppet.hear(self.tested.data_to_send())
            for saying in self.puppet.take():
                changed = [saying]
                if saying.kind == 22 and not saying.raw:
                    if len(self.said) == at:
                        self.hit, changed = saying, fault(saying)
                        self.connected = self.tested.connected
                    self.said.append(saying)
                for item in changed:
                    deliver(self.watch, item, Choices(b""))
        check_agreement(self.watch, self.body)

    @property
    def alert(self) -> str | None:
        return self.watch.problem.alert.name if self.watch.problem else None


def everywhere(scene: str, role: str, fault, fits=lambda saying: True) -> list[Attack]:
    said = Attack(scene, role).said
    return [Attack(scene, role, at, fault) for at, saying in enumerate(said) if fits(saying)]


@EVERYWHERE
def test_nothing_wrong(scene, role):
    attack = Attack(scene, role)
    assert attack.alert is None
    assert attack.tested.connected
    assert attack.body.connected
    assert len(attack.said) >= 2


@EVERYWHERE
def test_repeated(scene, role):
    """Where the key changed with the message, the copy is sealed with the old one. A second
    ClientHello that is the first one again is in its place, but not what was asked for."""
    for attack in everywhere(scene, role, lambda saying: [saying, saying],
                             lambda saying: saying.text[0] != _H.new_session_ticket):
        changes = attack.hit.text[0] in (_H.finished, _H.end_of_early_data)
        allowed = ORDER | ({"bad_record_mac"} if changes else set())
        if scene.endswith("retry") and attack.hit == attack.said[0] and role == "server":
            allowed = {"illegal_parameter"}
        assert attack.alert in allowed, attack.hit


@EVERYWHERE
def test_dropped(scene, role):
    """What is missing is noticed by what comes instead, or nothing comes and nothing happens."""
    for attack in everywhere(scene, role, lambda saying: []):
        assert attack.alert in {*ORDER, "bad_record_mac", "decrypt_error", None}, attack.hit
        if attack.hit.text[0] != _H.new_session_ticket:
            assert not attack.tested.connected


@EVERYWHERE
def test_one_byte_too_few_or_too_many(scene, role):
    """And the length of the message says so."""
    def shorter(saying: Saying) -> list[Saying]:
        return [sized(saying, saying.text[4:-1])]

    def longer(saying: Saying) -> list[Saying]:
        return [sized(saying, saying.text[4:] + b"\0")]

    for attack in [*everywhere(scene, role, shorter, lambda saying: len(saying.text) > 4),
                   *everywhere(scene, role, longer)]:
        assert attack.alert == "decode_error", attack.hit


def sized(saying: Saying, body: bytes) -> Saying:
    return replace(saying, text=saying.text[:1] + len(body).to_bytes(3, "big") + body)


@EVERYWHERE
def test_a_record_of_one_byte_too_many(scene, role):
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, text=bytes(MAX_PLAINTEXT + 1)), saying]):
        assert attack.alert == "record_overflow", attack.hit


@EVERYWHERE
@pytest.mark.parametrize("size", [MAX_HANDSHAKE + 1, 2**24 - 1])
def test_a_message_longer_than_anybody_keeps(scene, role, size):
    """It is refused at its header."""
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, text=saying.text[:1] + size.to_bytes(3, "big"))]):
        assert attack.alert == "decode_error", attack.hit


@EVERYWHERE
def test_a_message_that_does_not_exist(scene, role):
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, text=b"\x63" + saying.text[1:])]):
        assert attack.alert == "unexpected_message", attack.hit


@EVERYWHERE
def test_an_empty_handshake_record(scene, role):
    for attack in everywhere(scene, role, lambda saying: [replace(saying, text=b""), saying]):
        assert attack.alert == "unexpected_message", attack.hit


@EVERYWHERE
def test_one_byte_a_record(scene, role):
    """Nothing is wrong with that."""
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, records=(1,) * len(saying.text))]):
        assert attack.alert is None, attack.watch.problem
        assert any(isinstance(event, HandshakeComplete) for event in attack.watch.events)


@EVERYWHERE
@pytest.mark.parametrize("kind", [21, 23])
def test_something_else_in_the_middle_of_a_message(scene, role, kind):
    def interrupted(saying: Saying) -> list[Saying]:
        return [replace(saying, text=saying.text[:3]),
                replace(saying, kind=kind, text=b"\x01\x5a"),
                replace(saying, text=saying.text[3:])]

    for attack in everywhere(scene, role, interrupted):
        skipped = attack.hit.key is None and attack.tested.layer.skip
        assert attack.alert == "unexpected_message" or skipped, attack.hit


@EVERYWHERE
def test_application_data_before_its_time(scene, role):
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, kind=23, text=b"hello"), saying]):
        if not attack.connected and not attack.hit.key and attack.tested.layer.skip:
            continue  # it counts as the early data that was refused
        expected = None if attack.connected or attack.hit.text[0] == _H.end_of_early_data \
            else "unexpected_message"
        assert attack.alert == expected, attack.hit


@EVERYWHERE
def test_in_the_clear_after_the_keys(scene, role):
    for attack in everywhere(scene, role, lambda saying: [replace(saying, key=None)],
                             lambda saying: saying.key is not None):
        expected = "unexpected_message" if attack.body.version == TLS13 else "bad_record_mac"
        assert attack.alert == expected, attack.hit


@EVERYWHERE
def test_many_alerts_that_only_warn(scene, role):
    """A peer that does nothing else loiters; a fatal one is the end, and is not answered."""
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, kind=21, text=b"\x01\x5a")] * 40):
        assert attack.alert == "unexpected_message", attack.hit
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, kind=21, text=b"\x02\x28"), saying]):
        assert attack.alert is None
        assert attack.tested.alerts_received == ["handshake_failure"]
        assert not attack.tested.connected
        assert attack.watch.fatal_sent == 0
        attack.watch.check_silence()


@EVERYWHERE
def test_key_updates_before_their_time(scene, role):
    for attack in everywhere(scene, role, lambda saying: [
            replace(saying, text=b"\x18\x00\x00\x01\x00"), saying]):
        if attack.connected and attack.body.version == TLS13:  # it counts; the rest has an old key
            assert attack.alert == "bad_record_mac"
        else:
            assert attack.alert == "unexpected_message", attack.hit

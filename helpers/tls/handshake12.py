"""What client and server do alike in TLS 1.2 (RFC 5246): the master secret and its keys,
ChangeCipherSpec, Finished, and no second handshake.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.tls import build, messages, schedule12
from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.record import Protection
from helpers.tls.record_cbc import ProtectionCBC, protection12
from helpers.tls.registry import AlertDescription
from helpers.tls.rules import Rules
from helpers.tls.states import State

_A = AlertDescription


class Handshake12(Rules):
    """The part that is the same for both roles. `asks_again` are the messages that ask for another
    handshake: they are never in the table."""

    asks_again: dict[int, Callable] = {}

    def __init__(self, end: Endpoint):
        super().__init__(end)
        self.server_random = self.master_secret = b""
        self.extended = False

    def parse(self, data: bytes) -> object:
        return messages.parse_handshake(data, self.end.suite.key_exchange)

    def receive(self, data: bytes, events: list[Event]) -> None:
        if data[0] in self.asks_again:
            self.asks_again[data[0]](self, self.parse(data), data, events)
        else:
            super().receive(data, events)

    def derive(self, pre_master_secret: bytes, formula: str, source: str) -> None:
        """From what the key exchange gave to the keys (sections 8.1 and 6.3, RFC 7627)."""
        end = self.end
        session_hash = end.transcript_hash if self.extended else None
        step = schedule12.Step("pre_master_secret", formula, (), pre_master_secret, source)
        master = schedule12.master_secret_step(end.suite, pre_master_secret, end.client_random,
                                               self.server_random, session_hash)
        end.steps += [step, master]
        self._add_keys(master.output)

    def take_master_secret(self, master_secret: bytes) -> None:
        """A resumed session goes on with the old one, and new randoms make new keys."""
        self.end.steps.append(schedule12.Step("master_secret", "from the resumed session", (),
                                                master_secret, "RFC 5246 section 7.3"))
        self._add_keys(master_secret)

    def _add_keys(self, master_secret: bytes) -> None:
        self.master_secret = master_secret
        self.end.steps += schedule12.key_block_steps(
            self.end.suite, master_secret, self.end.client_random, self.server_random)

    def _protection(self, sender: str) -> Protection | ProtectionCBC:
        return protection12(self.end.suite, sender, self.end.secret, self.end.random)

    def on_change_cipher_spec(self, fragment: bytes, inside_message: bool) -> None:
        """Section 7.1: from the next record on, the peer seals."""
        end = self.end
        if inside_message:
            raise TLSError(_A.unexpected_message, "another record came in the middle of a "
                           "handshake message")
        messages.parse_change_cipher_spec(fragment)
        self.table.expect(end.state, "change_cipher_spec")
        end.read_with(self._protection(end.peer))
        end.state = self.table.after(end.state, "change_cipher_spec", self.facts)

    def send_finished(self) -> None:
        """ChangeCipherSpec and Finished (sections 7.1 and 7.4.9)."""
        end = self.end
        end.layer.send_change_cipher_spec()
        end.layer.write = self._protection(end.role)
        end.say(build.finished(self.verify_data(end.role)))

    def verify_data(self, sender: str) -> bytes:
        end = self.end
        return schedule12.verify_data(end.suite, self.master_secret, sender, end.transcript_hash)

    def refuse_renegotiation(self, what: str) -> None:
        """Section 7.2.2: a warning, no more; in the middle of a handshake not even that."""
        if self.end.state is State.CONNECTED:
            self.end.warn(_A.no_renegotiation)
        else:
            self.end.idle(what)

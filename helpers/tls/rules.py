"""What the messages of a handshake mean: the frame that the rules of each version and role fill
(`client`, `client12`, `client13`, `server`, `server12`, `server13`).
"""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest
from typing import TYPE_CHECKING
from weakref import ref

from helpers.tls import messages
from helpers.tls.errors import TLSError, decode_error
from helpers.tls.events import ApplicationData, Event
from helpers.tls.registry import AlertDescription, AlertLevel, HandshakeType, name_of
from helpers.tls.states import Table

if TYPE_CHECKING:
    from helpers.tls.endpoint import Endpoint

_A = AlertDescription


class Rules:
    """What the messages mean, for one role in one version (or before one was agreed on).

    `table` says which message may come when, `handlers` what it does: a method for each, called
    with the parsed message and its bytes. `facts` are what `table` may ask about.
    """

    table: Table
    handlers: dict[int, Callable] = {}
    may_send = False

    def __init__(self, end: Endpoint):
        self._end = ref(end)  # weak: no circle of references, so memory is freed at once
        self.facts: set[str] = set()

    @property
    def end(self) -> Endpoint:
        """The endpoint whose rules these are."""
        return self._end()

    def parse(self, data: bytes) -> object:
        """A handshake message as its dataclass. Raises TLSError."""
        return messages.parse_handshake(data)

    def receive(self, data: bytes, events: list[Event]) -> None:
        """One handshake message: may it come, what does it say, what follows."""
        end, name = self._end(), name_of(HandshakeType, data[0])
        self.table.expect(end.state, name)
        self.handlers[data[0]](self, self.parse(data), data, events)
        rules = end.rules  # others, perhaps, from now on
        end.state = rules.table.after(end.state, name, rules.facts)

    def received(self, data: bytes) -> Event:
        """The event for application data."""
        return ApplicationData(data)

    def verify_data(self, sender: str) -> bytes:
        """What that end's Finished must say now."""
        raise NotImplementedError

    def check_finished(self, message: messages.Finished, data: bytes) -> None:
        """The peer saw the same handshake, byte for byte (RFC 5246 section 7.4.9, RFC 9846 section
        4.5.3). Raises TLSError: decode_error or decrypt_error."""
        end = self.end
        wanted = self.verify_data(end.peer)
        if len(message.verify_data) != len(wanted):
            raise decode_error("verify_data is not as long as the cipher suite's hash")
        if not compare_digest(message.verify_data, wanted):
            raise TLSError(_A.decrypt_error, f"the {end.peer}'s Finished does not fit what this "
                           f"{end.role} sent and saw")
        end.transcript.append(data)

    def on_change_cipher_spec(self, fragment: bytes, inside_message: bool) -> None:
        """The record that changes keys in TLS 1.2 and nothing in TLS 1.3. Raises TLSError."""
        raise TLSError(_A.unexpected_message, "change_cipher_spec came while this end waits for "
                       f"{self.end.state.value}")

    def ends_connection(self, alert: messages.Alert) -> bool:
        """Whether an alert other than close_notify is the end (RFC 5246 section 7.2: its level
        says so). Raises TLSError (illegal_parameter) for a level that does not exist."""
        if alert.level not in (AlertLevel.warning, AlertLevel.fatal):
            raise TLSError(_A.illegal_parameter, f"an alert of level {alert.level}; there are "
                           "only warning (1) and fatal (2)")
        return alert.level == AlertLevel.fatal

    def update_keys(self, request: bool) -> None:
        """See Endpoint.update_keys."""
        raise TLSError(_A.internal_error, "TLS 1.2 has no KeyUpdate", fault="caller")

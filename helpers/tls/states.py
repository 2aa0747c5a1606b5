"""The TLS 1.2 client's states: which message may come when, as a table (RFC 5246 section 7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription


class State(Enum):
    """What the client waits for."""

    WAIT_SERVER_HELLO = "ServerHello"
    WAIT_CERTIFICATE = "Certificate"
    WAIT_SERVER_KEY_EXCHANGE = "ServerKeyExchange"
    WAIT_SERVER_HELLO_DONE = "ServerHelloDone"
    WAIT_CHANGE_CIPHER_SPEC = "ChangeCipherSpec"
    WAIT_FINISHED = "Finished"
    CONNECTED = "application data"
    CLOSED = "nothing"

    __hash__ = object.__hash__  # each state is one object; Enum's own hash is slow


@dataclass(frozen=True, slots=True)
class Transition:
    """In `state`, `message` may come (with that key exchange only, if given); then `after`."""

    state: State
    message: str
    after: State
    key_exchange: str | None = None


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.WAIT_SERVER_HELLO, "server_hello", State.WAIT_CERTIFICATE),
    Transition(State.WAIT_CERTIFICATE, "certificate", State.WAIT_SERVER_KEY_EXCHANGE, "ECDHE"),
    Transition(State.WAIT_CERTIFICATE, "certificate", State.WAIT_SERVER_HELLO_DONE, "RSA"),
    Transition(State.WAIT_SERVER_KEY_EXCHANGE, "server_key_exchange",
               State.WAIT_SERVER_HELLO_DONE, "ECDHE"),
    Transition(State.WAIT_SERVER_HELLO_DONE, "certificate_request", State.WAIT_SERVER_HELLO_DONE),
    Transition(State.WAIT_SERVER_HELLO_DONE, "server_hello_done", State.WAIT_CHANGE_CIPHER_SPEC),
    Transition(State.WAIT_CHANGE_CIPHER_SPEC, "change_cipher_spec", State.WAIT_FINISHED),
    Transition(State.WAIT_FINISHED, "finished", State.CONNECTED),
    Transition(State.CONNECTED, "application_data", State.CONNECTED),
)
_TABLE = {(row.state, row.message, row.key_exchange): row.after for row in TRANSITIONS}


def next_state(state: State, message: str, key_exchange: str | None) -> State:
    """Where `message` leads from `state`. Raises TLSError (unexpected_message) if it leads
    nowhere. HelloRequest and alerts are not in the table: they change no state by themselves."""
    after = _TABLE.get((state, message, key_exchange)) or _TABLE.get((state, message, None))
    if after is None:
        raise TLSError(AlertDescription.unexpected_message,
                       f"{message} came while the client waits for {state.value}")
    return after

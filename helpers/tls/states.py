"""Which message may come when, as tables: one for each version and role (RFC 5246 section 7.3, RFC
9846 appendix A). Whatever has no row is unexpected, and ends the connection.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import Enum

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription


class State(Enum):
    """What an endpoint waits for."""

    WAIT_CLIENT_HELLO = "ClientHello"
    WAIT_SERVER_HELLO = "ServerHello"
    WAIT_ENCRYPTED_EXTENSIONS = "EncryptedExtensions"
    WAIT_CERTIFICATE_OR_REQUEST = "Certificate or CertificateRequest"
    WAIT_CERTIFICATE = "Certificate"
    WAIT_CERTIFICATE_VERIFY = "CertificateVerify"
    WAIT_SERVER_KEY_EXCHANGE = "ServerKeyExchange"
    WAIT_SERVER_HELLO_DONE = "ServerHelloDone"
    WAIT_CLIENT_KEY_EXCHANGE = "ClientKeyExchange"
    WAIT_NEW_SESSION_TICKET = "NewSessionTicket"
    WAIT_CHANGE_CIPHER_SPEC = "ChangeCipherSpec"
    WAIT_END_OF_EARLY_DATA = "early data or EndOfEarlyData"
    WAIT_FINISHED = "Finished"
    CONNECTED = "application data"
    CLOSED = "nothing"

    __hash__ = object.__hash__  # each state is one object; Enum's own hash is slow


@dataclass(frozen=True, slots=True)
class Transition:
    """In `state`, `message` may come; then `after`. Where rows differ only in `when`, the first
    one whose `when` is a fact of this handshake counts (None always does)."""

    state: State
    message: str
    after: State
    when: str | None = None


_S, _T = State, Transition
CLIENT12: tuple[Transition, ...] = (
    _T(_S.WAIT_SERVER_HELLO, "server_hello", _S.WAIT_NEW_SESSION_TICKET, "resumed, new ticket"),
    _T(_S.WAIT_SERVER_HELLO, "server_hello", _S.WAIT_CHANGE_CIPHER_SPEC, "resumed"),
    _T(_S.WAIT_SERVER_HELLO, "server_hello", _S.WAIT_CERTIFICATE),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_SERVER_KEY_EXCHANGE, "ECDHE"),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_SERVER_HELLO_DONE, "RSA"),
    _T(_S.WAIT_SERVER_KEY_EXCHANGE, "server_key_exchange", _S.WAIT_SERVER_HELLO_DONE),
    _T(_S.WAIT_SERVER_HELLO_DONE, "certificate_request", _S.WAIT_SERVER_HELLO_DONE),
    _T(_S.WAIT_SERVER_HELLO_DONE, "server_hello_done", _S.WAIT_NEW_SESSION_TICKET, "new ticket"),
    _T(_S.WAIT_SERVER_HELLO_DONE, "server_hello_done", _S.WAIT_CHANGE_CIPHER_SPEC),
    _T(_S.WAIT_NEW_SESSION_TICKET, "new_session_ticket", _S.WAIT_CHANGE_CIPHER_SPEC),
    _T(_S.WAIT_CHANGE_CIPHER_SPEC, "change_cipher_spec", _S.WAIT_FINISHED),
    _T(_S.WAIT_FINISHED, "finished", _S.CONNECTED),
    _T(_S.CONNECTED, "application_data", _S.CONNECTED),
)
SERVER12: tuple[Transition, ...] = (
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_CHANGE_CIPHER_SPEC, "resumed"),
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_CERTIFICATE, "certificate requested"),
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_CLIENT_KEY_EXCHANGE),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_CLIENT_KEY_EXCHANGE),
    _T(_S.WAIT_CLIENT_KEY_EXCHANGE, "client_key_exchange", _S.WAIT_CERTIFICATE_VERIFY,
       "certificate came"),
    _T(_S.WAIT_CLIENT_KEY_EXCHANGE, "client_key_exchange", _S.WAIT_CHANGE_CIPHER_SPEC),
    _T(_S.WAIT_CERTIFICATE_VERIFY, "certificate_verify", _S.WAIT_CHANGE_CIPHER_SPEC),
    _T(_S.WAIT_CHANGE_CIPHER_SPEC, "change_cipher_spec", _S.WAIT_FINISHED),
    _T(_S.WAIT_FINISHED, "finished", _S.CONNECTED),
    _T(_S.CONNECTED, "application_data", _S.CONNECTED),
)
CLIENT13: tuple[Transition, ...] = (
    _T(_S.WAIT_SERVER_HELLO, "server_hello", _S.WAIT_SERVER_HELLO, "retry"),
    _T(_S.WAIT_SERVER_HELLO, "server_hello", _S.WAIT_ENCRYPTED_EXTENSIONS),
    _T(_S.WAIT_ENCRYPTED_EXTENSIONS, "encrypted_extensions", _S.WAIT_FINISHED, "resumed"),
    _T(_S.WAIT_ENCRYPTED_EXTENSIONS, "encrypted_extensions", _S.WAIT_CERTIFICATE_OR_REQUEST),
    _T(_S.WAIT_CERTIFICATE_OR_REQUEST, "certificate_request", _S.WAIT_CERTIFICATE),
    _T(_S.WAIT_CERTIFICATE_OR_REQUEST, "certificate", _S.WAIT_CERTIFICATE_VERIFY),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_CERTIFICATE_VERIFY),
    _T(_S.WAIT_CERTIFICATE_VERIFY, "certificate_verify", _S.WAIT_FINISHED),
    _T(_S.WAIT_FINISHED, "finished", _S.CONNECTED),
    _T(_S.CONNECTED, "application_data", _S.CONNECTED),
    _T(_S.CONNECTED, "new_session_ticket", _S.CONNECTED),
    _T(_S.CONNECTED, "key_update", _S.CONNECTED),
)
SERVER13: tuple[Transition, ...] = (
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_CLIENT_HELLO, "retry"),
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_END_OF_EARLY_DATA, "early data"),
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_CERTIFICATE, "certificate requested"),
    _T(_S.WAIT_CLIENT_HELLO, "client_hello", _S.WAIT_FINISHED),
    _T(_S.WAIT_END_OF_EARLY_DATA, "application_data", _S.WAIT_END_OF_EARLY_DATA),
    _T(_S.WAIT_END_OF_EARLY_DATA, "end_of_early_data", _S.WAIT_FINISHED),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_CERTIFICATE_VERIFY, "certificate came"),
    _T(_S.WAIT_CERTIFICATE, "certificate", _S.WAIT_FINISHED),
    _T(_S.WAIT_CERTIFICATE_VERIFY, "certificate_verify", _S.WAIT_FINISHED),
    _T(_S.WAIT_FINISHED, "finished", _S.CONNECTED),
    _T(_S.CONNECTED, "application_data", _S.CONNECTED),
    _T(_S.CONNECTED, "key_update", _S.CONNECTED),
)


class Table:
    """The rows of one version and role, to be asked."""

    def __init__(self, rows: tuple[Transition, ...]):
        self._rows: dict[tuple[State, str], list[Transition]] = {}
        for row in rows:
            self._rows.setdefault((row.state, row.message), []).append(row)

    def expect(self, state: State, message: str) -> None:
        """Returns if `message` may come in `state`. Raises TLSError (unexpected_message) if not.
        HelloRequest and alerts are in no table: they change no state by themselves."""
        if (state, message) not in self._rows:
            raise TLSError(AlertDescription.unexpected_message,
                           f"{message} came while this end waits for {state.value}")

    def after(self, state: State, message: str, facts: Container[str]) -> State:
        """Where `message` leads, given what is so in this handshake."""
        for row in self._rows[state, message]:
            if row.when is None or row.when in facts:
                return row.after
        raise KeyError(f"nothing follows {message} in {state}")

"""What must hold for an endpoint of ours, whatever it is given."""

import pytest

from helpers.tls.endpoint import MAX_IDLE, Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import Event
from helpers.tls.record import HEADER_LENGTH, MAX_CIPHERTEXT, MAX_HANDSHAKE
from helpers.tls.registry import AlertDescription, ContentType
from helpers.tls.states import State

ALERTS = frozenset((
    "unexpected_message", "bad_record_mac", "record_overflow", "handshake_failure",
    "bad_certificate", "unsupported_certificate", "certificate_expired", "certificate_unknown",
    "illegal_parameter", "unknown_ca", "decode_error", "decrypt_error", "protocol_version",
    "inappropriate_fallback", "missing_extension", "unsupported_extension",
    "no_application_protocol", "certificate_required", "ech_required"))
"""What may be said about bytes that came in. internal_error is not among them."""
MOST_MESSAGES = 12  # in one handshake's transcript
MOST_SECRETS = 60


class Watch:
    """Feeds `end`, and holds it to its promises after every byte.

    Nothing but TLSError comes out; it is the peer's fault, and its alert is the one that is sent,
    once; afterwards nothing is accepted or sent. What is held is bounded. Every whole record that
    is no error moves something on: an event, a state, a message, or a count that ends somewhere.
    """

    def __init__(self, end: Endpoint):
        self.end = end
        self.events: list[Event] = []
        self.problem: TLSError | None = None
        self.fatal_sent = 0
        self._straight = end.layer.send
        end.layer.send = self._note

    def _note(self, kind: int, plaintext: bytes) -> None:
        assert not self.fatal_sent, "something is sent after a fatal alert"
        if kind == ContentType.alert and plaintext[0] == 2:
            self.fatal_sent += 1
        self._straight(kind, plaintext)

    def feed(self, data: bytes, sizes: tuple[int, ...] = ()) -> None:
        """The bytes, cut into pieces of these sizes and a rest."""
        for size in (*sizes, len(data)):
            piece, data = data[:size], data[size:]
            self._feed(piece)

    def _feed(self, data: bytes) -> None:
        over = self.end.state is State.CLOSED
        alerts = list(self.end.alerts_sent)
        try:
            found = self.end.receive_data(data)
        except TLSError as problem:
            assert not over, "an error after the end"
            self._check_problem(problem, alerts)
            found = problem.events
        if over:
            assert found == [], "an event after the end"
        self.events += found
        self._check_bounds()

    def _check_problem(self, problem: TLSError, before: list[str]) -> None:
        assert self.problem is None
        self.problem = problem
        end = self.end
        assert problem.fault == "peer", problem
        assert problem.alert.name in ALERTS, problem
        assert end.state is State.CLOSED
        assert not end.connected
        warnings = end.alerts_sent[len(before):-1]
        assert set(warnings) <= {"no_renegotiation"}
        assert end.alerts_sent[-1] == problem.alert.name
        assert self.fatal_sent == 1
        assert end.data_to_send()
        self.check_silence()

    def check_silence(self) -> None:
        """The connection is over: nothing more is accepted or sent."""
        end = self.end
        before = len(end.alerts_sent), list(end.transcript), len(end.secrets)
        for data in (b"\x15\x03\x03\x00\x02\x02\x28", b"\x17\x03\x03\x00\x05hello", b"more"):
            assert end.receive_data(data) == []
        for call in (lambda: end.send(b"hello"), end.update_keys):
            with pytest.raises(TLSError) as refusal:
                call()
            assert refusal.value.fault == "caller"
        end.close()
        assert end.data_to_send() == b""
        assert end.receive_eof() == []
        assert (len(end.alerts_sent), list(end.transcript), len(end.secrets)) == before

    def _check_bounds(self) -> None:
        end = self.end
        assert self._unread() < HEADER_LENGTH + MAX_CIPHERTEXT or self.problem
        assert end._handshakes.waiting < 4 + MAX_HANDSHAKE or self.problem
        assert len(end.transcript) <= MOST_MESSAGES
        assert all(len(message) <= 4 + MAX_HANDSHAKE for message in end.transcript)
        assert len(end.secrets) <= MOST_SECRETS
        assert end._idle_count <= MAX_IDLE + 1
        assert AlertDescription.close_notify.name not in end.alerts_sent

    def _unread(self) -> int:
        """Bytes of a record that has not come whole."""
        buffer = self.end.layer._buffer
        return len(buffer._data) - buffer._pos

    def standing(self) -> tuple:
        """What a record may move on."""
        end = self.end
        return (end.state, len(end.transcript), len(end.secrets), end._handshakes.waiting,
                end._idle_count, end.layer.skip, id(end.layer.read), len(self.events),
                self._unread(), len(end.alerts_received), len(end.alerts_sent))

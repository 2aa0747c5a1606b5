"""What client and server do alike in TLS 1.3 once the ServerHello was said (RFC 9846): keys,
Certificate, CertificateVerify, Finished, and after the handshake KeyUpdate.
"""

from __future__ import annotations

from helpers.tls import build, messages, messages13, schedule13, signing
from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.events import Event, KeyUpdated
from helpers.tls.record13 import Protection13
from helpers.tls.registry import AlertDescription, HandshakeType
from helpers.tls.registry13 import KeyUpdateRequest
from helpers.tls.rules import Rules
from helpers.tls.schedule13 import KeySchedule
from helpers.tls.states import State

_A = AlertDescription
_CLOSURE = frozenset((_A.close_notify, _A.user_canceled))  # RFC 9846 section 6.1


def is_middlebox_dummy(fragment: bytes) -> bool:
    """True for the one ChangeCipherSpec that TLS 1.3 drops without a word (RFC 9846 section 5)."""
    return fragment == b"\x01"


class Handshake13(Rules):
    """The part that is the same for both roles. `identity` is this end's certificate and key."""

    def __init__(self, end: Endpoint):
        super().__init__(end)
        self.schedule: KeySchedule
        self.generation = {end.role: 0, end.peer: 0}
        self._compatible = False
        self._asked, self._answer = False, b""  # of KeyUpdates

    def use(self, schedule: KeySchedule) -> None:
        """The secrets of this handshake, from the PSK or without one."""
        self.schedule = self.end.schedule = schedule

    def parse(self, data: bytes) -> object:
        return messages13.parse_handshake13(data)

    # --- keys (sections 7.1 and 7.3) -----------------------------------------------------------

    def protection(self, sender: str, epoch: str, number: str = "") -> Protection13:
        """The key of one end's records in an epoch: "early", "handshake" or "application" and its
        number."""
        schedule, end = self.schedule, self.end
        return Protection13(end.suite, keys=lambda: (
            schedule[f"{sender}_{epoch}_write_key{number}"],
            schedule[f"{sender}_{epoch}_write_iv{number}"]),
            padding=end.padding if sender == end.role else None,
            clear_alerts=sender == end.peer and epoch == "handshake")

    def read_with(self, epoch: str, number: str = "") -> None:
        """The peer's records are sealed with this epoch's key from the next one on."""
        end = self.end
        end.read_with(self.protection(end.peer, epoch, number))

    def write_with(self, epoch: str, number: str = "") -> None:
        """This end's records are."""
        end = self.end
        end.layer.write = self.protection(end.role, epoch, number)

    # --- authentication (section 4.5) ----------------------------------------------------------

    def send_certificate(self, chain: tuple[bytes, ...], context: bytes = b"") -> None:
        """Section 4.5.1."""
        self.end.say(build.certificate13(context, chain))

    def send_certificate_verify(self, key: object, scheme: int) -> None:
        """Section 4.5.2: signs everything said so far."""
        end = self.end
        content = schedule13.certificate_verify_content(end.role, end.transcript_hash)
        end.say(build.certificate_verify(scheme, signing.sign(key, scheme, content)))

    def check_certificate_verify(self, message: messages.CertificateVerify, data: bytes,
                                 allowed: tuple[int, ...]) -> None:
        """Section 4.5.2: the peer has the key of the certificate it showed."""
        end = self.end
        content = schedule13.certificate_verify_content(end.peer, end.transcript_hash)
        signing.verify(end.certificate.public_key(), message.signature_scheme,
                       message.signature, content, allowed=allowed, tls13=True)
        end.transcript.append(data)

    def send_finished(self) -> None:
        """Section 4.5.3."""
        end = self.end
        end.say(build.finished(self.verify_data(end.role)))

    def verify_data(self, sender: str) -> bytes:
        end = self.end
        return schedule13.verify_data(self.schedule[f"{sender}_finished_key"],
                                      end.transcript_hash, end.suite.hash_name)

    def send_end_of_early_data(self) -> None:
        """Section 4.6: the last message under the early key."""
        self.end.say(build.end_of_early_data())

    # --- after the handshake (section 4.7.3) ---------------------------------------------------

    def on_key_update(self, message: messages13.KeyUpdate, data: bytes,
                      events: list[Event]) -> None:
        """Section 4.7.3: the peer's next record has a new key; it may ask for ours too."""
        if message.request_update not in iter(KeyUpdateRequest):
            raise TLSError(_A.illegal_parameter, f"KeyUpdate says {message.request_update}; only "
                           "0 and 1 exist")
        self.end.idle("KeyUpdates")
        self._next_generation(self.end.peer)
        self.read_with("application", f"_{self.generation[self.end.peer]}")
        events.append(KeyUpdated())
        self._asked = False
        layer = self.end.layer
        if message.request_update == KeyUpdateRequest.update_requested and \
                layer.last is not self._answer:  # one answer to several that came together
            self.update_keys(False)
            self._answer = layer.last

    def update_keys(self, request: bool) -> None:
        """See Endpoint.update_keys. A question is not asked again before it was answered."""
        self.end.layer.send(22, build.key_update(int(request and not self._asked)))
        self._asked |= request
        self._next_generation(self.end.role)
        self.write_with("application", f"_{self.generation[self.end.role]}")

    def _next_generation(self, sender: str) -> None:
        self.schedule.update(sender, self.generation[sender])
        self.generation[sender] += 1

    # --- what looks like TLS 1.2 and means nothing (appendix E.4) -------------------------------

    def send_dummy(self) -> None:
        """A ChangeCipherSpec, once, for middleboxes that wait for one."""
        if self.end.middlebox_compat and not self._compatible:
            self._compatible = True
            self.end.layer.send_change_cipher_spec()

    def on_change_cipher_spec(self, fragment: bytes, inside_message: bool) -> None:
        if self.end.state is State.CONNECTED or not is_middlebox_dummy(fragment):
            super().on_change_cipher_spec(fragment, inside_message)
        self.end.idle("ChangeCipherSpecs")

    def ends_connection(self, alert: messages.Alert) -> bool:
        """In TLS 1.3 the description says it, not the level (section 6)."""
        return alert.description not in _CLOSURE


HANDLERS = {HandshakeType.key_update: Handshake13.on_key_update}


def hash_message(first_hello: bytes) -> bytes:
    """What stands in the transcript for the first ClientHello after a HelloRetryRequest: its hash,
    as a message of type 254 (RFC 9846 section 4.1)."""
    return build.handshake(254, first_hello)


def check_context(context: bytes, wanted: bytes = b"") -> None:
    """Raises TLSError (illegal_parameter) if a certificate_request_context is not the one that
    was sent; in a handshake it is empty (sections 4.4.2 and 4.5.1)."""
    if context != wanted:
        raise TLSError(_A.illegal_parameter, "a certificate_request_context must be empty in the "
                       "handshake")


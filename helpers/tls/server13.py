"""The TLS 1.3 server from the ClientHello on, in the order of RFC 9846 section 2: one method a
message. What a ticket allows is in `resume13`.
"""

from __future__ import annotations

from helpers.tls import build, extensions, extensions13, groups, messages, messages13, schedule13
from helpers.tls.errors import TLSError
from helpers.tls.events import EarlyData, Event
from helpers.tls.handshake13 import HANDLERS, Handshake13, check_context, hash_message
from helpers.tls.registry import (
    AlertDescription,
    ContentType,
    ExtensionType,
    HandshakeType,
    PskKeyExchangeMode,
)
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM, SUITES13, TLS13
from helpers.tls.resume13 import Resumption, check_offer, find_session
from helpers.tls.schedule12 import hash_of
from helpers.tls.schedule13 import KeySchedule
from helpers.tls.signing import SCHEMES, SCHEMES13
from helpers.tls.states import SERVER13, Table

_A, _E, _H = AlertDescription, ExtensionType, HandshakeType
_MAY_CHANGE = frozenset((_E.early_data, _E.pre_shared_key, _E.padding, _E.encrypted_client_hello))


class Server13(Handshake13):
    """`table` says what may come; each method below, what it does."""

    table = Table(SERVER13)

    def __init__(self, end: object):
        super().__init__(end)
        self._first: messages.ClientHello | None = None  # the one before a HelloRetryRequest
        self._retry_group: int | None = None
        self._early_left = 0
        self._wants_tickets = False

    # --- section 4.2.2 -------------------------------------------------------------------------

    def on_client_hello(self, hello: messages.ClientHello, data: bytes,
                        events: list[Event]) -> None:
        """Chooses suite, group and session; then the server's whole flight, or another question."""
        end = self.end
        if self._first is not None and end.ech is not None:
            hello, data = end.ech.open_again(hello, data)
        offer = check_offer(hello)
        self.facts.discard("retry")
        if self._first is not None:
            end.layer.skip = 0  # early data that was refused came before this message
            self._check_second(hello)
        suites = [suite for suite in end.cipher_suites
                  if suite in SUITES13 and suite in hello.cipher_suites]
        if not suites:
            raise TLSError(_A.handshake_failure, "no cipher suite in common")
        resumption = find_session(end, offer, data, suites, self._first is not None)
        chosen = resumption.cipher_suite if resumption else end.cipher_suite or suites[0]
        end.agree_on(TLS13, chosen, SUITES13[chosen])
        group, share = self._choose_group(offer.groups, offer.shares)
        if self._first is None and (share is None or end.cookie is not None):
            self._send_hello_retry_request(hello, data, group if share is None else None)
            return
        self._wants_tickets = PskKeyExchangeMode.psk_dhe_ke in offer.modes
        end.alpn = end.choose_alpn(hello)
        end.transcript.append(data)
        self._send_flight(hello, offer, group, share, resumption)

    def _choose_group(self, offered: tuple[int, ...],
                      shares: dict[int, bytes]) -> tuple[int, bytes | None]:
        """A group whose share is there already, else one that the client could use."""
        ours = self.end.groups if self._retry_group is None else (self._retry_group,)
        group = next((group for group in ours if group in shares), None)
        group = group or next((group for group in ours if group in offered), None)
        if group is None:
            raise TLSError(_A.handshake_failure, "no group in common")
        return group, shares.get(group)

    # --- section 4.2.4: HelloRetryRequest -------------------------------------------------------

    def _send_hello_retry_request(self, hello: messages.ClientHello, data: bytes,
                                  group: int | None) -> None:
        """"The same again, please, with a share for this group", or with this cookie."""
        end = self.end
        end.read_with(None)  # nothing may follow in the same record
        self._first, self._retry_group = hello, group
        self.facts.add("retry")
        end.transcript.append(hash_message(hash_of(end.suite.hash_name, data)))
        added = [extensions13.choose_version(TLS13)]
        if group is not None:
            added.append(extensions13.ask_for_group(group))
        if end.cookie is not None:
            added.append(extensions13.send_cookie(end.cookie))
        if end.ech is not None:
            added += end.ech.room()
        retry = build.server_hello(HELLO_RETRY_REQUEST_RANDOM, hello.session_id, end.cipher_suite,
                                   added)
        end.say(retry if end.ech is None else end.ech.confirm_retry(end, retry))
        self._send_dummy_to(hello)
        if hello.extension(_E.early_data):
            self._skip_early_data()

    def _check_second(self, hello: messages.ClientHello) -> None:
        """The second ClientHello may differ only where it was asked to (section 4.2.2)."""
        first, cookie = self._first, hello.extension(_E.cookie)
        asked = {_E.key_share: self._retry_group, _E.cookie: self.end.cookie}
        free = _MAY_CHANGE.union(kind for kind, value in asked.items() if value is not None)

        def rest(hello: messages.ClientHello) -> tuple:
            kept = {item.type: item.data for item in hello.extensions if item.type not in free}
            return (hello.random, hello.session_id, hello.cipher_suites,
                    hello.compression_methods, kept)

        def tickets(hello: messages.ClientHello) -> set[bytes]:
            psks = hello.extension(_E.pre_shared_key)
            return set(psks.value.identities) if psks else set()

        if rest(first) != rest(hello) or hello.extension(_E.early_data) or \
                not tickets(hello) <= tickets(first):
            raise TLSError(_A.illegal_parameter, "the second ClientHello is not the first one with "
                           "what the HelloRetryRequest asked for")
        if self.end.cookie is not None and (cookie is None or cookie.value != self.end.cookie):
            raise TLSError(_A.illegal_parameter, "the cookie did not come back")
        shares = [group for group, _ in hello.extension(_E.key_share).value]
        if self._retry_group is not None and shares != [self._retry_group]:
            raise TLSError(_A.illegal_parameter, "the second ClientHello does not bring the one "
                           "share that was asked for")

    # --- sections 4.2.3 to 4.5: ServerHello to Finished -----------------------------------------

    def _send_flight(self, hello: messages.ClientHello, offer: object, group: int, share: bytes,
                     resumption: Resumption | None) -> None:
        end = self.end
        chosen = None if resumption else end.choose_identity(offer.schemes, tls13=True)
        if not (resumption or offer.schemes):
            raise TLSError(_A.missing_extension, "the ClientHello has no signature_algorithms, and "
                           "no ticket that is good")
        if not (resumption or chosen):
            raise TLSError(_A.handshake_failure, "no certificate whose signature the client can "
                           "check")
        self.use(resumption.schedule if resumption else KeySchedule(end.suite))
        early = resumption is not None and resumption.early_data
        self._send_server_hello(hello, group, share, resumption)
        self._start_reading(early, bool(hello.extension(_E.early_data)))
        self._send_encrypted_extensions(early)
        if chosen:
            self._send_authentication(*chosen)
        self.send_finished()
        self.schedule.add_application(end.transcript_hash)
        self.write_with("application", "_0")
        self.may_send = True

    def _send_server_hello(self, hello: messages.ClientHello, group: int, share: bytes,
                           resumption: Resumption | None) -> None:
        """Section 4.2.3: the last message in the clear."""
        end = self.end
        public, secret = groups.answer_share(group, share, end.random)
        added = [extensions13.choose_version(TLS13),
                 extensions13.answer_with_share(group, public)]
        if resumption is not None:
            added.append(extensions13.choose_psk(resumption.place))
            end.resume(resumption.session)
        if resumption is not None and resumption.early_data:
            self.schedule.add_early_data(end.transcript_hash)
        end.group = group
        answer = build.server_hello(end.random(messages.RANDOM_LENGTH), hello.session_id,
                                    end.cipher_suite, added)
        end.say(answer if end.ech is None else end.ech.confirm(end, answer))
        self._send_dummy_to(hello)
        self.schedule.add_shared_secret(secret, end.transcript_hash)
        self.write_with("handshake")

    def _start_reading(self, early_data: bool, offered: bool) -> None:
        """Section 4.3.10: early data is read with its own key, or dropped unread."""
        if early_data:
            self.facts.add("early data")
            self._early_left = self.end.session.max_early_data
            self.read_with("early")
        else:
            self.read_with("handshake")
            if offered:
                self._skip_early_data()

    def _skip_early_data(self) -> None:
        tickets = self.end.tickets
        self.end.layer.skip = 2**15 + 2 * (tickets.max_early_data if tickets else 0)

    def _send_encrypted_extensions(self, early_data: bool) -> None:
        """Section 4.4.1."""
        added = []
        if self.end.alpn is not None:
            added.append(extensions.alpn((self.end.alpn,)))
        if early_data:
            added.append(extensions13.early_data())
        if self.end.ech is not None:
            added += self.end.ech.answer()
        self.end.say(build.encrypted_extensions(added))

    def _send_authentication(self, identity: object, scheme: int) -> None:
        """Sections 4.4.2, 4.5.1 and 4.5.2."""
        if self.end.check_client is not None:
            self.facts.add("certificate requested")
            self.end.say(build.certificate_request13([extensions.signature_algorithms(SCHEMES)]))
        self.send_certificate(identity.chain)
        self.send_certificate_verify(identity.key, scheme)

    def _send_dummy_to(self, hello: messages.ClientHello) -> None:
        """Appendix E.4: if the client plays at resuming, so does the server."""
        if hello.session_id:
            self.send_dummy()

    # --- the client's flight -------------------------------------------------------------------

    def received(self, data: bytes) -> Event:
        """Application data; before EndOfEarlyData it is early, and there is a limit to it."""
        if "early data" not in self.facts:
            return super().received(data)
        self._early_left -= len(data)
        if self._early_left < 0:
            raise TLSError(_A.unexpected_message, "more early data than the ticket allows")
        return EarlyData(data)

    def on_end_of_early_data(self, message: messages.Empty, data: bytes,
                             events: list[Event]) -> None:
        """Section 4.6."""
        self.facts.discard("early data")
        self.end.transcript.append(data)
        self.read_with("handshake")

    def on_certificate(self, message: messages13.Certificate, data: bytes,
                       events: list[Event]) -> None:
        """Section 4.5.1: the client's, empty if it has none to show."""
        end = self.end
        check_context(message.certificate_request_context)
        for entry in message.entry_extensions:
            extensions.check_answers(entry, (), ())
        if end.judge(message.certificate_list, _A.certificate_required):
            self.facts.add("certificate came")
        end.transcript.append(data)

    def on_certificate_verify(self, message: messages.CertificateVerify, data: bytes,
                              events: list[Event]) -> None:
        """Section 4.5.2: and the client has the key."""
        self.check_certificate_verify(message, data, SCHEMES13)

    def on_finished(self, message: messages.Finished, data: bytes, events: list[Event]) -> None:
        """Section 4.5.3: the handshake is done."""
        self.check_finished(message, data)
        self.read_with("application", "_0")
        self.schedule.add_resumption(self.end.transcript_hash)
        if self.end.tickets is not None and self._wants_tickets:
            for number in range(self.end.tickets.count):
                self._send_ticket(number.to_bytes(1, "big"))

    def _send_ticket(self, nonce: bytes) -> None:
        """Section 4.7.1: the session, sealed; each ticket has a PSK of its own."""
        end, tickets = self.end, self.end.tickets
        step = schedule13.resumption_psk(end.suite, self.schedule["resumption_secret"], nonce)
        session = end.session_of(step.output, tickets.lifetime,
                                 age_add=int.from_bytes(end.random(4), "big"),
                                 max_early_data=tickets.max_early_data)
        added = [extensions13.early_data(tickets.max_early_data)] if tickets.max_early_data else []
        end.layer.send(ContentType.handshake, build.new_session_ticket13(
            tickets.lifetime, session.age_add, nonce, tickets.seal(session, end.random), added))

    handlers = HANDLERS | {
        _H.client_hello: on_client_hello, _H.end_of_early_data: on_end_of_early_data,
        _H.certificate: on_certificate, _H.certificate_verify: on_certificate_verify,
        _H.finished: on_finished,
    }

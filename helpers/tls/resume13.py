"""How a TLS 1.3 server reads a ClientHello: what must be in it (RFC 9846 section 9.2), and whether
one of the tickets in it resumes a session (sections 4.3.10, 4.3.11 and 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest
from typing import NamedTuple

from helpers.tls.endpoint import Endpoint
from helpers.tls.errors import TLSError
from helpers.tls.extensions13 import OfferedPsks
from helpers.tls.messages import ClientHello
from helpers.tls.psk import Session
from helpers.tls.registry import TLS12, AlertDescription, ExtensionType, PskKeyExchangeMode
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.schedule12 import hash_of
from helpers.tls.schedule13 import KeySchedule, verify_data

_A, _E = AlertDescription, ExtensionType


class ReadOffer(NamedTuple):
    """What a ClientHello's extensions say, once they are known to be complete."""

    hello: ClientHello
    groups: tuple[int, ...]
    shares: dict[int, bytes]
    schemes: tuple[int, ...]
    modes: tuple[int, ...]
    psks: OfferedPsks | None


class Resumption(NamedTuple):
    """The ticket at `place` is good; `early_data`: what came with it will be read."""

    place: int
    session: Session
    cipher_suite: int
    schedule: KeySchedule
    early_data: bool


def check_offer(hello: ClientHello) -> ReadOffer:
    """Raises TLSError: protocol_version, missing_extension, or illegal_parameter for extensions
    that contradict each other."""
    if hello.client_version != TLS12:  # section 4.2.2
        raise TLSError(_A.protocol_version, "the frozen version of a TLS 1.3 ClientHello is "
                       f"0x0303, not 0x{hello.client_version:04x}")
    said = {item.type: item.value for item in hello.extensions}
    psks = said.get(_E.pre_shared_key)
    if psks and _E.supported_groups not in said and _E.key_share not in said:
        raise TLSError(_A.handshake_failure, "the client wants to resume without a key exchange, "
                       "which this server does not do")
    for kind in (_E.supported_groups, _E.key_share, _E.signature_algorithms):
        if kind not in said and not (psks and kind == _E.signature_algorithms):
            raise TLSError(_A.missing_extension, f"the ClientHello has no {kind.name}")
    groups, shares = said[_E.supported_groups], said[_E.key_share]
    named = [group for group, _ in shares]
    if len(set(named)) != len(named) or not set(named) <= set(groups):
        raise TLSError(_A.illegal_parameter, "key_share has two shares for one group, or one for a "
                       "group that is not offered")
    if psks is not None:
        _check_psks(hello, psks)
    return ReadOffer(hello, groups, dict(shares), said.get(_E.signature_algorithms, ()),
                     said.get(_E.psk_key_exchange_modes, ()), psks)


def _check_psks(hello: ClientHello, psks: OfferedPsks) -> None:
    if hello.extensions[-1].type != _E.pre_shared_key:
        raise TLSError(_A.illegal_parameter, "pre_shared_key is not the last extension")
    if hello.extension(_E.psk_key_exchange_modes) is None:
        raise TLSError(_A.missing_extension, "pre_shared_key without psk_key_exchange_modes")
    if len(psks.binders) != len(psks.identities):
        raise TLSError(_A.illegal_parameter, "pre_shared_key needs one binder for each identity")


def find_session(end: Endpoint, offer: ReadOffer, data: bytes, suites: Sequence[int],
                 retried: bool) -> Resumption | None:
    """The first ticket that this server made, that is not too old, and that fits: its name and
    its suite's hash. Raises TLSError (decrypt_error) if its binder is wrong: then the client does
    not have the PSK, or somebody changed the ClientHello (section 4.3.11)."""
    if offer.psks is None or end.tickets is None or \
            PskKeyExchangeMode.psk_dhe_ke not in offer.modes:
        return None
    now = end.clock()
    for place, ticket in enumerate(offer.psks.identities[:8]):
        session = end.tickets.open(ticket, now)
        if session is None or session.version != TLS13 or \
                session.server_name != end.server_name:
            continue
        suite = _suite_for(session, suites, end.cipher_suite if retried else None)
        if suite is not None:
            schedule = KeySchedule(SUITES13[suite], session.secret)
            _check_binder(end, offer.psks, place, data, schedule)
            early = not retried and _early_data_fits(end, offer, place, session, suite, now)
            return Resumption(place, session, suite, schedule, early)
    return None


def _suite_for(session: Session, suites: Sequence[int], agreed: int | None) -> int | None:
    """The session's own suite, else one with the same hash."""
    wanted = SUITES13[session.cipher_suite].hash_name
    fitting = [suite for suite in ([agreed] if agreed else suites)
               if SUITES13[suite].hash_name == wanted]
    return session.cipher_suite if session.cipher_suite in fitting else next(iter(fitting), None)


def _check_binder(end: Endpoint, psks: OfferedPsks, place: int, data: bytes,
                  schedule: KeySchedule) -> None:
    """Section 4.3.11.2: an HMAC over the ClientHello up to the binders."""
    tail = 2 + sum(1 + len(binder) for binder in psks.binders)
    name = schedule.suite.hash_name
    covered = hash_of(name, b"".join((*end.transcript, data[:-tail])))
    if not compare_digest(verify_data(schedule.binder_key(), covered, name), psks.binders[place]):
        raise TLSError(_A.decrypt_error, "the binder does not fit the ticket's secret and this "
                       "ClientHello")


def _early_data_fits(end: Endpoint, offer: ReadOffer, place: int, session: Session, suite: int,
                     now: float) -> bool:
    """Section 4.3.10: the first ticket, the same suite and protocol, a plausible age, and (if there
    is somebody to remember) never seen before."""
    if offer.hello.extension(_E.early_data) is None or place != 0 or \
            not (end.tickets.max_early_data and session.max_early_data):
        return False
    if suite != session.cipher_suite or session.alpn != end.choose_alpn(offer.hello) or \
            not session.age_fits(offer.psks.ticket_ages[0], now):
        return False
    guard = end.tickets.replay_guard
    return guard is None or guard.is_new(offer.psks.binders[0], now)

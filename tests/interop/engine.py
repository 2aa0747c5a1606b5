"""Our engine as the other end of every peer: what a Case asks, in the engine's own words."""

from __future__ import annotations

import os
from collections.abc import Callable

from helpers import lab
from helpers.tls.client import Client
from helpers.tls.ech import ech_config_list
from helpers.tls.events import NewTicket
from helpers.tls.offer import DEFAULT_SUITES
from helpers.tls.psk import ReplayGuard, Tickets
from helpers.tls.registry import CipherSuite, NamedGroup
from helpers.tls.registry13 import SUITES13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore
from tests.interop import files
from tests.interop.case import Case
from tests.interop.run import REQUEST, Earlier


def _suites(case: Case) -> tuple[int, ...]:
    """The one of the Case, and of the other version all that we have: so that is on offer too, and
    it is the peer who brings the version about."""
    chosen = CipherSuite[case.suite]
    is13 = chosen in SUITES13
    return (chosen, *(suite for suite in DEFAULT_SUITES if (suite in SUITES13) != is13))


def _trust() -> TrustStore:
    return TrustStore([files.root().certificate], files.NOW)


def client(case: Case, earlier: Earlier | None = None) -> Client:
    """Its suites and groups are those of the Case, and it sends a share for the first."""
    groups = [NamedGroup[name] for name in case.offered_groups]
    session = None
    if earlier:
        tickets = [event for event in earlier.visit.events if isinstance(event, NewTicket)]
        session = tickets[-1].session
    return Client(lab.HOST, _trust(), cipher_suites=_suites(case), groups=groups,
                  shares=groups[:1], alpn=(b"h2", b"http/1.1") if case.alpn else (),
                  identity=files.client() if case.client_certificate else None,
                  session=session, early_data=REQUEST if earlier and case.early else b"",
                  ech=ech_config_list([files.ech_key()]) if case.ech else None)


def server(case: Case) -> Callable[[], Server]:
    """A maker of servers, one a connection; they share the key of their tickets."""
    tickets = Tickets(os.urandom(32), max_early_data=2**14 if case.early else 0,
                      replay_guard=ReplayGuard())

    def make() -> Server:
        return Server(files.server_of(case), cipher_suites=_suites(case),
                      groups=(NamedGroup[case.group or "x25519"],),
                      alpn=(b"http/1.1",) if case.alpn else (), tickets=tickets,
                      client_trust=_trust() if case.client_certificate else None,
                      require_client_certificate=case.client_certificate,
                      ech=[files.ech_key()] if case.ech else ())

    return make

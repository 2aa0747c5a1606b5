"""The matrix: every peer in every role it has, and every case that it can do."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from tests.interop import (
    engine,
    memory,
    peer_chromium,
    peer_curl,
    peer_gnutls,
    peer_go,
    peer_node,
    peer_nss,
    peer_openssl,
    peer_python,
    run,
)
from tests.interop.case import CASES, CLIENT, SERVER, Case
from tests.interop.files import Files
from tests.interop.run import Ends

PEERS = (memory, peer_openssl, peer_python, peer_gnutls, peer_nss, peer_curl, peer_node, peer_go,
         peer_chromium)


@dataclass(frozen=True)
class Meeting:
    """One peer, the part it plays, and what is tried."""

    peer: ModuleType
    role: str
    case: Case

    @property
    def unable(self) -> str | None:
        """Why no installation of this peer does it; None if it does."""
        if self.case.ech and self.role not in getattr(self.peer, "ECH", ()):
            return "cannot be given a key for Encrypted ClientHello"
        return self.peer.unable(self.case, self.role)

    @property
    def early_refused(self) -> bool:
        """True where the right outcome is that the peer turns the early data down."""
        return self.case.early and self.role == SERVER and \
            getattr(self.peer, "REFUSES_EARLY_DATA", False)

    def __str__(self) -> str:
        return f"{self.peer.__name__.rpartition('.')[2]}-{self.role}-{self.case.name}"


def roles(peer: ModuleType) -> tuple[str, ...]:
    """What the peer can play: a driver has a function for each."""
    if peer is memory:
        return (SERVER, CLIENT)
    return tuple(role for role in (SERVER, CLIENT) if hasattr(peer, role))


def meetings() -> Iterator[Meeting]:
    """All of the matrix, also what a peer is unable to do."""
    for peer in PEERS:
        for role in roles(peer):
            for case in CASES:
                yield Meeting(peer, role, case)


def faults(meeting: Meeting, ends: Ends = engine) -> list[str]:
    """What went wrong when they met; empty if nothing. Raises Unable, or an error of the driver."""
    peer, case = meeting.peer, meeting.case
    if peer is memory:
        return memory.run(ends, case, CLIENT if meeting.role == SERVER else SERVER).faults()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        go = run.as_client if meeting.role == SERVER else run.as_server
        return go(ends, peer, case, Files(Path(folder))).faults()

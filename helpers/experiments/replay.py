"""An impostor who owns no key plays back what a real server once said."""

from __future__ import annotations

from dataclasses import dataclass

from helpers import lab
from helpers.conversation import SERVER, Conversation
from helpers.pki import authority
from helpers.tls.client import Client
from helpers.tls.errors import TLSError
from helpers.tls.registry import SUITES
from helpers.tls.trust import TrustStore


@dataclass(frozen=True)
class Played:
    """One message from the recording, played to a new client, and what the client did."""

    message: str
    client: str
    why: str = ""


def replay(recording: Conversation) -> list[Played]:
    """Plays the server's handshake messages of a recording to a fresh client of ours, which
    trusts the lab's root and offers everything the engine knows. Stops where the client does."""
    trust = TrustStore([authority.root().certificate], lab.NOW)
    client = Client(lab.HOST, trust, cipher_suites=list(SUITES), alpn=[b"h2", b"http/1.1"],
                    random=lab.seeded("a new visit"))
    rows = []
    for message in recording.messages:
        if message.sender != SERVER or message.name == "application_data":
            continue
        try:
            client.receive_data(message.wire)
        except TLSError as problem:
            rows.append(Played(message.title, f"refuses: alert {problem.alert.name}",
                               problem.reason))
            break
        rows.append(Played(message.title, "accepts"))
    return rows

"""One address, several sites: which certificate is shown, and which protocol is spoken.

The server looks at the name in the ClientHello (SNI, RFC 6066 section 3) and at the protocols in
it (ALPN, RFC 7301). Real handshakes between our two ends, in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, Conversation, exchange
from helpers.experiments.chains import names_of
from helpers.tls.client import Client
from helpers.tls.registry import NamedGroup
from helpers.tls.registry13 import TLS13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

SITES = (lab.HOST, "bank.example")
NOBODY = ""  # a ClientHello without a name


class SharedServer(Server):
    """A server with a certificate for each of several names: it shows the one that was asked for,
    and its first one to those who ask for none, or for a name that it does not know."""

    def choose_identity(self, schemes: object, **how: object) -> object:
        fitting = [one for one in self.identities if self.server_name in names_of(one.certificate)]
        self.identities = tuple(fitting) or self.identities
        return super().choose_identity(schemes, **how)


@dataclass(frozen=True)
class Asked:
    """One try: the name in the ClientHello and the name in the address bar, what came of it.

    `shown` are the names in the certificate that came ("" if none came); `protocol` is what ALPN
    agreed on ("" if nothing); `refused_by` is "client", "server" or "" and `alert` what it sent."""

    sent: str
    wanted: str
    shown: str
    protocol: str
    refused_by: str
    alert: str
    conversation: Conversation


def ask_address(sent: str = lab.HOST, wanted: str = lab.HOST, *,
                offered: tuple[bytes, ...] = (b"h2", b"http/1.1"),
                spoken: tuple[bytes, ...] = (b"h2", b"http/1.1")) -> Asked:
    """Asks the one address for `sent` (SNI; "" for no name), while the user wants `wanted`; the
    client offers the protocols `offered`, the server prefers `spoken` in this order."""
    store = TrustStore([pki.root().certificate], lab.NOW)
    shown: list[str] = []

    def judge(chain: tuple[bytes, ...], _: str) -> object:
        shown.append(", ".join(pki.describe(chain[0]).names))
        return store.check(chain, wanted)

    client = Client(sent, judge, versions=(TLS13,), groups=(NamedGroup.x25519,), alpn=offered,
                    random=lab.seeded("one address"), clock=lab.NOW.timestamp)
    server = SharedServer(*identities(), alpn=spoken, random=lab.seeded("shared"),
                          clock=lab.NOW.timestamp)
    talk = exchange(client, server)
    refused = next((end for end in (SERVER, CLIENT) if talk.ends[end].alerts_sent), "")
    alert = talk.ends[refused].alerts_sent[0] if refused else ""
    return Asked(sent, wanted, shown[0] if shown else "", (server.alpn or b"").decode(),
                 refused, alert, talk)


def identities() -> tuple[pki.Identity, ...]:
    """The shop's certificate and the bank's, both behind the one address."""
    return pki.server("ecdsa"), pki.issue("bank.example", by=pki.intermediate())

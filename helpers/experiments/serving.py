"""Who has to send what: a real OpenSSL server and client, and the certificates between them.

The server sends what it is told to send; the client trusts what is in its store. The handshake is
TLS 1.3 at the lab's fixed time, and the verdict is OpenSSL's own, with the settings that Python
gives it since 3.13: whatever is in the store is trusted, root or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from cryptography import x509

from helpers.conversation import Conversation
from helpers.pki import authority
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange

STORES = ("root", "other_root", "intermediate", "nothing")
REASONS = {
    "unable to get local issuer certificate":
        "it looked for the issuer of the last certificate it could follow, and found it neither "
        "among those that were sent nor in its store",
    "unable to verify the first certificate":
        "it has a single certificate and nobody to check its signature with",
    "self-signed certificate in certificate chain":
        "it followed the chain up to a root, and that root is not in its store",
}
"""OpenSSL's words, and what they mean here."""


@dataclass(frozen=True)
class Served:
    """One handshake. `sent` and `store` name certificates; `alert` is what the client sent ("" if
    they connected), and `said` are OpenSSL's words about the chain."""

    sent: tuple[str, ...]
    store: str
    connected: bool
    alert: str
    said: str

    @property
    def why(self) -> str:
        """What the client found, in a sentence."""
        if self.connected:
            return "it found a way from the leaf to a certificate in its store"
        return REASONS.get(self.said, "it refuses")


@dataclass(frozen=True)
class Visit:
    """A handshake with what the client said of the chain: OpenSSL's words, "ok" if it is good."""

    conversation: Conversation
    said: str

    @property
    def connected(self) -> bool:
        return self.conversation.ends["client"].connected

    @property
    def alert(self) -> str:
        """The client's alert, "" if it sent none."""
        return next(iter(self.conversation.ends["client"].alerts_sent), "")


def visit_server(identity: authority.Identity, roots: Sequence[x509.Certificate]) -> Visit:
    """A client that trusts `roots` visits a server that has `identity`.

    The server sends the identity's certificate and its `intermediates`, as they are.
    """
    client = openssl_client(version="1.3", roots=tuple(roots))
    talk = record_exchange(openssl_server(version="1.3", identity=identity), client=client)
    return Visit(talk, client.said_of_chain[1])


@cache
def send(*, intermediate: bool, root: bool, store: str = "root") -> Served:
    """The shop's server sends its own certificate, and with it the intermediate and the root if
    told so; the client's store holds "root", "other_root", "intermediate" or "nothing". Raises
    ValueError for another store."""
    if store not in STORES:
        raise ValueError(f"the store is one of {', '.join(STORES)}, not {store!r}")
    ca, top = authority.intermediate().certificate, authority.root().certificate
    along = ([ca] if intermediate else []) + ([top] if root else [])
    identity = replace(authority.server("ecdsa"), intermediates=tuple(along))
    trusted = {"root": [top], "other_root": [authority.root("other_root").certificate],
               "intermediate": [ca], "nothing": []}[store]
    seen = visit_server(identity, trusted)
    sent = ("leaf", *(["intermediate"] if intermediate else []), *(["root"] if root else []))
    return Served(sent, store, seen.connected, seen.alert, seen.said)

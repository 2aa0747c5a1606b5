"""The same visit with and without Encrypted Client Hello (RFC 9849), by the course's own ends.

The key that hides the name is seeded, and so are both ends: the visits repeat byte for byte.
"""

from __future__ import annotations

from functools import cache

from helpers import lab, pki
from helpers.conversation import Conversation, exchange
from helpers.pki import authority
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.tls import Client, NamedGroup, Server, TrustStore, ech_config_list, new_ech_key
from helpers.tls.registry13 import TLS13

PUBLIC = "public.example"
"""The name that everybody may see: that of a provider with many sites."""


def _clock() -> float:
    return lab.NOW.timestamp()


@cache
def hidden_visit(hidden: bool = True) -> Conversation:
    """A TLS 1.3 visit to shop.example, its name hidden or in the clear, with the key log."""
    key = new_ech_key(PUBLIC, lab.seeded("hidden name, key"), maximum_name_length=64)
    both = pki.issue(lab.HOST, by=authority.intermediate(), names=[lab.HOST, PUBLIC], key="ed25519")
    common = {"versions": (TLS13,), "groups": (NamedGroup.x25519,), "clock": _clock}
    offer = {"ech": ech_config_list([key])} if hidden else {}
    trust = TrustStore([authority.root().certificate], lab.NOW)
    client = Client(lab.HOST, trust, random=lab.seeded("hidden name, client"), **offer, **common)
    server = Server(both, random=lab.seeded("hidden name, server"), ech=[key], **common)
    return exchange(client, server, request=REQUEST, response=RESPONSE,
                    title="with Encrypted Client Hello" if hidden else "without")

"""Two ends, two lists of cipher suites, one certificate: what do two real OpenSSLs agree on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.conversation import CLIENT, SERVER, Conversation, exchange
from helpers.sources.openssl import REQUEST, RESPONSE, openssl_client, openssl_server
from helpers.tls.registry import SUITES, CipherSuite

KINDS = {"rsa": "RSA", "ecdsa": "ECDSA"}
_SIGNED_128 = "ECDHE, RSA signature, AES-128"
_SIGNED_256 = "ECDHE, RSA signature, AES-256"
_ECDSA = "ECDHE, ECDSA signature, AES-128"
_OLD = "RSA key exchange (old), AES-128"
_SUITES = {
    _SIGNED_128: CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    _SIGNED_256: CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    _ECDSA: CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    _OLD: CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
}
PREFERENCES = {"; then ".join(names): tuple(_SUITES[name] for name in names) for names in (
    (_SIGNED_128, _SIGNED_256),
    (_SIGNED_256, _SIGNED_128),
    (_SIGNED_128, _OLD),
    (_OLD, _SIGNED_128),
    (_ECDSA, _SIGNED_256),
    (_ECDSA,),
    (_OLD,),
)}
"""Some orders of preference to try, by a name for each. The names say what RSA is used for: in
the suites' own names it stands for a signature in one and for the key exchange in another."""


@dataclass(frozen=True)
class Negotiation:
    """What came of it: the chosen suite, or None, the alert that ended it and who sent it."""

    client: tuple[CipherSuite, ...]
    server: tuple[CipherSuite, ...]
    kind: str
    chosen: CipherSuite | None
    alert: str | None
    sent_by: str | None
    why: str
    conversation: Conversation = field(compare=False, repr=False)


def negotiate(client: Sequence[CipherSuite], server: Sequence[CipherSuite], *, kind: str = "rsa",
              own_order: bool = False) -> Negotiation:
    """A real handshake between an OpenSSL client that offers the suites of `client` and a server
    that allows those of `server`, each in its order of preference.

    `kind` is the key in the server's certificate ("rsa" or "ecdsa"); `own_order` sets OpenSSL's
    option to prefer the server's order. Raises ValueError for an empty list, a suite the course
    has no parameters for, or another kind.
    """
    for who, suites in ((CLIENT, client), (SERVER, server)):
        if not suites:
            raise ValueError(f"a {who} without any cipher suite cannot even begin")
        if unknown := [suite for suite in suites if suite not in SUITES]:
            raise ValueError(f"the course has no parameters for {unknown[0]!r}")
    if kind not in KINDS:
        raise ValueError(f"the certificate's key is one of {', '.join(KINDS)}, not {kind!r}")
    ends = (openssl_client(_listed(client)),
            openssl_server(_listed(server), kind=kind, own_order=own_order))
    conversation = exchange(*ends, request=REQUEST, response=RESPONSE)
    chosen = None
    if conversation.ends[CLIENT].connected:
        chosen = CipherSuite(conversation.find("server_hello").parsed.cipher_suite)
    sender = next((who for who, end in conversation.ends.items() if end.alerts_sent), None)
    alert = conversation.ends[sender].alerts_sent[0] if sender else None
    return Negotiation(tuple(client), tuple(server), kind, chosen, alert, sender,
                       _why(chosen, client, server, kind), conversation)


def openssl_name(suite: CipherSuite) -> str:
    """The suite's name in OpenSSL's spelling, which leaves out RSA key exchange."""
    exchange_part, _, rest = suite.name.removeprefix("TLS_").partition("_WITH_")
    rest = rest.replace("AES_", "AES").replace("POLY1305_SHA256", "POLY1305")
    prefix = "" if exchange_part == "RSA" else f"{exchange_part}_"
    return (prefix + rest).replace("_", "-")


def _listed(suites: Sequence[CipherSuite]) -> str:
    return ":".join(openssl_name(suite) for suite in suites)


def _why(chosen: CipherSuite | None, client: Sequence[CipherSuite],
         server: Sequence[CipherSuite], kind: str) -> str:
    common = [suite for suite in client if suite in server]
    if chosen is None and not common:
        return "No suite stands in both lists, so there is nothing to choose from."
    if chosen is None:
        needed = sorted({SUITES[suite].authentication for suite in common})
        return (f"The lists have {_count(len(common))} in common, but "
                f"{'it needs' if len(common) == 1 else 'they need'} a certificate with an "
                f"{' or '.join(needed)} key, and this server's has an {KINDS[kind]} key.")
    usable = [suite for suite in common if SUITES[suite].authentication == KINDS[kind]]
    if len(usable) == 1:
        return "It is the only one that is in both lists and fits the certificate's key."
    first_of_server = next(suite for suite in server if suite in usable)
    if usable[0] == first_of_server:
        return "It comes first in both lists, among those that both have and the key fits."
    whose = "client's" if chosen == usable[0] else "server's"
    return (f"{len(usable)} suites are in both lists and fit the certificate's key. This one comes "
            f"first in the {whose} list: that order was followed.")


def _count(number: int) -> str:
    return "one suite" if number == 1 else f"{number} suites"

"""Two honest ends for every kind of handshake: one is under test, the other a puppet's body."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from helpers.tls.endpoint import Endpoint
from helpers.tls.psk import Session
from helpers.tls.registry import SUITES, TLS12, CipherSuite, NamedGroup
from helpers.tls.registry13 import TLS13
from tests.tls import ech_pairs
from tests.tls.hand_server import trust
from tests.tls.pairs import client, flow, identity, server, tickets

_RSA = (CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,)
_ONE13 = {"versions": (TLS13,), "groups": (NamedGroup.x25519,)}
_ONE12 = {"cipher_suites": tuple(SUITES)}


@dataclass(frozen=True)
class Scene:
    """`make()` gives (client, server)."""

    name: str
    make: Callable[[], tuple[Endpoint, Endpoint]]


def _back13() -> tuple[Endpoint, Endpoint]:
    return (client("back", session=session(TLS13), early_data=b"early", **_ONE13),
            server(label="back", tickets=tickets(max_early_data=100), **_ONE13))


def _refused13() -> tuple[Endpoint, Endpoint]:
    """The server has other ticket keys, so it drops the early data."""
    other = client("refused", session=session(TLS13), early_data=b"early", **_ONE13)
    return other, server(label="refused", **_ONE13)


def _back12() -> tuple[Endpoint, Endpoint]:
    return (client("back", session=session(TLS12), **_ONE12),
            server("rsa", label="back", tickets=tickets(), **_ONE12))


@cache
def session(version: int) -> Session:
    """From an honest handshake with tickets."""
    choices = _ONE13 if version == TLS13 else _ONE12
    kind = "ecdsa" if version == TLS13 else "rsa"
    one = client("first", **choices)
    other = server(kind, label="first", tickets=tickets(max_early_data=100), **choices)
    flow(one, other)
    return replace(one.sessions[0])


SCENES = {scene.name: scene for scene in (
    Scene("1.3", lambda: (client(**_ONE13), server(tickets=tickets(), **_ONE13))),
    Scene("1.3 asks the client", lambda: (
        client(identity=identity("client"), **_ONE13), server(client_trust=trust(), **_ONE13))),
    Scene("1.3 retry", lambda: (
        client(versions=(TLS13,), shares=(NamedGroup.x25519,)),
        server(groups=(NamedGroup.secp256r1,), cookie=b"a cookie", versions=(TLS13,)))),
    Scene("1.3 comes back early", _back13),
    Scene("1.3 comes back in vain", _refused13),
    Scene("1.3 hidden, retry", lambda: (
        ech_pairs.client(versions=(TLS13,), shares=(NamedGroup.x25519,)),
        ech_pairs.server(groups=(NamedGroup.secp256r1,), versions=(TLS13,)))),
    Scene("1.2 RSA", lambda: (client(cipher_suites=_RSA), server("rsa", cipher_suites=_RSA))),
    Scene("1.2 ECDHE", lambda: (client(**_ONE12),
                                server("rsa", tickets=tickets(), **_ONE12))),
    Scene("1.2 asks the client", lambda: (
        client(identity=identity("client"), **_ONE12),
        server("rsa", client_trust=trust(), **_ONE12))),
    Scene("1.2 comes back", _back12),
    Scene("both, down to 1.2", lambda: (client(), server("rsa", versions=(TLS12,)))),
)}

"""Makes data/by_hand anew: `python -m tools.record_by_hand`. Run it only on purpose.

The course's own client, with seeded randomness, visits a real OpenSSL 4 server ("openssl") and the
course's own server, which pads its records ("padded").
"""

from __future__ import annotations

from helpers import lab
from helpers.conversation import exchange
from helpers.experiments.by_hand import FOLDER, seeded_client
from helpers.pki import authority
from helpers.sources.capture import save
from helpers.sources.openssl import REQUEST, RESPONSE, openssl_server
from helpers.tls import Client, NamedGroup, Server, TrustStore
from helpers.tls.registry import CipherSuite
from helpers.tls.registry13 import TLS13

_SUITE = CipherSuite.TLS_AES_128_GCM_SHA256
_OFFER = {"versions": (TLS13,), "cipher_suites": (_SUITE,), "groups": (NamedGroup.x25519,)}


def _clock() -> float:
    return lab.NOW.timestamp()


def _server(visit: str) -> object:
    if visit == "openssl":
        return openssl_server(_SUITE.name, version="1.3", group="x25519")
    return Server(authority.server("ecdsa"), random=lab.seeded("by hand, server"), clock=_clock,
                  padding=lambda length: -(length + 1) % 64)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    trust = TrustStore([authority.root().certificate], lab.NOW)
    for visit, title in (("openssl", "Our client with a known private share, OpenSSL's server"),
                         ("padded", "Our client and our server, with padded records")):
        client = Client(lab.HOST, trust, random=seeded_client(visit)[0], clock=_clock,
                        **_OFFER)
        talk = exchange(client, _server(visit), request=REQUEST, response=RESPONSE, title=title)
        if not all(end.connected for end in talk.ends.values()):
            raise SystemExit(f"{visit}: {[end.problem for end in talk.ends.values()]}")
        save(talk, FOLDER / f"{visit}.json",
             "The client's private share is known: helpers/experiments/by_hand.py.")


if __name__ == "__main__":
    main()

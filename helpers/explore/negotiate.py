"""Two lists of cipher suites and a certificate: what do two real OpenSSLs agree on?"""

from __future__ import annotations

from helpers.experiments.negotiate import KINDS, PREFERENCES, negotiate
from helpers.show import negotiation_view

from .controls import Choice, Toggle
from .explorer import Explorer


def agree_on_a_suite() -> Explorer:
    """A real handshake for every choice."""
    first, second, *_ = PREFERENCES.values()
    return Explorer(
        "Agree on a cipher suite",
        {
            "client": Choice("The client offers", PREFERENCES, value=first),
            "server": Choice("The server allows", PREFERENCES, value=second),
            "kind": Choice(
                "Key in the server's certificate",
                {name: kind for kind, name in KINDS.items()},
                style="buttons",
            ),
            "own_order": Toggle("The server insists on its own order"),
        },
        lambda client, server, kind, own_order: negotiation_view(
            negotiate(client, server, kind=kind, own_order=own_order)
        ),
        question="Each list is in order of preference. Whose order wins, and when? And how can two "
        "ends with the very same list still fail to agree?",
    )

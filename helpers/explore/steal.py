"""Somebody recorded a conversation and steals a secret afterwards: what opens?"""

from __future__ import annotations

from helpers.experiments.eavesdrop import steal
from helpers.show import theft_view
from helpers.sources import load

from .controls import Choice
from .explorer import Explorer

RECORDINGS = {
    "RSA key exchange": "tls12_rsa",
    "ECDHE, RSA certificate": "tls12_ecdhe",
    "ECDHE, ECDSA certificate": "tls12_ecdhe_ecdsa",
}
FOUR_VISITS = {
    "TLS 1.2 with RSA key exchange (forbidden today)": "tls12_rsa",
    "TLS 1.2 with ECDHE": "tls12_ecdhe",
    "TLS 1.3 with X25519": "tls13_x25519",
    "TLS 1.3 with X25519MLKEM768": "tls13_mlkem",
}
LOOT = {
    "nothing": "nothing",
    "the server's private key": "server_private_key",
    "another server's private key": "wrong_key",
    "the key log of this visit": "key_log",
}


def steal_the_key() -> Explorer:
    """Decrypts a recording for real, with what was stolen."""
    return Explorer(
        "Steal a secret afterwards",
        {
            "recording": Choice("Recorded conversation", RECORDINGS, style="radio"),
            "what": Choice("Stolen a year later", LOOT, style="radio"),
        },
        lambda recording, what: theft_view(steal(load(recording), what)),
        question="Which recordings open with the server's private key, and which do not? What does "
        "open those?",
    )


def steal_from_four_visits() -> Explorer:
    """The same for four ways to exchange keys, old to new."""
    return Explorer(
        "One stolen secret, four recordings",
        {
            "recording": Choice("Recorded conversation", FOUR_VISITS, style="radio"),
            "what": Choice("Stolen a year later", LOOT, style="radio"),
        },
        lambda recording, what: theft_view(steal(load(recording), what)),
        question="Which of the four recordings does the server's private key open? And which "
        "stolen thing opens the other three?",
    )

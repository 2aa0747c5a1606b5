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

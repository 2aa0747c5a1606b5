"""Derive values from the secrets of a real connection, and see which of them it used."""

from __future__ import annotations

from helpers.experiments.labels import LABELS, LENGTHS, PREFIX, SECRETS, derive
from helpers.show import derived_view

from .controls import Choice, Toggle
from .explorer import Explorer


def derive_with_labels() -> Explorer:
    """HKDF-Expand with a secret, a label, a context and a length of one's choice."""
    return Explorer(
        "Derive with labels",
        {
            "secret": Choice("Secret", SECRETS),
            "label": Choice("Label", LABELS, style="buttons"),
            "prefix": Choice("In front of the label",
                             {"nothing": False, f"“{PREFIX}”": True}, style="buttons"),
            "hashed": Toggle("Hash of the hellos as context"),
            "length": Choice("Length in bytes", LENGTHS, style="buttons", value=32),
        },
        lambda secret, label, prefix, hashed, length: derived_view(
            derive(secret, label, prefix=prefix, hashed=hashed, length=length)),
        question="Find the settings that give the IV of the server's application data. Then take "
        "the label “key” and ask for 32 bytes instead of 16: do they begin with the real key?",
    )

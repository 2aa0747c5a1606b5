"""Listen to a visit without any secret."""

from __future__ import annotations

from helpers.experiments.lanes import LANE_NAMES, lane_visit
from helpers.show import listening_view

from .controls import Choice, Toggle
from .explorer import Explorer
from .lanes import VISITS

PROTOCOLS = {name: lane for lane, name in LANE_NAMES.items()}


def listen_in() -> Explorer:
    """What an eavesdropper reads of a real visit."""
    return Explorer(
        "Listen in",
        {
            "lane": Choice("Protocol", PROTOCOLS, style="buttons"),
            "resumed": Choice("This is", VISITS, style="buttons"),
            "certificate": Toggle("The client shows a certificate, if asked"),
        },
        _render,
        question="The client shows a certificate: in which protocol does Eve read whose it is? "
        "And which name does she read in all of them?",
    )


def _render(lane: str, resumed: bool, certificate: bool) -> str:
    return listening_view(lane_visit(lane, client_certificate=certificate,
                                     resumed=resumed)).html

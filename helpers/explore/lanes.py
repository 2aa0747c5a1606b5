"""The same visit in three protocols, side by side."""

from __future__ import annotations

from helpers.experiments.lanes import LANE_NAMES, lane_visit
from helpers.show import lanes_view

from .controls import Choice, Toggle
from .explorer import Explorer

VISITS = {"the first visit": False, "back with a ticket": True}
GROUPS = {"the client's guess fits": False, "the server wants another group": True}


def compare_three_lanes() -> Explorer:
    """TLS 1.2 with RSA, TLS 1.2 with ECDHE and TLS 1.3, each a real handshake."""
    return Explorer(
        "Three lanes",
        {
            "resumed": Choice("This is", VISITS, style="buttons"),
            "retry": Choice("Key exchange", GROUPS, style="buttons"),
            "certificate": Toggle("The server asks for a client certificate"),
        },
        _render,
        question="TLS 1.3 needs fewer round trips than TLS 1.2. Which settings take the whole "
        "lead away? And in which lane does everybody see who the client is?",
    )


def _render(resumed: bool, retry: bool, certificate: bool) -> str:
    return lanes_view({
        name: lane_visit(lane, client_certificate=certificate, resumed=resumed, retry=retry)
        for lane, name in LANE_NAMES.items()}).html

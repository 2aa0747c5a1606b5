"""Cases made from recordings: what a lesson's exercises ask about, from real conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpers.conversation import Conversation
from helpers.sources import load

from .model import Case


def randoms(visit: Conversation) -> tuple[bytes, bytes]:
    """The client random and the server random of a recording."""
    return visit.find("client_hello").parsed.random, visit.find("server_hello").parsed.random


def from_recordings(names: Sequence[str], make: Callable[[Conversation], tuple[Any, tuple]],
                    ) -> Callable[[], list[Case]]:
    """One Case a recording, made when it is needed: `make` gives (expected, arguments)."""
    def cases() -> list[Case]:
        visits = [load(name) for name in names]
        return [Case(*make(visit), visit.title) for visit in visits]

    return cases

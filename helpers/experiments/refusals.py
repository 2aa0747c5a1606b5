"""Asking a library to do what it may refuse: its answer as a value, not as a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def asked(action: Callable[..., Any], *args: Any) -> Any:
    """What `action(*args)` gives, or the words "refused: ValueError". Other errors come through.

    The library's own sentence is left out: it does not always name the real reason."""
    try:
        return action(*args)
    except ValueError:
        return "refused: ValueError"

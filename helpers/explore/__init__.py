"""Widgets: controls plus a pure function from their values to HTML.

`Explorer` is the one pattern (explorer.py), `Choice`, `Number`, `Toggle` and `Typed` its controls.
This folder alone imports ipywidgets, and it knows no TLS: what a widget shows comes from show/
and experiments/. To add a widget, write `explore/<module>.py` with a function that needs no
arguments and returns an Explorer, import it here, and name it in `WIDGETS`; a test then drives
every control of it through every value.
"""

from .controls import Choice, Number, Toggle, Typed
from .explorer import Explorer
from .flip import flip_a_byte
from .negotiate import agree_on_a_suite
from .steal import steal_the_key

WIDGETS: tuple[str, ...] = ("agree_on_a_suite", "flip_a_byte", "steal_the_key")

__all__ = [
    "WIDGETS",
    "Choice",
    "Explorer",
    "Number",
    "Toggle",
    "Typed",
    "agree_on_a_suite",
    "flip_a_byte",
    "steal_the_key",
]

"""How an attempt to make two ends worse than they are went."""

from __future__ import annotations

from html import escape

from helpers.experiments.downgrade import GROUP, MARKER, NOTHING, Downgrade
from helpers.tls.registry import NamedGroup, ProtocolVersion

from .figure import Cell, Html, Table
from .ladder import ladder
from .look import chip, panel
from .values import name_in, quoted

_DOES = {NOTHING: "nothing", GROUP: "she gives the post-quantum group in ClientHello a number that "
         "nobody knows", "version": "she gives the extension supported_versions in ClientHello a "
         "number that nobody knows"}
_DOES[MARKER] = f"{_DOES['version']}; and she overwrites the last 8 bytes of the server's random"
_TONES = {"nobody": "good", "client": "client", "server": "server"}


def downgrade_view(result: Downgrade) -> Html:
    """What Mallory changed, what the server chose, the end of its random, who noticed and why."""
    group = name_in(NamedGroup, result.group) if result.group else "no group (RSA key exchange)"
    rows = [["Mallory does", _DOES[result.attack]],
            ["the server chooses", f"{name_in(ProtocolVersion, result.version)}, {group}"],
            ["end of its random, as sent", _tail(result.tails[0])],
            ["the same, as it arrives", _tail(result.tails[1],
                                              changed=result.tails[0] != result.tails[1])]]
    table = Table("An attempt to make it worse", ["what", "in this run"], rows, wide=True)
    rungs = ladder(result.conversation, compact=True)
    html = (panel(f"{chip(result.sentence, _TONES[result.noticed])} {escape(result.why)}")
            + table.html + rungs.html)
    return Html(html, f"{result.sentence} {result.why}\n{table.text}\n{rungs.text}")


def _tail(data: bytes, *, changed: bool = False) -> Cell:
    text = f"{data.hex(' ')}  {quoted(data)}" if data.startswith(b"DOWN") else data.hex(" ")
    return Cell(f"changed: {text}" if changed else text, "changed" if changed else None, mono=True)

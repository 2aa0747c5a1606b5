"""One try at opening an encrypted record: what went in, and what came out or why not."""

from __future__ import annotations

from html import escape

from helpers.experiments.records import Opening

from .figure import Cell, Html, Table
from .look import chip, panel
from .sealed import readable

_MOST = 60  # letters of a content that are shown


def opening_view(found: Opening) -> Html:
    """The nonce and the additional data of the try, and the content with its type."""
    rows = [["nonce", Cell(found.nonce.hex(" "), mono=True)],
            ["additional data", Cell(found.additional.hex(" ") or "none", mono=True)],
            ["ciphertext and tag", Cell(_short(found.record[5:].hex(" ")), mono=True)]]
    if found.inner is None:
        verdict, name = "refused: InvalidTag", "trouble"
        said = "One ingredient is not the one it was sealed with. Which one, the tag does not say."
    else:
        verdict, name = f"opened: {found.kind}", "good"
        said = f"{len(found.content)} bytes of content, then one byte for their type."
        rows.append(["content", Cell(_short(readable(found.content)), "secret", mono=True)])
    table = Table("What goes into AES-GCM, and what comes out", ["what", "bytes"], rows)
    return Html(panel(f"{chip(verdict, name)} {escape(said)}") + table.html,
                f"{verdict}. {said}\n{table.text}")


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST].rstrip() + " ..."

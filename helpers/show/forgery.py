"""A forged order: the bytes that were sent, the tag, and the shop's answer."""

from __future__ import annotations

from html import escape

from helpers.experiments.forgery import ORDER, Forgery

from .figure import Html
from .hexdump import hex_view
from .look import chip, code, panel
from .values import count


def forgery_view(forgery: Forgery) -> Html:
    """What Mallory sends, piece by piece, and whether the shop takes it."""
    ends = [len(ORDER), len(ORDER) + len(forgery.glue), len(forgery.order)]
    marks = {"the padding of the old hash": (ends[0], ends[1]),
             "what was added": (ends[1], ends[2])}
    dump = hex_view(forgery.order, mark={name: ends for name, ends in marks.items()
                                         if ends[0] < ends[1]}, tone="changed")
    answer = "the shop accepts" if forgery.accepted else "the shop refuses"
    verdict = chip(answer, "good" if forgery.accepted else "trouble")
    sent = f"Mallory sends an order of {count(len(forgery.order), 'byte')}"
    tag = forgery.tag.hex()
    html = (panel(f"{verdict} {escape(forgery.why)}") + panel(
        f"{sent}, and a tag made from the old one:<br>{code(tag)}") + dump.html)
    return Html(html, f"{answer}. {forgery.why}\n{sent}, tag {tag}:\n{dump.text}")

"""A visit of our own client to our own server: how it ended, in a sentence and a ladder."""

from __future__ import annotations

from html import escape

from helpers.conversation import CLIENT, SERVER
from helpers.experiments.own12 import OwnVisit
from helpers.tls.registry import CipherSuite, ContentType, name_of

from .figure import Html
from .ladder import ladder
from .look import chip, panel


def own_view(visit: OwnVisit) -> Html:
    """Agreed, or who said no, after which message, with which alert, and how much of the request
    had left by then; below it the ladder."""
    words, tone = _verdict(visit), "good"
    lines = [_asked(visit)]
    if visit.stopped_by:
        tone = "trouble"
        lines.insert(0, f"In its own words: {visit.why}.")
    rungs = ladder(visit.conversation, compact=True)
    parts = [chip(words, tone), *map(escape, lines)]
    html = panel("".join(f'<div style="margin:2px 0;">{part}</div>' for part in parts)) + rungs.html
    return Html(html, "\n".join([words, *lines, rungs.text]))


def _verdict(visit: OwnVisit) -> str:
    if visit.stopped_by:
        other = SERVER if visit.stopped_by == CLIENT else CLIENT
        return f"the {visit.stopped_by} stops at the {other}'s {visit.after}: {visit.alert}"
    suite = visit.conversation.find("server_hello").parsed.cipher_suite
    return f"connected: {name_of(CipherSuite, suite)}"


def _asked(visit: OwnVisit) -> str:
    """Whether the request left."""
    left = any(message.content_type == ContentType.application_data and message.sender == CLIENT
               for message in visit.conversation.messages)
    return "The request left, encrypted." if left else "No byte of the request has left."

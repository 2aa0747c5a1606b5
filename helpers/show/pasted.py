"""What came of a pasted chain."""

from __future__ import annotations

from html import escape

from helpers.experiments.pasted import Pasted

from .figure import Html
from .look import chip, panel
from .verdicts import checklist, opinions, sent_chain


def pasted_view(found: Pasted) -> Html:
    """The problem in one sentence, or the chain with all that is said of it."""
    if found.problem:
        return Html(panel(f"{chip('cannot be judged', 'changed')} {escape(found.problem)}"),
                    f"cannot be judged: {found.problem}")
    chain = sent_chain(found.chain, host=found.host, time=found.time, roots=())
    lines = checklist(found.comparison.ours)
    three = opinions(found.comparison)
    return Html(three.html + chain.html + lines.html,
                f"{three.text}\n{chain.text}\n{lines.text}")

"""Watching a long search: one line that says how far it is, and a stop that loses nothing.

The line is a widget that changes through its comm, so a notebook keeps no trace of the way there.
What is kept is what the search came to: the same sentence on every run that was not stopped.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from html import escape
from typing import Any

import ipywidgets
from IPython.display import display

from helpers.progress import Progress
from helpers.show import Html
from helpers.show.figure import FOLDED
from helpers.show.look import panel, tone

PAUSE = 0.1  # seconds between two changes of the line: no eye is faster
HOW = "To stop it: Kernel, then Interrupt Kernel."


class Stopped:
    """What `watch` gives back when it was interrupted: false, and knows how far it came."""

    def __init__(self, last: Progress) -> None:
        self.last = last

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"stopped after {said(self.last)}"


class Line(ipywidgets.HTML):
    """The live line. Where no kernel runs it is the title alone."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.tell(Progress(0))

    def end(self, words: str, name: str = "plain") -> None:
        """Make way for the sentence that stays."""
        self.layout.display = "none"
        display(Html(panel(escape(words), name), words))

    def tell(self, now: Progress, left: float | None = None) -> None:
        """Show how far it is, with a bar where the end is known."""
        words = f"{escape(self.title)}: {escape(said(now))}"
        if left is not None and left >= 1:
            words += f", about {left:.0f} s left"
        self.value = panel(f"{words}{_bar(now)}<div>{HOW}</div>", "quiet")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        html = panel(f"{escape(self.title)}. Run this cell to watch it at work.", "quiet")
        bundle["text/html"] = FOLDED + html
        bundle["text/plain"] = f"[progress: {self.title}]"
        return bundle


def watch(search: Generator[Progress, None, Any], *, title: str = "Searching") -> Any:
    """Run `search`, a generator that yields Progress, and show how far it is; gives its result.

    Interrupting the kernel ends it with a sentence; then a Stopped comes back. What the search
    raises comes through. Raises TypeError for what is no generator.
    """
    if not hasattr(search, "send"):
        raise TypeError(f"watch needs a generator that yields Progress, not {search!r:.60}")
    line, last, began = Line(title), Progress(0), time.monotonic()
    display(line)
    shown = began
    try:
        while True:
            last = Progress(*next(search))
            now = time.monotonic()
            if now - shown >= PAUSE:
                line.tell(last, _left(last, now - began))
                shown = now
    except StopIteration as end:
        line.end(f"{title}: done, after {said(last)}." if last.done else f"{title}: done.")
        return end.value
    except KeyboardInterrupt:
        search.close()
        so_far = f"{title}: you stopped it after {said(last)}."
        line.end(f"{so_far} Run it again to start afresh.", "trouble")
        return Stopped(last)


def said(now: Progress) -> str:
    """How far it is, in words: "1,000 of 65,536 steps (2 %), nothing yet"."""
    words = f"{now.done:,} {'step' if now.done == 1 else 'steps'}"
    if now.total:
        words = f"{now.done:,} of {now.total:,} steps ({100 * now.done // now.total} %)"
    return f"{words}, {now.note}" if now.note else words


def _left(now: Progress, spent: float) -> float | None:
    if not now.total or not now.done or spent < 1:
        return None
    return spent * (now.total - now.done) / now.done


def _bar(now: Progress) -> str:
    if not now.total:
        return ""
    part = min(100, 100 * now.done // now.total)
    look = tone("client")
    return (
        f'<div style="border:1px solid {look.line};height:8px;margin-top:4px;" aria-hidden="true">'
        f'<div style="background-color:{look.line};color:{look.line};height:8px;width:{part}%;">'
        "</div></div>"
    )


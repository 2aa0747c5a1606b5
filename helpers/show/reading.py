"""What an eavesdropper reads in several visits, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.conversation import Conversation
from helpers.experiments.reading import Reading, readings

from .figure import Cell, Html, Table
from .ladder import ladder
from .look import chip, panel


def what_shows(visits: Mapping[str, Conversation]) -> Table:
    """A column for each Conversation, by name; dark cells say so in words. Any Conversation will
    do, one with Encrypted Client Hello as well. Raises ValueError as `readings` does."""
    found = {name: {item.what: item for item in readings(talk)} for name, talk in visits.items()}
    order: list[str] = []
    for items in found.values():  # a line that only one visit has stands where that one has it
        last = -1
        for what in items:
            if what not in order:
                order.insert(last + 1, what)
            last = order.index(what)
    return Table("What somebody who only listens reads", ["what", *visits],
                 [[what, *(_cell(items.get(what)) for items in found.values())]
                  for what in order], wide=True)


def listening_view(conversation: Conversation) -> Html:
    """One visit: what is dark, what is not, and the ladder as the eavesdropper sees it."""
    table, rungs = what_shows({"she reads": conversation}), ladder(conversation, locked=True,
                                                                  compact=True)
    dark = sum(item.dark for item in readings(conversation))
    said = f"{dark} of {len(table.rows)} lines are dark."
    return Html(panel(chip(said, "eavesdropper")) + table.html + rungs.html,
                f"{said}\n{table.text}\n{rungs.text}")


def _cell(item: Reading | None) -> Cell:
    if item is None:
        return Cell("does not apply")
    return Cell(f"dark: {item.said}" if item.dark else item.said,
                "eavesdropper" if item.dark else None)

"""Finding what can be moved in a live widget, and moving it by keyboard.

Nothing here knows a lesson: a widget is whatever the notebook says is interactive, a grip is a
control in it, and a grip works when a key on it changes what the widget shows.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as NothingChanged

from .lab_page import LabPage

KEYS = {
    "input[type=number]": ("ArrowUp", "ArrowDown"),
    "select": ("ArrowDown", "ArrowUp"),
    ".widget-radio-box": ("Space", "Space"),
    "input[type=checkbox]": ("Space", "Space"),
    "input[type=text]": ("1", "Backspace"),
}
# A key that has changed nothing after so many seconds changes nothing; when no control seems to
# work, all are tried once more with patience, for the machine may be busy.
PATIENCE = (1, 8)
GRIPS = """widget => {
  const kinds = %s, counts = {};
  return [...widget.querySelectorAll(kinds.join(','))].filter(one => one.checkVisibility())
    .map(one => kinds.find(kind => one.matches(kind)))
    .map(kind => [kind, (counts[kind] = (counts[kind] ?? -1) + 1)]);
}""" % list(KEYS)  # noqa: UP031
DEAD_END = """([element, key]) => {
  if (element.matches('select'))
    return element.selectedIndex === (key === 'ArrowDown' ? element.options.length - 1 : 0);
  if (element.matches('input[type=number]'))
    return element.value === (key === 'ArrowUp' ? element.max : element.min);
  return false;
}"""


@dataclass(frozen=True)
class Grip:
    """The `index`-th control of a kind in the widget of a cell, with a key each way."""

    cell_id: str
    kind: str
    index: int

    def where(self, lab: LabPage) -> Locator:
        """What has the focus: of radio buttons the first that is not chosen."""
        found = lab.output(self.cell_id).locator(f".course-explorer {self.kind}").nth(self.index)
        return found.locator("input:not(:checked)").first if "radio" in self.kind else found

    def move(self, lab: LabPage, way: int = 0, seconds: float = PATIENCE[-1]) -> str:
        """Press its key, or the other where it is at its end; what the widget shows then.

        Raises playwright's TimeoutError when the key changed nothing.
        """
        return lab.press(self.cell_id, self.where(lab), self.key(lab, way), seconds)

    def key(self, lab: LabPage, way: int = 0) -> str:
        """The key for way 0 or 1; the other one where this one has come to its end."""
        keys = KEYS[self.kind]
        at_its_end = self.where(lab).evaluate(
            f"(element, key) => ({DEAD_END})([element, key])", keys[way % 2]
        )
        return keys[(way + at_its_end) % 2]


def grips(lab: LabPage, cell_id: str) -> list[Grip]:
    """The controls of a cell's widget, in their order on the page."""
    found = lab.output(cell_id).locator(".course-explorer").first.evaluate(GRIPS)
    return [Grip(cell_id, kind, index) for kind, index in found]


def working_grip(lab: LabPage, cell_id: str, moves: int = 2) -> Grip | None:
    """The first control that changes what the widget shows, moved there and back (or there)."""
    for seconds in PATIENCE:
        for grip in grips(lab, cell_id):
            try:
                for way in range(moves):
                    grip.move(lab, way, seconds)
            except NothingChanged:
                continue
            return grip
    return None

"""What `check` returns: one of three states, in words, with an icon and a colour besides."""

from dataclasses import dataclass
from html import escape
from typing import Literal

from helpers.show import View
from helpers.show.look import panel

State = Literal["not started", "not yet", "passed"]
_SIGN = {
    "not started": ("○", "Not started", "quiet"),
    "not yet": ("✗", "Not yet", "trouble"),
    "passed": ("✓", "Passed", "good"),
}


@dataclass(frozen=True, repr=False)
class Report(View):
    """The state of one exercise. `details` are (label, sentence); a label may be empty.

    `hint` is the hint of the known mistake, if it was one; `fault` tells that the course itself
    went wrong, not the learner.
    """

    state: State
    title: str
    details: tuple[tuple[str, str], ...]
    hint: str = ""
    fault: bool = False

    @property
    def lines(self) -> list[tuple[str, str]]:
        """All lines under the heading."""
        return [*self.details, *([("Hint", self.hint)] if self.hint else [])]

    @property
    def text(self) -> str:
        sign, words, _ = _SIGN[self.state]
        lines = [f"  {label}: {said}" if label else f"  {said}" for label, said in self.lines]
        return "\n".join([f"{sign} {words}: {self.title}", *lines])

    @property
    def html(self) -> str:
        sign, words, tone = _SIGN[self.state]
        rows = "".join(
            '<div style="margin-top:3px;overflow-wrap:anywhere;">'
            + (f"<strong>{escape(label)}:</strong> " if label else "")
            + f"{escape(said)}</div>"
            for label, said in self.lines
        )
        head = (
            f'<strong><span aria-hidden="true">{sign}</span> {words}: {escape(self.title)}</strong>'
        )
        return panel(head + rows, tone)

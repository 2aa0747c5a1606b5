"""What stands in for an Explorer where no kernel runs: plain HTML without scripts, and a line."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Protocol

from helpers.show.look import panel

from .controls import NOTHING_YET, Choice, Control

HOW = "Run this cell to use the controls: click here, then press Shift+Enter."


class Shown(Protocol):
    """The parts of an Explorer that a still picture needs."""

    title: str
    question: str | None
    controls: Mapping[str, Control]
    values: Mapping[str, Any]
    value_html: str


def heading(title: str, question: str | None) -> str:
    """Title and question on a panel of their own."""
    asked = f'<div style="margin-top:2px;">{escape(question)}</div>' if question else ""
    return panel(f"<strong>{escape(title)}</strong>{asked}", "quiet")


def sorry(error: Exception) -> str:
    """One sentence for a picture that could not be drawn, and what to do about it."""
    said = f"{type(error).__name__}: {error}"[:200]
    return panel(
        "<strong>This picture could not be drawn for these settings.</strong> Choose other "
        "settings, or run the cell again to start afresh. The reason, for whoever mends it: "
        f"{escape(said)}",
        "trouble",
    )


def still(explorer: Shown, notes: Mapping[str, str]) -> str:
    """The Explorer as it is now: question, each control with its value, notes and picture."""
    rows = ""
    for name, control, earlier in _in_order(explorer):
        rows += f'<li style="margin:4px 0;">{_control(control, explorer.values[name], earlier)}'
        rows += notes.get(name, "") + "</li>"
    told = f'<div style="margin-top:6px;">{HOW}</div>'
    listed = f'<ul style="list-style:none;margin:4px 0;padding-left:0;">{rows}</ul>'
    return heading(explorer.title, explorer.question) + panel(listed + told) + explorer.value_html


def summary(explorer: Shown) -> str:
    """The same in one line of plain text."""
    settings = "; ".join(
        f"{control.label}: {control.read(explorer.values[name], earlier)}"
        for name, control, earlier in _in_order(explorer)
    )
    question = f" {explorer.question}" if explorer.question else ""
    return f"[interactive: {explorer.title}]{question} ({settings})"


def _in_order(explorer: Shown) -> Iterator[tuple[str, Control, dict[str, Any]]]:
    earlier: dict[str, Any] = {}
    for name, control in explorer.controls.items():
        yield name, control, dict(earlier)
        earlier[name] = explorer.values[name]


def _control(control: Control, value: Any, earlier: Mapping[str, Any]) -> str:
    label = f"{escape(control.label)}: <strong>{escape(control.read(value, earlier))}</strong>"
    if isinstance(control, Choice) and control.style == "radio":
        options = "".join(f"<li>{escape(text)}</li>" for text, _ in control.pairs(earlier))
        if control.read(value, earlier) == NOTHING_YET:
            label = escape(control.label)
        return f'{label}<ul style="margin:2px 0;padding-left:22px;">{options}</ul>'
    return f"{label} ({escape(control.about(earlier))})"

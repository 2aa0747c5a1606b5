"""The ipywidgets side of a control: built once, then only moved.

Each handle has a `widget` to show, tells the Explorer through `moved(value)` when a learner moves
it, and follows with `show(value, earlier)` when the Explorer decides what it now is.

Radio buttons stand for "buttons" too: the toggle buttons of ipywidgets tell a screen reader
nothing about which of them is pressed.
"""

from collections.abc import Callable
from typing import Any, Protocol

import ipywidgets

from .controls import Choice, Control, Number, Toggle, Typed, Values
from .keyboard import LISTENER

# ipywidgets writes in 13 pixels (less than 10 pt), gives a radio option one line of fixed height
# and cuts the rest off, and gives a slider's handle no name: the labelled box beside it does all
# that the handle does, so the handle is for the mouse only. What is hidden cannot have the focus
# and is not read out; its touch area, which is shown, can still be dragged.
STYLE = f'<style onload="{LISTENER}">' + """
.course-explorer {max-width: 700px; --jp-widgets-font-size: 14px;}
.course-explorer .widget-inline-hbox .widget-label {min-width: 130px; max-width: none;
  flex-shrink: 0; text-align: left;}
.course-explorer .widget-radio .widget-label {width: auto !important; max-width: none;
  height: auto; white-space: normal; text-align: left; line-height: 1.4;
  padding: 4px 0 4px 2px; display: block; font-size: 14px; font-weight: 600;}
.course-explorer .course-row {display: flex; align-items: center;}
.course-explorer .course-row .widget-label {min-width: 130px; margin-right: 8px; font-weight: 400;}
.course-explorer .course-row .widget-radio-box {width: auto; margin-bottom: 0 !important;}
.course-explorer .widget-radio-box {margin-bottom: 4px !important;}
.course-explorer .widget-radio-box label {height: auto; line-height: 1.4; font-size: 14px;
  margin: 2px 0; padding: 3px 0 3px 24px; position: relative; white-space: normal;}
.course-explorer .widget-radio-box-horizontal {flex-wrap: wrap;}
.course-explorer .widget-radio-box-horizontal label {margin-right: 16px;}
.course-explorer .widget-radio-box input {position: absolute; left: 2px; top: 6px; height: 14px;
  width: 14px; margin: 0; float: none;}
.course-explorer select, .course-explorer select option {background-color: #FFFFFF;
  color: #1B1F24;}
.course-explorer .widget-html-content {line-height: 1.45; white-space: normal; overflow: visible;}
.course-explorer .slider-container {padding-right: 10px;}
.course-explorer .noUi-handle {visibility: hidden;}
.course-explorer .noUi-touch-area {visibility: visible; box-sizing: border-box; width: 16px;
  height: 16px; border: 2px solid #5F6368; border-radius: 50%; background-color: #FFFFFF;}
.course-explorer input:focus-visible, .course-explorer select:focus-visible {
  outline: 2px solid #0072B2; outline-offset: 2px;}
</style>"""
_WIDE = {"description_width": "initial"}


class Handle(Protocol):
    """A live control."""

    widget: ipywidgets.Widget

    def show(self, value: Any, earlier: Values) -> None:
        """Make the widget show `value`; it may fire `moved` while it does."""


def handle(control: Control, moved: Callable[[Any], None]) -> Handle:
    """Build the live form of `control`."""
    if isinstance(control, Choice):
        return _ChoiceHandle(control, moved)
    if isinstance(control, Number):
        return _NumberHandle(control, moved)
    if isinstance(control, Toggle):
        return _ToggleHandle(control, moved)
    return _TypedHandle(control, moved)


class _ChoiceHandle:
    def __init__(self, control: Choice, moved: Callable[[Any], None]) -> None:
        self._control, self._values = control, []
        layout = ipywidgets.Layout(width="max-content", max_width="100%")
        kind: Any = ipywidgets.Dropdown
        more: dict[str, Any] = {}
        if control.style != "dropdown":
            kind = ipywidgets.RadioButtons
            row = control.style == "buttons"
            more = {"orientation": "horizontal" if row else "vertical"}
            layout = ipywidgets.Layout(width="auto", flex_flow="row wrap" if row else "column")
        self.widget = kind(description=control.label, style=_WIDE, layout=layout, **more)
        if control.style == "buttons":
            self.widget.add_class("course-row")  # the label stands in the row of its options
        self.widget.observe(self._on_index, "index")
        self._moved = moved

    def _on_index(self, change: dict[str, Any]) -> None:
        index = change["new"]
        self._moved(None if index is None else self._values[index])

    def show(self, value: Any, earlier: Values) -> None:
        pairs = self._control.pairs(earlier)
        self._values = [known for _, known in pairs]
        labels = tuple(label for label, _ in pairs)
        if tuple(self.widget.options) != labels:
            self.widget.options = labels
        matches = (index for index, known in enumerate(self._values) if known == value)
        self.widget.index = next(matches, None)


class _NumberHandle:
    """A labelled box to type in, and a slider beside it for a quick sweep with the mouse."""

    def __init__(self, control: Number, moved: Callable[[Any], None]) -> None:
        self._control = control
        whole = control.whole
        box = ipywidgets.BoundedIntText if whole else ipywidgets.BoundedFloatText
        slider = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        self._box = box(
            description=control.label,
            step=control.step,
            style=_WIDE,
            layout=ipywidgets.Layout(width="max-content", flex="0 0 auto"),
        )
        self._slider = slider(
            step=control.step,
            readout=False,
            tooltip=control.label,
            layout=ipywidgets.Layout(width="auto", min_width="120px", flex="1 1 auto"),
        )
        self.widget = ipywidgets.HBox([self._box, self._slider])
        for part in (self._box, self._slider):
            part.observe(lambda change: moved(change["new"]), "value")

    def show(self, value: float, earlier: Values) -> None:
        low, high = self._control.bounds(earlier)
        for part in (self._box, self._slider):
            if low > part.max:
                part.max = high
            part.min, part.max = low, high
            part.value = value


class _ToggleHandle:
    def __init__(self, control: Toggle, moved: Callable[[Any], None]) -> None:
        self.widget = ipywidgets.Checkbox(
            description=control.label,
            indent=False,
            style=_WIDE,
            layout=ipywidgets.Layout(width="auto"),
        )
        self.widget.observe(lambda change: moved(change["new"]), "value")

    def show(self, value: bool, earlier: Values) -> None:
        self.widget.value = value


class _TypedHandle:
    def __init__(self, control: Typed, moved: Callable[[Any], None]) -> None:
        self.widget = ipywidgets.Text(
            description=control.label, style=_WIDE, layout=ipywidgets.Layout(width="auto")
        )
        self.widget.observe(lambda change: moved(change["new"]), "value")

    def show(self, value: str, earlier: Values) -> None:
        self.widget.value = value

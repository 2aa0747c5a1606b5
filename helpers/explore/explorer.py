"""The Explorer: some controls, and a picture that follows them.

`render(**values)` is a pure function from the controls' values to HTML (or to a View from show/),
so a test can call it with every combination and no browser. The live widget only ever sets the
`.value` of an HTML widget: `interact` and `Output` would not survive a saved notebook or nbval.
A notebook that is opened without a kernel shows the still picture instead (still.py).

It knows no TLS, and it does not check that `render` is pure.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ipywidgets

from helpers.show.figure import FOLDED

from .combine import combinations
from .controls import Control, settle
from .panel import STYLE, handle
from .still import heading, sorry, still, summary

Render = Callable[..., Any]


class Explorer(ipywidgets.VBox):
    """Controls and the picture they move.

    `controls` maps the names of `render`'s parameters to controls; one may depend on those before
    it. `question` is what the learner should find out. `notes` maps a control's name to a
    function of all values whose HTML stands right below that control. `on_change` is called with
    the values whenever a learner moved something, never at the start.
    """

    def __init__(
        self,
        title: str,
        controls: Mapping[str, Control],
        render: Render,
        *,
        question: str | None = None,
        notes: Mapping[str, Render] | None = None,
        on_change: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self.title, self.question, self.controls = title, question, dict(controls)
        self._render, self._notes, self._on_change = render, dict(notes or {}), on_change
        if unknown := set(self._notes) - set(self.controls):
            raise ValueError(f"notes for controls that do not exist: {sorted(unknown)}")
        self.values = settle(self.controls, {})
        self._following = False
        self._view = ipywidgets.HTML()
        self._note_views = {name: ipywidgets.HTML() for name in self._notes}
        self._handles = {
            name: handle(control, lambda value, name=name: self._moved(name, value))
            for name, control in self.controls.items()
        }
        self._follow()
        super().__init__(children=self._rows())
        self.add_class("course-explorer")

    def _rows(self) -> list[ipywidgets.Widget]:
        rows: list[ipywidgets.Widget] = [
            ipywidgets.HTML(STYLE + heading(self.title, self.question))
        ]
        for name, control in self._handles.items():
            rows.append(control.widget)
            if name in self._note_views:
                rows.append(self._note_views[name])
        return [*rows, self._view]

    def set(self, name: str, value: Any) -> None:
        """Move the live control `name`, as a learner would; a value out of bounds is settled.

        Raises KeyError for a control that does not exist.
        """
        if name not in self.controls:
            raise KeyError(f"no control {name!r}; there are: {', '.join(self.controls)}")
        self._moved(name, value)

    def _moved(self, name: str, value: Any) -> None:
        if self._following:
            return  # the Explorer itself is moving this control
        before = self.values
        self.values = settle(self.controls, {**self.values, name: value})
        self._follow()
        if self._on_change is not None and self.values != before:
            self._on_change(dict(self.values))

    def _follow(self) -> None:
        """Make picture and controls show `self.values`; the picture first, it is waited for."""
        self._view.value = self._drawn(self._render, self.values)
        for name, view in self._note_views.items():
            view.value = self._drawn(self._notes[name], self.values)
        self._following = True
        try:
            earlier: dict[str, Any] = {}
            for name, value in self.values.items():
                self._handles[name].show(value, dict(earlier))
                earlier[name] = value
        finally:
            self._following = False

    def _drawn(self, render: Render, values: Mapping[str, Any]) -> str:
        try:
            drawn = render(**values)
            return getattr(drawn, "html", drawn) or ""
        except Exception as error:
            return sorry(error)

    @property
    def value_html(self) -> str:
        """The picture that is on screen now."""
        return self._view.value

    def render_with(self, **values: Any) -> str:
        """The picture for these values (start values for the others), moving nothing."""
        if unknown := set(values) - set(self.controls):
            raise KeyError(f"no control called {sorted(unknown)}")
        return self._drawn(self._render, settle(self.controls, values))

    def note_with(self, name: str, **values: Any) -> str:
        """The note below the control `name` for these values, moving nothing."""
        return self._drawn(self._notes[name], settle(self.controls, values))

    def combinations(self, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Every combination of values, or about `limit` of them (see combine.py)."""
        return combinations(self.controls, limit)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        notes = {name: view.value for name, view in self._note_views.items()}
        bundle["text/html"] = FOLDED + still(self, notes)
        bundle["text/plain"] = summary(self)
        return bundle

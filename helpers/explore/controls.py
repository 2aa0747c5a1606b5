"""What a learner can change: the four kinds of control, as plain data without any widget.

A control may depend on those before it: `options`, `low` and `high` may be functions of a dict
with the values of the earlier controls. Whatever value it is offered, `settle` returns one that
is allowed: the same if it can, else the nearest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

Values = Mapping[str, Any]
NOTHING_YET = "nothing chosen yet"
_FIRST = object()


def _now(thing: Any, earlier: Values) -> Any:
    return thing(earlier) if callable(thing) else thing


@dataclass(frozen=True)
class Choice:
    """One of several options: a list of values, a dict of label to value, or a function of these.

    `style` is "dropdown", "radio" (one below the other) or "buttons" (radio buttons in a row).
    `value` is the first choice; `value=None` means that nothing is chosen at first. Raises
    ValueError when labels are not distinct.
    """

    label: str
    options: Sequence[Any] | Mapping[str, Any] | Callable[[Values], Any]
    _: KW_ONLY
    style: str = "dropdown"
    value: Any = _FIRST

    def __post_init__(self) -> None:
        if self.style not in ("dropdown", "radio", "buttons"):
            raise ValueError(f"no style {self.style!r}; it is dropdown, radio or buttons")

    def pairs(self, earlier: Values) -> list[tuple[str, Any]]:
        """The options now, as (label, value)."""
        options = _now(self.options, earlier)
        if isinstance(options, Mapping):
            return [(str(label), value) for label, value in options.items()]
        pairs = [(str(value), value) for value in options]
        if len({label for label, _ in pairs}) != len(pairs):
            raise ValueError(f"{self.label!r} has two options that read the same")
        return pairs

    def domain(self, earlier: Values) -> list[Any]:
        """Every value it can have now."""
        values = [value for _, value in self.pairs(earlier)]
        return values if values and self.value is not None else [None, *values]

    def settle(self, value: Any, earlier: Values) -> Any:
        """`value` if it is an option, else the one it starts with, else the first."""
        domain = self.domain(earlier)
        return next(
            (known for wish in (value, self.value) for known in domain if known == wish), domain[0]
        )

    def start(self, earlier: Values) -> Any:
        """The value it has before anyone touches it."""
        return self.settle(self.value, earlier)

    def read(self, value: Any, earlier: Values) -> str:
        """`value` in the words a reader sees."""
        labels = (label for label, known in self.pairs(earlier) if known == value)
        return next(labels, NOTHING_YET)

    def about(self, earlier: Values) -> str:
        """What one may choose from, for readers without the live control."""
        labels = [label for label, _ in self.pairs(earlier)]
        return f"one of: {'; '.join(labels)}" if len(labels) <= 8 else f"one of {len(labels)}"


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high` in steps of `step`: a box to type in and a slider.

    It counts in whole numbers unless one of these is a float (say 0.0 to mean fractions). Raises
    ValueError for a step that is not positive.
    """

    label: str
    low: float | Callable[[Values], float]
    high: float | Callable[[Values], float]
    step: float = 1
    value: float | None = None

    def __post_init__(self) -> None:
        if self.step <= 0:
            raise ValueError(f"the step of {self.label!r} must be positive")

    def bounds(self, earlier: Values) -> tuple[float, float]:
        """Lowest and highest value now (never the wrong way round)."""
        low = _now(self.low, earlier)
        return low, max(low, _now(self.high, earlier))

    @property
    def whole(self) -> bool:
        """Whether it counts in whole numbers."""
        parts = (self.low, self.high, self.step, self.value)
        return not any(isinstance(part, float) for part in parts)

    def domain(self, earlier: Values) -> Sequence[float]:
        """Every value it can have now; a range where all are whole numbers."""
        low, high = self.bounds(earlier)
        if self.whole:
            return range(int(low), int(high) + 1, int(self.step))
        count = int((high - low) / self.step + 1e-9) + 1
        return [round(low + index * self.step, 9) for index in range(count)]

    def settle(self, value: Any, earlier: Values) -> float:
        """The nearest allowed value; the start value where `value` is not a number."""
        domain = self.domain(earlier)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            value = domain[0] if self.value is None else self.value
        place = (min(max(value, domain[0]), domain[-1]) - domain[0]) / self.step
        return domain[min(round(place), len(domain) - 1)]

    def start(self, earlier: Values) -> float:
        """The value it has before anyone touches it."""
        return self.settle(None, earlier)

    def read(self, value: float, earlier: Values) -> str:
        """`value` in the words a reader sees."""
        return f"{value:g}" if isinstance(value, float) else str(value)

    def about(self, earlier: Values) -> str:
        """What one may choose from, for readers without the live control."""
        low, high = self.bounds(earlier)
        return f"from {self.read(low, earlier)} to {self.read(high, earlier)}"


@dataclass(frozen=True)
class Toggle:
    """On or off: a checkbox."""

    label: str
    value: bool = False

    def domain(self, earlier: Values) -> list[bool]:
        """Every value it can have."""
        return [False, True]

    def settle(self, value: Any, earlier: Values) -> bool:
        """`value` as True or False."""
        return self.value if value is None else bool(value)

    def start(self, earlier: Values) -> bool:
        """The value it has before anyone touches it."""
        return self.value

    def read(self, value: bool, earlier: Values) -> str:
        """`value` in the words a reader sees."""
        return "on" if value else "off"

    def about(self, earlier: Values) -> str:
        """What one may choose from, for readers without the live control."""
        return "on or off"


@dataclass(frozen=True)
class Typed:
    """A line of free text; `samples` are further texts that tests type into it."""

    label: str
    value: str = ""
    samples: Sequence[str] = ()

    def domain(self, earlier: Values) -> list[str]:
        """The texts a test tries: the first one, the samples, and nothing at all."""
        return list(dict.fromkeys([self.value, *self.samples, ""]))

    def settle(self, value: Any, earlier: Values) -> str:
        """`value` as text."""
        return self.value if value is None else str(value)

    def start(self, earlier: Values) -> str:
        """The text it has before anyone touches it."""
        return self.value

    def read(self, value: str, earlier: Values) -> str:
        """`value` in the words a reader sees."""
        return f"“{value}”" if value else "empty"

    def about(self, earlier: Values) -> str:
        """What one may type, for readers without the live control."""
        return "any text"


Control = Choice | Number | Toggle | Typed


def settle(controls: Mapping[str, Control], wanted: Values) -> dict[str, Any]:
    """Values for all controls: those in `wanted` where allowed, the start values elsewhere."""
    values: dict[str, Any] = {}
    for name, control in controls.items():
        if name in wanted:
            values[name] = control.settle(wanted[name], dict(values))
        else:
            values[name] = control.start(dict(values))
    return values

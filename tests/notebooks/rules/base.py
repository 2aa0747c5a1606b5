"""What a rule is and how the rules of a module are found."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

from tests.notebooks.lesson import Lesson

Findings = Iterator[tuple[str, str]]
Rule = Callable[[Lesson], Findings]


def collect(*modules: ModuleType) -> dict[str, Rule]:
    """Every public function of the modules, by name with dashes: `no_stderr` is "no-stderr"."""
    rules: dict[str, Rule] = {}
    for module in modules:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                rules[name.replace("_", "-")] = function
    return rules

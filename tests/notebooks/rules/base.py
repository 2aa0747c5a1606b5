"""What a rule is and how the rules of a module are found."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

from tests.notebooks.lesson import Lesson

Findings = Iterator[tuple[str, str]]
Rule = Callable[[Lesson], Findings]


def collect(*modules: ModuleType) -> dict[str, Rule]:
    """Every public generator function of the modules, by its name with dashes for underscores."""
    return {
        name.replace("_", "-"): function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isgeneratorfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }

"""The form of a verdict: True or False."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .forms import NotThisForm
from .words import kind


@dataclass(frozen=True)
class TruthForm:
    """True or False, also numpy's. Nothing else: 0 and "no" are not taken for an answer."""

    def wanted(self) -> str:
        return "True or False"

    def read(self, answer: Any) -> bool:
        if type(answer) is bool or type(answer).__name__ in ("bool_", "bool"):
            return bool(answer)
        bare = " Return it without quotes or str." if isinstance(answer, str) else ""
        raise NotThisForm(f"This asks for True or False, and you gave {kind(answer)}.{bare}")

    def show(self, value: bool) -> str:
        return str(value)

    def fits(self, value: bool) -> bool:
        return True

    def difference(self, expected: bool, got: bool) -> str:
        return ""

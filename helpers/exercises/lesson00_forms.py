"""Lesson 00: forms that say what to do next to somebody who has just begun to program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .forms import IntegerForm, NotThisForm
from .truth import TruthForm
from .words import kind


@dataclass(frozen=True)
class CountForm(IntegerForm):
    """A whole number. `text` and `fraction` are for who gives a text or a broken number."""

    text: str = "In digits, without quotes."
    fraction: str = "Nothing here has to be divided."

    def read(self, answer: Any) -> int:
        try:
            return super().read(answer)
        except NotThisForm:
            given = "bytes" if isinstance(answer, bytes | bytearray) else kind(answer)
            said = f"This asks for a whole number, and you gave {given}."
            raise NotThisForm(f"{said} {self._next(answer)}".strip()) from None

    def _next(self, answer: Any) -> str:
        if isinstance(answer, str):
            return self.text
        if isinstance(answer, float):
            return self.fraction
        if isinstance(answer, bytes | bytearray):
            return "How many bytes are they? len(...) counts them."
        if isinstance(answer, list | tuple):
            return "sum(...) adds up a list of numbers; len(...) says how many they are."
        return "Count, and give the number." if isinstance(answer, bool) else ""


@dataclass(frozen=True)
class VerdictForm(TruthForm):
    """True or False, for a search."""

    def read(self, answer: Any) -> bool:
        if type(answer) is int:
            raise NotThisForm(
                f"This asks for True or False, and you gave {kind(answer)}. `.find` and `.count` "
                "give numbers; `in` says True or False.")
        return super().read(answer)

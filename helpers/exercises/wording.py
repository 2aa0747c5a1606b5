"""Forms made of words and of several parts: TextForm, ChoiceForm, ListForm, FunctionForm."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .forms import Form, NotThisForm
from .words import counted, kind, quoted, shorten

_LONGEST = 10_000


def plain(text: str) -> str:
    """`text` without what does not matter: case, and blanks, - and _ between words.

    >>> plain("TLS_RSA with-AES ") == plain("tls-rsa-with-aes")
    True
    """
    return re.sub(r"[\s_-]+", "", text).strip(".!?'\"“”").casefold()


@dataclass(frozen=True)
class TextForm:
    """Words, read tolerantly; `synonyms` maps other ways of saying it to the expected one."""

    what: str = "a text"
    synonyms: Mapping[str, str] = field(default_factory=dict)

    def wanted(self) -> str:
        return self.what

    def read(self, answer: Any) -> str:
        if isinstance(answer, bytes | bytearray):
            answer = bytes(answer[: _LONGEST + 1]).decode("ascii", "replace")
        if not isinstance(answer, str):
            raise NotThisForm(f"This asks for {self.what}, and you gave {kind(answer)}.")
        if len(answer) > _LONGEST:
            raise NotThisForm(f"This asks for {self.what}; that text is far too long.")
        read = plain(str.__str__(answer))
        same = {plain(other): plain(meant) for other, meant in self.synonyms.items()}
        return same.get(read, read)

    def show(self, value: str) -> str:
        return quoted(value) if value else "an empty text"

    def fits(self, value: str) -> bool:
        return True

    def difference(self, expected: str, got: str) -> str:
        return ""


@dataclass(frozen=True)
class ChoiceForm:
    """One of a few words that the learner was shown."""

    options: Sequence[str]

    def wanted(self) -> str:
        return "one of: " + ", ".join(self.options)

    def read(self, answer: Any) -> str:
        read = TextForm(self.wanted()).read(answer)
        if read not in {plain(option) for option in self.options}:
            raise NotThisForm(f"This asks for {self.wanted()}; you gave {quoted(read)}.")
        return read

    def show(self, value: str) -> str:
        return quoted(value)

    def fits(self, value: str) -> bool:
        return True

    def difference(self, expected: str, got: str) -> str:
        return ""


@dataclass(frozen=True)
class ListForm:
    """Several answers of one form, in order; `ordered=False` for a set. Tuples and sets count."""

    item: Form
    ordered: bool = True
    what: str = "a list"

    def wanted(self) -> str:
        return f"{self.what}, each item {self.item.wanted()}"

    def read(self, answer: Any) -> tuple[Any, ...] | frozenset[Any]:
        allowed = (list, tuple) if self.ordered else (list, tuple, set, frozenset)
        if not isinstance(answer, allowed) or len(answer) > _LONGEST:
            raise NotThisForm(f"This asks for {self.wanted()}, and you gave {kind(answer)}.")
        items = tuple(self.item.read(item) for item in answer)
        return items if self.ordered else frozenset(items)

    def show(self, value: Any) -> str:
        shown = [self.item.show(item) for item in value]
        if not self.ordered:
            shown.sort()
        return (
            shorten(f"{counted(len(shown), 'item')}: " + ", ".join(shown), 120)
            if shown
            else "no items"
        )

    def fits(self, value: Any) -> bool:
        return all(self.item.fits(item) for item in value)

    def difference(self, expected: Any, got: Any) -> str:
        if not self.ordered:
            extra, missing = len(got - expected), len(expected - got)
            return f"{extra} of your items do not belong; {missing} are missing."
        pairs = enumerate(zip(expected, got, strict=False))
        at = next((index for index, (one, two) in pairs if one != two), None)
        if at is None:
            return "It stops too early." if len(got) < len(expected) else "It goes on too long."
        return f"The first difference is at item {at} (the first item is item 0)."


@dataclass(frozen=True)
class FunctionForm:
    """A function of the named `parameters` whose result has the form `returns`."""

    returns: Form
    parameters: Sequence[str]

    def wanted(self) -> str:
        return f"a function ({', '.join(self.parameters)}) that returns {self.returns.wanted()}"

    def read(self, answer: Any) -> Any:
        if not callable(answer):
            raise NotThisForm(
                f"This asks for a function, and you gave {kind(answer)}. Give the function itself, "
                "by its name and without parentheses."
            )
        return answer

    def show(self, value: Any) -> str:
        return self.returns.show(value)

    def fits(self, value: Any) -> bool:
        return self.returns.fits(value)

    def difference(self, expected: Any, got: Any) -> str:
        return self.returns.difference(expected, got)

"""The forms an answer can have, each accepting what means the same and refusing kindly.

A form reads what a learner handed in (`read`, which raises NotThisForm with a sentence for the
learner), says what it wants (`wanted`), shows an answer (`show`), and says where two differ
without giving the right one away (`difference`).
"""

import hashlib
import hmac
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.hazmat.primitives import hashes

from .words import counted, hex_bytes, kind, number, quoted

_LONGEST = 1_000_000
_HASHES = {type(hashlib.new(name)) for name in ("sha256", "sha3_256", "blake2b")}
_HASHES |= {hmac.HMAC, hashes.Hash}


class NotThisForm(Exception):
    """The answer has another form than the one asked for; the message says so kindly."""


class Form(Protocol):
    """What every form can do."""

    def read(self, answer: Any) -> Any: ...

    def wanted(self) -> str: ...

    def show(self, value: Any) -> str: ...

    def fits(self, value: Any) -> bool:
        """Whether there is nothing left to say about the form of a value that was read."""

    def difference(self, expected: Any, got: Any) -> str: ...


@dataclass(frozen=True)
class BytesForm:
    """Bytes: also as hex text (either case; spaces, colons, 0x), a list of numbers, a bytearray,
    and where the length is known, a whole number.

    `length` is only spoken of, so that a known mistake of another length still meets its hint.
    `mixed`: the bytes come out of a hash or a PRF, so where they differ says nothing.
    """

    length: int | None = None
    mixed: bool = False

    def wanted(self) -> str:
        return "bytes" if self.length is None else f"{self.length} bytes"

    def read(self, answer: Any) -> bytes:
        if isinstance(answer, str):
            return _from_hex(str.__str__(answer))
        if isinstance(answer, list | tuple):
            return _from_numbers(answer)
        if isinstance(answer, int):
            if self.length and type(answer) is int and 0 <= answer < 256**self.length:
                return answer.to_bytes(self.length, "big")
            raise NotThisForm(
                f"This asks for {self.wanted()}, and you gave {kind(answer)}. "
                "One index, x[7], gives a number; a slice, x[7:8], gives bytes. Other whole "
                "numbers turn into bytes with .to_bytes(length, 'big')."
            )
        if type(answer) in _HASHES:
            raise NotThisForm(
                f"This asks for {self.wanted()}, and you gave a hash object. It still computes; "
                "its bytes come out with .digest() at the end."
            )
        try:
            view = memoryview(answer)
        except TypeError:
            raise NotThisForm(
                f"This asks for {self.wanted()}, and you gave {kind(answer)}."
            ) from None
        if view.nbytes > _LONGEST or view.ndim != 1:
            raise NotThisForm(
                f"This asks for {self.wanted()}; what you gave does not look like it."
            )
        return view.tobytes() if view.itemsize == 1 else _from_numbers(view.tolist())

    def show(self, value: bytes) -> str:
        return hex_bytes(value)

    def fits(self, value: bytes) -> bool:
        return self.length is None or len(value) == self.length

    def difference(self, expected: bytes, got: bytes) -> str:
        if not self.fits(got):
            return f"You gave {counted(len(got), 'byte')} where {self.length} are wanted."
        if self.mixed:
            return ""
        same = next(
            (at for at, (one, two) in enumerate(zip(expected, got, strict=False)) if one != two),
            min(len(expected), len(got)),
        )
        if same == len(got):
            return f"It stops too early: right as far as it goes ({counted(same, 'byte')})."
        if same == len(expected):
            return f"It goes on too long: from offset {same} on it no longer belongs to the answer."
        if same == 0:
            return "Already the first byte (offset 0) differs."
        return f"The first difference is at offset {same} (the first byte has offset 0)."


def _from_hex(text: str) -> bytes:
    if len(text) > 4 * _LONGEST:
        raise NotThisForm("That text is far too long to be the answer.")
    digits = re.sub(r"0x|\\x|[\s:,;_.-]", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9a-fA-F]*", digits):
        raise NotThisForm(
            f"This asks for bytes, and you gave the text {quoted(text)}, which is not hexadecimal."
        )
    if len(digits) % 2:
        raise NotThisForm(
            f"Every byte is two hexadecimal digits; you gave an odd number of them, {len(digits)}."
        )
    return bytes.fromhex(digits)


def _from_numbers(items: Sequence[Any]) -> bytes:
    if isinstance(items, list):
        items = list.__getitem__(items, slice(None))  # plain: a subclass may iterate for ever
    if len(items) > _LONGEST:
        raise NotThisForm("That is far too long to be the answer.")
    try:
        if any(isinstance(item, bool) for item in items):
            raise TypeError
        return bytes(operator.index(item) for item in items)
    except (TypeError, ValueError):
        raise NotThisForm(
            "A list stands for bytes only when it holds whole numbers from 0 to 255."
        ) from None


@dataclass(frozen=True)
class IntegerForm:
    """A whole number: also numpy's, or text such as "0xc02f" or "49199".

    `units` are words that may stand behind it in a text: "240 ms".
    """

    units: tuple[str, ...] = ()

    def wanted(self) -> str:
        return "a whole number"

    def read(self, answer: Any) -> int:
        if type(answer) is bool or type(answer).__name__ in ("bool_", "bool"):
            raise NotThisForm("This asks for a whole number, and you gave a truth value.")
        if isinstance(answer, str):
            return _from_digits(str.__str__(answer), self.units)
        if isinstance(answer, bytes | bytearray):
            raise NotThisForm(
                f"This asks for a whole number, and you gave {kind(answer)}. "
                "Bytes turn into a number with int.from_bytes(value, 'big')."
            )
        if type(answer) is float and answer.is_integer():
            return int(answer)
        try:
            return int.__pos__(operator.index(answer))  # a plain int, whatever came
        except TypeError:
            raise NotThisForm(
                f"This asks for a whole number, and you gave {kind(answer)}."
            ) from None

    def show(self, value: int) -> str:
        return number(value)

    def fits(self, value: int) -> bool:
        return True

    def difference(self, expected: int, got: int) -> str:
        return ""


def _from_digits(text: str, units: tuple[str, ...] = ()) -> int:
    digits = re.sub(r"[\s_,]", "", text[:200])
    for unit in units:
        digits = digits.removesuffix(unit)
    if len(text) < 200:
        if re.fullmatch(r"[+-]?[0-9]+", digits):
            return int(digits)
        if re.fullmatch(r"0[xX][0-9a-fA-F]+", digits):
            return int(digits, 16)
        if re.fullmatch(r"0[bB][01]+", digits):
            return int(digits, 2)
    raise NotThisForm(
        f"This asks for a whole number, and you gave the text {quoted(text)}. "
        "Hexadecimal begins with 0x."
    )

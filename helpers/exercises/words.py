"""Words for whatever a learner hands in, without running any code that the thing brings along."""

import re
from typing import Any

_SHOWN_BYTES = 16
_HOLDERS = {list: "a list", tuple: "a tuple", dict: "a dict", set: "a set", frozenset: "a set"}


def counted(number: int, thing: str) -> str:
    """How many of a thing: 1 byte, 2 bytes."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def kind(answer: Any) -> str:
    """What sort of thing `answer` is, in a few words; never calls its `__repr__`."""
    sort = type(answer)
    if sort is bool:
        return f"the truth value {answer}"
    if sort is int or sort is float:
        large = sort is int and answer.bit_length() > 64
        return number(answer) if large else f"the number {number(answer)}"
    if sort is str:
        return f"the text {quoted(answer)}" if answer else "an empty text"
    if sort is bytes or sort is bytearray:
        return hex_bytes(bytes(answer))
    if sort in _HOLDERS:
        return f"{_HOLDERS[sort]} of {counted(len(answer), 'item')}"
    if answer is None:
        return "nothing (None)"
    return f"something of type {type_name(answer)}"


def type_name(answer: Any) -> str:
    """The name of the type of `answer`, shortened, whatever a metaclass says."""
    return shorten(str(type.__dict__["__name__"].__get__(type(answer))), 40)


def shorten(text: str, most: int = 60) -> str:
    """`text` in one line of at most `most` characters."""
    readable = text[: 4 * most].encode("utf-8", "replace").decode()  # no lone surrogates
    line = " ".join(readable.split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


def quoted(text: str) -> str:
    """`text`, shortened, in quotation marks."""
    return f"“{shorten(text, 40)}”"


def number(value: float) -> str:
    """A number, shortened; whole numbers in hexadecimal too, as protocols write them."""
    if isinstance(value, int):
        if value.bit_length() > 64:
            return f"a whole number of {value.bit_length()} bits"
        return f"{value} ({value:#x})" if value > 9 else str(value)
    return repr(value)


def hex_bytes(value: bytes) -> str:
    """Bytes as "3 bytes: 16 03 03", only the first 16 of them."""
    if not value:
        return "no bytes at all"
    more = " …" if len(value) > _SHOWN_BYTES else ""
    return f"{counted(len(value), 'byte')}: {value[:_SHOWN_BYTES].hex(' ')}{more}"


def error_words(error: BaseException) -> str:
    """An exception as "KeyError: 'x'", shortened, without memory addresses."""
    try:
        said = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # its __str__ may do anything, SystemExit included
        said = "(its message could not be read)"
    said = re.sub(r" at 0x[0-9a-fA-F]{6,}", "", shorten(said, 160))
    return f"{type_name(error)}: {said}" if said else type_name(error)

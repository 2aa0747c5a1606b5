"""Words for whatever a learner hands in, without running any code that the thing brings along."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from cryptography import x509

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
    if _holds_certificates(answer):
        return f"{_HOLDERS[sort]} of {_certificates(answer)}"
    if sort in _HOLDERS:
        return f"{_HOLDERS[sort]} of {counted(len(answer), 'item')}"
    if answer is None:
        return "nothing (None)"
    if sort in _THINGS:
        return _THINGS[sort](answer)
    return f"something of type {type_name(answer)}"


def _holds_certificates(answer: Any) -> bool:
    return (type(answer) is list or type(answer) is tuple) and 0 < len(answer) < 20 and all(
        type(one) is x509.Certificate for one in answer)


def _certificates(several: Sequence[x509.Certificate]) -> str:
    """How many, and each by its name, with the path length where it has one."""
    names = ", ".join(_name(one) + _length(one) for one in several)
    return f"{counted(len(several), 'certificate')} ({names})"


def _name(certificate: x509.Certificate) -> str:
    try:
        found = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    except ValueError:
        found = []
    return shorten(str(found[0].value), 30) if found else "no name"


def _length(certificate: x509.Certificate) -> str:
    try:
        limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return ""
    return "" if limits.path_length is None else f": path length {limits.path_length}"


def _certificate(one: x509.Certificate) -> str:
    return (f"a certificate ({_name(one)}, valid {one.not_valid_before_utc:%Y-%m-%d %H:%M:%S} to "
            f"{one.not_valid_after_utc:%Y-%m-%d %H:%M:%S})")


def _revocation_list(one: x509.CertificateRevocationList) -> str:
    last = f" to {one.next_update_utc:%Y-%m-%d %H:%M:%S}" if one.next_update_utc else ""
    return f"a revocation list (from {one.last_update_utc:%Y-%m-%d %H:%M:%S}{last})"


def _moment(one: datetime) -> str:
    """Its time zone is asked nothing: it may be the learner's own."""
    zone = " UTC" if one.tzinfo is UTC else " (no time zone)" if one.tzinfo is None else ""
    return f"the moment {one.replace(tzinfo=None):%Y-%m-%d %H:%M:%S}{zone}"


_THINGS: dict[type, Callable[[Any], str]] = {
    x509.Certificate: _certificate,
    x509.CertificateRevocationList: _revocation_list,
    datetime: _moment,
    date: lambda one: f"the day {one}",
    timedelta: lambda one: f"a length of time ({one})",
    **dict.fromkeys((FunctionType, BuiltinFunctionType, MethodType), lambda one: "a function"),
}


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

"""What an element says, in a few words for a reader: names, dates, numbers, and sums of groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from helpers.pki import der
from helpers.pki.der import Element
from helpers.pki.oids import ATTRIBUTES, SHORT, dotted, oid_name

_STRINGS = {der.UTF8: "utf-8", der.PRINTABLE: "latin-1", der.T61: "latin-1", der.IA5: "latin-1",
            der.VISIBLE: "latin-1", 18: "latin-1", der.UNIVERSAL: "utf-32-be",
            der.BMP: "utf-16-be"}
_LONGEST, _HEX_SHOWN, _LISTED, _ROOM = 100, 22, 4, 110
_STEPS = 12  # so many parts of a name in its one line
_SMALL = 64  # bits: numbers below are written in decimal


def words_of(found: Element) -> str:
    """The value in words. Never raises, never more than a few lines."""
    if found.said:
        return found.said
    if found.elements:
        return _group(found)
    if found.tag & der.CONSTRUCTED:
        return "empty"
    return _primitive(found)


def _primitive(found: Element) -> str:
    raw = found.value
    if found.kind in (der.INTEGER, der.ENUMERATED) and isinstance(raw, int):
        return integer(raw)
    if found.kind == der.BOOLEAN and isinstance(raw, int):
        return {0: "FALSE", 255: "TRUE"}.get(raw, f"0x{raw:02x}, which is neither TRUE nor FALSE")
    if found.kind == der.NULL:
        return "NULL"
    if not isinstance(raw, bytes):
        return str(raw)
    if found.kind == der.OID:
        return oid(raw)
    if found.kind in (der.UTC_TIME, der.GENERALIZED_TIME):
        return time(raw, found.kind)
    if found.kind in _STRINGS:
        return quoted(raw, found.kind)
    return octets(raw)


def integer(number: int) -> str:
    """Small numbers in decimal, big ones in hex with their size."""
    bits = number.bit_length()
    if bits <= _SMALL:
        return str(number)
    size = (bits + 7) // 8
    digits = (f"{abs(number):0{2 * size}x}" if size <= _HEX_SHOWN
              else f"{abs(number) >> 8 * (size - 4):08x}…")
    return f"{'-' if number < 0 else ''}0x{digits} ({bits} bits)"


def oid(raw: bytes) -> str:
    """ "commonName (2.5.4.3)", or the dotted numbers alone."""
    text = dotted(raw)
    if not text:
        return f"no object identifier: {octets(raw)}"
    name = oid_name(text)
    return text if name == text else f"{name} ({text})"


def when(raw: bytes, kind: int) -> datetime | None:
    """The moment, None if it is not written as RFC 5280 section 4.1.2.5 asks (to the second, Z)."""
    text = raw.decode("latin-1")
    if kind == der.UTC_TIME and len(text) == 13 and text[:2].isascii() and text[:2].isdigit():
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    if len(text) != 15 or not text.endswith("Z") or not (text[:14].isascii()
                                                         and text[:14].isdigit()):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def time(raw: bytes, kind: int) -> str:
    """ "2026-08-22 12:00:00 UTC", or what is written there."""
    moment = when(raw, kind)
    if moment is None:
        return f"{quoted(raw, der.IA5)}, which is no time by RFC 5280"
    return f"{moment.year:04}-{moment:%m-%d %H:%M:%S} UTC"


def text(raw: bytes, kind: int) -> str:
    """A string as people read it; what cannot be printed is escaped, long ones are shortened."""
    written = raw[:4 * _LONGEST].decode(_STRINGS.get(kind, "latin-1"), "backslashreplace")
    shown = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}"
                    for letter in written[:_LONGEST])
    return f"{shown}…" if len(written) > _LONGEST or len(raw) > 4 * _LONGEST else shown


def quoted(raw: bytes, kind: int) -> str:
    """`text` in quotes."""
    return f'"{text(raw, kind)}"'


def octets(raw: bytes) -> str:
    """Hex where it is short, else how many bytes there are."""
    if not raw:
        return "empty"
    return raw.hex() if len(raw) <= _HEX_SHOWN else f"{len(raw):,} bytes"


# --- groups -------------------------------------------------------------------------------------


def _group(found: Element) -> str:
    """One rule for groups that have a customary way of being written, one for all others."""
    inside = found.elements
    special = _BY_NAME.get(found.name) or _BY_FIRST.get(inside[0].name)
    if special:
        return special(found)
    if len(inside) == 1:
        typed = inside[0].name[:1].isupper()  # a type's name: it says nothing new
        return _brief(inside[0]) if typed or inside[0].elements else _named(inside[0])
    names = {child.name for child in inside}
    if len(names) == 1:
        return f"{len(inside)}: {_listed(inside, _brief)}"
    if any(child.elements for child in inside):
        return _listed(inside, _title)
    return _listed(inside, _named)


def _named(child: Element) -> str:
    if child.name in der.TYPES.values() or child.name.startswith("["):
        return child.words
    return f"{child.name} {_brief(child)}"


def _brief(child: Element) -> str:
    """As `words`, but of an OID with a name only that name."""
    if child.kind == der.OID and isinstance(child.value, bytes) and dotted(child.value):
        return oid_name(dotted(child.value))
    return child.words


def _title(child: Element) -> str:
    return child.name


def _listed(inside: list[Element], said: Callable[[Element], str]) -> str:
    """The first few, each as `said` says it, and how many more there are."""
    words = [said(child) for child in inside[:_LISTED]]
    shown = words[:1]
    for word in words[1:]:
        if len(", ".join([*shown, word])) > _ROOM:
            break
        shown.append(word)
    more = f" and {len(inside) - len(shown)} more" if len(shown) < len(inside) else ""
    return ", ".join(shown) + more


def _name(found: Element) -> str:
    """A distinguished name in one line, in the order of the certificate."""
    parts = [one for part in found.elements[:_STEPS] for one in part.elements[:_STEPS]]
    line = ", ".join(filter(None, map(_attribute, parts[:_STEPS])))
    return f"{line} …" if len(parts) > _STEPS or len(found.elements) > _STEPS else line


def _attribute(found: Element) -> str:
    kind, value = (*found.elements, None, None)[:2]
    if kind is None or value is None:
        return ""
    key = dotted(kind.value) if isinstance(kind.value, bytes) else ""
    said = text(value.value, value.kind) if isinstance(value.value, bytes) else value.words
    said = said.replace("\\", "\\\\").replace(",", "\\,")  # as RFC 4514 section 2.4 escapes them
    return f"{SHORT.get(key) or ATTRIBUTES.get(key) or key}={said}"


def _algorithm(found: Element) -> str:
    """An algorithm's name, and its curve or hash where it has one."""
    first, *rest = found.elements
    name = oid_name(dotted(first.value)) if isinstance(first.value, bytes) else first.words
    if rest and rest[0].kind == der.OID:
        return f"{name}, {oid_name(dotted(rest[0].value))}"
    return name


def _public_key(found: Element) -> str:
    algorithm, *rest = found.elements
    if rest and rest[0].elements:
        first = next(iter(rest[0].elements[0].elements), rest[0].elements[0])
        if isinstance(first.value, int):
            return f"{algorithm.words}, {first.value.bit_length()} bits"
    return algorithm.words


def _validity(found: Element) -> str:
    inside = found.elements
    if len(inside) != 2:
        return _listed(inside, words_of)
    start, end = (when(child.value, child.kind) if isinstance(child.value, bytes) else None
                  for child in inside)
    days = ""
    if start and end:
        days = f", {(end - start).total_seconds() / 86400:.0f} days"
    return f"{inside[0].words} to {inside[1].words}{days}"


def _extension(found: Element) -> str:
    inside = found.elements
    critical = any(child.name == "critical" and child.value for child in inside)
    said = inside[-1].words if len(inside) > 1 else ""
    if found.name == "extension":
        said = f"{inside[0].words}: {said}"
    return f"critical; {said}" if critical else said


def _access(found: Element) -> str:
    return " ".join(_brief(child) for child in found.elements[:2])


def _extensions(found: Element) -> str:
    return f"{len(found.elements)}: {_listed(found.elements, _title)}"


def _step(found: Element) -> str:
    return ", ".join(filter(None, map(_attribute, found.elements[:3])))


_BY_FIRST: dict[str, Callable[[Element], str]] = {
    "RelativeDistinguishedName": _name, "AttributeTypeAndValue": _step, "type": _attribute,
    "algorithm": _algorithm, "notBefore": _validity, "extnID": _extension,
    "accessMethod": _access,
}
"""How to write a group whose first element has this name."""
_BY_NAME: dict[str, Callable[[Element], str]] = {
    "extensions": _extensions, "crlExtensions": _extensions, "Extensions": _extensions,
    "subjectPublicKeyInfo": _public_key, "subjectPKInfo": _public_key,
    "public_key": _public_key,
}

"""What a field says, in a few words: a registry's name, text, a number with its unit, or a size."""

from __future__ import annotations

from helpers.pki.der import Element
from helpers.tls.registry import CipherSuite, ProtocolVersion, SignatureScheme, name_of
from helpers.wire import Field

_HEX_NUMBERS = (CipherSuite, SignatureScheme, ProtocolVersion)  # IANA and RFCs write these in hex
_TEXTS = ("host_name", "protocol_name", "application_data")
_STRUCTURE = ("length", "extension_type", "name_type")  # says how to read the rest
_LISTED, _LIST_ROOM, _LONGEST = 3, 60, 64  # names in a summary, its letters; those of a text
_COUNTED_ROOM = 50  # its letters, where "30 cipher suites: " stands in front
_HASHES = ("none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_SIGNATURES = ("anonymous", "rsa", "dsa", "ecdsa")


def count(number: int, one: str, many: str = "") -> str:
    """`count(1, "byte")` -> "1 byte"; `count(1218, "byte")` -> "1,218 bytes"."""
    return f"{number:,} {one if number == 1 else many or _plural(one)}"


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("ry") else f"{word}s"


def value_of(field: Field, *, owner: str = "") -> str:
    """The value in words; `owner` is the name of the field around it. Never raises."""
    if isinstance(field, Element):
        return field.words
    if field.children:
        return _summary(field)
    if isinstance(field.value, bytes):
        return _bytes(field.value, owner if field.name == "bytes" else field.name)
    if isinstance(field.value, int):
        return _number(field, field.value)
    return "empty" if field.start == field.end else count(field.end - field.start, "byte")


def _number(field: Field, value: int) -> str:
    if field.registry is None:
        units = {"length": "byte", "ticket_lifetime_hint": "second", "ticket_lifetime": "second"}
        return count(value, units[field.name]) if field.name in units else str(value)
    written = f"0x{value:04x}" if field.registry in _HEX_NUMBERS else str(value)
    return f"{written} {name_in(field.registry, value) or '(not in this course’s list)'}"


def name_in(registry: type, value: int) -> str:
    """The registry's name as people write it, "" if it has none."""
    name = name_of(registry, value)
    if registry is ProtocolVersion and name.startswith("tls"):
        return f"TLS {name[3:].replace('_', '.')}"
    if name == "unknown" and registry is SignatureScheme:
        return _old_pair(*divmod(value, 256))
    return "" if name == "unknown" else name


def _old_pair(hashed: int, signed: int) -> str:
    """TLS 1.2 numbered hash and signature apart (RFC 5246 section 7.4.1.4.1)."""
    if hashed < len(_HASHES) and signed < len(_SIGNATURES):
        return f"{_SIGNATURES[signed]}_{_HASHES[hashed]}"
    return ""


def _bytes(value: bytes, name: str) -> str:
    if not value:
        return "empty"
    if name in _TEXTS:
        return quoted(value)
    return count(len(value), "byte")


def quoted(value: bytes) -> str:
    """Bytes meant as text: in quotes, what is no ASCII letter escaped, shortened when long."""
    text = repr(value.decode("latin-1").encode("ascii", "backslashreplace").decode())[1:-1]
    text = text.replace("\\\\x", "\\x")
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def _summary(field: Field) -> str:
    """What a group holds: its one value, or how many things and the first of their names."""
    if [child.name for child in field.children] == ["length", "bytes"]:
        value, size = value_of(field.children[1], owner=field.name), field.children[0]
        if field.name in _TEXTS:
            return value
        return f"{value} (after {count(size.end - size.start, 'byte')} of length)"
    inside = [child for child in field.children if child.name not in _STRUCTURE]
    if not inside:
        return "empty"
    if len(inside) == 1:
        return value_of(inside[0], owner=field.name)
    if len({child.name for child in inside}) > 1:
        return listed([child.name for child in inside])
    names = [_short(child, field.name) for child in inside]
    number = count(len(inside), inside[0].name.replace("_", " "))
    return f"{number}: {listed(names, _COUNTED_ROOM)}"


def _short(field: Field, owner: str) -> str:
    if field.children and field.children[0].name != "length":
        return _short(field.children[0], owner)  # what an entry of a list begins with
    name = name_in(field.registry, field.value) if field.registry is not None else ""
    return name or value_of(field, owner=owner).partition(" (after ")[0]


def listed(words: list[str], room: int = _LIST_ROOM) -> str:
    """ "a, b, c and 5 more": as many as fit, one at least."""
    shown = words[:1]
    for word in words[1:_LISTED]:
        if len(", ".join([*shown, word])) > room:
            break
        shown.append(word)
    more = f" and {len(words) - len(shown)} more" if len(shown) < len(words) else ""
    return ", ".join(shown) + more

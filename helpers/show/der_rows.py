"""What a byte view does differently for DER: certificates, requests, revocation lists.

Every element begins with a tag and a length, so those two are shown only where somebody unfolds
the element itself; and a certificate that travels in a TLS message can be unfolded like any field.
"""

from __future__ import annotations

from helpers import pki
from helpers.pki.der import CONSTRUCTED, HEADERS, TYPES, Element
from helpers.tls.notes import Note
from helpers.wire import Field

LEAD = ("Each field begins with a tag, which says what it is, and a length; then comes the value. "
        "Offsets count from the first byte of the certificate.")
MOST = 200  # so many elements of one group are shown: revocation lists have thousands
_CARRIERS = ("certificate", "cert_data")  # what TLS 1.2 and TLS 1.3 call it
_CLASSES = ("", "application", "context-specific", "private")


def children_of(field: Field, data: bytes, *, everything: bool, opened: bool) -> list[Field]:
    """The fields to show inside. `everything` (asked for by name, or a full view) includes tag,
    length and bare value; `opened` says that something around or in here was asked for."""
    if isinstance(field, Element):
        return list(field.children or ()) if everything else field.elements[:MOST]
    if opened and field.name in _CARRIERS and _is_carrier(field):
        return [field.children[0], _certificate(field.children[1], data)]
    return list(field.children or ())


def left_out(field: Field, shown: int) -> int:
    """How many elements of a group are not among the `shown` ones."""
    return len(field.elements) - shown if isinstance(field, Element) and shown == MOST else 0


def _is_carrier(field: Field) -> bool:
    return [child.name for child in field.children or ()] == ["length", "bytes"]


def _certificate(inside: Field, data: bytes) -> Field:
    """The certificate's own tree at its place in the message; the bytes if they are none."""
    try:
        return pki.der_fields(data, start=inside.start, end=inside.end)
    except pki.DERError:
        return inside


def note_in(path: str) -> Note | None:
    """Why a field of a certificate is there, as the byte view's other notes say it."""
    found = pki.note(path)
    return Note(*found) if found else None


def value_in(field: Field, owner: Element) -> str | None:
    """The words for a tag, a length or a bare value inside `owner`; None for any other field."""
    if field.name == "value" and not isinstance(field, Element):
        return owner.words
    if field.name not in HEADERS or isinstance(field, Element):
        return None
    if field.name.endswith("length"):
        return f"{field.value:,} byte{'' if field.value == 1 else 's'}"
    first = field.value if field.end - field.start == 1 else field.value >> 8 * (
        field.end - field.start - 1)
    return f"0x{field.value:02x} {_tag(first)}"


def _tag(first: int) -> str:
    if first < 0x40:
        return TYPES.get(first & 0x1F, f"universal {first & 0x1F}")
    made = "constructed" if first & CONSTRUCTED else "primitive"
    return f"[{first & 0x1F}] {_CLASSES[first >> 6]}, {made}"

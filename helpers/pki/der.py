"""DER by the byte: every tag, length and value of a certificate as a tree of named fields.

DER (ITU-T X.690) writes each thing as tag, length, value, and knows one way only to write it.
`elements` reads that grammar and nothing else; `der_fields` lays the names of RFC 5280 and its
neighbours over it (`x509_schema`). So the tree is complete for any DER, named or not, and what
does not fit the schema keeps its plain ASN.1 name: a strange value is shown, never refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.wire import Field, WireError

MAX_SIZE, MAX_DEPTH, MAX_ELEMENTS = 1 << 20, 40, 100_000
CONSTRUCTED, CONTEXT = 0x20, 0x80
BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID, ENUMERATED = 1, 2, 3, 4, 5, 6, 10
UTF8, SEQUENCE, SET, PRINTABLE, T61, IA5 = 12, 16, 17, 19, 20, 22
UTC_TIME, GENERALIZED_TIME, VISIBLE, UNIVERSAL, BMP = 23, 24, 26, 28, 30
TYPES = {
    BOOLEAN: "BOOLEAN", INTEGER: "INTEGER", BIT_STRING: "BIT STRING", OCTET_STRING: "OCTET STRING",
    NULL: "NULL", OID: "OBJECT IDENTIFIER", ENUMERATED: "ENUMERATED", UTF8: "UTF8String",
    SEQUENCE: "SEQUENCE", SET: "SET", 18: "NumericString", PRINTABLE: "PrintableString",
    T61: "TeletexString", IA5: "IA5String", UTC_TIME: "UTCTime",
    GENERALIZED_TIME: "GeneralizedTime", VISIBLE: "VisibleString", UNIVERSAL: "UniversalString",
    BMP: "BMPString",
}
_CLASSES = ("", "APPLICATION ", "", "PRIVATE ")
_PRIVATE_USE = 0x40  # in both of these classes, which X.509 has no use for
HEADERS = ("tag", "length", "explicit tag", "explicit length")


class DERError(WireError):
    """These bytes are no DER. The sentence says what is wrong and at which byte."""


@dataclass(slots=True)
class Element(Field):
    """One tag, length and value. Its children are the fields "tag" and "length" and then either
    "value" or the elements inside; `value` is an int for INTEGER and its like, None for a group,
    else the bytes of the contents.

    `tag` holds the first identifier byte (class, constructed or not, number; under an explicit
    tag the inner one), `kind` the universal number by which the contents are read (0: not known),
    `inside` where the contents begin, and `said` what the value means, where the schema knows
    better than the type.
    """

    tag: int = 0
    kind: int = 0
    inside: int = 0
    said: str = ""

    @property
    def elements(self) -> list[Element]:
        """The elements inside, without tag and length."""
        return [child for child in self.children or () if isinstance(child, Element)]

    @property
    def words(self) -> str:
        """The value for a reader: OIDs by name, dates in full, big integers in hex."""
        from helpers.pki.words import words_of  # it reads Elements: a circle otherwise

        if not self.said:
            self.said = words_of(self)
        return self.said


def der_fields(data: bytes, name: str = "certificate", *, start: int = 0,
               end: int | None = None) -> Element:
    """The tree of `data[start:end]`, named by the schema `name`: "certificate", "request", "crl",
    "ocsp_response", "ocsp_request", "public_key", "name", or "der" for plain ASN.1 names.

    Every byte is in exactly one leaf. Raises DERError for anything that is not one DER element:
    too short, too long, bytes left over, indefinite or padded lengths, more than 40 levels, more
    than 1 MB. Raises KeyError for an unknown `name`. It does not check values: a date of month 13
    has a place in the tree.
    """
    from helpers.pki.x509_schema import SCHEMAS, apply

    schema = SCHEMAS[name]
    tree = elements(data, start, len(data) if end is None else end)
    return apply(schema, tree, data, name)


def elements(data: bytes, start: int = 0, end: int | None = None, depth: int = 0,
             name: str = "") -> Element:
    """Exactly one element at `data[start:end]`, named by its ASN.1 type. Raises DERError."""
    end = len(data) if end is None else end
    if end - start > MAX_SIZE:
        raise DERError(f"{end - start:,} bytes are more than this reader takes "
                       f"({MAX_SIZE:,}); a certificate has one or two thousand")
    if start >= end:
        raise DERError(f"there is nothing to read at byte {start}")
    walk = _Walk(data)
    found = walk.element(start, end, depth)
    if found.end != end:
        raise DERError(f"{end - found.end} bytes are left over at byte {found.end}, after the end "
                       f"of the {found.name}")
    found.name = name or found.name
    return found


class _Walk:
    """Reads the grammar of X.690 sections 8.1 and 10.1, counting elements as it goes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.count = data, 0

    def element(self, start: int, end: int, depth: int) -> Element:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise DERError(f"more than {MAX_ELEMENTS:,} elements, at byte {start}")
        if depth > MAX_DEPTH:
            raise DERError(f"more than {MAX_DEPTH} levels inside each other, at byte {start}")
        number, after = self._tag(start, end)
        size, inside = self._length(after, end)
        stop = inside + size
        if stop > end:
            raise DERError(f"the length at byte {after} announces {size:,} bytes, but only "
                           f"{end - inside:,} follow")
        first = self.data[start]
        kind = number if first < CONTEXT >> 1 else 0
        found = Element(_type_name(first, number), start, stop, None, None, [], first, kind, inside)
        found.children += [Field("tag", start, after, first if after - start == 1
                                 else int.from_bytes(self.data[start:after])),
                           Field("length", after, inside, size)]
        if not first & CONSTRUCTED:
            read_as(found, kind, self.data)
            return found
        try:
            while inside < stop:
                child = self.element(inside, stop, depth + 1)
                found.children.append(child)
                inside = child.end
        except DERError:
            if first & _PRIVATE_USE == 0:
                raise
            read_as(found, kind, self.data)  # what is in there is nobody's business
        return found

    def _tag(self, at: int, end: int) -> tuple[int, int]:
        """The tag's number and where the length begins (section 8.1.2)."""
        number = self.data[at] & 0x1F
        if number < 0x1F:
            return number, at + 1
        number, after = 0, at + 1
        while after < end and after - at <= 4:
            byte = self.data[after]
            if after == at + 1 and byte == 0x80:
                raise DERError(f"the tag number at byte {at} is written with a leading zero")
            number, after = number << 7 | byte & 0x7F, after + 1
            if byte < 0x80:
                if number < 0x1F:
                    raise DERError(f"the tag number {number} at byte {at} takes more bytes than "
                                   "it needs")
                return number, after
        raise DERError(f"the tag at byte {at} does not end")

    def _length(self, at: int, end: int) -> tuple[int, int]:
        """The length and where the contents begin (sections 8.1.3 and 10.1)."""
        if at >= end:
            raise DERError(f"the data ends at byte {end}, where a length was expected")
        first = self.data[at]
        if first < 0x80:
            return first, at + 1
        if first == 0x80:
            raise DERError(f"an indefinite length at byte {at}: BER allows it, DER does not")
        width = first & 0x7F
        if width > 4:
            raise DERError(f"the length at byte {at} is written in {width} bytes; no certificate "
                           "needs more than 4")
        stop = at + 1 + width
        if stop > end:
            raise DERError(f"the length at byte {at} needs {width} bytes, but only "
                           f"{end - at - 1} follow")
        size = int.from_bytes(self.data[at + 1:stop])
        if size < 0x80 or size >> 8 * (width - 1) == 0:
            raise DERError(f"the length {size} at byte {at} is written in more bytes than it "
                           "needs; DER has one way only to write a number")
        return size, stop


def read_as(found: Element, kind: int, data: bytes) -> None:
    """Say what type a primitive element has (again, if the schema knows better than the tag)."""
    found.kind = kind
    content = data[found.inside:found.end]
    found.value = content
    if kind in (INTEGER, ENUMERATED):
        found.value = int.from_bytes(content, signed=True)
    elif kind == BOOLEAN and len(content) == 1:
        found.value = content[0]
    del found.children[headers(found):]
    at = found.inside
    if kind == BIT_STRING and content:
        found.children.append(Field("unused bits", at, at + 1, content[0]))
        at, content = at + 1, content[1:]
        found.value = content
    if content:
        value = found.value if kind != BIT_STRING else content
        found.children.append(Field("value", at, found.end, value))


def headers(found: Element) -> int:
    """How many of its children are tags and lengths: 2, or 4 with an explicit tag around it."""
    return sum(1 for child in found.children if child.name in HEADERS
               and not isinstance(child, Element))


def merge(outer: Element) -> None:
    """An explicit tag and the element in it become one field with four header fields."""
    inner = outer.elements[0]
    first, second = outer.children[:2]
    first.name, second.name = "explicit tag", "explicit length"
    outer.children = [first, second, *inner.children]
    outer.value, outer.kind, outer.inside = inner.value, inner.kind, inner.inside
    outer.tag, outer.said = inner.tag, inner.said


def open_string(holder: Element, data: bytes, depth: int) -> Element | None:
    """The element inside a BIT STRING or OCTET STRING, put in the place of its bytes; None (and
    nothing changed) where the contents are no DER."""
    start = holder.inside
    if holder.kind == BIT_STRING:
        if start >= holder.end or data[start]:
            return None  # bits are missing from the last byte: no bytes to read
        start += 1
    try:
        inner = elements(data, start, holder.end, depth)
    except DERError:
        return None
    holder.children[-1] = inner
    return inner


def _type_name(first: int, number: int) -> str:
    if first < CONTEXT >> 1:
        return TYPES.get(number, f"UNIVERSAL {number}")
    return f"[{_CLASSES[first >> 6]}{number}]"

"""ASN.1 types as small objects, and how each lays its names over plain DER elements.

The tables in `x509_schema` are written with these. `lay` never raises for strange bytes: an
element that does not fit keeps its plain name, and those beside it are still found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from helpers.pki import der
from helpers.pki.der import CONTEXT, Element
from helpers.pki.oids import dotted


@dataclass(frozen=True)
class Scope:
    """What a type needs besides the element: the bytes, and the elements beside it by name."""

    data: bytes
    depth: int = 0
    beside: Mapping[str, Element] = field(default_factory=dict)


class Type:
    """Any element at all, with nothing more to say about it."""

    def fits(self, found: Element) -> bool:
        """Whether an element with this tag can be of this type."""
        return True

    def lay(self, found: Element, scope: Scope) -> None:
        """Name what is inside."""


@dataclass(frozen=True)
class Plain(Type):
    """A primitive type: one of `kinds`. `names` says what its numbers mean, `say` anything else;
    `say` gets the element and must not raise."""

    kinds: tuple[int, ...]
    names: Mapping[int, str] | None = None
    say: Callable[[Element], str] | None = None

    def fits(self, found: Element) -> bool:
        return found.tag in self.kinds

    def lay(self, found: Element, scope: Scope) -> None:
        if found.tag >= CONTEXT and not found.tag & der.CONSTRUCTED and not found.elements:
            der.read_as(found, self.kinds[0], scope.data)
        if self.names and isinstance(found.value, int) and found.value in self.names:
            found.said = f"{found.value} ({self.names[found.value]})"
        if self.say:
            found.said = self.say(found)


@dataclass(frozen=True)
class Part:
    """A component of a group. A number in `implicit` replaces the type's own tag, one in
    `explicit` is a tag around it."""

    name: str
    type: Type
    implicit: int | None = None
    explicit: int | None = None

    def fits(self, found: Element) -> bool:
        if self.explicit is not None:
            return found.tag == CONTEXT | der.CONSTRUCTED | self.explicit
        if self.implicit is not None:
            return found.tag & ~der.CONSTRUCTED == CONTEXT | self.implicit
        return self.type.fits(found)

    def lay(self, found: Element, scope: Scope) -> None:
        found.name = self.name or found.name
        if self.explicit is not None:
            if len(found.elements) != 1 or not self.type.fits(found.elements[0]):
                return
            der.merge(found)
        self.type.lay(found, Scope(scope.data, scope.depth + 1, scope.beside))


@dataclass(frozen=True)
class Group(Type):
    """SEQUENCE { ... }: parts in order, each there or not. The name can come from an OID in it."""

    parts: tuple[Part, ...]
    named: Callable[[Element], str] | None = None
    kind: int = der.SEQUENCE

    def fits(self, found: Element) -> bool:
        return found.tag == der.CONSTRUCTED | self.kind

    def lay(self, found: Element, scope: Scope) -> None:
        beside: dict[str, Element] = {}
        waiting = list(self.parts)
        for child in found.elements:
            at = next((at for at, part in enumerate(waiting) if part.fits(child)), None)
            if at is None:
                continue
            part = waiting[at]
            del waiting[:at + 1]
            beside[part.name] = child
            part.lay(child, Scope(scope.data, scope.depth, beside))
        if self.named:
            found.name = self.named(found) or found.name


@dataclass(frozen=True)
class ListOf(Type):
    """SEQUENCE OF or SET OF one type, each element under the same name."""

    name: str
    type: Type
    kind: int = der.SEQUENCE

    def fits(self, found: Element) -> bool:
        return found.tag == der.CONSTRUCTED | self.kind

    def lay(self, found: Element, scope: Scope) -> None:
        part = Part(self.name, self.type)
        for child in found.elements:
            if part.fits(child):
                part.lay(child, scope)


@dataclass(frozen=True)
class Choice(Type):
    """One of several, told apart by the tag; the element takes the alternative's name as well
    where `rename` says so (in a list of general names each is called after its kind)."""

    parts: tuple[Part, ...]
    rename: bool = True

    def fits(self, found: Element) -> bool:
        return any(part.fits(found) for part in self.parts)

    def lay(self, found: Element, scope: Scope) -> None:
        name = found.name
        for part in self.parts:
            if part.fits(found):
                part.lay(found, scope)
                break
        if not self.rename:
            found.name = name


@dataclass(frozen=True)
class Holding(Type):
    """An OCTET STRING or BIT STRING with DER inside. It stays closed where that is not so."""

    kind: int
    name: str
    type: Type

    def fits(self, found: Element) -> bool:
        return found.tag == self.kind

    def lay(self, found: Element, scope: Scope) -> None:
        if found.tag & der.CONSTRUCTED:
            return
        if found.tag != self.kind:
            der.read_as(found, self.kind, scope.data)
        inner = der.open_string(found, scope.data, scope.depth)
        if inner is not None:
            Part(self.name, self.type).lay(inner, scope)


@dataclass(frozen=True)
class ByOid(Type):
    """ANY DEFINED BY: the type depends on the first OID in the element called `beside`.

    `table` maps dotted text to a Type; what is not in it is of type `other`.
    """

    beside: str
    table: Mapping[str, Type]
    other: Type = Type()  # noqa: RUF009 - it has no state
    kind: int | None = None

    def fits(self, found: Element) -> bool:
        return self.kind is None or found.tag == self.kind

    def lay(self, found: Element, scope: Scope) -> None:
        chosen = self.table.get(oid_in(scope.beside.get(self.beside)), self.other)
        if chosen.fits(found):
            chosen.lay(found, scope)


def oid_in(found: Element | None) -> str:
    """The dotted text of this OID, or of the first one inside; "" if there is none."""
    while found is not None and found.kind != der.OID:
        found = next(iter(found.elements), None)
    return dotted(found.value) if found is not None and found.value is not None else ""

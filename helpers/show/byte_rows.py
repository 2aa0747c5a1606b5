"""Which fields a byte view shows, how far they are open, and which of their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.pki.der import HEADERS, Element
from helpers.tls.notes import Note, note
from helpers.wire import Field

from .der_rows import children_of, note_in, value_in
from .values import value_of

PER_LINE = 8
_LINES_KEPT, _LINES_ALL = 2, 5  # a longer field shows its first lines and those with a change
_FOLD_LEVELS = 2  # a field of the message, and an extension in its list, fold; deeper ones do not
_DER_LEVELS = 5  # names and extensions of a certificate lie deeper
_SMALL = 12  # so many fields need no folding when they were asked for by name

HexLine = list[tuple[int, int]] | int
"""Offsets and bytes of one line, or how many bytes are left out."""


@dataclass(frozen=True)
class Selection:
    """What the caller asked to see: see `byte_view`."""

    only: tuple[str, ...] = ()
    unfold: tuple[str, ...] = ()
    depth: int = 1
    full: bool = False


@dataclass(frozen=True)
class Row:
    """One field as it is shown. `changed` are the offsets in it that are marked; `asked` means
    that something in here was asked for, so everything around it is open."""

    field: Field
    value: str
    note: Note | None
    hex_lines: list[HexLine]
    changed: frozenset[int]
    inside: list[Row]
    asked: bool
    open: bool
    foldable: bool

    def visible(self, level: int = 0) -> Iterator[tuple[int, Row]]:
        """This row and those inside it that are open, with their level."""
        yield level, self
        if self.open:
            for row in self.inside:
                yield from row.visible(level + 1)


def rows_of(tree: Field, data: bytes, chosen: Selection,
            changed: frozenset[int]) -> list[Row]:
    """The rows for the fields of `tree`, or for those in `chosen.only`.

    Raises KeyError, naming what there is, for an `only` that no field answers to."""
    if chosen.only:
        found = [_find(tree, name) for name in chosen.only]
        if sum(1 for _, field in found for _, _, one in field.walk()
               if one.name not in HEADERS or not isinstance(field, Element)) <= _SMALL:
            chosen = replace(chosen, depth=_SMALL)
        return [_row(_Place(field, path, 0, tree), data, chosen, changed, None)
                for path, field in found]
    return _rows(_Place(tree, tree.name, 0, tree), data, chosen, changed)


@dataclass(frozen=True)
class _Place:
    """A field, the way to it, and the field around it."""

    field: Field
    path: str
    level: int
    owner: Field

    @property
    def note(self) -> Note | None:
        der = isinstance(self.field, Element) or isinstance(self.owner, Element)
        return note_in(self.path) if der else note(self.path)

    @property
    def value(self) -> str:
        words = value_in(self.field, self.owner) if isinstance(self.owner, Element) else None
        return words or value_of(self.field, owner=self.owner.name if self.level else "")


def _find(tree: Field, name: str) -> tuple[str, Field]:
    for _, path, field in tree.walk():
        if f".{path}".endswith(f".{name}"):
            return path, field
    known = ", ".join(dict.fromkeys(field.name for _, _, field in tree.walk()))
    raise KeyError(f"{tree.name} has no field {name!r}; it has: {known}")


def _rows(place: _Place, data: bytes, chosen: Selection, changed: frozenset[int]) -> list[Row]:
    """The rows inside a field. Of several with one name only the first says why it is there."""
    said: set[str] = set()
    rows = []
    wanted, named = _asked(place, chosen)
    inside = children_of(place.field, data, everything=chosen.full or named,
                         opened=chosen.full or wanted)
    for child in inside or [place.field]:
        alone = child is place.field  # its note stands above the view already
        path = place.path if alone else f"{place.path}.{child.name}"
        inner = _Place(child, path, place.level + 1, place.field)
        why = None if alone or child.name in said else inner.note
        said.add(child.name)
        rows.append(_row(inner, data, chosen, changed, why))
    return rows


def _asked(place: _Place, chosen: Selection) -> tuple[bool, bool]:
    """Whether this field is in one that was asked for by name, and whether it is that one.
    Asking for a whole certificate opens it, but not everything in it."""
    path = near = f".{place.path}."
    if isinstance(place.field, Element):
        near = f".{place.path.rpartition('certificate.')[2]}."
    return (any(f".{name}." in near for name in chosen.unfold),
            any(path.endswith(f".{name}.") for name in chosen.unfold))


def _row(place: _Place, data: bytes, chosen: Selection, changed: frozenset[int],
         why: Note | None) -> Row:
    field = place.field
    here = changed & frozenset(range(field.start, field.end))
    wanted, named = _asked(place, chosen)
    inline = not chosen.full and ((_is_plain(field) and not named)
                                  or (_is_vector(field) and not wanted))
    inside = [] if inline or not field.children else _rows(place, data, chosen, changed)
    asked = wanted or named or bool(here) or any(row.asked for row in inside)
    levels = _DER_LEVELS if isinstance(field, Element) else _FOLD_LEVELS
    opened = asked or chosen.full or place.level < chosen.depth or place.level > levels
    return Row(
        field, place.value, why if place.level else place.note,
        hex_lines(data, field, here, full=chosen.full, leaf=not inside), here, inside, asked,
        opened, place.level <= levels)


def _is_plain(field: Field) -> bool:
    """A DER element with no element inside: one row says it all."""
    return isinstance(field, Element) and not field.elements


def _is_vector(field: Field) -> bool:
    """A length and bytes with no structure: one row says it all."""
    names = [child.name for child in field.children or ()]
    return names in (["length"], ["length", "bytes"])


def hex_lines(data: bytes, field: Field, changed: frozenset[int], *, full: bool,
              leaf: bool) -> list[HexLine]:
    """The bytes of a field in lines of eight, shortened unless `full`; of a group only the first
    line, and none at all in a full view, where its fields show them."""
    if full and not leaf:
        return []
    starts = range(field.start, field.end, PER_LINE)
    lines = [[(at, data[at]) for at in range(start, min(start + PER_LINE, field.end))]
             for start in starts]
    kept = 1 if not leaf else len(lines) if full or len(lines) <= _LINES_ALL else _LINES_KEPT
    shown: list[HexLine] = []
    for number, line in enumerate(lines):
        if number < kept or changed & {at for at, _ in line}:
            shown.append(line)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += len(line)
        else:
            shown.append(len(line))
    return shown

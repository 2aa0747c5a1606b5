"""Which fields a byte view shows, how far they are open, and which of their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.tls.notes import Note, note
from helpers.wire import Field

from .values import value_of

PER_LINE = 8
_LINES_KEPT, _LINES_ALL = 2, 5  # a longer field shows its first lines and those with a change
_FOLD_LEVELS = 2  # a field of the message, and an extension in its list, fold; deeper ones do not
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
        if sum(1 for _, field in found for _ in field.walk()) <= _SMALL:
            chosen = replace(chosen, depth=_SMALL)
        return [_row(_Place(field, path, 0, ""), data, chosen, changed, None)
                for path, field in found]
    return _rows(_Place(tree, tree.name, 0, ""), data, chosen, changed)


@dataclass(frozen=True)
class _Place:
    field: Field
    path: str
    level: int
    owner: str


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
    for child in place.field.children or [place.field]:
        alone = child is place.field  # its note stands above the view already
        path = place.path if alone else f"{place.path}.{child.name}"
        why = None if alone or child.name in said else note(path)
        said.add(child.name)
        inner = _Place(child, path, place.level + 1, place.field.name)
        rows.append(_row(inner, data, chosen, changed, why))
    return rows


def _row(place: _Place, data: bytes, chosen: Selection, changed: frozenset[int],
         why: Note | None) -> Row:
    field = place.field
    here = changed & frozenset(range(field.start, field.end))
    wanted = any(f".{name}." in f".{place.path}." for name in chosen.unfold)
    inline = not (chosen.full or wanted) and _is_vector(field)
    inside = [] if inline or not field.children else _rows(place, data, chosen, changed)
    asked = wanted or bool(here) or any(row.asked for row in inside)
    opened = asked or chosen.full or place.level < chosen.depth or place.level > _FOLD_LEVELS
    return Row(
        field, value_of(field, owner=place.owner), note(place.path) if not place.level else why,
        hex_lines(data, field, here, full=chosen.full, leaf=not inside), here, inside, asked,
        opened, place.level <= _FOLD_LEVELS)


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

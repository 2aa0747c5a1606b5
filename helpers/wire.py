"""Bytes with names: read and write the TLS presentation language (RFC 9846 section 3).

`Reader` walks bytes and hands out integers and byte strings. Told to, it also keeps a tree of
`Field`s, so that the parser a handshake runs on is the parser that explains the bytes.
`Writer` is its mirror. Neither knows what the bytes mean: that is `helpers.tls.messages`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTH = "length"
_FORMATS = {1: "B", 2: "H", 4: "I"}  # struct's letters for unsigned integers of so many bytes


class WireError(ValueError):
    """The bytes do not have the shape that was asked for."""


@dataclass(slots=True)
class Field:
    """One named stretch of bytes: `data[start:end]`, offsets counted from the first byte.

    `value` is what the bytes say (an int, bytes or None for a group), `registry` the table that
    gives an int its name (an `enum.IntEnum`), `children` the fields inside, in order, no gaps.
    """

    name: str
    start: int
    end: int
    value: int | bytes | None = None
    registry: type | None = None
    children: list[Field] | None = None

    def leaves(self) -> Iterator[Field]:
        """Every field that has no field inside it: together they cover each byte once."""
        if not self.children:
            yield self
        else:
            for child in self.children:
                yield from child.leaves()

    def walk(self, depth: int = 0, path: str = "") -> Iterator[tuple[int, str, Field]]:
        """Every field with its depth (root 0) and its dotted path from the root's name down."""
        path = f"{path}.{self.name}" if path else self.name
        yield depth, path, self
        for child in self.children or ():
            yield from child.walk(depth + 1, path)

    def at(self, offset: int) -> tuple[str, Field]:
        """The path and the leaf that hold the byte at `offset`. Raises IndexError outside."""
        for _, path, field in self.walk():
            if not field.children and field.start <= offset < field.end:
                return path, field
        raise IndexError(f"byte {offset} is outside {self.name}, which ends at byte {self.end}")

    def find(self, name: str) -> Field:
        """The first field inside (or this one) called `name`. Raises KeyError if there is none."""
        for _, _, field in self.walk():
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field called {name!r}")


class Reader:
    """Reads `data[start:end]` from left to right. With `fields` (a list), notes each field in it.

    Raises `malformed(text)` (a WireError unless a subclass says otherwise) when bytes are missing
    or left over; never reads past `end`.
    """

    __slots__ = ("data", "end", "fields", "pos")
    malformed: type[Exception] | staticmethod = WireError

    def __init__(self, data: bytes, start: int = 0, end: int | None = None,
                 fields: list[Field] | None = None):
        self.data = data
        self.pos = start
        self.end = len(data) if end is None else end
        self.fields = fields

    def _take(self, size: int, name: str) -> int:
        start = self.pos
        if start + size > self.end:
            raise self.malformed(f"{name} needs {size} bytes at offset {start}, "
                                 f"but only {self.end - start} are left")
        self.pos = start + size
        return start

    def uint(self, size: int, name: str, registry: type | None = None) -> int:
        """A `size`-byte unsigned integer, most significant byte first."""
        start = self.pos
        stop = start + size
        if stop > self.end:
            self._take(size, name)
        self.pos = stop
        value = int.from_bytes(self.data[start:stop])
        if self.fields is not None:
            self.fields.append(Field(name, start, stop, value, registry))
        return value

    def opaque(self, size: int, name: str) -> bytes:
        """Exactly `size` bytes with no length in front."""
        start = self._take(size, name)
        value = self.data[start:self.pos]
        if self.fields is not None:
            self.fields.append(Field(name, start, self.pos, value))
        return value

    def vector(self, prefix: int, name: str, low: int = 0, high: int | None = None) -> bytes:
        """`opaque name<low..high>`: a `prefix`-byte length, then that many bytes."""
        start = self.pos
        size = self._length(prefix, name, low, high)
        stop = self.pos + size
        value = self.data[self.pos:stop]
        if self.fields is not None:
            inside = [Field(_LENGTH, start, self.pos, size)]
            if size:
                inside.append(Field("bytes", self.pos, stop, value))
            self.fields.append(Field(name, start, stop, value, None, inside))
        self.pos = stop
        return value

    def block(self, prefix: int, name: str, low: int = 0, high: int | None = None) -> Reader:
        """A vector whose inside has a structure: returns a Reader for it. Call its `finish()`."""
        start = self.pos
        size = self._length(prefix, name, low, high)
        inside = None
        if self.fields is not None:
            inside = [Field(_LENGTH, start, self.pos, size)]
            self.fields.append(Field(name, start, self.pos + size, None, None, inside))
        start, self.pos = self.pos, self.pos + size
        return self.__class__(self.data, start, self.pos, inside)

    def uints(self, prefix: int, size: int, name: str, item: str, registry: type | None = None,
              low: int = 0) -> tuple[int, ...]:
        """A vector of integers of `size` bytes (1, 2 or 4), each a field called `item`."""
        start = self.pos
        width = self._length(prefix, name, low, None)
        if width % size:
            raise self.malformed(f"{name} holds {width} bytes, which is no multiple of {size}")
        if self.fields is None:
            self.pos += width
            return struct.unpack_from(f">{width // size}{_FORMATS[size]}", self.data,
                                      self.pos - width)
        self.pos = start
        block = self.block(prefix, name, low)
        return tuple(block.uint(size, item, registry) for _ in range(width // size))

    def group(self, name: str, size: int) -> Reader:
        """The next `size` bytes as one named field with fields inside it."""
        start = self._take(size, name)
        inside = None
        if self.fields is not None:
            inside = []
            self.fields.append(Field(name, start, self.pos, None, None, inside))
        return self.__class__(self.data, start, self.pos, inside)

    def peek(self, at: int, size: int) -> int:
        """The integer `at` bytes ahead, without moving and without a field."""
        start = self.pos + at
        if start + size > self.end:
            raise self.malformed(f"the data ends at offset {self.end}, "
                                 f"but a length was expected at {start}")
        return int.from_bytes(self.data[start:start + size])

    def more(self) -> bool:
        """True while bytes are left."""
        return self.pos < self.end

    def rest(self, name: str) -> bytes:
        """Everything that is left (a field only if that is anything)."""
        return self.opaque(self.end - self.pos, name) if self.more() else b""

    def finish(self, name: str = "the structure") -> None:
        """Raises unless every byte was read."""
        if self.pos != self.end:
            raise self.malformed(f"{self.end - self.pos} bytes are left over at offset "
                                 f"{self.pos} after the end of {name}")

    def _length(self, prefix: int, name: str, low: int, high: int | None) -> int:
        stop = self.pos + prefix
        if stop > self.end:
            self._take(prefix, f"the length of {name}")
        size = int.from_bytes(self.data[self.pos:stop])
        if size > self.end - stop:
            raise self.malformed(f"{name} says it has {size} bytes at offset {stop}, "
                                 f"but only {self.end - stop} are left")
        if size < low or (high is not None and size > high):
            limit = f"at least {low}" if high is None else f"{low} to {high}"
            raise self.malformed(f"{name} has {size} bytes; it must have {limit}")
        self.pos = stop
        return size


class Writer:
    """Builds what `Reader` reads. Every method returns the Writer, so calls can be chained."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def uint(self, size: int, value: int) -> Writer:
        """A `size`-byte unsigned integer. Raises OverflowError if it does not fit."""
        self._parts.append(value.to_bytes(size, "big"))
        return self

    def opaque(self, value: bytes) -> Writer:
        """The bytes as they are."""
        self._parts.append(value)
        return self

    def vector(self, prefix: int, value: bytes) -> Writer:
        """A `prefix`-byte length, then the bytes."""
        self._parts += (len(value).to_bytes(prefix, "big"), value)
        return self

    def uints(self, prefix: int, size: int, values: tuple[int, ...] | list[int]) -> Writer:
        """A vector of `size`-byte integers (1, 2 or 4). Raises OverflowError as `uint`."""
        try:
            return self.vector(prefix, struct.pack(f">{len(values)}{_FORMATS[size]}", *values))
        except struct.error as problem:
            raise OverflowError(str(problem)) from None

    def bytes(self) -> bytes:
        """Everything written so far."""
        return b"".join(self._parts)

"""Bytes with names: Reader, Writer, Field."""

from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.wire import Field, Reader, WireError, Writer


class Colour(IntEnum):
    red = 1


def read_all(data: bytes, fields: list[Field] | None):
    """One of everything, in the order that `written` writes it."""
    reader = Reader(data, 0, None, fields)
    out = [reader.uint(2, "number", Colour), reader.opaque(3, "fixed"),
           reader.vector(1, "vector"), reader.uints(2, 2, "list", "item", Colour)]
    block = reader.block(2, "block")
    out.append(block.uint(1, "inside"))
    block.finish("block")
    group = reader.group("group", 2)
    out += [group.uint(2, "member"), reader.rest("rest")]
    reader.finish()
    return out


def written() -> bytes:
    writer = Writer().uint(2, 1).opaque(b"abc").vector(1, b"vec").uints(2, 2, (1, 500))
    return writer.vector(2, b"\x07").uint(2, 9).opaque(b"tail").bytes()


def test_reader_is_the_mirror_of_writer():
    values = [1, b"abc", b"vec", (1, 500), 7, 9, b"tail"]
    assert read_all(written(), None) == values
    assert read_all(written(), []) == values


def test_the_fields_cover_every_byte_once():
    data, fields = written(), []
    read_all(data, fields)
    root = Field("all", 0, len(data), None, None, fields)
    assert b"".join(data[leaf.start:leaf.end] for leaf in root.leaves()) == data
    assert [field.name for field in fields] == ["number", "fixed", "vector", "list", "block",
                                                "group", "rest"]
    assert root.find("item").registry is Colour
    assert root.find("item").value == 1
    assert root.at(0)[0] == "all.number"
    assert root.at(5) == ("all.vector.length", root.find("vector").children[0])
    assert [path for _, path, _ in root.walk() if "block" in path] == [
        "all.block", "all.block.length", "all.block.inside"]
    with pytest.raises(IndexError, match=f"byte {len(data)} is outside all"):
        root.at(len(data))
    with pytest.raises(KeyError, match="no field called 'nobody'"):
        root.find("nobody")


@pytest.mark.parametrize(("read", "complaint"), [
    (lambda reader: reader.uint(5, "n"), "n needs 5 bytes at offset 0, but only 4 are left"),
    (lambda reader: reader.opaque(5, "o"), "o needs 5 bytes"),
    (lambda reader: reader.vector(1, "v"), "v says it has 9 bytes at offset 1, but only 3"),
    (lambda reader: reader.block(5, "b"), "the length of b needs 5 bytes"),
    (lambda reader: reader.vector(3, "v"), "v says it has"),
    (lambda reader: reader.group("g", 5), "g needs 5 bytes"),
    (lambda reader: reader.peek(2, 3), "a length was expected at 2"),
    (lambda reader: reader.finish("it"), "4 bytes are left over at offset 0 after the end of it"),
])
def test_complaints(read, complaint):
    with pytest.raises(WireError, match=complaint):
        read(Reader(b"\x09abc"))


def test_limits_of_a_vector():
    with pytest.raises(WireError, match="v has 2 bytes; it must have at least 3"):
        Reader(b"\x02ab").vector(1, "v", 3)
    with pytest.raises(WireError, match="v has 2 bytes; it must have 0 to 1"):
        Reader(b"\x02ab").vector(1, "v", 0, 1)
    with pytest.raises(WireError, match="3 bytes, which is no multiple of 2"):
        Reader(b"\x03abc").uints(1, 2, "list", "item")


def test_a_block_ends_where_its_length_says():
    reader = Reader(b"\x02abcd")
    block = reader.block(1, "block")
    with pytest.raises(WireError, match="only 2 are left"):
        block.opaque(3, "too long")
    assert reader.rest("rest") == b"cd"
    assert reader.rest("rest") == b""
    assert not reader.more()


def test_numbers_that_do_not_fit():
    with pytest.raises(OverflowError):
        Writer().uint(1, 256)
    with pytest.raises(OverflowError):
        Writer().vector(1, bytes(256))


@given(st.binary(max_size=64))
def test_random_bytes(data):
    """With fields or without: the same values, or the same complaint."""
    results = []
    for fields in (None, []):
        try:
            results.append(read_all(data, fields))
        except WireError as problem:
            results.append(str(problem))
    assert results[0] == results[1]


@given(st.lists(st.integers(0, 2**16 - 1), max_size=20), st.binary(max_size=300))
def test_round_trip(numbers, data):
    packed = Writer().uints(2, 2, numbers).vector(2, data).bytes()
    reader = Reader(packed)
    assert reader.uints(2, 2, "list", "item") == tuple(numbers)
    assert reader.vector(2, "data") == data
    reader.finish()

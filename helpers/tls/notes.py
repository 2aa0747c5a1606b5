"""Why each field is there, in one or two sentences, and where that is written.

A note belongs to a path as `Field.walk` gives it ("client_hello.random"). The longest ending of
the path that has a note wins, so "length" serves every length that has no note of its own, and
"*.length" the one in front of every handshake message. The sentences are in `notes_messages`,
`notes_extensions` and `notes13`; tests/tls/test_notes.py keeps them and the parsers in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from helpers.tls import notes13, notes_extensions, notes_messages


@dataclass(frozen=True, slots=True)
class Note:
    """`why` is a sentence for a reader who knows no cryptography; `source` an RFC and section."""

    why: str
    source: str


NOTES: dict[str, Note] = {
    key: Note(why, source)
    for key, (why, source) in {
        **notes_messages.NOTES, **notes_extensions.NOTES, **notes13.NOTES}.items()
}


@cache
def key_of(path: str) -> str | None:
    """The key in NOTES that serves this path, or None."""
    return next((key for key in _endings(path) if key in NOTES), None)


def note(path: str) -> Note | None:
    """The note for a dotted path, or None if there is none. Never raises."""
    key = key_of(path)
    return None if key is None else NOTES[key]


def _endings(path: str) -> Iterator[str]:
    parts = path.split(".")
    if parts[0] == "tls13":
        yield path
        del parts[0]
    if len(parts) == 2:
        yield from (".".join(parts), f"*.{parts[1]}")
    for start in range(len(parts)):
        yield ".".join(parts[start:])

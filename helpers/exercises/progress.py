"""What has been done so far, in one small file that a learner may read or delete.

The file is `.progress.json` beside the notebooks (the current folder), or the one named by the
environment variable COURSE_PROGRESS_FILE; nothing is sent anywhere. A file that cannot be read is
kept aside, a folder that cannot be written means remembering only until the kernel stops, and
neither ever stops a check.
"""

import errno
import json
import os
import tempfile
from html import escape
from pathlib import Path

from helpers.show import Cell, Html, Table, View
from helpers.show.look import panel

from . import catalogue

_LARGEST = 1_000_000  # bytes; what we write is a few thousand
_KINDS = ("exercises", "predictions", "quiz")
_seen: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}  # what this kernel knows
_trouble: list[str] = []  # at most one sentence: why nothing is saved
_written: set[Path] = set()  # files that this kernel has written
_SAID = {"passed": ("done", "good"), "not yet": ("tried", "trouble")}


class _Broken(Exception):
    """The file is not one of ours."""


def place() -> Path:
    """Where progress is kept."""
    return Path(os.environ.get("COURSE_PROGRESS_FILE") or ".progress.json")


def remember(kind: str, slug: str, state: str) -> None:
    """Note that `slug` is "passed", "not yet" or "answered". Never raises; passed stays passed."""
    if state == "not started" or known()[kind].get(slug) in (state, "passed"):
        return
    _seen[kind][slug] = state
    try:
        _save()
        _trouble.clear()
    except OSError as error:
        _only_in_memory(error)


def known() -> dict[str, dict[str, str]]:
    """Everything remembered: {"exercises": {slug: state}, ...}. Never raises."""
    try:
        _merge(_load())
    except OSError as error:
        _only_in_memory(error)
    return _seen


def _only_in_memory(error: OSError) -> None:
    _trouble[:] = [
        f"Your progress cannot be saved in {place().name} ({error.strerror or 'no access'}); "
        "it is remembered until this kernel stops."
    ]


def progress(lesson: str | None = None) -> View:
    """A table of what is done and what is left, of one lesson ("08") or of the whole course."""
    try:
        listed = catalogue.exercises(lesson)
        asked = catalogue.predictions(lesson)
    except catalogue.Unknown as unknown:
        return Html(panel(escape(str(unknown)), "quiet"), str(unknown))
    states = known()
    done = sum(states["exercises"].get(item.slug) == "passed" for item in listed)
    guessed = sum(item.slug in states["predictions"] for item in asked)
    table = Table(
        f"Exercises done: {done} of {len(listed)}. Predictions made: {guessed} of {len(asked)}.",
        ["Exercise", "Level", "Minutes", "So far"],
        [
            [
                f"{item.slug[:2]} {item.title}",
                item.level,
                str(item.minutes),
                _cell(states["exercises"].get(item.slug)),
            ]
            for item in listed
        ],
    )
    if not _trouble:
        return table
    return Html(table.html + panel(_trouble[0], "trouble"), f"{table.text}\n{_trouble[0]}")


def _cell(state: str | None) -> Cell:
    return Cell(*_SAID.get(state or "", ("to do", None)))


def _merge(saved: dict[str, dict[str, str]]) -> None:
    for kind in _KINDS:
        for slug, state in saved.get(kind, {}).items():
            if state == "passed" or slug not in _seen[kind]:
                _seen[kind][slug] = state


def _load() -> dict[str, dict[str, str]]:
    """The file's content; a broken file is moved aside. Raises OSError."""
    path = place()
    _check_kind(path)
    try:
        return _parsed(path.read_bytes())
    except FileNotFoundError:
        if path in _written:  # the learner deleted it, to begin anew
            _written.remove(path)
            for seen in _seen.values():
                seen.clear()
        return {}
    except _Broken:
        path.replace(_aside(path))
        return {}


def _check_kind(path: Path) -> None:
    """Raises OSError for what is no ordinary file of ours: a device, a pipe, something huge."""
    if path.exists() and not (path.is_file() and path.stat().st_size <= _LARGEST):
        raise OSError(errno.EINVAL, "it is no file of the course's size")


def _parsed(content: bytes) -> dict[str, dict[str, str]]:
    try:
        saved = json.loads(content)
    except (ValueError, RecursionError):
        raise _Broken from None
    good = isinstance(saved, dict) and saved.keys() <= set(_KINDS) and all(
        isinstance(saved.get(kind, {}), dict)
        and all(isinstance(state, str) for state in saved.get(kind, {}).values())
        for kind in _KINDS
    )
    if not good:
        raise _Broken
    return saved


def _aside(path: Path) -> Path:
    """A free name for a broken file, beside it."""
    number = 1
    while (free := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return free


def _save() -> None:
    """Write to a new file, then put it in place: a reader sees the old one or the new one."""
    path = place()
    _check_kind(path)
    content = json.dumps({kind: dict(sorted(_seen[kind].items())) for kind in _KINDS}, indent=1)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(content + "\n")
        os.replace(name, path)
        _written.add(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

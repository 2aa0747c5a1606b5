"""The lessons of the course, read from the notebooks themselves: their titles and minutes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape

from helpers import lab

from .look import tone

_FOLDER = lab.DATA.parent / "notebooks"
_TITLE = re.compile(r"# (\d\d)\. ([^:\n]+)(?:: ([^\n]+))?")
_TIME = re.compile(r"\*\*Time:\*\* (\d+) minutes(?:: (\d+) reading)?")


@dataclass(frozen=True)
class Lesson:
    """One notebook: "08", its file name, the two halves of its title, and the minutes it takes:
    all of them, and those without the exercises."""

    number: str
    file: str
    title: str
    about: str
    minutes: int
    reading: int


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every notebook of the folder, in order; one that has no title or no time is left out."""
    found = (_read(path.name, path.read_text(encoding="utf-8"))
             for path in sorted(_FOLDER.glob("[0-9][0-9]_*.ipynb")))  # fmt: skip
    return tuple(lesson for lesson in found if lesson)


def _read(file: str, text: str) -> Lesson | None:
    cells = json.loads(text)["cells"]
    first = "".join(cells[0]["source"]) if cells else ""
    title, time = _TITLE.match(first), _TIME.search(first)
    if title is None or time is None:
        return None
    return Lesson(title[1], file, title[2], title[3] or "", int(time[1]), int(time[2] or time[1]))


def lesson_link(lesson: Lesson, words: str) -> str:
    """HTML of a link to a lesson, from a notebook beside it: JupyterLab opens it in a new tab of
    its own, a page on the web follows it."""
    colour = tone("client").text
    return f'<a href="{lesson.file}" style="color:{colour};">{escape(words)}</a>'

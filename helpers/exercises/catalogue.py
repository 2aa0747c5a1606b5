"""Finds exercises and questions by slug; "08-..." lives in lesson08.py, imported on first use."""

import pkgutil
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from .model import Exercise, Question


class Unknown(LookupError):
    """No such slug; the message says which are near."""


def lessons() -> list[str]:
    """The numbers of all lessons that have a module here: ["08", ...]."""
    return list(_numbers(tuple(import_module(__package__).__path__)))


@cache
def _numbers(folders: tuple[str, ...]) -> list[str]:
    names = (module.name for module in pkgutil.iter_modules(folders))
    return sorted(name[6:] for name in names if name.startswith("lesson") and name[6:].isdigit())


def lesson(number: str) -> ModuleType:
    """The module of exercises of one lesson. Raises Unknown."""
    if number not in lessons():
        known = ", ".join(lessons()) or "none yet"
        raise Unknown(f"There is no lesson {number!r} with exercises; there are: {known}.")
    return _module(number)


def _module(number: str) -> ModuleType:
    return import_module(f"{__package__}.lesson{number}")


def exercises(number: str | None = None) -> list[Exercise]:
    """All exercises of one lesson, or of the course, in order."""
    return _listed("EXERCISES", number)


def predictions(number: str | None = None) -> list[Question]:
    """All predictions of one lesson, or of the course, in order."""
    return _listed("PREDICTIONS", number)


def questions(number: str | None = None) -> list[Question]:
    """All quiz questions of one lesson, or of the course, in order."""
    return _listed("QUIZ", number)


def exercise(slug: Any) -> Exercise:
    """The exercise called `slug`. Raises Unknown with the nearest names."""
    return _find(slug, "EXERCISES", "exercise")


def prediction(slug: Any) -> Question:
    """The prediction called `slug`. Raises Unknown with the nearest names."""
    return _find(slug, "PREDICTIONS", "prediction")


def _listed(what: str, number: str | None) -> list[Any]:
    numbers = lessons() if number is None else [number]
    return [item for each in numbers for item in getattr(lesson(each), what)]


def _find(slug: Any, what: str, word: str) -> Any:
    if type(slug) is not str:
        raise Unknown(f'The first argument is the name of the {word}, a text such as "08-...".')
    if slug[:2] in lessons():
        for item in _listed(what, slug[:2]):
            if item.slug == slug:
                return item
    near = get_close_matches(
        slug[:80], [item.slug for item in _listed(what, None)], n=3, cutoff=0.3
    )
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Unknown(f"There is no {word} called {slug[:80]!r}.{meant}")

"""What a learner hands in, from the short forms of the tries.

Each lesson's triesNN.py has TRIES (exercise -> tries), PARAMETERS (of the exercises that ask for a
function) and NAMES (what such a function can use). A try is a value; the body of a function; or a
pair of texts, the second of which replaces the first in the worked steps of STEPS. "= ..." is
computed, with the names of STARTER.
"""

import linecache
from importlib import import_module
from typing import Any

from helpers.exercises import catalogue

LESSONS = {number: import_module(f"tests.exercises.tries{number}")
           for number in catalogue.lessons()}


def answer(slug: str, what: Any) -> Any:
    """What such a learner hands in: a value, or a function whose source can be shown."""
    lesson = LESSONS[slug[:2]]
    if slug not in lesson.PARAMETERS:
        computed = type(what) is str and what.startswith("= ")
        return eval(what[2:], dict(lesson.STARTER)) if computed else what
    body = f"\n    {what}\n"
    if type(what) is tuple:
        steps = lesson.STEPS[slug]
        assert what[0] in steps, what
        body = steps.replace(*what)
    source, cell = f"def learner({lesson.PARAMETERS[slug]}):{body}", f"cell {slug} {what}"
    linecache.cache[cell] = len(source), None, source.splitlines(True), cell
    names = dict(lesson.NAMES)
    exec(compile(source, cell, "exec"), names)
    return names["learner"]

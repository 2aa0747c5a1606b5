"""The countable part of how a notebook of this course is written, one function per rule.

A rule takes a Lesson and yields (cell id, what is wrong). A cell id of "" means the whole file.
"""

from tests.notebooks.rules import access, code, exercises, outputs, prose, shape
from tests.notebooks.rules.base import Rule, collect

RULES: dict[str, Rule] = collect(shape, code, prose, outputs, exercises, access)

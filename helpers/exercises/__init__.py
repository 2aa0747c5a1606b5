"""Exercises: `check`, `predict`, `quiz` and `progress`; one module of content per notebook.

A slug begins with its lesson's number: "08-cipher-suite" lives in lesson08.py. To add a lesson,
write `exercises/lessonNN.py` that exports three lists, EXERCISES, PREDICTIONS and QUIZ, made of
the classes in model.py with forms from forms.py and wording.py. Nothing else has to know: the
module is found by its name, and tests/exercises/test_lessons.py proves every exercise in it.
"""

from .check import check
from .forms import BytesForm, IntegerForm
from .model import Attempt, Case, Exercise, Lazy, Option, Question, Wrong
from .overview import overview
from .overview_paths import paths
from .progress import progress
from .quiz import predict, quiz
from .report import Report
from .wording import ChoiceForm, FunctionForm, ListForm, TextForm

__all__ = [
    "Attempt",
    "BytesForm",
    "Case",
    "ChoiceForm",
    "Exercise",
    "FunctionForm",
    "IntegerForm",
    "Lazy",
    "ListForm",
    "Option",
    "Question",
    "Report",
    "TextForm",
    "Wrong",
    "check",
    "overview",
    "paths",
    "predict",
    "progress",
    "quiz",
]

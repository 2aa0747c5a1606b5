"""What a lesson's module of exercises is made of.

A module `helpers/exercises/lessonNN.py` exports EXERCISES, PREDICTIONS and QUIZ. Everything that
costs time (a handshake, a recording) belongs inside `cases` or a `Lazy`, so that importing the
module costs nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .forms import Form
from .wording import FunctionForm

LEVELS = ("easy", "medium", "hard")


class Lazy:
    """A value made on first use: `Lazy(lambda: handshake().messages[0].data)`."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def value(self) -> Any:
        return self._make()


@dataclass(frozen=True)
class Case:
    """One thing to get right: the expected answer, and for a function what it is called with."""

    expected: Any
    args: tuple[Any, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Wrong:
    """A mistake people make, and the hint for it.

    `answer` is what such a learner would hand in: a value (or a Lazy), or for a FunctionForm a
    function. It must be readable in the exercise's form.
    """

    name: str
    answer: Any
    hint: str


@dataclass(frozen=True)
class Attempt:
    """A wrong answer: `answer` as it was handed in (a function, where one is asked for).

    `given` is what it came to, read in the exercise's form, or None where it came to nothing:
    it could not be read, or the function raised. Then `error` is the kind ("InvalidTag") and
    `said` the sentence about it.
    """

    answer: Any
    case: Case
    given: Any = None
    error: str = ""
    said: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise. `start` says what to do first; `why` what it was good for.

    `diagnose` looks at an answer that is none of the `wrong` ones and says what is the matter, or
    nothing (""). Like every hint it must not contain the answer. `silent` is the help for a
    function that does something and returns nothing. `patience`: after how many seconds a call of
    the function is stopped, where the usual fifteen would be a long wait.

    Raises ValueError for an unknown level or fewer than two wrong answers.
    """

    slug: str
    title: str
    level: str
    minutes: int
    form: Form
    cases: Callable[[], Sequence[Case]]
    wrong: Sequence[Wrong]
    why: str
    start: str
    diagnose: Callable[[Attempt], str] | None = None
    silent: str = ""
    patience: float | None = None
    _made: list[Case] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"{self.slug}: the level is one of {', '.join(LEVELS)}")
        if len(self.wrong) < 2:
            raise ValueError(f"{self.slug}: name at least two mistakes that people make")

    @property
    def is_function(self) -> bool:
        return isinstance(self.form, FunctionForm)

    def made_cases(self) -> list[Case]:
        """The cases, made once."""
        if not self._made:
            self._made.extend(self.cases())
        return self._made


@dataclass(frozen=True)
class Option:
    """One option of a question, and what to say to those who choose it."""

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question with options, exactly one of them right and each with its own feedback.

    Raises ValueError where that does not hold.
    """

    slug: str
    prompt: str
    options: Sequence[Option]

    def __post_init__(self) -> None:
        texts = {option.text for option in self.options}
        feedback = {option.feedback for option in self.options}
        if sum(option.right for option in self.options) != 1 or len(self.options) < 2:
            raise ValueError(f"{self.slug}: two options or more, and exactly one of them right")
        if len(texts) != len(self.options) or len(feedback) != len(self.options) or "" in feedback:
            raise ValueError(f"{self.slug}: every option needs its own text and its own feedback")

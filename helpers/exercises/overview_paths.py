"""Ways through the course for those who have less than all the time it takes.

The minutes are those that the lessons state themselves, so a path adds up to what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from helpers.show import Html, View
from helpers.show.course import Lesson, lesson_link, lessons
from helpers.show.same_order_way import linked_table

from . import catalogue

ALL, TALK, FIRST_HALF, EASY = ("with its exercises", "without its exercises",
                               "its first half, without its exercises", "easy exercises only")


def _easy(lesson: Lesson) -> int:
    return lesson.reading + sum(item.minutes for item in catalogue.exercises(lesson.number)
                                if item.level == "easy")


MINUTES: dict[str, Callable[[Lesson], int]] = {
    ALL: lambda lesson: lesson.minutes, TALK: lambda lesson: lesson.reading,
    FIRST_HALF: lambda lesson: lesson.reading // 2, EASY: _easy,
}


@dataclass(frozen=True)
class Path:
    """`limit`: the minutes that somebody has. `parts`: how much, of which lessons, in order."""

    have: str
    limit: int
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    gain: str

    @property
    def minutes(self) -> int:
        """What its parts take together."""
        known = {lesson.number: lesson for lesson in lessons()}
        return sum(MINUTES[how](known[number]) for how, numbers in self.parts
                   for number in numbers)


PATHS = (
    Path("90 minutes", 90, ((ALL, ("00",)), (FIRST_HALF, ("04",))),
         "What leaks, what is noticed, what takes time; and how two strangers agree on a key."),
    Path("half a day (4 hours)", 240,
         ((ALL, ("00",)), (FIRST_HALF, ("01", "04")), (TALK, ("09",))),
         "Also how a text is sealed, and today's handshake, message by message."),
    Path("two days (6 hours each)", 720,
         ((ALL, ("00",)), (EASY, ("01", "02", "04", "05", "06", "09", "10"))),
         "Every step of today's protocol. Left out: RSA (03), broken trust (07), TLS 1.2 (08)."),
)


def paths() -> View:
    """The paths with their minutes, and what each of them leaves out."""
    known = {lesson.number: lesson for lesson in lessons()}
    rows, plain = [], []
    for path in PATHS:
        steps, told = [], []
        for how, numbers in path.parts:
            total = sum(MINUTES[how](known[number]) for number in numbers)
            links = ", ".join(lesson_link(known[number], number) for number in numbers)
            steps.append(f"<div>{links}, {escape(how)}: {total}</div>")
            told.append(f"{', '.join(numbers)}, {how}: {total}")
        rows.append([f"<b>{escape(path.have)}</b>", "".join(steps), str(path.minutes),
                     escape(path.gain)])
        plain.append(f"{path.have} | {'; '.join(told)} | {path.minutes} minutes | {path.gain}")
    everything = sum(lesson.minutes for lesson in lessons())
    rows.append(["<b>four days and more</b>", "all lessons in order, with all exercises",
                 f"{everything:,}", "Every step before the first byte, by the byte."])
    plain.append(f"four days and more | all lessons in order, with all exercises | "
                 f"{everything:,} minutes")
    caption = "Which path? The minutes are the lessons' own, breaks not counted."
    return Html(linked_table(caption, ("you have", "take (minutes)", "in all", "you will know"),
                             rows), "\n".join([caption, *plain]))

"""The whole course in one table: each lesson with a link, its minutes, and what is done of it."""

from html import escape

from helpers.show import Html, View
from helpers.show.course import lesson_link, lessons
from helpers.show.same_order_way import linked_table

from . import catalogue
from .progress import known


def overview() -> View:
    """Every lesson of the course, and how many of its exercises you have solved."""
    states = known()["exercises"]
    rows, plain = [], []
    for lesson in lessons():
        listed = catalogue.exercises(lesson.number) if lesson.number in catalogue.lessons() else []
        done = sum(states.get(item.slug) == "passed" for item in listed)
        about = f"{lesson.number} {lesson.title}"
        so_far = f"{done} of {len(listed)}"
        rows.append([lesson_link(lesson, about), escape(lesson.about), str(lesson.minutes), so_far])
        plain.append(f"{about} | {lesson.about} | {lesson.minutes} minutes | {so_far}")
    total = sum(lesson.minutes for lesson in lessons())
    caption = f"The course: {len(rows)} lessons, {total / 60:.0f} hours for all of it"
    heads = ("lesson", "what it asks", "minutes", "exercises done")
    return Html(linked_table(caption, heads, rows), "\n".join([caption, *plain]))

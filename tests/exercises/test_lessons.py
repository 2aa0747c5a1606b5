"""Every exercise, prediction and quiz question of the course."""

from collections import Counter

import pytest

from helpers.exercises import catalogue, predict, quiz
from tests.exercises.proof import prove, prove_question
from tests.explore.proof import prove as prove_explorer

EXERCISES = catalogue.exercises()
QUESTIONS = [*catalogue.predictions(), *catalogue.questions()]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_exercise(exercise):
    prove(exercise)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_question(question):
    prove_question(question)


def test_slugs_are_distinct_and_begin_with_their_lesson():
    for number in catalogue.lessons():
        items = [
            *catalogue.exercises(number),
            *catalogue.predictions(number),
            *catalogue.questions(number),
        ]
        assert all(item.slug.startswith(f"{number}-") for item in items)
    counted = Counter(item.slug for item in [*EXERCISES, *QUESTIONS])
    assert [slug for slug, times in counted.items() if times > 1] == []


def test_each_lesson_climbs_from_easy_to_hard():
    order = ["easy", "medium", "hard"]
    for number in catalogue.lessons():
        levels = [order.index(item.level) for item in catalogue.exercises(number)]
        assert levels == sorted(levels), f"lesson {number}"


@pytest.mark.parametrize("number", catalogue.lessons())
def test_the_place_of_an_option_says_nothing_about_it(number):
    """A learner who always takes the same place is right with less than half of the questions,
    and each of the first three places holds a right one somewhere."""
    asked = [*catalogue.predictions(number), *catalogue.questions(number)]
    places = Counter(
        [option.right for option in question.options].index(True) for question in asked
    )
    assert {0, 1, 2} <= places.keys()
    assert max(places.values()) < len(asked) / 2


def test_predictions_and_quizzes_are_sound_explorers(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS_FILE", str(tmp_path / "progress.json"))
    for question in catalogue.predictions():
        prove_explorer(predict(question.slug))
    for number in catalogue.lessons():
        prove_explorer(quiz(number), limit=200)

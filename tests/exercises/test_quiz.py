"""Predictions and quizzes: feedback for every option, and nothing given away beforehand."""

import pytest

from helpers.exercises import predict, quiz
from tests.exercises import sample
from tests.explore.proof import prove

pytestmark = pytest.mark.usefixtures("lesson_99")
FLIP = sample.PREDICTIONS[0]


def radio(explorer, name):
    return explorer._handles[name].widget


def test_both_are_sound_explorers():
    prove(predict("99-flip"))
    prove(quiz("99"))


def test_nothing_is_chosen_at_first():
    assert radio(predict("99-flip"), "guess").index is None
    assert [radio(quiz("99"), name).index for name in ("q1", "q2")] == [None, None]
    assert "Choose one, then run the next cell." in predict("99-flip").value_html


@pytest.mark.parametrize("index", range(len(FLIP.options)))
def test_a_prediction_is_confirmed_and_its_feedback_waits_folded(index):
    explorer = predict("99-flip")
    radio(explorer, "guess").index = index
    shown, option = explorer.value_html, FLIP.options[index]
    before, folded = shown.split("<details")
    assert option.text in before
    assert "Noted" in before
    assert option.feedback not in before
    assert option.feedback in folded
    assert "open" not in folded.split(">")[0]
    assert ("That is right." in folded) == option.right


def test_what_is_saved_shows_the_options_but_not_which_is_right():
    for explorer, questions in ((predict("99-flip"), [FLIP]), (quiz("99"), sample.QUIZ)):
        bundle = explorer._repr_mimebundle_()
        saved = bundle["text/html"] + bundle["text/plain"]
        for question in questions:
            assert question.prompt in saved
            places = [saved.index(option.text) for option in question.options]
            assert places == sorted(places)
            assert all(option.feedback not in saved for option in question.options)
        assert "right." not in saved.replace("0 of 2 right.", "")


def test_options_look_alike_in_what_is_saved():
    saved = predict("99-flip")._repr_mimebundle_()["text/html"]
    around = {saved.split(option.text)[0][-4:] + saved.split(option.text)[1][:5]
              for option in FLIP.options}  # fmt: skip
    assert around == {"<li></li>"}


def test_a_quiz_counts_and_names_what_is_left_and_what_to_look_at():
    explorer = quiz("99")
    assert "0 of 2 right.</strong> Still to answer: 1, 2." in explorer.value_html
    explorer.set("q2", 0)
    assert "Still to answer: 1. To look at again: 2." in explorer.value_html
    assert "No number theory" in explorer.note_with("q2", q2=0)
    explorer.set("q2", 1)
    explorer.set("q1", 0)
    assert "2 of 2 right.</strong></div>" in explorer.value_html


def test_every_option_of_a_quiz_has_its_feedback_in_words():
    explorer = quiz("99")
    for name, question in zip(("q1", "q2"), sample.QUIZ, strict=True):
        for index, option in enumerate(question.options):
            note = explorer.note_with(name, **{name: index})
            assert option.feedback in note
            assert ("That is right." if option.right else "Not this one.") in note


def test_an_unknown_prediction_is_one_sentence():
    assert (
        predict("99-flop").text == "There is no prediction called '99-flop'. Did you mean 99-flip?"
    )

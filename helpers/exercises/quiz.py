"""`predict("08-...")` and `quiz("08")`: questions to choose an answer to, as Explorers.

Nothing is chosen at first, every option has its own feedback, and what is saved in a notebook
shows questions and options in order but not which one is right.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from helpers.explore import Choice, Explorer
from helpers.show import Html
from helpers.show.look import panel

from . import catalogue
from .model import Option, Question
from .progress import remember


def predict(slug: str) -> Explorer | Html:
    """Commit to one option before running the next cell; the feedback waits, folded, until then."""
    try:
        question = catalogue.prediction(slug)
    except catalogue.Unknown as unknown:
        return _sorry(unknown)
    return Explorer(
        "Predict first",
        {"guess": _radio("Your prediction", question)},
        lambda guess: _committed(question, guess),
        question=question.prompt,
        on_change=lambda values: remember("predictions", question.slug, "answered"),
    )


def quiz(lesson: str) -> Explorer | Html:
    """All quiz questions of a lesson ("08"), with feedback below each and the score at the end."""
    try:
        questions = catalogue.questions(lesson)
    except catalogue.Unknown as unknown:
        return _sorry(unknown)
    by_name = {f"q{number}": question for number, question in enumerate(questions, start=1)}
    return Explorer(
        f"Quiz: {len(questions)} questions",
        {
            name: _radio(f"{name[1:]}. {question.prompt}", question)
            for name, question in by_name.items()
        },
        lambda **chosen: _score(by_name, chosen),
        question="Choose one answer to each; you may change your mind.",
        notes={name: _note(name, question) for name, question in by_name.items()},
        on_change=lambda chosen: _remember_quiz(by_name, chosen),
    )


def _sorry(unknown: catalogue.Unknown) -> Html:
    return Html(panel(escape(str(unknown)), "quiet"), str(unknown))


def _radio(label: str, question: Question) -> Choice:
    texts = {option.text: index for index, option in enumerate(question.options)}
    return Choice(label, texts, style="radio", value=None)


def _committed(question: Question, guess: int | None) -> str:
    if guess is None:
        return panel("Choose one, then run the next cell.", "quiet")
    option = question.options[guess]
    return panel(
        f"<strong>Noted. You expect:</strong> {escape(option.text)}"
        '<div style="margin-top:2px;">Run the next cell to see.</div>'
        '<details style="margin-top:6px;"><summary style="cursor:pointer;">Open this after you '
        f"have run it</summary>{_verdict(option)}</details>",
        "quiet",
    )


def _verdict(option: Option) -> str:
    sign, words = ("✓", "That is right.") if option.right else ("✗", "Not this one.")
    return (
        f'<div style="margin-top:4px;"><strong><span aria-hidden="true">{sign}</span> {words}'
        f"</strong> {escape(option.feedback)}</div>"
    )


def _note(name: str, question: Question) -> Callable[..., str]:
    def note(**chosen: Any) -> str:
        if chosen[name] is None:
            return ""
        option = question.options[chosen[name]]
        return panel(_verdict(option), "good" if option.right else "trouble")

    return note


def _score(by_name: dict[str, Question], chosen: dict[str, int | None]) -> str:
    right = sum(_right(question, chosen[name]) for name, question in by_name.items())
    left = [name[1:] for name in by_name if chosen[name] is None]
    mend = [
        name[1:]
        for name, question in by_name.items()
        if chosen[name] is not None and not _right(question, chosen[name])
    ]
    said = f"<strong>{right} of {len(by_name)} right.</strong>"
    if left:
        said += f" Still to answer: {', '.join(left)}."
    if mend:
        said += f" To look at again: {', '.join(mend)}."
    return panel(said, "good" if right == len(by_name) else "quiet")


def _right(question: Question, index: int | None) -> bool:
    return index is not None and question.options[index].right


def _remember_quiz(by_name: dict[str, Question], chosen: dict[str, int | None]) -> None:
    for name, question in by_name.items():
        if chosen[name] is not None:
            state = "passed" if _right(question, chosen[name]) else "not yet"
            remember("quiz", question.slug, state)

"""Lesson 07: three apps with a validator of their own, each with one check forgotten."""

from __future__ import annotations

from helpers import pki
from helpers.experiments.careless import APPS, CHECKS, app_accepts, slips_through
from helpers.experiments.gallery import broken_slugs

from .model import Attempt, Case, Exercise, Wrong
from .wording import ChoiceForm, ListForm


def _expected() -> list[str]:
    """For each app the one check that explains what it lets through."""
    return [_explains(app) for app in APPS]


def _explains(app: str) -> str:
    through = {slug for slug in slips_through(None) if app_accepts(app, slug)}
    found = [check for check in CHECKS if set(slips_through(check)) == through]
    assert len(found) == 1, (app, found)
    return found[0]


def _chains() -> set[str]:
    """What somebody might give instead of a check: slugs and titles."""
    return {*broken_slugs(), *(pki.broken(slug).title for slug in broken_slugs())}


def _trouble(attempt: Attempt) -> str:
    given = attempt.given
    if given is None:
        if type(attempt.answer) in (list, tuple) and _chains() & {
                word for word in attempt.answer if type(word) is str}:
            return ("That is a chain of the gallery. Give the name of the check that catches it, "
                    "as the widget above writes it.")
        return ("Give three checks, in quotes, in the order of the apps: the first for A."
                if type(attempt.answer) in (str, dict, set) else "")
    if len(given) != len(APPS):
        return "One check for each of the three apps, in their order."
    if sorted(given) == sorted(right.replace("_", "") for right in attempt.case.expected):
        return "The right three checks in the wrong order: the first is the one that A forgot."
    wrong = [app for app, said, right in zip(APPS, given, attempt.case.expected, strict=True)
             if said != right.replace("_", "")]
    app = wrong[0]
    return (f"App {app} is not explained yet. List the broken chains it takes: [slug "
            f"for slug in broken_slugs() if app_accepts(\"{app}\", slug)]. Which check of the list "
            "refuses each of them, when it is not forgotten?")


CARELESS = Exercise(
    "07-careless", "Three careless apps", "medium", 6,
    ListForm(ChoiceForm(CHECKS), what="a list of three checks"),
    lambda: [Case(_expected())],
    [
        Wrong("all the same", ["signature", "signature", "signature"],
              "None of the three has forgotten the signatures: all refuse the chain that was "
              "tampered with. Look at what they accept."),
        Wrong("all dates", ["dates", "dates", "dates"],
              "All three refuse the expired certificate, so none of them has forgotten the dates."),
    ],
    "A validator that has forgotten a check works every day, with every honest certificate. Only "
    "a broken chain shows it.",
    "Ask app_accepts(app, slug) about every chain of the gallery, and put the name of the "
    "forgotten check of A, B and C in a list.", _trouble)

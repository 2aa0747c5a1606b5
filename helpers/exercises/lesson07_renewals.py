"""Lesson 07: how many renewals a shorter lifetime means."""

from __future__ import annotations

from .alike import alike
from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm


def renewals(count: int, lifetime: int) -> int:
    """The reference answer: all made on day 0, each renewed when a third of its life is left."""
    return count * (365 // (lifetime * 2 // 3))


def _cases() -> list[Case]:
    table = ((1000, 100, "100 days"), (1000, 200, "200 days"), (1000, 47, "47 days"),
             (5, 91, "91 days: two thirds are 60 and a bit"),
             (2, 50, "50 days: two thirds are 33 and a bit"),
             (40, 398, "398 days, the rule until 2026"), (3, 6, "six days"),
             (7, 548, "renewed on day 365"), (7, 550, "renewed on day 366"))
    return [Case(renewals(count, lifetime), (count, lifetime), label)
            for count, lifetime, label in table]


def _trouble(attempt: Attempt) -> str:
    count, lifetime = attempt.case.args
    given, every = attempt.given, lifetime * 2 // 3
    if attempt.error == "ZeroDivisionError":
        return "You divide by 0: is it lifetime * 2 // 3, and not 2 // 3 first?"
    if type(given) is not int:
        return "" if attempt.error else "Whole numbers only: // instead of /, in both places."
    if said := alike(attempt, RENEWALS.made_cases(), _MISTAKES):
        return said
    if given == count * 365 * 3 / (lifetime * 2):
        return ("That counts parts of renewals. Round down twice, with // instead of /: the days "
                "between two renewals, and how often they fit into 365.")
    if given in (count * 365 // every, round(count * 365 / every), -(-count * 365 // every)):
        return ("That is an average over many years. Here each certificate is renewed a whole "
                "number of times in the year: divide first, then multiply by count.")
    if given in (count * (365 // every + 1), count * -(-365 // every)):
        return ("One too many for each: those of day 0 are no renewals, and what falls behind day "
                "365 does not count (so round down).")
    if given == count * (365 // (lifetime // 2)):
        return "That is after half of the life. Two thirds have passed when they are renewed."
    if given == count * (365 // round(lifetime * 2 / 3)):
        return "Whole days, rounded down: // and not round."
    if given == count * every:
        return "That is days, not renewals: how many times do they fit into 365?"
    return ("In steps: after how many days is one certificate renewed (two thirds of its life)? "
            "How many times does that fit into 365 days? And how many certificates are there?")


_MISTAKES = (
    (lambda count, lifetime: count * int(365 / (lifetime * 2 / 3)),
     "You round down once, at the end. The days between two renewals are whole days, too: "
     "lifetime * 2 // 3."),
    (lambda count, lifetime: count * (365 // int(lifetime * 0.66)),
     "0.66 is a little less than two thirds. Take whole numbers: lifetime * 2 // 3."),
    (lambda count, lifetime: count * (365 // lifetime),
     "You wait until the last day. They are renewed when a third of the life is left: after "
     "lifetime * 2 // 3 days."),
    (lambda count, lifetime: count * (365 // (lifetime // 3 * 2)),
     "Multiply before you divide: // throws the rest away, and two thirds of what is left of 47 "
     "are 30 instead of 31."),
    (lambda count, lifetime: count * (364 // (lifetime * 2 // 3)),
     "Day 365 counts, too: the year has 365 days behind day 0."),
    (lambda count, lifetime: count * (365 // (lifetime - lifetime // 3)),
     "That rounds two thirds UP (what is taken away was rounded down). The task rounds them down: "
     "lifetime * 2 // 3."),
    (lambda count, lifetime: renewals(lifetime, count),
     "The two are exchanged: `count` comes first, then `lifetime`."),
)
RENEWALS = Exercise(
    "07-renewals", "A year of renewals", "medium", 4,
    FunctionForm(IntegerForm(), ("count", "lifetime")), _cases,
    [
        Wrong("one certificate", lambda count, lifetime: 365 // (lifetime * 2 // 3),
              "That is for one certificate. There are `count` of them."),
        Wrong("a third", lambda count, lifetime: count * (365 // (lifetime // 3)),
              "A third is what is LEFT. Two thirds have passed by then."),
    ],
    "From 398 days to 47: eleven renewals a year where there was one. By hand that is a full-time "
    "post; a program does it at night.",
    "After how many days is a certificate renewed, how often is that in 365 days, and how many "
    "certificates are there?",
    _trouble,
    silent="Return the number of renewals.", patience=3.0)

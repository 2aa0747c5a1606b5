"""Exercises of a lesson that does not exist, one with strong cases and one with weak ones.

test_proofs.py copies it to a place where `check("98-...")` finds it.
"""

from helpers.exercises import Case, Exercise, FunctionForm, IntegerForm, Wrong

RECORDS = (b"\x16\x03\x03\x00\x10", b"\x17\x03\x03\x01\x02\xff", b"\x15\x03\x03\x00\x02\x00")


def length(record: bytes) -> int:
    """The right answer, and what the notebook's solution says too."""
    return int.from_bytes(record[3:5], "big")


def exercise(slug: str, records: tuple[bytes, ...]) -> Exercise:
    """The same task, proved on these records only."""
    return Exercise(
        slug=slug,
        title="How long is the record?",
        level="easy",
        minutes=2,
        form=FunctionForm(returns=IntegerForm(), parameters=("record",)),
        cases=lambda: [Case(length(record), args=(record,)) for record in records],
        wrong=[
            Wrong("swapped", lambda record: int.from_bytes(record[3:5], "little"), "Which end?"),
            Wrong("whole", len, "Count what the header says, not the bytes you have."),
        ],
        why="The length tells where the next record begins.",
        start="Write the function, then run its cell and this one.",
    )


EXERCISES = [exercise("98-length", RECORDS), exercise("98-weak", (b"\x16\x03\x03\x01\x01",))]
PREDICTIONS: list = []
QUIZ: list = []

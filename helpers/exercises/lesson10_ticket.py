"""Lesson 10: is a ClientHello with a ticket fresh, or an old copy? (RFC 9846 section 8.3)"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from helpers import lab
from helpers.experiments.coming_back import TICKET_KEY, shop_client, visit_shop
from helpers.tls.psk import Tickets

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .wording import FunctionForm

WINDOW = 10_000  # milliseconds
_TURN = 2**32


def is_fresh(obfuscated_age: int, age_add: int, issued: int, now: int) -> bool:
    """The reference answer."""
    age = (obfuscated_age - age_add) % _TURN
    return abs(age - (now - issued)) <= WINDOW


@cache
def _hello(after: float) -> tuple[int, int]:
    """What a client says of its ticket's age, so many seconds later, and the ticket's age_add."""
    session = visit_shop(Tickets(TICKET_KEY)).sessions[0]
    client = shop_client(session, after=after)
    client.data_to_send()
    return session.obfuscated_age(lab.NOW.timestamp() + after), session.age_add


@cache
def rfc8448_ages() -> tuple[int, int]:
    """obfuscated_ticket_age and ticket_age_add of RFC 8448 sections 4 and 3."""
    traces = json.loads((lab.DATA / "published" / "rfc8448_traces.json").read_text("utf-8"))
    steps = {trace["section"]: trace["steps"] for trace in traces["traces"]}
    hello = _value(steps[4], "construct a ClientHello", "ClientHello")
    ticket = _value(steps[3], "construct a NewSessionTicket", "NewSessionTicket")
    return int.from_bytes(hello[-4:], "big"), int.from_bytes(ticket[8:12], "big")


def _value(steps: list[dict], what: str, name: str) -> bytes:
    return next(bytes.fromhex(step["values"][name]) for step in steps
                if step["what"].startswith(what) and name in step["values"])


def _cases() -> list[Case]:
    issued = round(lab.NOW.timestamp() * 1000)
    obfuscated, add = _hello(60.0)
    published, published_add = rfc8448_ages()
    late, late_add = _hello(7_000.0)
    tries = [
        (obfuscated, add, issued, issued + 60_000, "60 s old, and it arrives at once"),
        (obfuscated, add, issued, issued + 90_000, "the same bytes, half a minute later"),
        (obfuscated, add, issued, issued + 75_000, "the same bytes, 15 s later"),
        (obfuscated, add, issued, issued + 52_000, "the client's clock runs 8 s fast"),
        (obfuscated, add, issued, issued + 45_000, "the client claims to be 15 s older"),
        (1_500, 4_294_960_000, issued, issued + 8_800, "the sum went once around"),
        (1_500, 4_294_960_000, issued, issued + 30_000, "it went around, and it is old"),
        (published, published_add, issued, issued + 6, "RFC 8448: a few milliseconds old"),
        (published, published_add, issued, issued + 3_600_000, "RFC 8448's, an hour later"),
        (late, late_add, issued, issued + 7_000_900, "nearly two hours old, and on time"),
        ((add + 2**31 + 60_000) % _TURN, add, issued, issued + 60_000, "it claims 25 days more"),
        (1_500, 4_294_960_000, issued, issued + 18_796, "around, and just on the limit"),
        (obfuscated, add, issued, issued + 70_000, "exactly 10 s later"),
        (obfuscated, add, issued, issued + 70_001, "a millisecond more"),
    ]
    return [Case(is_fresh(*args), tuple(args), label) for *args, label in tries]


def _judge(age: Callable[[int, int], int], window: int = WINDOW, *, late_only: bool = False,
           early_only: bool = False) -> Any:
    def server(obfuscated_age: int, age_add: int, issued: int, now: int) -> bool:
        off = now - issued - age(obfuscated_age, age_add)
        if late_only or early_only:
            return off <= window if late_only else off >= -window
        return abs(off) <= window

    return server


def _true(obfuscated: int, add: int) -> int:
    return (obfuscated - add) % _TURN


_AROUND = ("Where the sum went around (2**32 and begin at 0 again), your age is negative or huge. "
           "Take the difference modulo 2**32.")
_MISTAKES = (
    (lambda *args: True, "You take every ClientHello, old copies too."),
    (lambda *args: False, "You take none. One that arrives at once has to pass. Print the two "
     "ages that you compare: in the first case both should be about 60,000."),
    (_judge(lambda obf, add: obf), "obfuscated_age is the age plus age_add: take that off again."),
    (_judge(lambda obf, add: obf + add), "age_add was added by the client. Take it off."),
    (_judge(lambda obf, add: (obf + add) % _TURN), "age_add was added by the client. Take it off."),
    (_judge(lambda obf, add: add - obf), "The other way round: obfuscated_age minus age_add."),
    (_judge(lambda obf, add: (add - obf) % _TURN), "The other way round: obfuscated_age minus "
     "age_add."),
    (_judge(lambda obf, add: obf - add), _AROUND),
    (_judge(lambda obf, add: abs(obf - add)), _AROUND),
    (_judge(lambda obf, add: max(0, obf - add)), _AROUND),
    (_judge(lambda obf, add: (obf - add) % (_TURN - 1)), "The number goes around at 2**32, not at "
     "2**32 - 1."),
    (_judge(lambda obf, add: (obf - add) % 2**31), "The field has 32 bits: modulo 2**32."),
    (_judge(lambda obf, add: (obf - add) % 2**16), "The field has 32 bits: modulo 2**32."),
    (_judge(_true, 10), "10 seconds are 10,000 of the milliseconds in which all four are given."),
    (_judge(_true, 1_000), "The window is 10 seconds, and all four numbers are milliseconds."),
    (_judge(_true, WINDOW // 2), "10 seconds each way, not five."),
    (_judge(_true, 2 * WINDOW), "10 seconds each way, not twenty."),
    (_judge(_true, 60_000), "The window is 10 seconds, and all four numbers are milliseconds."),
    (_judge(_true, late_only=True), "A client that claims to be much older than its ticket is "
     "suspicious, too: look at the difference both ways, abs(...)."),
    (_judge(_true, early_only=True), "You let everything late pass, and that is what a copy "
     "is: look at the difference both ways, abs(...)."),
    (lambda obf, add, issued, now: _true(obf, add) <= WINDOW, "A ticket may be hours old. What "
     "must be small is the difference between the client's age and yours, now - issued."),
    (lambda obf, add, issued, now: now - issued <= WINDOW, "A ticket may be hours old. What must "
     "be small is the difference between the client's age and yours, now - issued."),
    (lambda obf, add, issued, now: not is_fresh(obf, add, issued, now), "The other way round: True "
     "for the fresh ones."),
    (lambda obf, add, issued, now: abs(_true(obf, add) - now) <= WINDOW, "`now` is a time, not an "
     "age. Your age of the ticket is now - issued."),
    (lambda obf, add, issued, now: abs(_true(obf, add) - issued) <= WINDOW, "`issued` is a time, "
     "not an age. Your age of the ticket is now - issued."),
    (lambda obf, add, issued, now: _true(obf, add) == now - issued, "Two clocks never agree to the "
     "millisecond, and bytes take time. Allow 10,000 either way."),
)


def _trouble(attempt: Attempt) -> str:
    if attempt.error or attempt.given is None:
        return ""
    if said := alike(attempt, FRESH.made_cases(), _MISTAKES):
        return said
    if attempt.case.expected:
        return ("This one is fresh, and you refuse it. Two ages have to be close: the client's "
                "(obfuscated_age - age_add, modulo 2**32) and yours (now - issued).")
    return ("This one is an old copy, or claims an age it cannot have, and you let it pass. "
            "Compare the client's age with your own.")


FRESH = Exercise(
    "10-fresh", "Fresh, or a copy?", "medium", 8,
    FunctionForm(TruthForm(), ("obfuscated_age", "age_add", "issued", "now")), _cases,
    [
        Wrong("strictly the seconds", lambda obf, add, issued, now: abs(
            _true(obf, add) // 1000 - (now - issued) // 1000) <= WINDOW // 1000,
              "Whole seconds are too coarse: compare milliseconds."),
        Wrong("less than", lambda obf, add, issued, now: abs(
            _true(obf, add) - (now - issued)) < WINDOW,
              "Exactly ten seconds still pass: at most, <=."),
    ],
    "A copied ClientHello ages on its way: what it says about itself stays what it was.",
    "First the client's idea of the ticket's age: take age_add off obfuscated_age, modulo 2**32.",
    _trouble, silent="Return whether the two ages are at most 10,000 ms apart.")

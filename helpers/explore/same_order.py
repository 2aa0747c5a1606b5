"""The first three widgets: one order from three sides, a changed byte, a way in."""

from __future__ import annotations

from functools import cache

from helpers.experiments import Link, protocol, time_to_first_byte
from helpers.experiments.latency import Timeline
from helpers.experiments.latency_flights import Script
from helpers.experiments.same_order import HTTP, HTTPS, order_by, sights, stand_between
from helpers.show import between_view, three_sides, waterfall
from helpers.show.look import panel
from helpers.show.waterfall import milliseconds

from .controls import Choice, Number, Toggle, Typed
from .explorer import Explorer

_WAYS = {"HTTP": HTTP, "HTTPS": HTTPS}
_DISTANCES = {"in the same city: 5 ms": 5, "in the same country: 30 ms": 30,
              "on another continent: 200 ms": 200}  # fmt: skip
_TYPED = ("https://", "http://")


def look_from_three_sides() -> Explorer:
    """Message after message of one order, by HTTP and by HTTPS."""
    return Explorer(
        "One order, three sides",
        {
            "way": Choice("Sent by", _WAYS, style="buttons", value=HTTPS),
            "number": Number("Message", 1, lambda values: len(sights(values["way"])), 1, 1),
        },
        lambda way, number: three_sides(sights(way), number),
        question="By HTTPS: which is the last message that somebody on the way can read the "
        "meaning of? And in which one does the name of the shop stand in the open?",
    )


def stand_in_the_middle() -> Explorer:
    """One byte of the answer is changed on its way."""
    answer = order_by(HTTP).stream("server")

    def render(way: str, position: int, character: str) -> str:
        if len(character) != 1 or not character.isascii() or not character.isprintable():
            return panel("Put one single letter, digit or sign into the last field.", "trouble")
        return between_view(stand_between(way, position, character)).html

    def around(position: int, **_: object) -> str:
        at = position
        before, after = answer[max(0, at - 12) : at], answer[at + 1 : at + 13]
        words = " ".join("".join(map(_visible, part)) for part in (before, answer[at : at + 1],
                                                                    after))  # fmt: skip
        return panel(f"Around byte {at}: {words.replace('<', '&lt;')}", "quiet")

    return Explorer(
        "Stand in the middle",
        {
            "way": Choice("Sent by", _WAYS, style="buttons"),
            "position": Number("Byte of the answer", 0, len(answer) - 1, 1, 70),
            "character": Typed("becomes", "X", samples=["1", "X", "", "ab", "é"]),
        },
        render,
        notes={"position": around},
        question="By HTTP: which byte do you change, and into what, so that the lamp costs 10 "
        "euros instead of 90? By HTTPS: do you find any byte whose change is shown?",
    )


def _visible(byte: int) -> str:
    return {13: "", 10: "⏎"}.get(byte, chr(byte))


@cache
def _script(name: str, label: str) -> Script:
    known = protocol(name)
    return Script(label, known.flights, known.transport)


def visit(ms: int, typed: str, yesterday: bool, quic: bool) -> list[Timeline]:
    """The connections that one visit needs, one after the other, up to the page's first byte."""
    looked_up = 0.0 if yesterday else 0.02
    done: list[Timeline] = []
    if typed == "http://" and not yesterday:
        first = _script("HTTP", "http: “come by https”")
        done.append(time_to_first_byte(first, Link(ms / 1000, dns=looked_up)))
        looked_up = 0.0
    name = "QUIC" if quic else "TLS 1.3"
    label = "https over QUIC" if quic else "https over TCP"
    done.append(time_to_first_byte(_script(name, label), Link(ms / 1000, dns=looked_up)))
    return done


def plan_a_visit() -> Explorer:
    """How long until the first byte, for one way of coming in."""

    def render(ms: int, typed: str, yesterday: bool, quic: bool) -> str:
        done = visit(ms, typed, yesterday, quic)
        total = sum(item.first_byte for item in done)
        trips = sum(item.round_trips for item in done)
        said = f"First byte of the page after {milliseconds(total)}: {trips} round trips"
        looked = "" if yesterday else " and one question to DNS"
        return panel(f"<b>{said}{looked}.</b>") + waterfall(done).html

    return Explorer(
        "Plan a visit",
        {
            "ms": Choice("The server is", _DISTANCES, value=30),
            "typed": Choice("You type", _TYPED, style="buttons"),
            "yesterday": Toggle("You were here yesterday: name and HSTS are remembered"),
            "quic": Toggle("Over QUIC (HTTP/3)"),
        },
        render,
        question="A shop on another continent, a first visit, http:// typed. Which single change "
        "of the other three saves most? And with which two is it down to about 400 ms?",
    )

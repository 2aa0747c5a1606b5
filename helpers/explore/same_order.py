"""The first three widgets: one order from three sides, a changed byte, a way in."""

from __future__ import annotations

from functools import cache

from helpers.experiments import Link, protocol, time_to_first_byte
from helpers.experiments.latency import Timeline
from helpers.experiments.latency_flights import Script
from helpers.experiments.same_order import HTTP, HTTPS, order_by, stand_between
from helpers.experiments.same_order_known import STOLEN, three_ways
from helpers.show import between_view, three_sides, waterfall
from helpers.show.look import code, panel
from helpers.show.waterfall import milliseconds

from .controls import Choice, Number, Toggle, Typed
from .explorer import Explorer

_WAYS = {"HTTP": HTTP, "HTTPS": HTTPS}
_DISTANCES = {"in the same city: 5 ms": 5, "in the same country: 30 ms": 30,
              "on another continent: 200 ms": 200}  # fmt: skip
_TYPED = ("https://", "http://")


def look_from_three_sides() -> Explorer:
    """Message after message of one order by HTTPS: who knows what, and what a theft changes."""
    return Explorer(
        "One order, three sides",
        {
            "number": Number("Message", 1, len(three_ways()), 1, 1),
            "stolen": Choice("The stranger has stolen", list(STOLEN)),
        },
        lambda number, stolen: three_sides(three_ways(stolen), number),
        question="After which message do both ends have their first secrets in common? Then let "
        "the stranger steal: with which two of the four can he read the order (message 10), with "
        "which one only the certificate (message 5), and with which nothing at all?",
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
        parts = (answer[max(0, at - 12) : at], answer[at : at + 1], answer[at + 1 : at + 13])
        start, chosen, rest = ("".join(map(_visible, part)) for part in parts)
        return panel(f"Byte {at}, between brackets: {code(f'{start}[{chosen}]{rest}')}", "quiet")

    return Explorer(
        "Stand in the middle",
        {
            "way": Choice("Sent by", _WAYS, style="buttons"),
            "position": Number("Byte of the answer", 0, len(answer) - 1, 1, 70),
            "character": Typed("becomes", "X", samples=["1", "X", "", "ab", "é"]),
        },
        render,
        notes={"position": around},
        question="By HTTP: which byte do you change, and into what, so that the lamp goes to "
        "number 9 of Mill Lane instead of 4? By HTTPS: is there any byte whose change is shown? "
        "Try one in front of the page too, in “HTTP/1.1 200 OK”.",
    )


def _visible(byte: int) -> str:
    return {13: "", 10: "⏎"}.get(byte, chr(byte))


@cache
def _script(name: str, label: str) -> Script:
    known = protocol(name)
    return Script(label, known.flights, known.transport)


def visit(ms: int, typed: str, been: bool, quic: bool) -> list[Timeline]:
    """The connections that one visit needs, one after the other, up to the page's first byte."""
    looked_up = 0.0 if been else 0.02
    done: list[Timeline] = []
    if typed == "http://" and not been:
        first = _script("HTTP", "http: redirect")
        done.append(time_to_first_byte(first, Link(ms / 1000, dns=looked_up)))
        looked_up = 0.0
    name = "QUIC" if quic else "TLS 1.3"
    label = "https over QUIC" if quic else "https over TCP"
    done.append(time_to_first_byte(_script(name, label), Link(ms / 1000, dns=looked_up)))
    return done


def plan_a_visit() -> Explorer:
    """How long until the first byte, for one way of coming in."""

    def render(ms: int, typed: str, been: bool, quic: bool) -> str:
        done = visit(ms, typed, been, quic)
        total = sum(item.first_byte for item in done)
        trips = sum(item.round_trips for item in done)
        said = f"First byte of the page after {milliseconds(total)}: {trips} round trips"
        looked = "" if been else " and one question to DNS"
        return panel(f"<b>{said}{looked}.</b>") + waterfall(done).html

    return Explorer(
        "Plan a visit",
        {
            "ms": Choice("The server is", _DISTANCES, value=200),
            "typed": Choice("The browser asks first by", _TYPED, style="buttons", value="http://"),
            "been": Toggle("You were here a minute ago: name and HSTS are remembered, no more"),
            "quic": Toggle("Over QUIC (HTTP/3)"),
        },
        render,
        question="A shop on another continent, a first visit, asked by http first. Which single "
        "change of the other three saves most? And with which two is it down to 402 ms?",
    )

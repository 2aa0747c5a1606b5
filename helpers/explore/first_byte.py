"""Widgets of lesson 10: one address with two certificates, the first visit, copied early data."""

from __future__ import annotations

from functools import cache

from helpers.experiments.first_visit import MEMORIES, ON_THE_WAY, TYPED, way_in
from helpers.experiments.one_address import NOBODY, SITES, ask_address
from helpers.experiments.replayed import PROTECTIONS, REQUESTS, replayed
from helpers.show.first_byte import arrivals_view, asked_view, way_in_view

from .controls import Choice, Number
from .explorer import Explorer

_LISTS = {"h2, then http/1.1": (b"h2", b"http/1.1"), "http/1.1 only": (b"http/1.1",),
          "h2 only": (b"h2",), "says nothing": ()}


def ask_one_address() -> Explorer:
    """Which certificate comes, and which protocol is agreed on."""
    names = {**{site: site for site in SITES}, "other.example": "other.example",
             "no name at all": NOBODY}
    ask = cache(ask_address)
    return Explorer(
        "One address, two certificates",
        {
            "sent": Choice("Name in the ClientHello", names),
            "wanted": Choice("Name in the address bar", list(SITES)),
            "offered": Choice("ALPN: the client offers", _LISTS),
            "spoken": Choice("ALPN: the server prefers", _LISTS),
        },
        lambda sent, wanted, offered, spoken: asked_view(
            ask(sent, wanted, offered=offered, spoken=spoken)),
        question="The server owns the right certificate for bank.example, and the client refuses "
        "all the same: with which two names in the ClientHello does that happen although nobody "
        "asked for the shop? Which two pairs of ALPN lists end in an alert?",
    )


def go_to_the_shop() -> Explorer:
    """What is typed, what the browser remembers, and who sits on the way."""
    return Explorer(
        "The way into the shop",
        {
            "typed": Choice("Typed", TYPED, style="radio"),
            "memory": Choice("The browser remembers", MEMORIES, style="radio"),
            "on_the_way": Choice("On the way", ON_THE_WAY, style="radio"),
        },
        lambda typed, memory, on_the_way: way_in_view(way_in(typed, memory, on_the_way)),
        question="Somebody has been a customer for years. In which case is she worse off than a "
        "newcomer, and what is lost? Where does typing https save the day, but leave a way to go "
        "wrong that HSTS would have closed?",
    )


def copy_early_data() -> Explorer:
    """An attacker without any key, who copies the client's first flight."""
    return Explorer(
        "Send it again",
        {
            "request": Choice("Early request", list(REQUESTS)),
            "protection": Choice("The shop's protection", PROTECTIONS, style="radio"),
            "at_a": Number("Copies to machine A", 0, 3, 1, 1),
            "at_b": Number("Copies to machine B", 0, 3, 1, 1),
            "later": Number("Seconds later", 0, 20, 1, 1),
        },
        lambda request, protection, at_a, at_b, later: arrivals_view(replayed(
            request, protection, (("A", float(later)),) * at_a + (("B", float(later)),) * at_b)),
        question="Each machine remembers: how many orders can six copies make of one? Which "
        "request is ordered more than once behind a shop that answers 425 to unsafe methods? And "
        "up to which second does a copy work at all?",
    )

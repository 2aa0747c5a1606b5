"""Views of what Mallory does to a certificate, of changed bits, and of a CA that checks a name."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.certificate_bits import VERDICTS, Flip, counted
from helpers.experiments.certificate_forgery import Forgery
from helpers.experiments.name_control import Tried

from .figure import Cell, Html, Table
from .look import chip, panel

_QUESTIONS = {"issuer's signature": "1. issuer's signature, up to a trusted root",
              "name": "2. name: shop.example",
              "handshake's signature": "3. handshake's signature, with the key in the certificate"}


def certificate_forgery_view(forgery: Forgery) -> Html:
    """The client's three checks in order, and whether Mallory gets in."""
    rows, over = [], False
    for one in forgery.checks:
        verdict = Cell("passed", "good") if one.passed else Cell("fails", "trouble")
        if over:
            verdict = Cell(f"would {'pass' if one.passed else 'fail'}", "quiet")
        rows.append([_QUESTIONS[one.check], verdict, one.why])
        over = over or not one.passed
    table = Table("What the client checks, in this order", ["check", "result", "because"], rows,
                  wide=True)
    only = len(forgery.failed) == 1
    words, name = ("the client talks to Mallory", "trouble")
    if forgery.failed:
        words, name = f"stopped by the {forgery.stopped_by}", "good"
        words += ", and by nothing else" if only else ""
    return Html(table.html + panel(chip(words, name)), f"{table.text}\n{words}")


def flips_table(flips: Sequence[Flip]) -> Table:
    """How many changed bits met which verdict."""
    rows = [[VERDICTS[name], f"{number:,}"] for name, number in counted(flips).items()]
    return Table(f"One changed bit: {len(flips):,} certificates, each checked by the client",
                 ["the client's verdict", "bits"], rows)


def control_view(tried: Tried) -> Html:
    """What the CA looks at, what it wants to find there, what it finds, and its decision."""
    rows = [["the CA looks at", tried.place], ["it wants to find", tried.wanted],
            ["it finds", tried.found]]
    table = Table("The CA checks, from outside, as any stranger could", ["step", "what"], rows,
                  wide=True)
    words, name = (("certificate issued", "good") if tried.issued
                   else ("no certificate", "quiet"))
    said = f" {tried.why[0].upper()}{tried.why[1:]}"
    html = table.html + panel(f"{chip(words, name)}{escape(said)}")
    return Html(html, f"{table.text}\n{words}.{said}")

"""Views of what a server signs, and of somebody who shows a certificate."""

from __future__ import annotations

from html import escape

from helpers.experiments.possession import Visit
from helpers.experiments.signed import Assembly

from .figure import Cell, Figure, Html, Table
from .lettering import wrap
from .look import FAINT, SMALLEST, chip, panel, tone
from .svg import Canvas

_LEFT, _ROOM = 12, 676
_CHECKS = {"certificate": "1. certificate: name, dates, chain",
           "signature": "2. signature over this handshake",
           "Finished": "3. Finished: has the keys"}


def assembly_view(case: Assembly, *, told: bool = True) -> Html:
    """The chosen pieces in a row, and whether the recorded signature fits them; if `told`, also
    how near they are."""
    strip = _strip(case)
    words, tone_name = (("the signature fits", "good") if case.fits
                        else ("the signature does not fit", "trouble"))
    said = f" {_near(case)}" if told and not case.fits else ""
    html = strip.html + panel(f"{chip(words, tone_name)}{escape(said)}")
    return Html(html, f"{strip.text}\n{words}.{said}")


def _near(case: Assembly) -> str:
    belong = f"Of your pieces {case.belong} belong to what was signed ({case.needed} do in all)"
    return (f"All the verifier says is no. We know more: {belong[0].lower() + belong[1:]}, and "
            f"{case.placed} stand in their place.")


def _strip(case: Assembly) -> Figure:
    canvas, who = Canvas(700, 104), tone("certificate")
    names = [name for name, _ in case.pieces]
    if not names:
        canvas.text(_LEFT, 56, "nothing: no bytes at all", fill=FAINT)
    width = _ROOM / max(1, len(names))
    for place, (name, piece) in enumerate(case.pieces):
        x = _LEFT + place * width
        canvas.rect(x, 12, width - 6, 58, fill=who.fill, stroke=who.line)
        lines = wrap(name, width - 20, SMALLEST)[:2]
        for line, words in enumerate(lines):
            canvas.text(x + (width - 6) / 2, 55 - 9 * len(lines) + 18 * line, words,
                        size=SMALLEST, anchor="middle", fill=who.text, room=width - 12)
        canvas.text(x + (width - 6) / 2, 92, _bytes(len(piece)), size=SMALLEST, anchor="middle",
                    fill=FAINT)
    order = ", then ".join(f"{name} ({_bytes(len(piece))})" for name, piece in case.pieces)
    return Figure(canvas, alt=f"Put together: {order or 'nothing'}.",
                  caption=f"{_bytes(len(case.content))} in all, held against the signature in "
                  f"{case.message} ({case.scheme})")


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"


def possession_view(visit: Visit) -> Html:
    """The client's three checks in order, and who it ends up talking to."""
    rows, hung_up = [], False
    for one in visit.checks:
        verdict = Cell("passed", "good") if one.passed else Cell("fails", "trouble")
        if hung_up:
            verdict = Cell(f"would {'pass' if one.passed else 'fail'}", "quiet")
        rows.append([_CHECKS[one.check], verdict, one.why])
        hung_up = hung_up or not one.passed
    table = Table("What the client checks, in this order", ["check", "result", "because"], rows,
                  wide=True)
    words, tone_name = (f"the client hangs up at check {_number(visit)}: {visit.caught}", "good")
    if not visit.caught:
        words, tone_name = "nobody notices: the client talks to the impostor", "trouble"
    html = table.html + panel(chip(words, tone_name))
    return Html(html, f"{table.text}\n{words}")


def _number(visit: Visit) -> int:
    return [one.check for one in visit.checks].index(visit.caught) + 1 if visit.caught else 0

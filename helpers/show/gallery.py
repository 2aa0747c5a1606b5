"""Views of the gallery of broken chains, of validators with a hole, of Mallory in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from helpers import pki
from helpers.experiments.gallery import Exhibit, broken_slugs, exhibit, faults
from helpers.experiments.holes import Hole
from helpers.experiments.impostors import Meeting

from .figure import Cell, Figure, Html, Table
from .look import DASHES, FAINT, chip, panel, tone
from .svg import Canvas
from .verdicts import accepts, flowing, opinions, sent_chain

_NO_ALERT = "no alert: the handshake went through"
TITLES = {
    "path": "no way to a trusted root", "signature": "a signature does not fit",
    "dates": "outside its dates", "revocation": "revoked", "issuer": "issuer and subject differ",
    "name_constraints": "a CA outside its names", "policies": "certificate policies",
    "ca": "somebody signed who is no CA", "path_length": "more CAs than allowed",
    "key_usage": "a CA's key is not for signing certificates",
    "extensions": "an unknown critical extension", "eku": "a key for another purpose",
    "name": "another name", "strength": "too weak a key or hash", "lifetime": "a life too long",
    "ct": "in no log",
}
"""What it means, in a few words, that a check fails."""


def guessed_view(shown: Exhibit, guess: str | None) -> Html:
    """What the client gets; and once somebody has guessed, what the validators say of it."""
    case = shown.case
    chain = sent_chain(case.chain, host=case.host, time=case.time, roots=case.roots)
    story = panel(escape(case.story))
    if guess is None:
        waits = "First choose the check that fails. The validators wait for you."
        return Html(story + chain.html + panel(chip("your turn", "secret") + f" {waits}"),
                    f"{case.story}\n{chain.text}\n{waits}")
    right = guess == case.check
    words = "yes" if right else "not that one"
    meant = TITLES[case.check] if case.check else "nothing: every check passes"
    said = f"{case.title}. What fails: {meant}."
    if guess and not right:
        said += f" (The check {guess} says: {shown.says(guess)}.)"
    verdict = panel(chip(words, "good" if right else "changed") + " "
                    f"<b>{escape(said)}</b><br>" + "<br>".join(
                        escape(part) for part in case.explanation.split("\n\n")))
    table = opinions(shown.comparison, alert=shown.alert or _NO_ALERT)
    return Html(story + chain.html + verdict + table.html,
                f"{case.story}\n{chain.text}\n{words}. {said} {case.explanation}\n{table.text}")


def disagreements() -> Html:
    """The chains of the gallery on which the three validators do not agree, and why."""
    rows = []
    for slug in broken_slugs():
        shown = exhibit(slug)
        if not shown.agreed:
            both = (shown.comparison.cryptography.good, shown.comparison.openssl.good)
            rows.append([f"{shown.case.title} ({shown.case.check})", *map(accepts, both),
                         _why(shown)])
    return flowing(Table("Where they part: our checklist refuses all of these",
                         ["chain", "cryptography", "OpenSSL", "why they do not object"], rows,
                         wide=True))


def _why(shown: Exhibit) -> str:
    """Each reason once, with those who have it."""
    reasons: dict[str, list[str]] = {}
    for part in re.split(r"\. (?=cryptography|OpenSSL)", shown.comparison.explained):
        who, _, reason = part.partition(" does not object: ")
        reasons.setdefault(reason or part, []).append(who)
    if len(reasons) == 1:
        return next(iter(reasons))
    return "; ".join(f"{' and '.join(who)}: {reason}" for reason, who in reasons.items())


def hole_view(hole: Hole) -> Html:
    """A validator with checks forgotten: what each check catches, and what slips through."""
    rows = [[_check(check, hole), _caught(check, hole, slugs)]
            for check, slugs in by_check(hole.order).items() if slugs]
    table = flowing(Table("The gallery before this validator",
                          ["check", "what it is the first to catch"], rows, wide=True))
    through = [pki.broken(slug).title for slug in hole.through]
    words, tone_name = ((f"{len(through)} of {len(broken_slugs())} slip through", "trouble")
                        if through else ("nothing slips through", "good"))
    which = f": {'; '.join(through)}" if through else ""
    last = (f"is refused because of {hole.first} ({TITLES[hole.first]}): alert {hole.alert}."
            if hole.first else "slips through, too.")
    last = f"The chain with three faults (expired, for another host, for e-mail only) {last}"
    html = panel(chip(words, tone_name) + escape(which)) + table.html + panel(escape(last))
    return Html(html, f"{words}{which}\n{table.text}\n{last}")


def by_check(order: Iterable[str]) -> dict[str, list[str]]:
    """The chains of the gallery by the check that catches them, in this order of checks."""
    found: dict[str, list[str]] = {check: [] for check in order}
    for slug in broken_slugs():
        found[next(check for check in found if check in faults(slug))].append(slug)
    return found


def _check(check: str, hole: Hole) -> str | Cell:
    return Cell(f"{check}: forgotten", "changed") if check in hole.forgotten else check


def _caught(check: str, hole: Hole, slugs: list[str]) -> Cell:
    titles = "; ".join(pki.broken(slug).title for slug in slugs)
    if check in hole.forgotten and set(slugs) & set(hole.through):
        return Cell(f"slip through: {titles}", "trouble")
    return Cell(titles, "good")


def meeting_view(meeting: Meeting) -> Html:
    """Who sits where, how far it came, and who finds out."""
    figure = _middle(meeting)
    if meeting.stopped:
        words = f"the client hangs up: {meeting.stopped}"
        alert = f" Alert: {meeting.alert}." if meeting.alert else ""
        tone_name, said = "good", f"Mallory reads nothing.{alert}"
    elif meeting.shown == "shop":
        words, tone_name, said = "the client talks to the shop", "good", "As it should be."
    else:
        request = meeting.read.decode("ascii", "replace").splitlines()[0]
        words, tone_name = "the client talks to Mallory", "trouble"
        said = f"She reads the request: {request}. Who finds out later: {meeting.later}."
    return Html(figure.html + panel(f"{chip(words, tone_name)} {escape(said)}"),
                f"{figure.text}\n{words}. {said}")


def _middle(meeting: Meeting) -> Figure:
    canvas = Canvas(700, 120)
    middle = meeting.shown != "shop"
    ends = [(14, "client", "you"), (264, "eavesdropper", "Mallory"),
            (514, "server", "shop.example")]
    for x, who, name in ends:
        if who == "eavesdropper" and not middle:
            continue
        look = tone(who)
        canvas.rect(x, 40, 172, 50, fill=look.fill, stroke=look.line,
                    dash=DASHES if who == "eavesdropper" else None, radius=6)
        canvas.text(x + 86, 71, name, anchor="middle", bold=True, fill=look.text)
    goes_on = not meeting.stopped
    canvas.text(225, 28, "handshake" if goes_on else "refused", anchor="middle", fill=FAINT)
    if middle:
        _line(canvas, 186, 264, goes_on)
        _line(canvas, 436, 514, True)
        canvas.text(475, 28, "anybody can", anchor="middle", fill=FAINT)
    else:
        _line(canvas, 186, 514, True)
    between = "Mallory stands between you and shop.example" if middle else \
        "You and shop.example, nobody between"
    state = "your handshake with her is " + ("complete" if goes_on else "refused")
    alt = f"{between}; {state}." if middle else f"{between}; the handshake is complete."
    return Figure(canvas, alt=alt, caption="Who has a handshake with whom")


def _line(canvas: Canvas, start: int, end: int, whole: bool) -> None:
    if whole:
        canvas.arrow(start + 4, 65, end - 4, 65)
        return
    middle = (start + end) / 2
    canvas.line(start + 4, 65, end - 4, 65, dash=DASHES)
    for slope in (-1, 1):
        canvas.line(middle - 9, 65 - 9 * slope, middle + 9, 65 + 9 * slope, thick=3)

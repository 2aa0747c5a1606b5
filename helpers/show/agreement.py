"""Two ends agree on a secret: what each computes, what crosses, and who was in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.agree import Agreement
from helpers.experiments.middle import MESSAGE, G, Middle, P

from .figure import Figure, Html
from .look import CLIENT, DASHES, EAVESDROPPER, SERVER, SMALLEST, chip, panel, tone
from .svg import Canvas

_LEFT, _MIDDLE, _RIGHT = (10, 212), (256, 188), (478, 212)  # x and width of the three boxes
_LINE, _FIRST, _HIGH = 22, 58, 128
_ARE = {"original": "as it came", "own": "her own", "one": "the number 1"}


def agreement_view(exchange: Agreement) -> Html:
    """The numbers at both ends and on the wire, and how far a listener is from the secret."""
    e = exchange
    canvas = Canvas(700, _HIGH + 20)
    _box(canvas, _LEFT, "Alice", [f"keeps   a = {e.a}",
                                  f"sends   A = {e.g}^a = {e.alice_share}",
                                  f"gets    B = {e.bob_share}",
                                  f"secret  B^a = {e.secret}"], "client")
    _box(canvas, _RIGHT, "Bob", [f"keeps   b = {e.b}",
                                 f"gets    A = {e.alice_share}",
                                 f"sends   B = {e.g}^b = {e.bob_share}",
                                 f"secret  A^b = {e.secret}"], "server")
    _box(canvas, _MIDDLE, "On the wire", [f"p = {e.p}, g = {e.g}", f"A = {e.alice_share}",
                                          f"B = {e.bob_share}"], "eavesdropper", dash=DASHES)
    for start, end in ((0, 1), (1, 2)):
        _arrow(canvas, start, end, 1, CLIENT)
        _arrow(canvas, 2 - start, 2 - end, 2, SERVER)
    told = (f"Modulo {e.p}: Alice keeps {e.a} and sends {e.alice_share}, Bob keeps {e.b} and sends "
            f"{e.bob_share}; both compute {e.secret}. On the wire: {e.p}, {e.g}, "
            f"{e.alice_share}, {e.bob_share}.")
    figure = Figure(canvas, alt=told, caption=f"Every number is taken modulo {e.p}.")
    tries = "1 try" if e.steps == 1 else f"{e.steps} tries"
    secrets = "1 secret is" if e.possible == 1 else f"{e.possible} different secrets are"
    listener = (f"{secrets} possible. A listener who tries 1, 2, 3, ... has a private number "
                f"after {tries}.")
    verdict, name = _verdict(e)
    said = f"{e.weakness or e.remark} {listener}".strip()
    html = figure.html + panel(f"{chip(verdict, name)} {escape(said)}")
    return Html(html, f"{told}\n{verdict}: {said}")


def _verdict(e: Agreement) -> tuple[str, str]:
    """The word for an exchange, and its tone."""
    if e.weakness:
        return "weak", "trouble"
    if e.possible < e.p - 1:
        return f"half of what could be: {e.possible} of {e.p - 1} secrets", "quiet"
    return "as good as such small numbers can be", "good"


def middle_view(went: Middle) -> Html:
    """What reached whom, who shares a secret with whom, and who noticed."""
    canvas = Canvas(700, _HIGH + 20)
    checks, forges, signs = _signature(went)
    _box(canvas, _LEFT, "Alice", [f"sends   A = {went.alice_sent}",
                                  f"gets    B = {_or(went.alice_got)}",
                                  f"secret  {_or(went.alice_secret)}", *checks], "client")
    _box(canvas, _MIDDLE, "Mallory", [f"A: {went.alice_sent} → {went.bob_got}",
                                      f"B: {_or(went.alice_got)} ← {_or(went.bob_sent)}",
                                      *forges], "eavesdropper", dash=DASHES)
    _box(canvas, _RIGHT, "Bob", [f"gets    A = {went.bob_got}",
                                 f"sends   B = {_or(went.bob_sent)}",
                                 f"secret  {_or(went.bob_secret)}", *signs], "server")
    _arrow(canvas, 0, 1, 0, CLIENT)
    _arrow(canvas, 1, 2, 0, CLIENT if went.to_bob == "original" else EAVESDROPPER)
    if went.bob_sent is not None:
        _arrow(canvas, 2, 1, 1, SERVER)
        _arrow(canvas, 1, 0, 1, SERVER if went.to_alice == "original" else EAVESDROPPER)
    told = (f"Alice sends {went.alice_sent}, Bob gets {went.bob_got} ({_ARE[went.to_bob]}); Bob "
            f"sends {_or(went.bob_sent)}, Alice gets {_or(went.alice_got)} "
            f"({_ARE[went.to_alice]}). Alice's secret: {_or(went.alice_secret)}, Bob's: "
            f"{_or(went.bob_secret)}. {_protection(went)}")
    figure = Figure(canvas, alt=told, caption=f"Shares are powers of {G} modulo {P}. Blue arrow: "
                    "Alice's own share; orange: Bob's; grey and dashed: Mallory's doing.")
    lines = [("Protection", "quiet", _protection(went)), *_lines(went)]
    html = figure.html + panel("".join(f'<div style="margin:2px 0;">{chip(word, name)} '
                                       f"{escape(said)}</div>" for word, name, said in lines))
    return Html(html, "\n".join([told, *(f"{word}: {said}" for word, _, said in lines[1:])]))


def _signature(went: Middle) -> tuple[list[str], list[str], list[str]]:
    """What stands about a signature in Alice's, Mallory's and Bob's box."""
    if went.signing == "nobody" or went.bob_sent is None:
        return [], [], []
    checks = [f"sees    signature {'fits' if _fits(went) else 'does not fit'}"]
    if went.signing == "stolen":
        return checks, ["signs as Bob:", f"{went.alice_sent} and {went.alice_got}"], []
    return checks, [], [f"signs   {went.bob_got} and {went.bob_sent}"]


def _fits(went: Middle) -> bool:
    """Whether what was signed is what Alice saw."""
    seen = went.alice_sent == went.bob_got and went.alice_got == went.bob_sent
    return seen or went.signing == "stolen"


def _protection(went: Middle) -> str:
    """Which of the two protections there were, in a sentence or two."""
    shares = "Both ends check the shares." if went.checked else "Nobody checks the shares."
    if went.signing == "nobody" or went.bob_sent is None:
        return f"{shares} Nobody signs." if went.signing == "nobody" else shares
    fits = "it fits" if _fits(went) else "it does not fit"
    seen = f"{went.alice_sent} and {went.alice_got}"
    if went.signing == "stolen":
        return (f"{shares} With Bob's stolen key Mallory signs the shares that Alice saw, {seen}: "
                f"for Alice {fits}.")
    return (f"{shares} Bob signs the shares that he saw, {went.bob_got} and {went.bob_sent}; "
            f"Alice saw {seen}: {fits}.")


def _lines(went: Middle) -> list[tuple[str, str, str]]:
    """(word, tone, sentence) for Mallory, Bob, and what it comes to."""
    read = went.read.decode() if went.read is not None else None
    got = went.delivered.decode() if went.delivered is not None else None
    shares = [f"{name} ({secret})" for name, secret in
              (("Alice", went.mallory_with_alice), ("Bob", went.mallory_with_bob))
              if secret is not None]
    knows = f"knows the secret of {' and of '.join(shares)}" if shares else "knows no secret"
    if went.alice_secret is None:
        return [("stopped", "good", f"{went.noticed} Nothing was sent.")]
    lines = [("Alice sends", "client", MESSAGE.decode()),
             ("Mallory", "eavesdropper", f"{knows}; reads: {read or 'nothing'}"),
             ("Bob reads", "server", got or "nothing")]
    if went.succeeded:
        return [*lines, ("broken", "trouble", "Mallory reads along, and nobody notices.")]
    if went.noticed:
        return [*lines, ("noticed", "good", went.noticed)]
    return [*lines, ("safe", "good", "Nobody notices anything, because nothing was changed.")]


def _or(number: int | None) -> str:
    return "none" if number is None else str(number)


def _box(canvas: Canvas, place: tuple[int, int], title: str, lines: Sequence[str], name: str,
         dash: str | None = None) -> None:
    x, width = place
    look = tone(name)
    canvas.rect(x, 10, width, _HIGH, fill=look.fill, stroke=look.line, dash=dash, radius=6)
    canvas.text(x + 10, 32, title, bold=True, fill=look.text)
    for index, line in enumerate(lines):
        canvas.text(x + 10, _FIRST + 4 + _LINE * index, line, size=SMALLEST, mono=True,
                    fill=look.text, room=width - 16)


def _arrow(canvas: Canvas, start: int, end: int, row: int, stroke: str) -> None:
    """Between two neighbouring boxes, on the row that holds what crosses."""
    dash = DASHES if stroke == EAVESDROPPER else None
    boxes, y = (_LEFT, _MIDDLE, _RIGHT), _FIRST - 1 + _LINE * row
    if start < end:
        canvas.arrow(sum(boxes[start]) + 3, y, boxes[end][0] - 3, y, stroke=stroke, dash=dash)
    else:
        canvas.arrow(boxes[start][0] - 3, y, sum(boxes[end]) + 3, y, stroke=stroke, dash=dash)

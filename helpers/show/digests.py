"""Hashes to look at: the bits of a digest that changed, and how soon two digests agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.experiments.digests import Avalanche, hashes_needed, searches_done

from .charts import line_chart
from .figure import Figure, Html
from .look import FAINT, RULE, SMALLEST, chip, panel, tone
from .svg import Canvas
from .values import count

_CELL, _LEFT, _TOP = 18, 112, 34
_ROWS, _COLUMNS = 8, 32


def avalanche_view(avalanche: Avalanche) -> Html:
    """How many bits of the digest changed, and where: filled cells with a dot are changed."""
    changed = avalanche.changed
    half = "trouble" if len(changed) < 100 else "good"
    said = f"{len(changed)} of 256 bits of the digest changed"
    rounds = count(avalanche.rounds, "round")
    html = panel(f"{chip(said, half)} after {rounds}.") + _grid(avalanche, said).html
    return Html(html, f"{said} after {rounds}.")


def _grid(avalanche: Avalanche, said: str) -> Figure:
    changed = set(avalanche.changed)
    look = tone("changed")
    right, bottom = _LEFT + _COLUMNS * _CELL, _TOP + _ROWS * _CELL
    canvas = Canvas(700, bottom + 14)
    for column in range(0, _COLUMNS + 1, 8):
        x = _LEFT + column * _CELL
        canvas.line(x, _TOP, x, bottom, stroke=RULE, thick=1)
    for row in range(_ROWS + 1):
        y = _TOP + row * _CELL
        canvas.line(_LEFT, y, right, y, stroke=RULE, thick=1)
    for place in range(4):
        canvas.text(_LEFT + (8 * place + 4) * _CELL, _TOP - 9, f"byte {place} of 4",
                    size=SMALLEST, anchor="middle", fill=FAINT)
    counts = []
    for row in range(_ROWS):
        inside = [at for at in range(32 * row, 32 * row + 32) if at in changed]
        counts.append(len(inside))
        canvas.text(_LEFT - 8, _TOP + row * _CELL + 14, f"bytes {4 * row} to {4 * row + 3}",
                    size=SMALLEST, anchor="end", fill=FAINT)
        for at in inside:
            x, y = _LEFT + at % 32 * _CELL, _TOP + row * _CELL
            canvas.rect(x + 1.5, y + 1.5, _CELL - 3, _CELL - 3, fill=look.fill, stroke=look.line)
            canvas.circle(x + _CELL / 2, y + _CELL / 2, 3, fill=look.text, stroke=look.text)
    rows = ", ".join(map(str, counts))
    return Figure(canvas, alt=f"The 256 bits of the digest, in eight rows of 32: {said}. Changed "
                  f"bits from the first row to the last: {rows}.",
                  caption="Each cell is one bit of the digest. Filled, with a dot: it changed.")


def birthday_chart(bits: int, searches: int) -> Figure:
    """How soon so many searches found two equal hashes of `bits` bits, and the birthday curve."""
    return line_chart(searches_done(bits, searches), x="hashes made",
                      y="searches that are done (%)", caption=f"A hash of {bits} bits, "
                      f"{2**bits:,} values: after how many hashes {searches} searches had "
                      "found two that agree. Solid: measured. Dashed: the birthday curve.")


def growth_chart() -> Figure:
    """Hashes until two agree, for growing hashes."""
    return line_chart(hashes_needed(), x="bits of the hash", y="hashes until two agree", log="y",
                      caption="The middle of 25 searches for each size, the birthday curve, and "
                      "the number of values. Each step of the vertical axis is a factor of 10.")


def times_chart(times: Mapping[str, Sequence[tuple[float, float]]]) -> Figure:
    """What compare_times measured: time against the right bytes in front of a guess."""
    return line_chart(times, x="right bytes at the front of the guess",
                      y="time for one comparison (s)", measured=True,
                      caption="How long one comparison of two tags takes, measured here.")

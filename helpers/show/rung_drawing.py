"""One message on a ladder: an arrow with a box that names it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.conversation import CLIENT
from helpers.tls.registry import ContentType

from .lettering import fit, text_width
from .look import FAINT, PANEL, RULE, tone
from .rungs import Rung
from .svg import Canvas
from .values import count

_HEIGHT, _PAD, _LOCK, _GAP = 23, 9, 15, 6
_EDGE = 8  # hatch that shows at both ends of a box; the words stand on a plain ground


@dataclass(frozen=True)
class Lane:
    """Where the two lifelines stand, the size of the letters between them, and whether there is
    room for more than a title and a size."""

    client: float
    server: float
    size: float
    brief: bool = False


def draw_rung(canvas: Canvas, row: Rung, y: float, lane: Lane) -> None:
    """The arrow from sender to receiver; a message that was stopped ends in a cross half way."""
    look = tone(row.sender)
    start, end = (lane.client, lane.server) if row.sender == CLIENT else (lane.server, lane.client)
    step = 1 if end > start else -1
    if row.arrives:
        canvas.arrow(start, y, end - 6 * step, y, stroke=look.line)
    else:
        stop = end - 26 * step
        canvas.line(start, y, stop, y, stroke=look.line, thick=2)
        for slope in (-6, 6):
            canvas.line(stop - 6, y - slope, stop + 6, y + slope, stroke=tone("changed").text,
                        thick=3)
    _box(canvas, row, y, lane)


def draw_gap(canvas: Canvas, row: Rung, y: float, lane: Lane) -> None:
    """Words where this lane has no such message."""
    text = f"no {row.title}"
    wide = text_width(text, lane.size) + 2 * _PAD
    middle = (lane.client + lane.server) / 2
    canvas.rect(middle - wide / 2, y - _HEIGHT / 2, wide, _HEIGHT, stroke=RULE, dash="2 3",
                radius=3, fill=PANEL)
    canvas.text(middle, y + 5, text, size=lane.size, anchor="middle", fill=FAINT)


def _box(canvas: Canvas, row: Rung, y: float, lane: Lane) -> None:
    """Outlined in the clear, filled and hatched with a lock when encrypted; amber when marked."""
    look = tone("changed" if row.remark else "trouble" if row.fatal else row.sender)
    lock = _LOCK if row.encrypted else 0
    title, detail = _words(row, lane, abs(lane.server - lane.client) - 30 - 2 * _PAD - lock)
    title_wide = text_width(title, lane.size, bold=True) + _GAP
    inner = lock + title_wide + text_width(detail, lane.size) - (0 if detail else _GAP)
    left, top = (lane.client + lane.server - inner) / 2 - _PAD, y - _HEIGHT / 2
    radius = 3 if row.handshake else _HEIGHT / 2
    fill = canvas.hatch(look.line, look.fill) if row.encrypted else \
        look.fill if row.remark else PANEL
    edge = _EDGE if row.encrypted else 0
    canvas.rect(left - edge, top, inner + 2 * _PAD + 2 * edge, _HEIGHT, fill=fill,
                stroke=look.line, radius=radius)
    if row.encrypted:
        canvas.rect(left, top + 1.5, inner + 2 * _PAD, _HEIGHT - 3, fill=look.fill, stroke="none",
                    thick=0)
        canvas.lock(left + _PAD - 3, y - 7, 13, fill=look.text)
    x = left + _PAD + lock
    canvas.text(x, y + 5, title, size=lane.size, bold=True, fill=look.text)
    if detail:
        canvas.text(x + title_wide, y + 5, detail, size=lane.size, fill=look.text)


def _words(row: Rung, lane: Lane, room: float) -> tuple[str, str]:
    """Title and detail; in a narrow lane less detail, and a shortened title only if all fails."""
    room -= 2 * _EDGE if row.encrypted else 0
    for title in (row.title, row.title.removesuffix(" message")):
        for detail in _details(row, lane.brief):
            wide = text_width(title, lane.size, bold=True) + text_width(detail, lane.size)
            if wide + (_GAP if detail else 0) <= room:
                return title, detail
    return fit(row.title, room, lane.size, bold=True), ""


def _details(row: Rung, brief: bool) -> list[str]:
    """What may stand behind the title, the fullest first."""
    size = count(row.size, "byte")
    if row.remark:
        return [f"{size}, {row.remark}", row.remark]
    changes = "changes nothing" if row.idle else "then encrypted"
    special = [changes] * (row.kind == ContentType.change_cipher_spec)
    special += ["encrypted"] * (row.encrypted and not row.title.startswith("encrypted"))
    fatal = ["fatal"] * row.fatal
    short = ", ".join([size, *fatal])
    return [short, size] if brief else [", ".join([size, *special, *fatal]), short, size]

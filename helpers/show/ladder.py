"""Ladders: client on the left, server on the right, time downwards, one arrow a message."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.conversation import CLIENT, SERVER, Conversation

from . import rungs as say
from .figure import Figure
from .lettering import text_width, wrap
from .look import COLUMN, FAINT, RULE, SMALLEST, tone
from .rung_drawing import Lane, draw_gap, draw_rung
from .rungs import Rung
from .svg import Canvas
from .values import count

_TOP, _ROW, _FLIGHT, _BOTTOM = 52, 31, 10, 14  # heights: heading, rung, between flights, foot
_CLIENT_X, _SERVER_X = 132, 594
_TRIP_X, _BRACKET_X, _RIGHT_X = 8, 102, 608
_PAIR_LEFT, _PAIR_WIDTH, _PAIR_TOP = 64, 304, 70  # two lanes: where the first begins, how wide
_FOOT_ROOM = (COLUMN - 40) / 1.13  # its letters are bold, hence wider
_TIGHT = 42, 26, 6  # the first three of them in a compact ladder
_TIGHT_CAPTION = "The conversation as it went. Hatched boxes with a lock are encrypted."
_HEAD = 10  # how far a heading sticks out beyond its line


def ladder(conversation: Conversation, *, upto: int | None = None,
           mark: Mapping[int | str, str] | None = None, caption: str | None = None,
           locked: bool = False, compact: bool = False) -> Figure:
    """Who says what, in which flight, and what is encrypted from when.

    `upto` draws only that many messages (the picture keeps its size); `mark` gives messages, by
    index or name, a remark in amber; `locked` shows what an eavesdropper without any secret sees.
    `compact` is for a place that says for itself how it ended: tight rows and a short caption.
    What a tamper function did is marked by itself. Raises KeyError for a mark that is not there.
    """
    shown = conversation.without_secrets() if locked else conversation
    rows = say.rungs(shown, mark)
    drawn = rows if upto is None else rows[:max(0, upto)]
    complete = len(drawn) == len(rows)
    endings = [] if compact else say.endings(shown)
    top, pitch, gap = _TIGHT if compact else (_TOP, _ROW, _FLIGHT)
    heights = _heights(rows, top, pitch, gap)
    foot = [line for _, text in endings for line in wrap(text, _FOOT_ROOM, 14)]
    height = (heights[-1] + pitch if rows else top + pitch) + _BOTTOM + 20 * len(foot)
    canvas = Canvas(COLUMN, height)
    _lifelines(canvas, drawn, heights, height - _BOTTOM - 20 * len(foot))
    _margins(canvas, drawn, heights)
    lane = Lane(_CLIENT_X, _SERVER_X, 14)
    for row, y in zip(drawn, heights, strict=False):
        draw_rung(canvas, row, y, lane)
    if complete:
        _foot(canvas, endings, height - _BOTTOM - 20 * len(foot))
    return Figure(canvas, alt=_alt(drawn, endings if complete else []),
                  caption=caption or (_TIGHT_CAPTION if compact else _caption(shown, drawn)))


def ladders(first: Conversation, second: Conversation, *,
            names: tuple[str, str] = ("RSA", "ECDHE"), caption: str | None = None) -> Figure:
    """Two conversations side by side, message beside message; what one lacks is a gap in words."""
    sides = say.rungs(first), say.rungs(second)
    pairs = say.aligned(*sides)
    either = [left or right for left, right in pairs]
    heights = _heights(either, _PAIR_TOP)
    height = (heights[-1] if heights else _PAIR_TOP) + _ROW + _BOTTOM
    canvas = Canvas(COLUMN, height)
    for column, name in enumerate(names):
        start = _PAIR_LEFT + column * (_PAIR_WIDTH + 12)
        lane = Lane(start + _HEAD, start + _PAIR_WIDTH - _HEAD, SMALLEST, brief=True)
        canvas.text((lane.client + lane.server) / 2, 22, name, anchor="middle", bold=True, size=15)
        _heads(canvas, lane, 32, out=_HEAD)
        for end, x in ((CLIENT, lane.client), (SERVER, lane.server)):
            canvas.line(x, 58, x, height - _BOTTOM, stroke=tone(end).line)
        for pair, y in zip(pairs, heights, strict=True):
            if pair[column] is not None:
                draw_rung(canvas, pair[column], y, lane)
            else:
                draw_gap(canvas, pair[1 - column], y, lane)
    _flight_names(canvas, either, heights, 8, anchor="start")
    return Figure(canvas, alt=_pair_alt(sides, names),
                  caption=caption or _pair_caption(pairs, names))


def _heights(rows: list[Rung], top: float, pitch: float = _ROW,
             gap: float = _FLIGHT) -> list[float]:
    """The y of each rung's arrow."""
    found: list[float] = []
    y = top
    for number, row in enumerate(rows):
        if number:
            y += pitch + (gap if row.flight != rows[number - 1].flight else 0)
        found.append(y + pitch / 2)
    return found


def _heads(canvas: Canvas, lane: Lane, y: float, *, out: float | None = None) -> None:
    """The names of the ends, over their lines; with `out` they lean inwards from there."""
    for end, x in ((CLIENT, lane.client), (SERVER, lane.server)):
        wide = text_width(end, lane.size, bold=True) + 14
        beyond = wide / 2 if out is None else out
        left = x - beyond if end == CLIENT else x + beyond - wide
        canvas.rect(left, y, wide, 24, fill=tone(end).fill, stroke=tone(end).line, radius=5)
        canvas.text(left + wide / 2, y + 17, end, size=lane.size, anchor="middle", bold=True,
                    fill=tone(end).text)


def _lifelines(canvas: Canvas, rows: list[Rung], heights: list[float], bottom: float) -> None:
    """Each end's line; hatched and thick from where that end encrypts."""
    _heads(canvas, Lane(_CLIENT_X, _SERVER_X, 14), 14)
    for end, x in ((CLIENT, _CLIENT_X), (SERVER, _SERVER_X)):
        look = tone(end)
        canvas.line(x, 38, x, bottom, stroke=look.line, thick=2)
        sealed = [y for row, y in zip(rows, heights, strict=False)
                  if row.sender == end and row.encrypted]
        if sealed:
            start = sealed[0] - _ROW / 2
            canvas.rect(x - 5, start, 10, bottom - start, fill=canvas.hatch(look.line, look.fill),
                        stroke=look.line, thick=1)


def _margins(canvas: Canvas, rows: list[Rung], heights: list[float]) -> None:
    """Flights on the right, round trips on the left."""
    _flight_names(canvas, rows, heights, _RIGHT_X, sizes=True)
    for number in range(1, (rows[-1].flight + 1) // 2 + 1 if rows else 1):
        name = say.trip_of(rows, number)
        span = [y for row, y in zip(rows, heights, strict=False)
                if (row.flight + 1) // 2 == number]
        if not name or not span:
            continue
        top, bottom = span[0] - _ROW / 2 + 3, span[-1] + _ROW / 2 - 3
        canvas.line(_BRACKET_X, top, _BRACKET_X, bottom, stroke=FAINT)
        for y in (top, bottom):
            canvas.line(_BRACKET_X, y, _BRACKET_X + 6, y, stroke=FAINT)
        lines = wrap(name, _BRACKET_X - _TRIP_X - 6, SMALLEST)
        for place, line in enumerate(lines):
            middle = (top + bottom) / 2 + 5 + 16 * (place - (len(lines) - 1) / 2)
            canvas.text(_BRACKET_X - 6, middle, line, size=SMALLEST, anchor="end", fill=FAINT)


def _flight_names(canvas: Canvas, rows: list[Rung], heights: list[float], x: float, *,
                  anchor: str = "start", sizes: bool = False) -> None:
    place = 0
    for number, group in say.flights(rows):
        y = heights[place]
        if place and not sizes:
            canvas.line(x, y - _ROW / 2 - _FLIGHT / 2, canvas.width - x, y - _ROW / 2 - _FLIGHT / 2,
                        stroke=RULE, thick=1)
        canvas.text(x, y + 5, f"flight {number}", size=SMALLEST, anchor=anchor, fill=FAINT)
        if sizes and len(group) > 1:
            size = count(sum(row.size for row in group), "byte")
            canvas.text(x, y + 21, size, size=SMALLEST, anchor=anchor, fill=FAINT, room=88)
        place += len(group)


def _foot(canvas: Canvas, endings: list[tuple[str, str]], y: float) -> None:
    for end, text in endings:
        for line in wrap(text, _FOOT_ROOM, 14):
            y += 20
            canvas.text(20, y - 2, line, bold=True, fill=tone(end).text)


# --- in words -----------------------------------------------------------------------------------


def _alt(rows: list[Rung], endings: list[tuple[str, str]]) -> str:
    ends = "".join(f" {text}" for _, text in endings)
    return ("A ladder with the client on the left and the server on the right, time running "
            f"downwards. {say.described(rows)}{ends}")


def _caption(conversation: Conversation, rows: list[Rung]) -> str:
    title = conversation.title or "A TLS conversation"
    trips = say.trips_before_data(rows)
    first = f" The first byte of the request leaves after {count(trips, 'round trip')}." \
        if trips is not None else ""
    return (f"{title}: {count(len(rows), 'message')} in {count(len(say.flights(rows)), 'flight')}."
            f"{first} {_sealed(rows)} Square boxes are handshake messages, round ones other record "
            "types; sizes are those of the messages, without record headers.")


def _sealed(rows: list[Rung]) -> str:
    if not any(row.encrypted for row in rows):
        return "Nothing here is encrypted."
    if all(row.readable for row in rows):
        return "Hatched boxes with a lock are encrypted."
    return ("Hatched boxes with a lock are encrypted, and without a secret nobody can read them: "
            "their size is that of the sealed contents.")


def _pair_alt(sides: tuple[list[Rung], list[Rung]], names: tuple[str, str]) -> str:
    told = " ".join(f"{name}: {say.described(rows)}"
                    for name, rows in zip(names, sides, strict=True))
    return f"Two ladders side by side, client left and server right in each. {told}"


def _pair_caption(pairs: list[tuple[Rung | None, Rung | None]], names: tuple[str, str]) -> str:
    gaps = [f"{names[row[0] is not None]} has no {(row[0] or row[1]).title}" for row in pairs
            if None in row]
    lacks = f"{'; '.join(gaps)}." if gaps else "Both have the same messages."
    return (f"{names[0]} and {names[1]}, message beside message. {lacks} Hatched boxes with a lock "
            "are encrypted.")

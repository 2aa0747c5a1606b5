"""The waterfall: what passes between Enter and the first byte, for several visits side by side.

Each lane has the client on its upper edge and the server on its lower one, so a slanted line is a
packet: downwards the request's way, upwards the answer's. The slope says who sent it; no colour is
needed for that. All lanes have one scale.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.experiments.latency import Link, Segment, Timeline

from .figure import Figure
from .lettering import text_width
from .look import CLIENT, FAINT, INK, PANEL, RULE, SERVER, SMALLEST, tone
from .svg import Canvas

_WIDTH = 700
_LEFT, _RIGHT = 196, 686  # the lanes
_TOP, _STRIP, _ZONE, _GAP = 34, 19, 34, 15  # the axis; and in a lane: words, packets, space
_LANE = _STRIP + _ZONE + _GAP
_TONES = {"DNS": "quiet", "TCP": "eavesdropper", "TLS": "secret", "request": "client",
          "TLS and request": "client"}  # fmt: skip
_SHORT = {"TLS and request": "TLS, request"}
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_TICKS = 6
_MOST = 12


def milliseconds(seconds: float) -> str:
    """A time in whole milliseconds, with a decimal below ten: "171 ms", "1,240 ms", "2.4 ms"."""
    value = seconds * 1000
    return f"{value:.1f} ms" if value < 9.95 else f"{value:,.0f} ms"


def trips(count: int) -> str:
    """ "1 round trip", "3 round trips"."""
    return f"{count} round trip{'' if count == 1 else 's'}"


def waterfall(timelines: Sequence[Timeline], *, caption: str = "") -> Figure:
    """The visits, one lane each, up to the first byte of the response.

    Raises ValueError for no timeline, or more than twelve.
    """
    if not 0 < len(timelines) <= _MOST:
        raise ValueError(f"a waterfall shows 1 to {_MOST} visits, not {len(timelines)}")
    canvas = Canvas(_WIDTH, _TOP + _LANE * len(timelines) + 6)
    longest = max(item.first_byte for item in timelines)
    scale = _Scale(longest)
    scale.draw(canvas, canvas.height - 10)
    for row, timeline in enumerate(timelines):
        _lane(canvas, scale, timeline, _TOP + row * _LANE)
    links = {item.link for item in timelines}
    shared = f" {link_words(timelines[0].link)}." if len(links) == 1 else ""
    told = ". ".join(_told(item, with_link=len(links) > 1) for item in timelines)
    return Figure(
        canvas,
        alt=f"waterfall of time to the first byte.{shared} {told}",
        caption=(caption or "Time to the first byte, computed from real byte counts.") + shared
        + " A slanted line is a packet: down to the server, up to the client." + _signs(timelines),
    )


def _signs(timelines: Sequence[Timeline]) -> str:
    """What else is to be seen, and means what."""
    kinds = {item.kind for timeline in timelines for item in timeline.segments}
    words = " A bar along an edge: that end computes." if "computing" in kinds else ""
    return words + (" Hatched: waiting for lost packets, on average." if "loss" in kinds else "")


def link_words(link: Link) -> str:
    """The link in a few words."""
    rate = link.bandwidth / 1e6
    words = [f"Round trip {milliseconds(link.round_trip)}"]
    words.append("bandwidth without limit" if rate == float("inf") else f"{rate:,g} Mbit/s")
    words.append(f"{100 * link.loss:g} % of packets lost" if link.loss else "no loss")
    return ", ".join([*words, f"{link.window} packets at first"])


class _Scale:
    """Milliseconds from left to right."""

    def __init__(self, seconds: float) -> None:
        self.end = max(seconds * 1000, 1.0)
        self.step = next((step for step in _STEPS if self.end / step <= _TICKS), _STEPS[-1])

    def x(self, seconds: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * seconds * 1000 / self.end

    def draw(self, canvas: Canvas, bottom: float) -> None:
        canvas.text(12, 21, "milliseconds after Enter", size=SMALLEST, fill=FAINT)
        for tick in range(0, int(self.end) + 1, self.step):
            at = self.x(tick / 1000)
            canvas.line(at, 27, at, bottom, stroke=RULE, thick=1)
            words = f"{tick:,}"
            half = text_width(words, SMALLEST) / 2
            canvas.text(min(at, _WIDTH - half - 3), 21, words, size=SMALLEST, anchor="middle",
                        fill=FAINT)  # fmt: skip


def _lane(canvas: Canvas, scale: _Scale, timeline: Timeline, top: float) -> None:
    canvas.text(12, top + 24, timeline.name, bold=True, room=_LEFT - 20)
    said = f"{milliseconds(timeline.first_byte)}, {trips(timeline.round_trips)}"
    canvas.text(12, top + 44, said, size=SMALLEST, room=_LEFT - 20)
    high, low = top + _STRIP, top + _STRIP + _ZONE
    for name, start, end in timeline.stages:
        _stage(canvas, name, scale.x(start), scale.x(end), top, low)
    for item in timeline.segments:
        _segment(canvas, scale, item, high, low)
    canvas.line(_LEFT, high, scale.x(timeline.first_byte), high, stroke=CLIENT, thick=1.5)
    canvas.line(_LEFT, low, scale.x(timeline.first_byte), low, stroke=SERVER, thick=1.5)
    canvas.circle(scale.x(timeline.first_byte), high, 5, fill=INK, stroke=PANEL, thick=1)


def _stage(canvas: Canvas, name: str, left: float, right: float, top: float, low: float) -> None:
    look = tone(_TONES[name])
    wide = max(right - left, 0.5)
    canvas.rect(left, top, wide, low - top, fill=look.fill, stroke=look.line, thick=1)
    for words in (name, _SHORT.get(name, "")):
        size = text_width(words, SMALLEST)
        if words and size + 6 <= wide:
            canvas.text((left + right) / 2, top + 14, words, size=SMALLEST, anchor="middle",
                        fill=look.text)  # fmt: skip
            return


def _segment(canvas: Canvas, scale: _Scale, item: Segment, high: float, low: float) -> None:
    start, end = scale.x(item.start), scale.x(item.end)
    by_client = item.sender == "client"
    colour = CLIENT if by_client else SERVER
    if item.kind == "loss":
        look = tone("changed")
        canvas.rect(start, high, max(end - start, 0.5), low - high, thick=1, stroke=look.line,
                    fill=canvas.hatch(look.line, look.fill))  # fmt: skip
    elif item.kind == "computing":
        edge = high if by_client else low - 7
        canvas.rect(start, edge, max(end - start, 0.5), 7, fill=colour, stroke="none", thick=0)
    elif item.stage == "DNS":
        canvas.line(start, high, end, high, stroke=INK, thick=3, dash="3 3")
    else:
        begin, finish = (high, low) if by_client else (low, high)
        canvas.line(start, begin, end, finish, stroke=colour, thick=1.4)


def _told(timeline: Timeline, *, with_link: bool) -> str:
    """One lane in words."""
    stages = ", ".join(f"{name} {milliseconds(end - start)}" for name, start, end in
                       timeline.stages)  # fmt: skip
    packets = [item for item in timeline.segments if item.kind == "packet" and item.size]
    lost = sum(item.end - item.start for item in timeline.segments if item.kind == "loss")
    words = (f"{timeline.name}: {milliseconds(timeline.first_byte)}, {trips(timeline.round_trips)}"
             f" ({stages}; {len(packets)} packets, {milliseconds(timeline.computing)} computing")
    words += f", {milliseconds(lost)} waiting for lost packets" if lost else ""
    words += f"; {link_words(timeline.link)}" if with_link else ""
    return words + ")"

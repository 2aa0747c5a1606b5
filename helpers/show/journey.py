"""The strip at the top of every notebook: the whole way from Enter to the first byte.

One row of stations; the stretch that a notebook covers is lit. A station is where something
happens in the life of one HTTPS request, in order; below it stand the notebooks that explain it.
It simplifies: TLS 1.3 does some of these steps at the same time.
"""

from dataclasses import dataclass
from itertools import pairwise

from .course import lesson_link, lessons
from .figure import Figure
from .look import CLIENT, FAINT, INK, PANEL, RULE, SANS, SMALLEST
from .svg import Canvas


@dataclass(frozen=True)
class Station:
    """One stop: its name (one or two lines), and the numbers of the notebooks that explain it."""

    lines: tuple[str, ...]
    notebooks: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.lines)


_WHOLE_WAY = ("00", "10", "11")
STATIONS = (
    Station(("URL and", "HSTS"), ("10",)),
    Station(("DNS",), ("10",)),
    Station(("TCP",), ("10",)),
    Station(("TLS", "hello"), ("08", "09", "12")),
    Station(("Certificate",), ("05", "06", "07", "08", "09", "12")),
    Station(("Key", "exchange"), ("03", "04", "08", "09", "12")),
    Station(("Finished",), ("02", "08", "09", "12")),
    Station(("HTTP", "request"), ("01", "10", "12")),
    Station(("First", "byte"), ("01", "10", "12")),
)
_WIDTH, _HEIGHT = 700, 138
_STEP, _LEFT = 76, 46  # stations stand this far apart, from here
_TRACK, _RADIUS = 66, 14


def lit(notebook: str) -> list[Station]:
    """The stations that `notebook` ("00" to "12") covers. Raises ValueError for another number."""
    known = {number for station in STATIONS for number in station.notebooks} | set(_WHOLE_WAY)
    if notebook not in known:
        raise ValueError(f"no notebook {notebook!r}; there are: {', '.join(sorted(known))}")
    if notebook in _WHOLE_WAY:
        return list(STATIONS)
    return [station for station in STATIONS if notebook in station.notebooks]


_MAP = "00"


def journey(notebook: str) -> Figure:
    """The strip with the stretch of `notebook` lit. That of the map, "00", has links to the
    lessons in place of numbers."""
    stretch = lit(notebook)
    canvas = Canvas(_WIDTH, _TRACK + _RADIUS + 4 if notebook == _MAP else _HEIGHT)
    canvas.arrow(6, _TRACK, _WIDTH - 6, _TRACK, stroke=RULE, thick=4, head=14)
    for station, after in pairwise(STATIONS):
        if station in stretch and after in stretch:
            start = _LEFT + STATIONS.index(station) * _STEP
            canvas.line(start, _TRACK, start + _STEP, _TRACK, stroke=CLIENT, thick=6)
    for index, station in enumerate(STATIONS):
        _stop(canvas, index, here=station in stretch, numbered=notebook != _MAP)
    names = [station.name for station in stretch]
    said = "the whole way" if len(stretch) == len(STATIONS) else ", ".join(names)
    order = ", ".join(station.name for station in STATIONS)
    below = "The links below lead to" if notebook == _MAP else "The numbers below are"
    figure = Figure(
        canvas,
        alt=f"From Enter to the first byte in {len(STATIONS)} stations: {order}. "
        f"This notebook covers: {said}.",
        caption=f"From pressing Enter to the first byte. Filled stations: this notebook ({said}). "
        f"{below} the notebooks that explain a station.",
    )
    if notebook == _MAP:
        figure.html += _links()
    return figure


def _links() -> str:
    """A row of links, each column below its station."""
    known = {lesson.number: lesson for lesson in lessons()}
    side = f"{100 * (_LEFT - _STEP / 2) / _WIDTH:.2f}%"
    columns = "".join(
        f'<div style="min-width:0;"><div>{index}.</div><div>'
        + " ".join(lesson_link(known[number], number) for number in station.notebooks
                   if number in known) + "</div></div>"
        for index, station in enumerate(STATIONS, start=1))
    return (f'<div style="background-color:{PANEL};color:{INK};max-width:{_WIDTH}px;'
            f"box-sizing:border-box;padding:2px {side} 6px {side};display:grid;"
            f"grid-template-columns:repeat({len(STATIONS)},1fr);text-align:center;"
            f'font-family:{SANS};font-size:14px;line-height:1.4;white-space:normal;">'
            f"{columns}</div>")


def _stop(canvas: Canvas, index: int, *, here: bool, numbered: bool) -> None:
    station, x = STATIONS[index], _LEFT + index * _STEP
    canvas.circle(
        x,
        _TRACK,
        _RADIUS,
        fill=CLIENT if here else PANEL,
        stroke=CLIENT if here else FAINT,
        thick=2,
    )
    canvas.text(
        x, _TRACK + 5, str(index + 1), anchor="middle", bold=here, fill=PANEL if here else FAINT
    )
    for row, line in enumerate(reversed(station.lines)):
        canvas.text(
            x,
            _TRACK - 24 - 16 * row,
            line,
            size=SMALLEST,
            anchor="middle",
            fill=INK if here else FAINT,
        )
    for row in range(0, len(station.notebooks) if numbered else 0, 3):
        canvas.text(
            x,
            _TRACK + 34 + 16 * (row // 3),
            " ".join(station.notebooks[row : row + 3]),
            size=SMALLEST,
            anchor="middle",
            fill=FAINT,
        )

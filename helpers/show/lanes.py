"""Three visits side by side, flight beside flight: what crosses, what is dark, where keys change;
and what became of each message from one protocol to the next.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpers.conversation import CLIENT, Conversation
from helpers.experiments.lanes import DARK, GONE, MOVED, NEW, Fate, LaneFacts, fates, lane_facts
from helpers.tls.heard import Message
from helpers.tls.registry import ContentType

from .figure import Cell, Figure, Html, Table
from .lettering import fit, text_width
from .look import FAINT, INK, PANEL, RULE, SMALLEST, tone
from .svg import Canvas
from .values import count

_WIDTH, _GAP, _EDGE = 700, 16, 10
_TOP, _ROW, _TALL, _FLIGHT = 64, 29, 24, 24
_HEAD, _KEY = 11, 9  # how far an arrow's point reaches; the radius of a key's mark
_WORDS = {GONE: "trouble", NEW: "good", DARK: "secret", MOVED: "changed"}


def three_lanes(visits: Mapping[str, Conversation], *, caption: str | None = None) -> Figure:
    """Two or three whole Conversations, by name, up to the first response. Time runs downwards;
    flights of one number begin at one height. Raises ValueError for another number of visits."""
    if len(visits) not in (2, 3):
        raise ValueError("two or three visits stand side by side")
    lanes = [_shown(talk) for talk in visits.values()]
    heights = _heights(lanes)
    total = max(heights.values()) + max(
        len(flight) for flight in (_flight(lane, max(heights)) for lane in lanes)) * _ROW + 10
    canvas = Canvas(_WIDTH, total)
    wide = (_WIDTH - 2 * _EDGE - _GAP * (len(lanes) - 1)) / len(lanes)
    _rules(canvas, heights)
    for column, (name, lane) in enumerate(zip(visits, lanes, strict=True)):
        x = _EDGE + column * (wide + _GAP)
        _heading(canvas, x, wide, name)
        keys = dict.fromkeys(("client", "server"), 0)
        for number, top in heights.items():
            for row, message in enumerate(_flight(lane, number)):
                keys[message.sender] += message.encrypted and message.sequence_number == 0
                fresh = keys[message.sender] if message.encrypted and \
                    message.sequence_number == 0 else 0
                _bar(canvas, x, top + row * _ROW, wide, message, fresh)
    return Figure(canvas, alt=_alt(visits), caption=caption or _caption(visits))


def lanes_table(visits: Mapping[str, Conversation]) -> Table:
    """What can be read off these visits: round trips, bytes in the clear, who proves what, keys."""
    found = [lane_facts(talk) for talk in visits.values()]
    rows = [
        ["round trips before the request", *(str(item.round_trips) for item in found)],
        ["handshake bytes in the clear", *(f"{item.clear:,}" for item in found)],
        ["handshake bytes encrypted", *(f"{item.sealed:,}" for item in found)],
        ["the server proves who it is by", *(item.server_proof for item in found)],
        ["the client proves who it is by", *(item.client_proof or "nothing" for item in found)],
        ["first under a new key, client", *(_keys(item, "client") for item in found)],
        ["first under a new key, server", *(_keys(item, "server") for item in found)],
    ]
    return Table("Counted in these three visits" if len(found) == 3 else "Counted in these visits",
                 ["what", *visits], rows, wide=True)


def fates_table(old: Conversation, new: Conversation) -> Table:
    """Message by message: gone, new, moved, gone dark, or as it was."""
    rows = [[Cell(f"{fate.sender}: {fate.title}", fate.sender),
             f"{_flight_words(fate.before)} → {_flight_words(fate.after)}", _verdict(fate),
             fate.where] for fate in fates(old, new)]
    return Table(f"From {old.title} to {new.title}: in which flight, then and now (–: not there)",
                 ["message", "flight", "it", "why"], rows)


def lanes_view(visits: Mapping[str, Conversation]) -> Html:
    """The picture and the table below it."""
    figure, table = three_lanes(visits), lanes_table(visits)
    return Html(figure.html + table.html, f"{figure.text}\n{table.text}")


def _keys(facts: LaneFacts, end: str) -> str:
    return ", then ".join(facts.new_keys[end]) or "never"


def _flight_words(number: int | None) -> str:
    return "–" if number is None else str(number)


def _verdict(fate: Fate) -> Cell:
    return Cell(" and ".join(fate.words), _WORDS.get(fate.words[-1]))


# --- drawing ------------------------------------------------------------------------------------


def _shown(conversation: Conversation) -> list[Message]:
    """Up to the server's first application data; goodbyes are all alike."""
    messages = conversation.messages
    last = next((message.index for message in messages if message.sender != CLIENT
                 and message.content_type == ContentType.application_data), len(messages))
    return [message for message in messages if message.index <= last]


def _flight(lane: list[Message], number: int) -> list[Message]:
    return [message for message in lane if message.flight == number]


def _heights(lanes: list[list[Message]]) -> dict[int, float]:
    """Where each flight begins, the same in every lane."""
    heights, y = {}, float(_TOP)
    for number in range(1, max(lane[-1].flight for lane in lanes) + 1):
        heights[number] = y + _FLIGHT
        y += _FLIGHT + _ROW * max(len(_flight(lane, number)) for lane in lanes)
    return heights


def _rules(canvas: Canvas, heights: dict[int, float]) -> None:
    for number, top in heights.items():
        sender = "client" if number % 2 else "server"
        words = f"flight {number}, from the {sender}"
        canvas.text(_EDGE, top - 7, words, size=SMALLEST, fill=FAINT)
        start = _EDGE + text_width(words, SMALLEST) + 8
        canvas.line(start, top - 12, _WIDTH - _EDGE, top - 12, stroke=RULE, thick=1)


def _heading(canvas: Canvas, x: float, wide: float, name: str) -> None:
    canvas.text(x + wide / 2, 26, name, anchor="middle", bold=True, size=15, room=wide)
    for end, at, anchor in (("client", x, "start"), ("server", x + wide, "end")):
        canvas.text(at, 50, end, anchor=anchor, size=SMALLEST, fill=tone(end).text)
    canvas.arrow(x + 60, 45, x + wide / 2 - 8, 45, stroke=tone("client").line, thick=1.5)
    canvas.arrow(x + wide - 60, 45, x + wide / 2 + 8, 45, stroke=tone("server").line, thick=1.5)


def _bar(canvas: Canvas, x: float, y: float, wide: float, message: Message, key: int) -> None:
    """A message as an arrow-shaped box; dark ones are filled and locked, a number marks a new key
    of its sender."""
    look, right = tone(message.sender), message.sender == CLIENT
    left, end = x + 1, x + wide - 1
    tip = end if right else left
    flat = left if right else end
    neck = end - _HEAD if right else left + _HEAD
    shape = [(flat, y), (neck, y), (tip, y + _TALL / 2), (neck, y + _TALL), (flat, y + _TALL)]
    canvas.polygon(shape, fill=look.fill if message.encrypted else PANEL, stroke=look.line)
    start = left + (_HEAD if not right else 0) + 8 + (2 * _KEY if key and right else 0)
    stop = end - (_HEAD if right else 0) - 6 - (2 * _KEY + 2 if key and not right else 0)
    if message.encrypted:
        canvas.lock(start - 3, y + 4, 14, fill=look.text)
        start += 16
    title = fit(message.title, stop - start, SMALLEST)
    canvas.text(start, y + 17, title, size=SMALLEST, fill=look.text)
    if key:
        middle = flat + (_KEY + 4) * (1 if right else -1)
        canvas.circle(middle, y + _TALL / 2, _KEY, fill=tone("secret").fill,
                      stroke=tone("secret").line, thick=1.5)
        canvas.text(middle, y + 17, str(key), anchor="middle", size=SMALLEST, bold=True,
                    fill=tone("secret").text)
    size = f"{len(message.data):,}" if message.data is not None else ""
    if size and start + text_width(title, SMALLEST) + 10 + text_width(size, SMALLEST) <= stop:
        canvas.text(stop, y + 17, size, anchor="end", size=SMALLEST, fill=INK)


# --- in words -----------------------------------------------------------------------------------


def _alt(visits: Mapping[str, Conversation]) -> str:
    said = []
    for name, talk in visits.items():
        flights: dict[int, list[str]] = {}
        for message in _shown(talk):
            dark = ", encrypted" if message.encrypted else ""
            flights.setdefault(message.flight, []).append(f"{message.title} ({message.sender}"
                                                          f"{dark})")
        said.append(f"{name}: " + "; ".join(f"flight {number}: {', '.join(titles)}"
                                            for number, titles in flights.items()))
    return f"Visits side by side. {'. '.join(said)}."


def _caption(visits: Mapping[str, Conversation]) -> str:
    trips = ", ".join(f"{count(lane_facts(talk).round_trips, 'round trip')} with {name}"
                      for name, talk in visits.items())
    return (f"The same page, asked for after {trips}. An arrow is a message, with its size in "
            "bytes where there is room; filled and with a lock: encrypted. A number in a circle "
            "marks the sender's first message under a new key.")

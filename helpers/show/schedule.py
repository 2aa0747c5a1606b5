"""The key schedule of TLS 1.3 as a graph: every value is a box with its first bytes, every arrow
is what went into it. Drawn from the nodes themselves (experiments/schedule.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from helpers.experiments.schedule import KeyNode

from .figure import Cell, Figure, Html, Table
from .look import DASHES, FAINT, INK, PANEL, RULE, SMALLEST, chip, panel, tone
from .schedule_places import BANDS, HEIGHT, INPUTS, PLACES, WIDTH, Place, ways
from .svg import Canvas
from .values import count

_KNOWN, _NOW, _OTHER, _LATER = "known", "now", "changed", "later"
_TONES = {_KNOWN: "secret", _NOW: "good", _OTHER: "changed", _LATER: "quiet"}


def key_schedule_graph(nodes: Sequence[KeyNode], *, step: int | None = None,
                       compared: Sequence[KeyNode] | None = None) -> Figure:
    """The whole graph; with `step` (from 1) as far as that value, which is marked.

    `compared` are the nodes of the honest visit: values that differ from these are marked as
    changed. Raises ValueError for a step that is not there, or nodes of another schedule.
    """
    if [node.name for node in nodes] != list(PLACES):
        raise ValueError("these are not the values of one TLS 1.3 handshake without PSK")
    if step is not None and not 1 <= step <= len(nodes):
        raise ValueError(f"step 1 to {len(nodes)}, not {step}")
    states = _states(nodes, step, compared)
    now = nodes[step - 1] if step else None
    canvas = Canvas(WIDTH, HEIGHT)
    _inputs(canvas, now)
    for number, node in enumerate(nodes, 1):
        for corners in ways(node.name):
            _way(canvas, corners, node, now, drawn=step is None or number <= step)
    _bands(canvas, nodes, states, now)
    for number, node in enumerate(nodes, 1):
        _box(canvas, number, node, PLACES[node.name], states[number - 1])
    return Figure(canvas, alt=_alt(nodes, states, step), caption=_caption(nodes, step, compared))


def key_node_view(nodes: Sequence[KeyNode], step: int, *,
                  compared: Sequence[KeyNode] | None = None) -> Html:
    """One value in full, above the graph as far as that value: formula, every input, output, the
    messages covered. Arguments as in `key_schedule_graph`."""
    graph = key_schedule_graph(nodes, step=step, compared=compared)
    node, honest = nodes[step - 1], (compared or nodes)[step - 1]
    other = node.step.output != honest.step.output
    verdict = chip(f"step {step} of {len(nodes)}: {node.name}", "changed" if other else "good")
    said = f" {node.purpose}"
    if compared is not None and other:
        said += " With that one bit it is another value."
    elif compared is not None:
        said += " That one bit does not reach it."
    rows = [["formula", node.step.formula, ""]]
    rows += [[_input_name(node, name), _value(value), count(len(value), "byte")]
             for name, value in node.step.inputs]
    rows.append(["comes out", Cell(node.step.output.hex(" ", 4), "secret", mono=True),
                 count(len(node.step.output), "byte")])
    table = Table(f"What goes in, what comes out ({node.step.source})",
                  ["what", "value", "size"], rows, wide=True)
    html = panel(f"{verdict}{escape(said)}") + table.html + graph.html
    return Html(html, f"step {step}: {node.name}.{said}\n{table.text}\n{graph.text}")


def _input_name(node: KeyNode, name: str) -> str:
    if name == "transcript_hash":
        return f"hash of {_span(node)}"
    if name in ("0", "PSK"):
        return "salt: zeros" if name == "0" and node.name == "early_secret" else \
            "PSK: none, so zeros" if name == "PSK" else "zeros"
    return name


def _span(node: KeyNode) -> str:
    return ", ".join(node.covers) or "nothing (no message)"


def _value(value: bytes) -> Cell:
    return Cell(value.hex(" ", 4), mono=True)


def _states(nodes: Sequence[KeyNode], step: int | None,
            compared: Sequence[KeyNode] | None) -> list[str]:
    found = []
    for number, (node, honest) in enumerate(zip(nodes, compared or nodes, strict=True), 1):
        if step is not None and number > step:
            found.append(_LATER)
        elif node.step.output != honest.step.output:
            found.append(_OTHER)
        else:
            found.append(_NOW if number == step else _KNOWN)
    return found


# --- drawing ------------------------------------------------------------------------------------


def _inputs(canvas: Canvas, now: KeyNode | None) -> None:
    """What goes in from outside: thin boxes, no secrets but the private share."""
    for owner, (words, x, y, width) in INPUTS.items():
        used = now is not None and now.name == owner
        canvas.rect(x, y, width, 26, fill=PANEL, stroke=INK if used else RULE,
                    thick=2.5 if used else 1.5, radius=4)
        canvas.text(x + width / 2, y + 18, words, anchor="middle", size=SMALLEST,
                    fill=tone("quiet").text)


def _way(canvas: Canvas, corners: list[tuple[float, float]], node: KeyNode, now: KeyNode | None,
         *, drawn: bool) -> None:
    hot = node is now
    stroke, dash = (INK if hot else FAINT if drawn else RULE), None if drawn else "2 3"
    for start, end in pairwise(corners[:-1]):
        canvas.line(*start, *end, stroke=stroke, thick=3 if hot else 1.5, dash=dash)
    canvas.arrow(*corners[-2], *corners[-1], stroke=stroke, thick=3 if hot else 1.5, dash=dash)


def _bands(canvas: Canvas, nodes: Sequence[KeyNode], states: list[str],
           now: KeyNode | None) -> None:
    """Over each group of secrets: the transcript hash that goes into all of them."""
    by_name = {node.name: (node, state) for node, state in zip(nodes, states, strict=True)}
    for owners, words, x, y, width in BANDS:
        node, state = by_name[owners[0]]
        digest = dict(node.step.inputs)["transcript_hash"]
        used = now is not None and now.name in owners
        canvas.rect(x, y, width, 26, fill=tone("quiet").fill, stroke=INK if used else RULE,
                    thick=2.5 if used else 1.5, radius=13)
        value = "" if state == _LATER else f" = {digest[:3].hex(' ')} …"
        canvas.text(x + 12, y + 18, f"# {words}{value}", size=SMALLEST, fill=tone("quiet").text,
                    room=width - 20)


def _box(canvas: Canvas, number: int, node: KeyNode, place: Place, state: str) -> None:
    look = tone(_TONES[state])
    canvas.rect(place.x, place.y, place.width, place.height, fill=look.fill, stroke=look.line,
                thick=3 if state in (_NOW, _OTHER) else 1.5, radius=5,
                dash=DASHES if state == _LATER else None)
    value = "?" if state == _LATER else f"{node.step.output[:place.shown].hex(' ')} …"
    value = f"≠ {value}" if state == _OTHER else value
    mono = state != _LATER
    if len(place.lines) == 1:
        canvas.text(place.x + 8, place.y + place.height / 2 + 5, f"{number} {place.lines[0]}",
                    size=SMALLEST, bold=state == _NOW, fill=look.text)
        canvas.text(place.x + place.width - 8, place.y + place.height / 2 + 5, value,
                    anchor="end", size=SMALLEST, mono=mono, fill=look.text)
        return
    for row, words in enumerate([*place.lines[:-1], value]):
        head = f"{number} {words}" if row == 0 else words
        last = row == len(place.lines) - 1
        canvas.text(place.x + 8, place.y + 18 + 18 * row, head, size=SMALLEST,
                    bold=row == 0 and state == _NOW, mono=mono and last, fill=look.text)


# --- in words -----------------------------------------------------------------------------------


def _alt(nodes: Sequence[KeyNode], states: list[str], step: int | None) -> str:
    said = []
    for number, (node, state) in enumerate(zip(nodes, states, strict=True), 1):
        if state == _LATER:
            continue
        special = " (changed)" if state == _OTHER else " (this step)" if state == _NOW else ""
        said.append(f"{number} {node.name}{special}, {node.step.output[:4].hex(' ')} and so on, "
                    f"is {node.step.formula}")
    rest = f"; the other {states.count(_LATER)} are still unknown" if _LATER in states else ""
    return f"The TLS 1.3 key schedule: {'; '.join(said)}{rest}."


def _caption(nodes: Sequence[KeyNode], step: int | None,
             compared: Sequence[KeyNode] | None) -> str:
    said = (f"The key schedule of one visit: {len(nodes)} values, numbered in an order in which "
            "they can be computed. An arrow says what a value is made from; # is a transcript "
            "hash, which goes into every secret below it. Each box shows its first bytes.")
    if step is not None and step < len(nodes):
        said += " Dashed: not computed yet."
    if compared is not None:
        said += " Amber and ≠: not what it was in the honest visit."
    return f"{said} RFC 9846 section 7.1."

"""The way from Enter to the first byte, drawn to scale: each stretch is a link to the lesson that
explains it. Below it the question that each stretch answers, and every lesson about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from helpers.experiments.latency import Timeline

from .course import Lesson, lesson_link, lessons
from .figure import Html
from .look import COLUMN, FAINT, INK, PANEL, RULE, SANS, SMALLEST, css, tone

_QUESTIONS = (
    ("HSTS check", "Is this a name that I ask by https only?", (("", ("10",)),)),
    ("DNS", "Which address belongs to the name?", (("", ("10",)),)),
    ("TCP or QUIC", "Are you there? A connection for bytes.", (("", ("10",)),)),
    ("TLS", "Which secret do we share, are you really the shop, and did we both hear the same?",
     (("all of it", ("09",)), ("the secret", ("03", "04")), ("the shop", ("05", "06", "07")),
      ("the same", ("02",)), ("as it was in TLS 1.2", ("08",)))),
    ("request", "The order itself, sealed.", (("sealing", ("01",)), ("HTTP", ("10",)))),
    ("response", "The way back; its first byte ends the wait.", (("", ("10",)),)),
)
_TONES = {"DNS": "quiet", "TCP": "eavesdropper", "TLS": "secret", "QUIC with TLS": "secret",
          "request": "client", "response": "server"}
_LEADS = {"DNS": "10", "TCP": "10", "TLS": "09", "QUIC with TLS": "10", "request": "10",
          "response": "10"}
_FIRST, _TICK = 92, 50  # pixels for the check that takes no time; milliseconds between two ticks


@dataclass(frozen=True)
class Stretch:
    """One part of a visit, in whole milliseconds from Enter: its parts add up to the whole."""

    name: str
    start: int
    end: int


def stretches(timeline: Timeline) -> list[Stretch]:
    """DNS, TCP, TLS (or QUIC with TLS), request and response of one visit, end to end."""
    answered = next(part.start for part in timeline.segments if part.stage == "response")
    found = []
    for name, start, end in timeline.stages:
        if name == "request":
            found += [("request", start, answered), ("response", answered, end)]
        else:
            quic = name == "TLS" and timeline.script.transport == "QUIC"
            found.append(("QUIC with TLS" if quic else name, start, end))
    return [Stretch(name, round(1000 * start), round(1000 * end)) for name, start, end in found]


def way_map(*visits: Timeline) -> Html:
    """One lane for each visit, all on one scale, and the questions below."""
    known = {lesson.number: lesson for lesson in lessons()}
    longest = max(stretches(visit)[-1].end for visit in visits)
    lanes, plain = [], []
    for visit in visits:
        parts = stretches(visit)
        said = (f"over {visit.script.transport}: first byte after {parts[-1].end} ms, "
                f"{1000 * visit.computing:.1f} ms of them computing")
        lanes.append(f'<div style="font-weight:600;margin-top:6px;">{escape(said)}</div>'
                     + _lane(parts, longest, known))
        plain.append(f"{said}; HSTS check 0 ms, " + ", ".join(
            f"{part.name} {part.end - part.start} ms" for part in parts))
    caption = (f"From Enter to the first byte, to scale; "
               f"{1000 * visits[0].link.round_trip:.0f} ms there and back. "
               "Click on a stretch to go to its lesson.")
    rows, told = _questions(known)
    table = linked_table("What each stretch answers", ("stretch", "its question", "lessons"), rows)
    html = (
        f'<div style="background-color:{PANEL};color:{INK};border:1px solid {RULE};padding:6px 8px;'
        f"margin:4px 0;max-width:{COLUMN}px;box-sizing:border-box;font-family:{SANS};"
        f'font-size:14px;line-height:1.35;white-space:normal;"><div style="font-weight:600;">'
        f"{escape(caption)}</div>{''.join(lanes)}{_axis(longest)}</div>{table}"
    )
    return Html(html, "\n".join([caption, *plain, *told]))


def _lane(parts: Sequence[Stretch], longest: int, known: dict[str, Lesson]) -> str:
    first = _block("HSTS check", "0 ms", "plain", known.get("10"), f"flex:0 0 {_FIRST}px;")
    blocks = "".join(
        _block(part.name, f"{part.end - part.start} ms", _TONES[part.name],
               known.get(_LEADS[part.name]), f"flex:0 0 {_share(part.end - part.start, longest)};")
        for part in parts)
    return (f'<div style="display:flex;">{first}<div style="display:flex;flex:1 1 0;'
            f'min-width:0;">{blocks}</div></div>')


def _block(name: str, time: str, look: str, lesson: Lesson | None, size: str) -> str:
    style = (f"{css(look)}{size}display:block;box-sizing:border-box;min-width:0;min-height:46px;"
             f"border:1px solid {tone(look).line};padding:3px 0;text-align:center;"
             f"font-size:{SMALLEST}px;overflow-wrap:anywhere;")
    words = f'<span style="text-decoration:underline;">{escape(name)}</span><br>{escape(time)}'
    if lesson is None:
        return f'<div style="{style}">{words}</div>'
    told = f"{name}, {time}: lesson {lesson.number}, {lesson.title}"
    return (f'<a href="{lesson.file}" title="{escape(told)}" aria-label="{escape(told)}" '
            f'style="{style}">{words}</a>')


def _axis(longest: int) -> str:
    ticks = range(0, longest, _TICK)
    marks = "".join(
        f'<div style="flex:0 0 {_share(min(_TICK, longest - tick), longest)};min-width:0;'
        f'box-sizing:border-box;border-left:1px solid {FAINT};padding-left:3px;'
        f'white-space:nowrap;">{tick}{" ms" if tick == 0 else ""}</div>'
        for tick in ticks if longest - tick > _TICK / 2)
    return (f'<div style="display:flex;margin-top:3px;color:{FAINT};font-size:{SMALLEST}px;">'
            f'<div style="flex:0 0 {_FIRST}px;"></div><div style="display:flex;flex:1 1 0;'
            f'min-width:0;">{marks}</div></div>')


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"


def _questions(known: dict[str, Lesson]) -> tuple[list[list[str]], list[str]]:
    rows, plain = [], []
    for name, question, leads in _QUESTIONS:
        links = "; ".join(
            escape(f"{words}: " if words else "")
            + " ".join(_link(number, known) for number in numbers) for words, numbers in leads)
        named = ", ".join(number for _, numbers in leads for number in numbers)
        rows.append([f"<b>{escape(name)}</b>", escape(question), links])
        plain.append(f"{name}: {question} Lessons {named}.")
    return rows, plain


def _link(number: str, known: dict[str, Lesson]) -> str:
    if number in known:
        return lesson_link(known[number], number)
    return f'<span style="color:{FAINT};">{number}</span>'


_BOX = f"border:1px solid {RULE};padding:3px 8px;text-align:left;vertical-align:top;"
_CELL = css("plain") + _BOX


def linked_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells are HTML already, so that they can hold links. The rest is escaped."""
    head = "".join(f'<th scope="col" style="{css("quiet")}{_BOX}">{escape(name)}</th>'
                   for name in heads)  # fmt: skip
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f'<div style="overflow-x:auto;max-width:{COLUMN}px;"><table style="border-collapse:'
        f"collapse;margin:4px 0;background-color:{PANEL};color:{INK};font-family:{SANS};"
        f'font-size:14px;line-height:1.4;white-space:normal;"><caption style="caption-side:top;'
        f"text-align:left;background-color:{PANEL};color:{INK};font-weight:600;padding:5px 8px;"
        f'">{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )

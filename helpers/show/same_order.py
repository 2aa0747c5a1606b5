"""One message seen from three sides, what came of a changed byte, and the stretches of the way.

Client on the left, server on the right, whoever listens between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.latency import Timeline
from helpers.experiments.same_order import Between, Sight

from .course import Lesson, lesson_link, lessons
from .figure import Html
from .look import COLUMN, FAINT, INK, MONO, PANEL, RULE, SANS, SMALLEST, css, panel, tone
from .waterfall import milliseconds

_MEANING = {
    "ClientHello": "Hello! This is what I can do, and here is my half of a key exchange.",
    "ServerHello": "Hello! We take this, and here is my half.",
    "ChangeCipherSpec": "Says nothing any more. Old devices on the way expect to see it.",
    "EncryptedExtensions": "A few settings.",
    "Certificate": "Who I am, signed by somebody whom you trust.",
    "CertificateVerify": "Proof, made for this visit, that the key in the certificate is mine.",
    "Finished": "A checksum over all we have said, made with our new key.",
    "NewSessionTicket": "Show me this when you come back: it saves us work.",
}
_ROW, _ROWS = 12, 6


def three_sides(seen: Sequence[Sight], number: int) -> Html:
    """Message `number` (from 1) of a visit: what the client, the wire and the server have of it.

    Raises IndexError if there is none of that number."""
    sight = seen[number - 1]
    arrow = "→" if sight.sender == "client" else "←"
    title = f"{number} of {len(seen)}: {sight.title} {arrow}"
    means = _means(sight)
    columns = [
        ("client", "solid", *_end(sight, "client", means)),
        ("eavesdropper", "dashed", "on the wire: anybody may copy it", _wire(sight)),
        ("server", "solid", *_end(sight, "server", means)),
    ]
    cells = "".join(
        f'<div style="{css(name)}border:1px {line} {tone(name).line};border-radius:6px;'
        f'padding:6px 8px;min-width:0;overflow-wrap:anywhere;"><div style="font-weight:600;">'
        f"{escape(head)}</div>{body}</div>"
        for name, line, head, body in columns
    )
    html = (
        f'<div style="background-color:{PANEL};color:{INK};border:1px solid {RULE};'
        f"border-radius:6px;padding:8px 12px;margin:4px 0;max-width:{COLUMN}px;"
        f'box-sizing:border-box;font-family:{SANS};font-size:14px;line-height:1.4;'
        f'white-space:normal;"><div style="font-weight:600;margin-bottom:6px;">{escape(title)}'
        '</div><div style="display:grid;grid-template-columns:1fr 1.35fr 1fr;gap:8px;">'
        f"{cells}</div></div>"
    )
    found = ", ".join(repr(word) for word in sight.words) or "nothing"
    lock = "sealed" if sight.sealed else "open"
    return Html(html, f"{title}\n{lock} on the wire, {len(sight.wire)} bytes; words in them: "
                f"{found}\nboth ends read: {means}")  # fmt: skip


def _means(sight: Sight) -> str:
    if sight.title in _MEANING:
        return _MEANING[sight.title]
    return sight.inside.decode("ascii", "replace").replace("\r\n", "\n").strip()


def _end(sight: Sight, who: str, means: str) -> tuple[str, str]:
    does = "sends" if who == sight.sender else "reads"
    style = (f"white-space:pre-wrap;font-family:{MONO};font-size:{SMALLEST}px;"
             if sight.title not in _MEANING else "")  # fmt: skip
    return f"the {who} {does}", f'<div style="{style}">{escape(means)}</div>'


def _wire(sight: Sight) -> str:
    lock = "🔒 sealed" if sight.sealed else "open"
    rows = [sight.wire[at : at + _ROW] for at in range(0, min(len(sight.wire), _ROW * _ROWS), _ROW)]
    shown = "\n".join(row.hex(" ", 4) for row in rows)
    left = len(sight.wire) - sum(map(len, rows))
    more = f"\n… {left:,} bytes more" if left > 0 else ""
    words = "".join(f"<div>“{escape(word)}”</div>" for word in sight.words[:6])
    return (
        f"<div>{len(sight.wire):,} bytes, {lock}</div>"
        f'<div style="font-family:{MONO};font-size:{SMALLEST}px;white-space:pre-wrap;">'
        f'{shown}{more}</div><div style="margin-top:4px;">words in these bytes:</div>'
        f'<div style="font-family:{MONO};font-size:{SMALLEST}px;">'
        f"{words or 'none'}</div>"
    )


def between_view(result: Between) -> Html:
    """What the server sent, and what the browser made of what arrived."""
    sent = result.sent.partition(b"\r\n\r\n")[2].decode("ascii", "replace")
    if result.shown:
        got = result.shown.decode("latin-1")
        headers, cut, page = got.partition("\r\n\r\n")
        page = page if cut else got
        same = result.shown == result.sent
        said = ("The browser shows the page as the server sent it." if same
                else "The browser shows this, and nobody notices:" if page != sent
                else "The page is as it was; a line above it has changed, and nobody notices:")
        shown = page if page != sent or same else headers
        body, name = f"{_mono(shown)}", "good" if same else "trouble"
    else:
        alert = ", ".join(result.alerts) or "none"
        said, body, name = (
            f"The browser shows nothing. It sends the alert {alert} and ends the connection.",
            "", "good")  # fmt: skip
    html = (panel(f"<b>The server sends:</b>{_mono(sent)}", "server")
            + panel(f"<b>{escape(said)}</b>{body}", name))  # fmt: skip
    plain = f"the server sends: {sent.strip()!r}. {said}"
    return Html(html, plain + (f" {shown.strip()!r}" if result.shown else ""))


def _mono(text: str) -> str:
    return (f'<div style="font-family:{MONO};font-size:{SMALLEST}px;white-space:pre-wrap;">'
            f"{escape(text.strip())}</div>")  # fmt: skip


_STRETCHES = (
    ("URL and HSTS", None, "Is this name on the list of those that are asked by https only?",
     ("10",)),
    ("DNS", "DNS", "Which address belongs to the name?", ("10",)),
    ("TCP (or QUIC)", "TCP", "Are you there? A connection for bytes.", ("10",)),
    ("TLS: hellos and key exchange", "TLS", "Two strangers agree on a secret in the open.",
     ("03", "04", "08", "09")),
    ("TLS: certificate", None, "Is it really the shop?", ("05", "06", "07")),
    ("TLS: Finished", None, "Did we both hear the same?", ("02", "09")),
    ("Request", "request", "The order, sealed; and the way back of the answer.", ("01", "10")),
    ("First byte", None, "The answer begins.", ("10",)),
)  # fmt: skip


def way_map(timeline: Timeline) -> Html:
    """The stretches from Enter to the first byte: what each is for, its time on this link, and
    the lessons that explain it, as links."""
    times = {name: end - start for name, start, end in timeline.stages}
    known = {lesson.number: lesson for lesson in lessons()}
    rows, plain = [], []
    for name, stage, what, numbers in _STRETCHES:
        took = milliseconds(times[stage]) if stage in times else ""
        if name == "First byte":
            took = f"after {milliseconds(timeline.first_byte)}"
        links = " ".join(_link(number, known.get(number)) for number in numbers)
        rows.append([f"<b>{escape(name)}</b>", escape(what), escape(took), links])
        plain.append(f"{name}: {what} {took}".rstrip() + f" Lessons {', '.join(numbers)}.")
    caption = (f"From Enter to the first byte, {milliseconds(timeline.link.round_trip)} there and "
               "back. The three stretches of TLS share one time.")  # fmt: skip
    heads = ("stretch", "the question in it", "time", "lessons")
    return Html(linked_table(caption, heads, rows), "\n".join([caption, *plain]))


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


def _link(number: str, lesson: Lesson | None) -> str:
    if lesson is None:
        return f'<span style="color:{FAINT};">{number}</span>'
    return lesson_link(lesson, number)

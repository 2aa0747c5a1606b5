"""One order, HTTP beside HTTPS; one message of it from three sides; what came of a changed byte.

Client on the left, server on the right, whoever listens between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.same_order import Between, Sight
from helpers.experiments.same_order_known import Known, Moment

from .figure import Cell, Html, Table
from .look import COLUMN, INK, MONO, PANEL, RULE, SANS, SMALLEST, css, panel, tone

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
_ROW, _ROWS = 12, 4
_START = 8  # bytes of a message in the picture of both ways
_ARROWS = {"client": "client\u00a0→", "server": "←\u00a0server"}


def side_by_side(plain: Sequence[Sight], sealed: Sequence[Sight]) -> Html:
    """What crosses by HTTP, left, and by HTTPS, right, row by row, for the same order."""
    openly = {sight.title: sight for sight in plain}
    rows = []
    for number, sight in enumerate(sealed, start=1):
        other = openly.get(sight.title)
        rows.append([
            str(number), Cell(_ARROWS[sight.sender], sight.sender),
            Cell(_text(other), mono=True) if other else "nothing",
            Cell(_crossed(sight), "secret" if sight.sealed else None),
        ])
    table = Table(
        "The same order, HTTP beside HTTPS: what anybody on the way has of each message. "
        "(Two messages at the end that say goodbye are left out.)",
        ["no.", "from", "by HTTP", "by HTTPS"], rows)
    return Html(table.html.replace("white-space:normal", "white-space:pre-line"), table.text)


def _text(sight: Sight) -> str:
    return f"{len(sight.wire):,} bytes, open:\n{_means(sight)}"


def _crossed(sight: Sight) -> str:
    head = f"{sight.title}, {len(sight.wire):,} bytes"
    if sight.sealed:
        return f"{head}\nsealed: {sight.wire[:_START].hex(' ', 4)} …"
    found = ", ".join(sight.gives_away)
    return f"{head}\nopen; " + (f"to be read: {found}" if found else "nothing of the order")


def three_sides(moments: Sequence[Moment], number: int) -> Html:
    """Message `number` (from 1) of a visit: what the client knows when it has crossed, what
    anybody on the way has of it and knows, and what the server knows.

    Raises IndexError if there is none of that number."""
    moment = moments[number - 1]
    sight = moment.sight
    title = f"{number} of {len(moments)}: {sight.title} ({_ARROWS[sight.sender]})"
    columns = [
        ("client", "solid", "the client knows", _knowledge(moment, "client")),
        ("eavesdropper", "dashed", "on the wire: anybody may copy it",
         _wire(moment) + '<div style="font-weight:600;margin-top:6px;">whoever copies it knows'
         "</div>" + _knowledge(moment, "eavesdropper")),
        ("server", "solid", "the server knows", _knowledge(moment, "server")),
    ]
    cells = "".join(
        f'<div style="{css(name)}border:1px {line} {tone(name).line};border-radius:6px;'
        f'padding:6px 8px;min-width:0;overflow-wrap:anywhere;"><div style="font-weight:600;">'
        f"{escape(head)}</div>{body}</div>"
        for name, line, head, body in columns
    )
    style = f"font-family:{MONO};font-size:{SMALLEST}px;white-space:pre-wrap;"
    means = f'<div style="{"" if sight.title in _MEANING else style}">{escape(_means(sight))}</div>'
    html = (
        f'<div style="background-color:{PANEL};color:{INK};border:1px solid {RULE};'
        f"border-radius:6px;padding:8px 12px;margin:4px 0;max-width:{COLUMN}px;"
        f'box-sizing:border-box;font-family:{SANS};font-size:14px;line-height:1.4;'
        f'white-space:normal;"><div style="font-weight:600;">{escape(title)}</div>'
        f"<div>It says to both ends:</div>{means}"
        '<div style="display:grid;grid-template-columns:1fr 1.1fr 1fr;gap:8px;margin-top:6px;">'
        f"{cells}</div></div>"
    )
    lines = [title, f"It says: {_means(sight)}",
             f"On the wire: {len(sight.wire)} bytes, {_lock(moment)}"]
    lines += [f"{who} learns: {', '.join(map(_plain, moment.new[who])) or 'nothing new'}"
              for who in ("client", "eavesdropper", "server")]
    return Html(html, "\n".join(lines))


def _means(sight: Sight) -> str:
    if sight.title in _MEANING:
        return _MEANING[sight.title]
    return sight.inside.decode("ascii", "replace").replace("\r\n", "\n").strip()


def _knowledge(moment: Moment, who: str) -> str:
    new = "".join(_item(item, "new: ") for item in moment.new[who])
    old = "".join(_item(item, "") for item in moment.before[who])
    return (new or "<div>nothing new</div>") + (
        f'<div style="margin-top:4px;">from before:</div>{old}' if old else "")


def _item(item: Known, before: str) -> str:
    body = escape(before + _plain(item)).replace("_", "_<wbr>")  # long names break there
    if item.secret:
        body = (f'<span style="{css("secret")}border:1px solid {tone("secret").line};'
                f'border-radius:4px;padding:0 4px;display:inline-block;">secret, {body}</span>')
    weight = "font-weight:600;" if before else ""
    return f'<div style="{weight}font-size:{SMALLEST}px;margin-top:2px;">{body}</div>'


def _plain(item: Known) -> str:
    value = f" = {item.value[:4].hex()}…" if item.value else ""
    return item.name + value


def _lock(moment: Moment) -> str:
    if not moment.sight.sealed:
        return "open"
    return "sealed, but he has the key: he reads it" if moment.opened else "sealed"


def _wire(moment: Moment) -> str:
    sight = moment.sight
    rows = [sight.wire[at : at + _ROW] for at in range(0, min(len(sight.wire), _ROW * _ROWS), _ROW)]
    shown = "\n".join(row.hex(" ", 4) for row in rows)
    left = len(sight.wire) - sum(map(len, rows))
    more = f"\n… {left:,} bytes more" if left > 0 else ""
    words = "".join(f"<div>“{escape(word)}”</div>" for word in sight.words[:3])
    return (
        f"<div>{len(sight.wire):,} bytes, {_lock(moment)}</div>"
        f'<div style="font-family:{MONO};font-size:{SMALLEST}px;white-space:pre-wrap;">'
        f'{shown}{more}</div><div style="margin-top:4px;">letters in a row in them:</div>'
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
        said = ("You changed nothing: that is what stood there. The browser shows the page."
                if same else "The browser shows this, and nobody notices:" if page != sent
                else "A line above the page has changed. Nothing in HTTP says that it was changed "
                "on the way; a browser that can make sense of the line goes on, another gives up:")
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

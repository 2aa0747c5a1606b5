"""What became of an encrypted message: a guess dragged along two of them, one byte changed, a
picture sent, a record opened or refused."""

from __future__ import annotations

from html import escape

from helpers.experiments.modes import Delivery
from helpers.experiments.pads import Drag
from helpers.experiments.picture import SIDE, pattern, pixels_changed

from .figure import Html
from .look import FAINT, MONO, SMALLEST, chip, css, panel
from .picture import counted, picture_image

_DOT = "·"  # an unreadable byte, or one that is not known
_LINE = f'font-family:{MONO};font-size:15px;white-space:pre;overflow-x:auto;line-height:1.6;'


def readable(data: bytes) -> str:
    """Bytes as text, each that is not printable ASCII as a dot."""
    return "".join(chr(byte) if 32 <= byte < 127 else _DOT for byte in data)


def drag_view(found: Drag) -> Html:
    """The guess in its place, and below it what the other message says there."""
    before = found.position
    behind = found.length - before - len(found.guess)
    guess, other = readable(found.guess), readable(found.other)
    rows = [("your guess, in one message", guess, "client"),
            ("then the other message says", other, "secret")]
    body = "".join(
        f'<div style="color:{FAINT};font-size:{SMALLEST}px;">{label}</div>'
        f'<div style="{_LINE}">{_DOT * before}<b style="{css(name)}">{escape(text)}</b>'
        f'{_DOT * behind}</div>' for label, text, name in rows)
    last = before + len(found.guess) - 1
    said = (f"Bytes {before} to {last} of {found.length}. {found.ordinary} of {len(found.other)} "
            "revealed bytes are letters, digits, blanks or marks. Is it text?"
            if found.guess else "Type a guess: a word that may stand in one of the messages.")
    plain = "\n".join(f"{label}: {_DOT * before}{text}{_DOT * behind}" for label, text, _ in rows)
    return Html(panel(f"{body}<div>{said}</div>"), f"{plain}\n{said}")


def delivery_view(found: Delivery) -> Html:
    """The bytes that were sent and those that arrived, and what the receiver reads."""
    places = [at for at, (one, other) in enumerate(zip(found.sent, found.arrived, strict=True))
              if one != other]
    if found.read is None:
        verdict, name, read = "refused: InvalidTag, and no text at all", "good", ""
    elif not places:
        verdict, name, read = "nothing was changed", "quiet", readable(found.read)
    else:
        count = len(found.touched)
        verdict = f"accepted, with {count} {'byte' if count == 1 else 'bytes'} changed"
        name, read = "trouble", readable(found.read)
    lines = [("sent", _hex(found.sent, places, len(found.text))),
             ("arrives", _hex(found.arrived, places, len(found.text))),
             ("the receiver reads", _marked(read, found.touched) if read else "nothing")]
    body = "".join(f'<div style="color:{FAINT};font-size:{SMALLEST}px;">{label}</div>'
                   f'<div style="{_LINE}">{inner}</div>' for label, inner in lines)
    said = f"{verdict}. The receiver reads: {read or 'nothing'}"
    return Html(panel(chip(verdict, name) + body), said)


def _hex(data: bytes, places: list[int], text: int) -> str:
    """Bytes in hex, 16 a line, the first byte's number in front, the changed ones in brackets;
    what follows the text is the tag."""
    cells = []
    for at, byte in enumerate(data):
        gap = "\n" if at and at % 16 == 0 else ""
        gap += "tag" if at == text else "   " if at % 16 == 0 else ""
        gap += f"{at:3} " if at % 16 == 0 else ""
        shown = f"{byte:02x}"
        cells.append(gap + (f'<b style="{css("changed")}">[{shown}]</b>' if at in places
                            else f" {shown} "))
    return "".join(cells)


def _marked(text: str, touched: tuple[int, ...]) -> str:
    """Text in lines of 16, as the blocks lie, changed letters in brackets."""
    cells = []
    for at, letter in enumerate(text):
        gap = "\n" if at and at % 16 == 0 else ""
        gap += f"   {at:3} " if at % 16 == 0 else ""
        shown = escape(letter)
        cells.append(gap + (f'<b style="{css("changed")}">[{shown}]</b>' if at in touched
                            else shown))
    return "".join(cells)


def picture_sent_view(found: Delivery, *, flipped: bool) -> Html:
    """What crosses the network and what arrives, side by side, as pictures."""
    crossing = found.sent[:len(found.text)]
    seen = pattern(crossing)
    left = picture_image(crossing, "What crosses the network.")
    if found.read is None:
        right = panel(chip("refused: InvalidTag", "good") + " The receiver gets no picture.")
        arrived = "The receiver refuses it: InvalidTag, and no picture."
    else:
        right = picture_image(found.read, "What the receiver sees.")
        count = pixels_changed(found)
        arrived = (f"The receiver sees a picture with {count} of {SIDE * SIDE:,} pixels changed."
                   if flipped else "The receiver sees the picture as it was.")
    said = f"On the network: {counted(seen)} {arrived}"
    sheets = "".join(
        f'<div style="flex:1 1 290px;max-width:320px;"><div>{label}</div>{inner}</div>'
        for label, inner in (("on the network", left), ("at the receiver", right)))
    return Html(panel(f'<div style="display:flex;flex-wrap:wrap;gap:12px;">{sheets}</div>'
                      f"<div>{said}</div>"), said)

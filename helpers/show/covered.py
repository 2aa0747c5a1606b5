"""What the transcript hash covers, message by message: a stair of messages, and beside each step
the hash and what it is used for.
"""

from __future__ import annotations

from helpers.conversation import Conversation
from helpers.experiments.covered import Covered, transcript_points

from .figure import Figure
from .lettering import text_width
from .look import FAINT, INK, SMALLEST, tone
from .svg import Canvas
from .values import count

_TOP, _ROW = 50, 50
_NAME_X, _STAIR_X, _CELL, _TALL = 14, 236, 24, 20
_SHOWN = 8  # bytes of a hash, where there is room


def transcript_strip(conversation: Conversation) -> Figure:
    """A row for each handshake message of a TLS 1.3 Conversation: the messages that the transcript
    hash covers from there on (numbered boxes), its first bytes, its use. Raises ValueError as
    `transcript_points` does."""
    points = transcript_points(conversation)
    canvas = Canvas(700, _TOP + _ROW * len(points) + 6)
    hash_x = _STAIR_X + _CELL * len(points) + 14
    for x, words in ((_NAME_X, "after this message"), (_STAIR_X, "it covers"),
                     (hash_x, "transcript hash")):
        canvas.text(x, 30, words, size=SMALLEST, fill=FAINT)
    for row, point in enumerate(points):
        y = _TOP + _ROW * row
        _row(canvas, y, row + 1, point, [other.message.sender for other in points], hash_x)
    title = conversation.title or "this conversation"
    return Figure(canvas, alt=_alt(points), caption=(
        f"The transcript hash of {title} ({conversation.suite.hash_name}, "
        f"{len(points[0].hash)} bytes) after each handshake message. Numbered boxes: the messages "
        "that went into it, whole, with their 4-byte headers; no record header, no "
        "ChangeCipherSpec. C and S: who sent the message."))


def _row(canvas: Canvas, y: float, number: int, point: Covered, senders: list[str],
         hash_x: float) -> None:
    who = tone(point.message.sender)
    label = f"{number}  {point.message.sender[0].upper()}  {point.message.title}"
    canvas.text(_NAME_X, y + 15, label, size=SMALLEST, bold=True, fill=who.text,
                room=_STAIR_X - _NAME_X - 4)
    retried = point.titles[0].startswith("hash of")
    for place in range(len(senders)):
        covered = place < number
        look = tone(senders[place] if covered else "plain")
        x = _STAIR_X + _CELL * place
        canvas.rect(x, y, _CELL, _TALL, fill=look.fill, stroke=look.line, thick=1,
                    dash=None if covered else "2 3")
        if covered:
            words = "#1" if retried and place == 0 else str(place + 1)
            canvas.text(x + _CELL / 2, y + 15, words, anchor="middle", size=SMALLEST,
                        fill=look.text)
    shown = min(_SHOWN, int((canvas.width - hash_x) / text_width("ff ", SMALLEST, mono=True)) - 1)
    canvas.text(hash_x, y + 15, f"{point.hash[:shown].hex(' ')} …", size=SMALLEST, mono=True)
    words = f"{count(sum(point.lengths), 'byte')}. " + (
        "Used for: " + "; ".join(point.used_for) if point.used_for else "Nothing uses it here.")
    canvas.text(_NAME_X + 20, y + 37, words, size=SMALLEST,
                fill=INK if point.used_for else FAINT)


def _alt(points: tuple[Covered, ...]) -> str:
    said = [f"after {point.message.title} from the {point.message.sender} it covers "
            f"{', '.join(point.titles)} ({count(sum(point.lengths), 'byte')}) and is "
            f"{point.hash[:_SHOWN].hex(' ')} and so on, used for "
            f"{'; '.join(point.used_for) or 'nothing'}" for point in points]
    return f"The transcript hash: {'. '.join(said)}."

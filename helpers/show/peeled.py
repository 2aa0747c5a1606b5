"""A TLS 1.3 record opened layer by layer, and a picture of what padding hides."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.experiments.peeled import Padded, Peeled, lookalikes
from helpers.tls.registry import ContentType, name_of

from .figure import Cell, Figure, Html, Table
from .look import FAINT, PANEL, SMALLEST, chip, panel, tone
from .sealed import readable
from .svg import Canvas
from .values import count

STEPS = ("the record as it crossed", "header: the additional data", "nonce: IV XOR number",
         "decrypted: the inner plaintext", "zeros taken off", "the last byte: its real type")
_MOST = 32  # bytes that are shown of a long value
_LEFT, _WIDE, _ROW = 214, 380, 40


def peeled_view(record: Peeled, step: int) -> Html:
    """The first `step` of STEPS (from 1) for one record. Raises ValueError for another step."""
    if not 1 <= step <= len(STEPS):
        raise ValueError(f"steps 1 to {len(STEPS)}, not {step}")
    message, rows = record.message, _rows(record)[:step]
    title = chip(f"step {step} of {len(STEPS)}: {STEPS[step - 1]}", "secret" if step > 3 else
                 message.sender)
    said = _said(record)[step - 1]
    table = Table(f"Record {message.sequence_number} under the {message.sender}'s "
                  f"{record.epoch} key", ["what", "bytes", "size"],
                  [[name, _cell(value, step_tone), count(len(value), "byte")]
                   for name, value, step_tone in (row for group in rows for row in group)],
                  wide=True)
    return Html(panel(f"{title} {escape(said)}") + table.html,
                f"step {step}: {STEPS[step - 1]}. {said}\n{table.text}")


def _rows(record: Peeled) -> list[list[tuple[str, bytes, str | None]]]:
    number = record.message.sequence_number.to_bytes(len(record.iv), "big")
    inner = record.inner[:len(record.inner) - record.zeros]
    return [[("record", record.message.wire, None)],
            [("header", record.header, None)],
            [("IV", record.iv, "secret"), ("record number, as long", number, None),
             ("nonce", record.nonce, "changed")],
            [("inner plaintext", record.inner, "secret")],
            [("without its zeros", inner, "secret")],
            [("real type", inner[-1:], "good"), ("content", record.content, "secret")]]


def _said(record: Peeled) -> list[str]:
    message, real = record.message, name_of(ContentType, record.kind).replace("_", " ")
    padded = count(record.zeros, "zero") if record.zeros else "no zeros"
    body = f"It is {message.title}." if message.name != "application_data" else \
        f"It begins: {readable(record.content[:24])}"
    return [
        f"The {message.sender} sent {count(len(message.wire), 'byte')}. What they are, nobody can "
        "see from outside.",
        "17 (decimal 23) says application data, 03 03 says TLS 1.2: the same for every encrypted "
        "record, whatever it holds. Only the length tells something. The tag covers these bytes.",
        f"It is number {message.sequence_number} under this key, counted from 0 by both ends: the "
        "number never crosses. XORed with the IV it gives the nonce.",
        f"AES-GCM with key, nonce and header opens it: {count(len(record.inner), 'byte')}, 16 less "
        "than the fragment, which ended in the tag.",
        f"Read from the end: {padded} were there to hide the length. What is last now is no zero.",
        f"{record.kind} (in hex {record.kind:02x}) is {real}: that was hidden, too. {body}",
    ]


def _cell(value: bytes, name: str | None) -> Cell:
    shown = value[:_MOST].hex(" ")
    if len(value) > _MOST:
        shown += f" … {value[-8:].hex(' ')}"
    return Cell(shown, name, mono=True)


def padding_view(pages: Sequence[Padded], page: str) -> Html:
    """Each page as a bar of content and zeros, with the record's length as Eve sees it; and which
    pages she cannot tell from `page`."""
    same = lookalikes(tuple(pages), page)
    others = [name for name in same if name != page]
    zeros = sum(item.zeros for item in pages)
    said = (f"Eve cannot tell it from: {', '.join(others)}." if others
            else "Its length is its own: Eve knows what was read.")
    verdict = chip(f"{page}: one of {len(same)}", "good" if others else "trouble")
    cost = f"Zeros sent for all {len(pages)} pages: {zeros:,} bytes."
    figure = _bars(pages, same)
    return Html(panel(f"{verdict} {escape(said)} {cost}") + figure.html,
                f"{page}: one of {len(same)}. {said} {cost}\n{figure.text}")


def _bars(pages: Sequence[Padded], same: Sequence[str]) -> Figure:
    canvas = Canvas(700, 48 + _ROW * len(pages) + 26)
    scale = _WIDE / max(item.record for item in pages)
    for x, anchor, words in ((14, "start", "page"), (_LEFT, "start", "what the record holds"),
                             (686, "end", "Eve sees")):
        canvas.text(x, 26, words, size=SMALLEST, anchor=anchor, fill=FAINT)
    for row, item in enumerate(pages):
        y = 42 + row * _ROW
        alike = item.page in same
        canvas.text(14, y + 18, f"{'= ' if alike else ''}{item.page}", size=SMALLEST, bold=alike,
                    room=_LEFT - 20)
        content = item.length * scale
        canvas.rect(_LEFT, y, content, 26, fill=tone("secret").fill, stroke=tone("secret").line)
        if item.zeros * scale > 2:
            canvas.rect(_LEFT + content, y, item.zeros * scale, 26, stroke=tone("quiet").line,
                        fill=canvas.hatch(tone("quiet").line, PANEL))
        canvas.text(_LEFT + 6, y + 18, f"{item.length:,}", size=SMALLEST, fill=tone("secret").text)
        canvas.text(686, y + 18, f"{item.record:,} bytes", size=SMALLEST, anchor="end", bold=alike,
                    fill=tone("eavesdropper").text)
    y = 42 + _ROW * len(pages) + 8
    canvas.rect(14, y - 12, 18, 14, fill=tone("secret").fill, stroke=tone("secret").line)
    canvas.text(38, y, "content", size=SMALLEST)
    canvas.rect(120, y - 12, 18, 14, fill=canvas.hatch(tone("quiet").line, PANEL),
                stroke=tone("quiet").line)
    canvas.text(144, y, "zeros", size=SMALLEST)
    canvas.text(220, y, "=  as long as the chosen page", size=SMALLEST)
    alt = "; ".join(f"{item.page}: {item.length:,} bytes and {item.zeros:,} zeros, a record of "
                    f"{item.record:,} bytes" for item in pages)
    return Figure(canvas, alt=f"What Eve sees of each page: {alt}.", caption=(
        "Each page in one encrypted record: content, one byte for its type, zeros, a tag of 16 "
        "bytes and a header of 5. RFC 9846 section 5.4."))

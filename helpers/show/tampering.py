"""What a changed byte did: one case in full, or a map of a whole conversation.

Both are drawn from Outcomes of experiments/tamper.py, each of which is a real handshake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby

from helpers.experiments.tamper import NOBODY, WAITING, Outcome, targets
from helpers.tls.passive import Message
from helpers.tls.record import HEADER_LENGTH

from .figure import Figure, Html
from .ladder import ladder
from .look import CHANGED, FAINT, INK, RULE, chip, panel, tone
from .svg import Canvas

_LETTERS = {"client": "C", "server": "S", WAITING: "H", NOBODY: "N"}
_WORDS = {"client": "the client notices", "server": "the server notices",
          WAITING: "it hangs: nobody notices, both wait",
          NOBODY: "nobody notices, all goes through"}
_TONES = {"client": "client", "server": "server", WAITING: "quiet", NOBODY: "changed"}
_ROW, _LEFT, _STRIP, _TOP = 28, 222, 466, 30


def tamper_map(outcomes: Sequence[Outcome]) -> Figure:
    """One strip a message, one piece a tried byte, marked with who noticed. The outcomes are
    those of one lane, as `survey` gives them. Raises ValueError if there are none, or of two."""
    lanes = {item.lane for item in outcomes}
    if len(lanes) != 1:
        raise ValueError("a tamper map shows the outcomes of one lane")
    strips = [(target, [item for item in outcomes if item.index == target.index])
              for target in targets(lanes.pop())]
    strips = [(target, tried) for target, tried in strips if tried]
    canvas = Canvas(700, _TOP + 56 + _ROW * len(strips))
    cell = min(12.0, _STRIP / max(len(tried) for _, tried in strips))
    for row, (target, tried) in enumerate(strips):
        _strip(canvas, _TOP + row * _ROW, target, tried, cell)
    _legend(canvas, _TOP + _ROW * len(strips))
    masks = sorted({f"0x{item.mask:02x}" for item in outcomes})
    return Figure(canvas, alt=_alt(strips), caption=(
        f"{len(outcomes)} handshakes, each with one changed byte (flipped bits: "
        f"{', '.join(masks)}). Each piece is one byte that was tried: the first "
        "nine of every message, its headers, then more of them evenly spread."))


def _strip(canvas: Canvas, y: float, target: Message, tried: list[Outcome], cell: float) -> None:
    who = tone(target.sender)
    label = f"{target.sender[0].upper()}  {target.title}"
    canvas.text(_LEFT - 52, y + 18, label, anchor="end", size=13, fill=who.text, room=_LEFT - 60)
    canvas.text(_LEFT - 8, y + 18, f"{len(target.wire):,}", anchor="end", size=13, fill=FAINT)
    x = float(_LEFT)
    for noticed, run in groupby(tried, key=lambda item: item.noticed):
        width = cell * len(list(run))
        canvas.rect(x, y + 3, width, 20, fill=_fill(canvas, noticed),
                    stroke=tone(_TONES[noticed]).line, thick=1)
        if width >= 10:
            canvas.text(x + width / 2, y + 18, _LETTERS[noticed], anchor="middle", size=13,
                        bold=True, fill=tone(_TONES[noticed]).text)
        x += width


def _fill(canvas: Canvas, noticed: str) -> str:
    if noticed == WAITING:
        return canvas.hatch(RULE, tone("quiet").fill)
    return tone(_TONES[noticed]).fill


def _legend(canvas: Canvas, y: float) -> None:
    for x, word in ((_LEFT - 52, "sender, message"), (_LEFT - 8, "bytes")):
        canvas.text(x, 22, word, anchor="end", size=13, fill=FAINT)
    canvas.text(_LEFT, 22, "headers, then body", size=13, fill=FAINT)
    for place, (noticed, letter) in enumerate(_LETTERS.items()):
        x, row = 16 + 350 * (place % 2), y + 22 + 22 * (place // 2)
        canvas.rect(x, row - 13, 18, 18, fill=_fill(canvas, noticed),
                    stroke=tone(_TONES[noticed]).line, thick=1)
        canvas.text(x + 9, row + 1, letter, anchor="middle", size=13, bold=True,
                    fill=tone(_TONES[noticed]).text)
        canvas.text(x + 26, row + 1, _WORDS[noticed], size=13)


def _alt(strips: list[tuple[Message, list[Outcome]]]) -> str:
    said = []
    for target, tried in strips:
        counts = Counter(item.noticed for item in tried)
        parts = [f"{_WORDS[noticed]}: {counts[noticed]}" for noticed in _LETTERS
                 if counts[noticed]]
        said.append(f"{target.title} from the {target.sender}, {len(tried)} of "
                    f"{len(target.wire)} bytes tried: {', '.join(parts)}")
    return "Who notices a changed byte. " + "; ".join(said) + "."


def outcome_view(outcome: Outcome) -> Html:
    """One Outcome in full: where the byte is, who noticed, with which alert, and why."""
    target = targets(outcome.lane)[outcome.index]
    strip = _message_strip(target, outcome)
    where = (f"Byte {outcome.offset} of {outcome.length:,} in {outcome.message} from the "
             f"{outcome.sender}: {outcome.field}. Bits flipped: {outcome.mask:08b}.")
    lines = [outcome.sentence, f"Why: {outcome.why}"]
    if outcome.reason:
        lines.append(f"In OpenSSL's words: {outcome.reason}.")
    done = _handshake_state(outcome)
    verdict = chip(_WORDS[outcome.noticed], _TONES[outcome.noticed])
    parts = [verdict, *(escape(line) for line in (*lines, done))]
    rungs = ladder(outcome.conversation)
    html = strip.html + panel("".join(f'<div style="margin:3px 0;">{part}</div>'
                                      for part in parts)) + rungs.html
    return Html(html, "\n".join([where, *lines, done, rungs.text]))


def _handshake_state(outcome: Outcome) -> str:
    words = {(True, True): "Both ends had finished their handshake.",
             (False, True): "The server had finished its handshake, the client had not.",
             (True, False): "The client had finished its handshake, the server had not.",
             (False, False): "Neither end finished its handshake."}
    return words[outcome.client_connected, outcome.server_connected]


def _message_strip(target: Message, outcome: Outcome) -> Figure:
    canvas, who = Canvas(700, 92), tone(target.sender)
    parts = _parts(target)
    room, least = 668, 14
    free = room - least * len(parts)
    weights = [(end - start) ** 0.5 for _, start, end in parts]
    x = 16.0
    for (name, start, end), weight in zip(parts, weights, strict=True):
        width = least + free * weight / sum(weights)
        hit = start <= outcome.offset < end
        plain = canvas.hatch(who.line, who.fill) if name.startswith("sealed") else who.fill
        canvas.rect(x, 34, width, 26, fill=tone("changed").fill if hit else plain,
                    stroke=CHANGED if hit else who.line, thick=3 if hit else 1)
        if hit:
            place = x + width * (outcome.offset - start + 0.5) / (end - start)
            canvas.polygon([(place, 34), (place - 7, 22), (place + 7, 22)], fill=INK)
            canvas.line(place, 34, place, 60, stroke=INK)
        x += width
    canvas.text(16, 17, "byte 0", size=13, fill=FAINT)
    canvas.text(684, 17, f"byte {outcome.length - 1:,}", size=13, anchor="end", fill=FAINT)
    canvas.text(350, 80, f"byte {outcome.offset}: {outcome.field}", anchor="middle", bold=True,
                fill=tone("changed").text, room=660)
    names = ", ".join(name for name, _, _ in parts)
    return Figure(canvas, alt=(f"{outcome.message} as {outcome.length} bytes: {names}. Marked: "
                               f"byte {outcome.offset}, {outcome.field}."),
                  caption=(f"{outcome.message} from the {outcome.sender} on the wire, "
                           f"{outcome.length:,} bytes. The marked byte was changed on its way; "
                           f"flipped bits: {outcome.mask:08b}. Widths are not to scale."))


def _parts(target: Message) -> list[tuple[str, int, int]]:
    if target.encrypted:
        end = len(target.wire)
        return [("record header", 0, 5), ("sealed: explicit nonce", 5, 13),
                ("sealed: ciphertext", 13, end - 16), ("sealed: tag", end - 16, end)]
    parts = [("record header", 0, HEADER_LENGTH)]
    for child in target.fields.children:
        inner = child.children if child.name == "extensions" else None
        parts += [(part.name, part.start + HEADER_LENGTH, part.end + HEADER_LENGTH)
                  for part in inner or [child]]
    return parts

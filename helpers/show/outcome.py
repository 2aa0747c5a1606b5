"""One changed byte in full: where it is, who noticed, with which alert and why, and a ladder."""

from __future__ import annotations

from html import escape

from helpers.experiments.tamper import NOBODY, WAITING, Outcome, targets
from helpers.tls.passive import Message
from helpers.tls.record import EXPLICIT_NONCE_LENGTH, HEADER_LENGTH, TAG_LENGTH
from helpers.tls.registry13 import TLS13

from .figure import Figure, Html
from .ladder import ladder
from .lettering import text_width
from .look import CHANGED, FAINT, INK, SMALLEST, chip, panel, tone
from .svg import Canvas

WORDS = {"client": "the client notices", "server": "the server notices",
         WAITING: "it hangs: nobody notices, both wait",
         NOBODY: "nobody notices, all goes through"}
TONES = {"client": "client", "server": "server", WAITING: "quiet", NOBODY: "changed"}
_LEFT, _RIGHT, _TOP, _TALL = 16, 684, 26, 26  # the strip: from, to, its upper edge, its height
_HEADERS = {"record header": 134, "message header": 154}  # pixels: as wide as their labels
_LEAST = 14  # pixels for the smallest field


def outcome_view(outcome: Outcome) -> Html:
    """One Outcome in full: where the byte is, who noticed, with which alert, and why."""
    strip = _strip(targets(outcome.lane)[outcome.index], outcome)
    where = (f"Byte {outcome.offset} of {outcome.length:,} in {outcome.message} from the "
             f"{outcome.sender}: {outcome.field}. Bits flipped: {outcome.mask:08b}.")
    said = f" In OpenSSL's words: {outcome.reason}." if outcome.reason else ""
    lines = [f"{outcome.sentence} {_handshake_state(outcome)}", f"Why: {outcome.why}{said}"]
    who, notices, what = lines[0].partition(" notices")
    parts = [chip(who + notices, TONES[outcome.noticed]) + escape(what), escape(lines[1])]
    rungs = ladder(outcome.conversation, compact=True)
    html = strip.html + panel("".join(f'<div style="margin:2px 0;">{part}</div>'
                                      for part in parts)) + rungs.html
    return Html(html, "\n".join([where, *lines, rungs.text]))


def _handshake_state(outcome: Outcome) -> str:
    words = {(True, True): "Both ends had finished their handshake.",
             (False, True): "The server had finished its handshake, the client had not.",
             (True, False): "The client had finished its handshake, the server had not.",
             (False, False): "Neither end finished its handshake."}
    return words[outcome.client_connected, outcome.server_connected]


def _strip(target: Message, outcome: Outcome) -> Figure:
    """The record from its first byte to its last, field by field, with a mark at the byte."""
    canvas, parts = Canvas(700, 78), parts_of(target)
    for (name, start, end), (x, width) in zip(parts, _places(parts), strict=True):
        hit = start <= outcome.offset < end
        _piece(canvas, target, name, x, width, hit=hit)
        if hit:
            place = x + width * (outcome.offset - start + 0.5) / (end - start)
            _mark(canvas, place, f"byte {outcome.offset}: {outcome.field}")
    _headings(canvas, parts, "sealed" if target.encrypted else "field")
    names = ", ".join(name for name, _, _ in parts)
    return Figure(canvas, alt=(f"{outcome.message} as {outcome.length} bytes: {names}. Marked: "
                               f"byte {outcome.offset}, {outcome.field}."),
                  caption=(f"{outcome.message} from the {outcome.sender}, {outcome.length:,} bytes "
                           f"on the wire (not to scale); flipped bits: {outcome.mask:08b}."))


def _headings(canvas: Canvas, parts: list[tuple[str, int, int]], rest: str) -> None:
    """Over the strip: the headers and the rest, with their offsets."""
    for (name, start, end), (x, _) in zip(parts, _places(parts), strict=True):
        last = end if name in _HEADERS else parts[-1][2]
        words = name if name in _HEADERS else rest
        if last - start == 1:
            words = f"{words} {start}"
        else:
            words = f"{words}{'s' if words == 'field' else ''} {start}–{last - 1:,}"
        canvas.text(x, 18, words, size=SMALLEST, fill=FAINT)
        if name not in _HEADERS:
            return


def _piece(canvas: Canvas, target: Message, name: str, x: float, width: float, *,
           hit: bool) -> None:
    """One field as a box; it holds its name where that fits."""
    who = tone("changed" if hit else target.sender)
    sealed = name.startswith("sealed") and not hit
    canvas.rect(x, _TOP, width, _TALL, fill=canvas.hatch(who.line, who.fill) if sealed
                else who.fill, stroke=CHANGED if hit else who.line, thick=3 if hit else 1)
    words, wide = name.removeprefix("sealed: "), _named_width(name)
    if name in _HEADERS or wide > width + 0.01:
        return
    if sealed:  # words stand on a plain ground
        canvas.rect(x + (width - wide) / 2, _TOP + 3, wide, _TALL - 6, fill=who.fill,
                    stroke="none", thick=0)
    canvas.text(x + width / 2, _TOP + 18, words, size=SMALLEST, anchor="middle", fill=who.text)


def _mark(canvas: Canvas, x: float, words: str) -> None:
    """A pointer below the strip, and what it points at beside it."""
    bottom = _TOP + _TALL
    canvas.line(x, bottom - 5, x, bottom, stroke=INK)
    canvas.polygon([(x, bottom), (x - 6, bottom + 11), (x + 6, bottom + 11)], fill=INK)
    wide = text_width(words, 14, bold=True)
    left = min(max(x + 12, _LEFT), canvas.width - 8 - wide)
    if left < x + 12:
        left = x - 12 - wide
    canvas.text(max(left, 8), bottom + 17, words, bold=True, fill=tone("changed").text,
                room=canvas.width - 16)


def _named_width(name: str) -> float:
    return text_width(name.removeprefix("sealed: "), SMALLEST) + 8


def _places(parts: list[tuple[str, int, int]]) -> list[tuple[float, float]]:
    """Where each part begins and how wide it is: headers as wide as their labels, then fields
    as wide as their names while there is room, first those with many bytes and a short name; what
    is left by the square root of their length."""
    fixed = [_HEADERS.get(name, _LEAST) for name, _, _ in parts]
    worth = {at: (end - start) / _named_width(name) for at, (name, start, end) in enumerate(parts)}
    for at in sorted(worth, key=worth.__getitem__, reverse=True):
        wanted = max(fixed[at], _named_width(parts[at][0]))
        if sum(fixed) - fixed[at] + wanted <= _RIGHT - _LEFT:
            fixed[at] = wanted
    weights = [0 if name in _HEADERS else (end - start) ** 0.5 for name, start, end in parts]
    free = _RIGHT - _LEFT - sum(fixed)
    x, places = float(_LEFT), []
    for least, weight in zip(fixed, weights, strict=True):
        width = least + (free * weight / sum(weights) if weight else 0)
        places.append((x, width))
        x += width
    return places


def parts_of(target: Message) -> list[tuple[str, int, int]]:
    """The parts of a message's record in order: name, first offset, offset after the last."""
    end = len(target.wire)
    parts = [("record header", 0, HEADER_LENGTH)]
    if target.encrypted:
        start = HEADER_LENGTH
        if target.version != TLS13:  # its AES-GCM takes no part of the nonce along
            start += EXPLICIT_NONCE_LENGTH
            parts.append(("sealed: explicit nonce", HEADER_LENGTH, start))
        return [*parts, ("sealed: ciphertext", start, end - TAG_LENGTH),
                ("sealed: tag", end - TAG_LENGTH, end)]
    fields = list(target.fields.children)
    if [field.name for field in fields[:2]] == ["msg_type", "length"]:
        parts.append(("message header", HEADER_LENGTH, HEADER_LENGTH + fields[1].end))
        fields = fields[2:]
    for field in fields:
        inside = field.children if field.name == "extensions" else [field]
        parts += [("extensions length" if part.name == "length" else part.name,
                   part.start + HEADER_LENGTH, part.end + HEADER_LENGTH) for part in inside]
    return parts

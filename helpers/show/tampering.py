"""What changed bytes did, for a whole conversation: a map of who noticed which.

It is drawn from Outcomes of experiments/tamper.py, each of which is a real handshake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from helpers.experiments.tamper import NOBODY, WAITING, Outcome, targets
from helpers.tls.passive import Message
from helpers.tls.record import HEADER_LENGTH

from .figure import Figure, Table
from .look import FAINT, RULE, SMALLEST, tone
from .outcome import TONES, WORDS, parts_of
from .svg import Canvas

_LETTERS = {"client": "C", "server": "S", WAITING: "H", NOBODY: "N"}
_ROW, _TOP = 28, 50
_SIZES_X, _LEFT, _RIGHT = 222, 232, 684  # where the sizes end, and where the strips run
_CELL, _GAP = 18, 12  # the least width of a piece: a letter fits; between headers and the rest


def tamper_map(outcomes: Sequence[Outcome]) -> Figure:
    """One strip a message with who noticed: each header byte for itself, then the rest, where
    neighbours with one answer share a piece. The outcomes are those of one lane, as `survey`
    gives them. Raises ValueError if there are none, or of two lanes."""
    lanes = {item.lane for item in outcomes}
    if len(lanes) != 1:
        raise ValueError("a tamper map shows the outcomes of one lane")
    strips = [(target, [item for item in outcomes if item.index == target.index])
              for target in targets(lanes.pop())]
    strips = [(target, tried) for target, tried in strips if tried]
    canvas = Canvas(700, _TOP + 56 + _ROW * len(strips))
    _headings(canvas)
    for row, (target, tried) in enumerate(strips):
        _strip(canvas, _TOP + row * _ROW, target, tried)
    _legend(canvas, _TOP + _ROW * len(strips))
    masks = sorted({f"0x{item.mask:02x}" for item in outcomes})
    return Figure(canvas, alt=_alt(strips), caption=(
        f"{len(outcomes)} handshakes, each with one changed byte (flipped bits: "
        f"{', '.join(masks)}). A letter says who noticed. Record header: 5 bytes, a box each. "
        "Message header: 4 bytes, a box each; encrypted records and ChangeCipherSpec have none to "
        "see. The rest, in order but not to scale: bytes evenly spread over it were tried, and "
        "neighbours with one answer share a box."))


def tamper_table(surveys: Mapping[str, Sequence[Outcome]]) -> Table:
    """Who noticed how many of the changed bytes, and at which message first, by lane."""
    rows = [[WORDS[noticed], *(_share(tried, noticed) for tried in surveys.values())]
            for noticed in _LETTERS]
    rows.append(["a changed ClientHello is noticed at", *(
        ", ".join(dict.fromkeys(item.at for item in tried if item.index == 0 and item.at))
        for tried in surveys.values())])
    return Table("Changed bytes, and who noticed", ["who", *surveys], rows, wide=True)


def _share(tried: Sequence[Outcome], noticed: str) -> str:
    return f"{sum(item.noticed == noticed for item in tried):,} of {len(tried):,}"


def _headings(canvas: Canvas) -> None:
    second = _LEFT + HEADER_LENGTH * _CELL + _GAP
    third = second + 4 * _CELL + _GAP
    for x, lines, anchor in ((_SIZES_X - 46, ("sender,", "message"), "end"),
                             (_SIZES_X, ("", "bytes"), "end"),
                             (_LEFT, ("record", "header 0–4"), "start"),
                             (second, ("message", "header 5–8"), "start"),
                             (third, ("the rest of the message", "or what is encrypted"), "start")):
        for row, line in enumerate(lines):
            canvas.text(x, 21 + 17 * row, line, anchor=anchor, size=SMALLEST, fill=FAINT)


def _strip(canvas: Canvas, y: float, target: Message, tried: list[Outcome]) -> None:
    who = tone(target.sender)
    label = f"{target.sender[0].upper()}  {target.title}"
    canvas.text(_SIZES_X - 46, y + 18, label, anchor="end", size=SMALLEST, fill=who.text,
                room=_SIZES_X - 54)
    canvas.text(_SIZES_X, y + 18, f"{len(target.wire):,}", anchor="end", size=SMALLEST, fill=FAINT)
    names = [name for name, _, _ in parts_of(target)]
    header = HEADER_LENGTH + 4 * ("message header" in names)
    for item in (item for item in tried if item.offset < header):
        gap = _GAP if item.offset >= HEADER_LENGTH else 0
        _piece(canvas, _LEFT + item.offset * _CELL + gap, y, _CELL, item.noticed)
    rest = [item.noticed for item in tried if item.offset >= header]
    _rest(canvas, _LEFT + header * _CELL + _GAP * (2 if header > HEADER_LENGTH else 1), y, rest)


def _rest(canvas: Canvas, x: float, y: float, noticed: list[str]) -> None:
    """Runs of one answer, as wide as they are long, but never too narrow for their letter."""
    runs = [(answer, len(list(run))) for answer, run in groupby(noticed)]
    free = min(_RIGHT - x, _CELL * len(noticed)) - _CELL * len(runs)
    for answer, length in runs:
        width = _CELL + free * (length - 1) / max(1, len(noticed) - len(runs))
        _piece(canvas, x, y, width, answer)
        x += width


def _piece(canvas: Canvas, x: float, y: float, width: float, noticed: str) -> None:
    look = tone(TONES[noticed])
    fill = canvas.hatch(RULE, look.fill) if noticed == WAITING else look.fill
    canvas.rect(x, y + 3, width, 20, fill=fill, stroke=look.line, thick=1)
    canvas.text(x + width / 2, y + 18, _LETTERS[noticed], anchor="middle", size=SMALLEST,
                bold=True, fill=look.text)


def _legend(canvas: Canvas, y: float) -> None:
    for place, noticed in enumerate(_LETTERS):
        x, row = 16 + 350 * (place % 2), y + 22 + 22 * (place // 2)
        _piece(canvas, x, row - 17, 18, noticed)
        canvas.text(x + 26, row + 1, WORDS[noticed], size=SMALLEST)


def _alt(strips: list[tuple[Message, list[Outcome]]]) -> str:
    said = []
    for target, tried in strips:
        counts = Counter(item.noticed for item in tried)
        parts = [f"{WORDS[noticed]}: {counts[noticed]}" for noticed in _LETTERS
                 if counts[noticed]]
        said.append(f"{target.title} from the {target.sender}, {len(tried)} of "
                    f"{len(target.wire)} bytes tried: {', '.join(parts)}")
    return "Who notices a changed byte. " + "; ".join(said) + "."

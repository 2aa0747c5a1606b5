"""What the server's first flight weighs, packet by packet, against what may leave at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from .figure import Figure
from .lettering import text_width
from .look import FAINT, INK, PANEL, RULE, SMALLEST, tone
from .svg import Canvas

PACKET = 1460
_WIDTH, _LEFT, _RIGHT = 700, 14, 686
_TOP, _ROW, _BAR = 34, 62, 30
_LOOKS = {"ServerHello": "client", "leaf": "certificate", "CA": "certificate",
          "CertificateVerify": "server", "other": "quiet"}  # fmt: skip
_SHORT = {"ServerHello": "hello", "CertificateVerify": "proof"}


def weight_view(flights: Mapping[str, Mapping[str, int]], *, window: int = 10) -> Figure:
    """`flights` maps a label to the parts of a server's first flight in bytes: {"ServerHello",
    "leaf", "CA 1", ..., "CertificateVerify", "other"}. The heavy line is the end of the first
    `window` packets. Raises ValueError for no flight."""
    if not flights:
        raise ValueError("a picture of weights needs a flight")
    first = window * PACKET
    longest = max(first * 1.12, *(sum(parts.values()) for parts in flights.values()))
    each = (_RIGHT - _LEFT) / longest
    canvas = Canvas(_WIDTH, _TOP + _ROW * len(flights) + 8)
    bottom = canvas.height - 8
    for number in range(int(longest / PACKET) + 1):
        at = _LEFT + number * PACKET * each
        canvas.line(at, 26, at, bottom, stroke=RULE, thick=1)
    for row, (label, parts) in enumerate(flights.items()):
        top = _TOP + row * _ROW
        size = sum(parts.values())
        words = f"{label}: {size:,} bytes, {packets(-(-size // PACKET))}"
        wide = min(text_width(words, bold=True), _RIGHT - _LEFT)
        canvas.rect(_LEFT, top, wide, 22, fill=PANEL, stroke="none", thick=0)  # over the thin lines
        canvas.text(_LEFT, top + 16, words, bold=True, room=_RIGHT - _LEFT)
        _bar(canvas, parts, top + 23, each)
    _limit(canvas, _LEFT + first * each, bottom, window)
    for row, parts in enumerate(flights.values()):
        _names(canvas, parts, _TOP + row * _ROW + 23, each)
    told = ". ".join(_told(label, parts, first) for label, parts in flights.items())
    return Figure(
        canvas,
        alt=f"bars of the server's first flight; room for {first:,} bytes in {packets(window)}. "
        f"{told}",
        caption="The server's first flight, from left to right: ServerHello with the key share, "
        "the leaf, the certificates of its CAs (hatched), CertificateVerify (proof). Thin lines: "
        "packets of 1,460 bytes. Heavy line: what may leave before an acknowledgement comes back.",
    )  # fmt: skip


def packets(count: int) -> str:
    """ "1 packet", "10 packets"."""
    return f"{count} packet{'' if count == 1 else 's'}"


def _limit(canvas: Canvas, at: float, bottom: float, window: int) -> None:
    canvas.line(at, 24, at, bottom, stroke=INK, thick=3)
    words = packets(window)
    half = text_width(words, SMALLEST, bold=True) / 2
    middle = min(max(at, _LEFT + half), _RIGHT - half)
    canvas.text(middle, 19, words, size=SMALLEST, anchor="middle", bold=True)


def _places(parts: Mapping[str, int], each: float) -> list[tuple[str, float, float]]:
    """(name, left, width) of each part in the picture."""
    ends = accumulate(parts.values())
    return [(name, _LEFT + (end - size) * each, size * each)
            for (name, size), end in zip(parts.items(), ends, strict=True)]  # fmt: skip


def _bar(canvas: Canvas, parts: Mapping[str, int], top: float, each: float) -> None:
    for name, left, wide in _places(parts, each):
        look = tone(_LOOKS[name.split()[0]])
        fill = canvas.hatch(look.line, look.fill) if name.startswith("CA") else look.fill
        canvas.rect(left, top, wide, _BAR, fill=fill, stroke=look.line, thick=1)


def _names(canvas: Canvas, parts: Mapping[str, int], top: float, each: float) -> None:
    """The names where they fit, each in a quiet place among the lines."""
    for name, left, wide in _places(parts, each):
        look = tone(_LOOKS[name.split()[0]])
        word, middle = _SHORT.get(name, name), left + wide / 2
        room = text_width(word, SMALLEST) + 6
        if room <= wide:
            canvas.rect(middle - room / 2, top + 6, room, 18, fill=look.fill, stroke="none",
                        thick=0)  # fmt: skip
            canvas.text(middle, top + 20, word, size=SMALLEST, anchor="middle",
                        fill=FAINT if name == "other" else look.text)  # fmt: skip


def _told(label: str, parts: Mapping[str, int], first: int) -> str:
    size = sum(parts.values())
    fits = "fits" if size <= first else f"{size - first:,} bytes too many"
    inside = ", ".join(f"{name} {amount:,}" for name, amount in parts.items())
    return f"{label}: {size:,} bytes ({inside}): {fits}"

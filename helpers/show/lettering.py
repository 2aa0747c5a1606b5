"""How wide a text is in a picture, estimated on the generous side, and how to make it fit.

A picture is drawn on one machine and read on another with other fonts, so widths are those of
DejaVu Sans, the widest common screen font: what fits by this table fits everywhere. A letter that
is not in the table counts as one full em.
"""

# Advance widths in thousandths of the font size, rounded up, by group of letters.
_WIDTHS = (
    ("'ijlIJ ,.", 320),
    ("/:;\\|f-()[]t", 395),
    ('!r"', 460),
    ("*_`sz?c", 550),
    ("LFkvxyPTYoae", 620),
    ("EhnuSbdgpq$0123456789{}", 640),
    ("KAVXZBRC", 700),
    ("UNHDG&OQ", 790),
    ("w#+<=>^~", 840),
    ("Mm%W@", 1000),
)
_WIDTH_OF = {letter: width for letters, width in _WIDTHS for letter in letters}
_BOLD = 1.13
_MONO = 0.603


def text_width(text: str, size: float = 14, *, mono: bool = False, bold: bool = False) -> float:
    """Estimate, on the generous side, how many pixels wide `text` is at `size` pixels."""
    if mono:
        return len(text) * _MONO * size
    units = sum(_WIDTH_OF.get(letter, 1000) for letter in text)
    return units / 1000 * size * (_BOLD if bold else 1)


def fit(text: str, room: float, size: float = 14, *, mono: bool = False, bold: bool = False) -> str:
    """Return `text`, shortened with an ellipsis where it is wider than `room` pixels."""
    if text_width(text, size, mono=mono, bold=bold) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size, mono=mono, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, room: float, size: float = 14, *, mono: bool = False) -> list[str]:
    """Break `text` at spaces into lines of at most `room` pixels; one long word is shortened."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, mono=mono) <= room:
            lines[-1] = longer
        else:
            lines.append(fit(word, room, size, mono=mono))
    return lines

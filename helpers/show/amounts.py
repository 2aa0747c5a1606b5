"""Numbers as a reader wants them: three digits, a unit that fits, and a form for what a clock said.

A measured number differs on every run and on every machine. It is always written as `measured`
writes it, "≈ 3.21 ms here", so that a reader (a blind one, too) gets the number while the
comparison of notebooks masks exactly this form (MEASURED) and stays strict about everything else.
"""

from __future__ import annotations

import math
import re

MEASURED = re.compile(
    r"\u2248 [0-9][0-9.,]*( thousand| million| billion)?( [A-Za-z\u00b5/]+){0,4} here"
)
"""A measured number. The same pattern stands in tests/nbval_sanitize.cfg; a test compares them."""
MEASURED_WIDTH = 14
"""How many letters a measured number counts for in a table of plain text, whatever it is."""

YEAR = 31_557_600.0  # seconds: 365.25 days
_TIMES = (
    ("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3), ("s", 1.0),
    ("minutes", 60.0), ("hours", 3600.0), ("days", 86_400.0), ("years", YEAR),
    ("million years", 1e6 * YEAR), ("billion years", 1e9 * YEAR),
)  # fmt: skip
_LONGEST = 1e12 * YEAR  # past this a power of ten says more than "billion years"
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SECONDS = ("s", "second", "seconds")


def digits(value: float) -> str:
    """A number with three digits that count: "0.0123", "1.5", "12,345", "3.4 × 10³⁸"."""
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size >= 7 or size < -4:
        return power(value, size)
    written = f"{value:,.{max(0, 2 - size)}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def power(value: float, size: int) -> str:
    """A number as a few digits times ten to the power of `size`: "3.4 × 10³⁸", "10⁹"."""
    front = f"{value / 10.0**size:.3g}"
    ten = f"10{str(size).translate(_RAISED)}"
    return ten if front == "1" else f"{front} × {ten}"


def amount(value: float, unit: str) -> str:
    """A number with its unit. Seconds become what fits: "12 µs", "3 days", "2 × 10⁹ years"."""
    if unit in SECONDS:
        unit, size = _time_unit(value, _TIMES if value < _LONGEST else _TIMES[:8])
        value = float(f"{value / size:.3g}")
    written = digits(value)
    one = written == "1" and unit.isalpha() and len(unit) > 2
    return f"{written} {unit.removesuffix('s') if one else unit}".strip()


def measured(value: float, unit: str = "s") -> str:
    """A number that came from a clock, in the form that may differ: "≈ 3.21 ms here".

    `value` is in seconds, or in any other `unit` made of letters, such as "MB/s" or "times".
    Raises ValueError for a unit that the mask would not know again.
    """
    if unit in SECONDS:
        unit, size = _time_unit(value, _TIMES[:4])
        value /= size
    for word, size in (("billion ", 1e9), ("million ", 1e6), ("thousand ", 1e4)):
        if value >= size:
            value, unit = value / (1e3 if size == 1e4 else size), word + unit
            break
    written = " ".join(["≈", _three(value), *unit.split(), "here"])
    if not MEASURED.fullmatch(written):
        raise ValueError(f"a measured number has a unit made of letters, not {unit!r}")
    return written


def _three(value: float) -> str:
    """Three digits, always, so that the form keeps its length as far as it can."""
    size = math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:.{max(0, min(9, 2 - size))}f}"


def _time_unit(value: float, units: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    """The largest unit of which there is at least one, else the smallest there is."""
    fitting = [entry for entry in units if abs(value) >= entry[1]]
    return fitting[-1] if fitting else (units[3] if value == 0 else units[0])


def masked(text: str) -> str:
    """`text` with every measured number replaced by a word of one length."""
    return MEASURED.sub("m" * MEASURED_WIDTH, text)

"""The one look of the course: colours, fonts and the few pieces of CSS that every view shares.

The same thing looks the same in every picture, table and widget. Colours come from the Okabe-Ito
palette, which stays apart for colour-blind readers, and a colour never stands alone: a word, a
letter, a line style or a hatch says the same. Every `Tone` sets background *and* text colour, so
it reads in JupyterLab's light theme and in its dark one (contrast at least 4.5:1, WCAG 2.2
criterion 1.4.3; tests/show/test_look.py computes it for each tone).
"""

from dataclasses import dataclass
from html import escape

CLIENT = "#0072B2"
SERVER = "#D55E00"
EAVESDROPPER = "#5F6368"
SECRET = "#CC79A7"
CERTIFICATE = "#009E73"
CHANGED = "#E69F00"

INK = "#1B1F24"  # text on a panel
FAINT = "#57606A"  # secondary text on a panel
RULE = "#B6BDC6"  # thin lines
PANEL = "#FFFFFF"  # the opaque sheet every picture and table stands on

SANS = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif"
MONO = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
COLUMN = 700  # widest picture, in CSS pixels
SMALLEST = 13.5  # smallest text anywhere, in CSS pixels: 10 pt are 13.33 of them
DASHES = "6 4"  # the outline of everything an eavesdropper or attacker owns


@dataclass(frozen=True)
class Tone:
    """Three colours that belong together: an outline, a light fill, and text that reads on it."""

    line: str
    fill: str
    text: str


TONES = {
    "client": Tone(CLIENT, "#DCEDF7", "#00476E"),
    "server": Tone(SERVER, "#FBE6D8", "#8A3C00"),
    "eavesdropper": Tone(EAVESDROPPER, "#ECEDEE", "#3F4347"),
    "secret": Tone(SECRET, "#F7E6EF", "#7D2E5A"),
    "certificate": Tone(CERTIFICATE, "#DBF2EA", "#00563F"),
    "changed": Tone(CHANGED, "#FDF0D0", "#6B4A00"),
    "good": Tone("#2E7D32", "#E6F4E7", "#1B5E20"),
    "trouble": Tone("#B26A00", "#FFF4E0", "#6B3F00"),
    "quiet": Tone(RULE, "#F3F5F7", "#3B434C"),
    "plain": Tone(RULE, PANEL, INK),
}


def tone(name: str | None) -> Tone:
    """Return the tone called `name` (None means "plain"). Raises ValueError for an unknown name."""
    try:
        return TONES[name or "plain"]
    except KeyError:
        raise ValueError(f"no tone called {name!r}; there are: {', '.join(TONES)}") from None


def css(name: str | None) -> str:
    """CSS that sets background and text colour together, for a `style` attribute."""
    chosen = tone(name)
    return f"background-color:{chosen.fill};color:{chosen.text};"


def panel_css(name: str | None = None) -> str:
    """CSS for an opaque sheet: own background, own text colour, at most one column wide."""
    chosen = tone(name)
    return (
        f"background-color:{chosen.fill};color:{chosen.text};border:1px solid {chosen.line};"
        f"border-radius:6px;padding:8px 12px;margin:4px 0;max-width:{COLUMN}px;"
        f"box-sizing:border-box;font-family:{SANS};font-size:14px;line-height:1.45;"
        "white-space:normal;"
    )


def panel(inner: str, name: str | None = None) -> str:
    """Wrap HTML (already escaped) in an opaque sheet."""
    return f'<div style="{panel_css(name)}">{inner}</div>'


def chip(text: str, name: str | None) -> str:
    """A short highlighted word, escaped: `chip("client", "client")`."""
    return (
        f'<span style="{css(name)}border:1px solid {tone(name).line};border-radius:4px;'
        f'padding:0 5px;">{escape(text)}</span>'
    )


def code(text: str) -> str:
    """Text in the course's fixed-width font, escaped; long values wrap instead of being cut off."""
    return f'<span style="font-family:{MONO};overflow-wrap:anywhere;">{escape(text)}</span>'

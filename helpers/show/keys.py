"""Which secret comes from which: the key derivation of TLS 1.2, drawn from the steps themselves
(`Conversation.secrets`), so that a picture cannot say anything the computation did not do.
"""

from __future__ import annotations

import re

from helpers.conversation import Conversation
from helpers.tls.schedule12 import Step

from .figure import Figure
from .look import DASHES, FAINT, PANEL, SMALLEST, tone
from .svg import Canvas

_WIDTH, _MIDDLE = 700, 196
_BOX_WIDTH, _BOX_HEIGHT = 340, 50
_GAP, _PILL = 84, 30  # room for one PRF between two boxes, and its height
_FAN, _CUT_HEIGHT = 44, 84
_PUBLIC = {"client_random": "client", "server_random": "server"}


def key_tree(conversation: Conversation) -> Figure:
    """From the pre-master secret down to the keys and IVs that protect the records.

    Shows the first bytes of each value: these are the secrets of a recording that is published
    with the course. Raises ValueError if the Conversation holds no secret, or is TLS 1.3.
    """
    steps = _steps(conversation)
    chain = [step for step in steps if not _cut(step)]
    cuts = [step for step in steps if _cut(step)]
    missing = chain[0].name == "master_secret"
    tall = (len(chain) + missing) * (_BOX_HEIGHT + _GAP) - _GAP
    canvas = Canvas(_WIDTH, 32 + tall + _FAN + _CUT_HEIGHT)
    y = 16
    if missing:
        _box(canvas, y, "pre_master_secret", "not in the key log, so unknown here", known=False)
        _prf(canvas, y, "PRF 1", (), known=False)
        y += _BOX_HEIGHT + _GAP
    for index, step in enumerate(chain):
        _box(canvas, y, f"{step.name}  ({len(step.output)} bytes)", _hex(step.output, 8))
        if index + 1 < len(chain):
            after = chain[index + 1]
            _prf(canvas, y, f'PRF {index + missing + 1}, "{_label(after)}"', after.inputs[1:])
        y += _BOX_HEIGHT + _GAP
    _cut_boxes(canvas, y - _GAP, cuts)
    return Figure(canvas, alt=_alt(conversation, chain, cuts, missing), caption=(
        "From one secret to four. Each PRF, 1 and 2, takes the secret above it, a label, and "
        "values that everybody saw (thin boxes). Thick boxes with a * are secrets, with the first "
        f"bytes of their value in this recording. {_source(chain)}"))


def _steps(conversation: Conversation) -> tuple[Step, ...]:
    if not conversation.secrets:
        raise ValueError("This Conversation holds no secret, so there is no key to show: give it "
                         "a key log, or (for RSA key exchange) the server's private key.")
    if conversation.suite.key_exchange is None:
        raise ValueError("This Conversation is TLS 1.3, which has no PRF and no key block: the key "
                         "tree draws TLS 1.2 only. Its secrets are in conversation.secrets.")
    return conversation.secrets


def _cut(step: Step) -> bool:
    return step.formula.startswith("key_block[")


def _label(step: Step) -> str:
    return re.search(r'"(.+?)"', step.formula).group(1)


def _hex(value: bytes, count: int) -> str:
    return value[:count].hex(" ") + (" …" if len(value) > count else "")


def _box(canvas: Canvas, y: float, name: str, below: str, *, known: bool = True) -> None:
    look = tone("secret" if known else "eavesdropper")
    x = _MIDDLE - _BOX_WIDTH / 2
    canvas.rect(x, y, _BOX_WIDTH, _BOX_HEIGHT, fill=look.fill if known else "none",
                stroke=look.line, thick=2, radius=6, dash=None if known else DASHES)
    canvas.text(x + 12, y + 24, "*" if known else "?", size=16, bold=True, fill=look.text)
    canvas.text(_MIDDLE, y + 21, name, anchor="middle", bold=True, fill=look.text)
    canvas.text(_MIDDLE, y + 42, below, anchor="middle", size=SMALLEST, mono=known, fill=look.text)


def _prf(canvas: Canvas, y: float, label: str, inputs: tuple[tuple[str, bytes], ...], *,
         known: bool = True) -> None:
    top, dash = y + _BOX_HEIGHT, None if known else DASHES
    canvas.arrow(_MIDDLE, top, _MIDDLE, top + _GAP, stroke=FAINT, dash=dash)
    pill = top + (_GAP - _PILL) / 2 - 3
    canvas.rect(_MIDDLE - 130, pill, 260, _PILL, fill=PANEL, stroke=FAINT, radius=15, dash=dash)
    canvas.text(_MIDDLE, pill + 20, label, anchor="middle", bold=True)
    width = 154
    for place, (name, value) in enumerate(inputs):
        x = 372 + place * (width + 8)
        look = tone(_PUBLIC.get(name, "quiet"))
        canvas.rect(x, pill, width, _PILL, fill=PANEL, stroke=look.line, radius=4)
        canvas.text(x + width / 2, pill + 20, f"{name} ({len(value)})", anchor="middle",
                    size=SMALLEST, fill=look.text, room=width - 6)
    if inputs:
        canvas.arrow(371, pill + _PILL / 2, _MIDDLE + 131, pill + _PILL / 2, stroke=FAINT)


def _cut_boxes(canvas: Canvas, y: float, cuts: list[Step]) -> None:
    width, left, below = 158, 16, y + _FAN
    for index, step in enumerate(cuts):
        who = step.name.split("_")[0]
        x, middle = left + index * (width + 12), left + index * (width + 12) + width / 2
        start = _MIDDLE - 60 + 40 * index
        canvas.arrow(start, y, middle, below, stroke=FAINT, thick=1.5)
        canvas.rect(x, below, width, _CUT_HEIGHT, fill=tone(who).fill, stroke=tone("secret").line,
                    thick=2, radius=6)
        lines = ((f"{step.name} *", True, False), (f"{len(step.output)} bytes", False, False),
                 (_hex(step.output, 4), False, True), (f"{who}'s records", False, False))
        for row, (text, bold, mono) in enumerate(lines):
            canvas.text(middle, below + 20 + 19 * row, text, anchor="middle", size=SMALLEST,
                        bold=bold, mono=mono, fill=tone(who).text, room=width - 6)


def _source(chain: list[Step]) -> str:
    return "Sources: " + ", ".join(dict.fromkeys(step.source for step in chain)) + "."


def _alt(conversation: Conversation, chain: list[Step], cuts: list[Step], missing: bool) -> str:
    said = ["pre_master_secret is not in the key log"] if missing else []
    said += [f"{step.name}, {len(step.output)} bytes beginning {_hex(step.output, 8)}, is "
             f"{step.formula}{f' (PRF {index + missing})' if index else ''}"
             for index, step in enumerate(chain)]
    said += [f"{step.name} is {step.formula}, beginning {_hex(step.output, 4)}" for step in cuts]
    return f"Key derivation with the {conversation.suite.hash_name} PRF: {'; '.join(said)}."

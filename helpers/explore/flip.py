"""Flip a byte anywhere in a conversation and see who notices."""

from __future__ import annotations

from helpers.experiments.tamper import field_at, flip, targets
from helpers.show import outcome_view
from helpers.show.look import css

from .controls import Choice, Number
from .explorer import Explorer

LANES = ["RSA", "ECDHE"]
THREE_LANES = {"TLS 1.2, RSA": "RSA", "TLS 1.2, ECDHE": "ECDHE", "TLS 1.3": "1.3"}
MASKS = {"the lowest bit": 0x01, "the highest bit": 0x80, "all eight bits": 0xFF}


def flip_a_byte() -> Explorer:
    """A live handshake each time, with one byte changed on its way."""
    return Explorer(
        "Flip a byte on its way",
        _controls(Choice("Key exchange", LANES, style="buttons")),
        _render,
        question="Find a byte whose change nobody notices: why is it harmless? Then find two bytes "
        "of the ClientHello that different ends catch.",
        notes={"offset": _note},
    )


def flip_in_three_lanes() -> Explorer:
    """The same for TLS 1.2 with RSA, TLS 1.2 with ECDHE, and TLS 1.3."""
    return Explorer(
        "Flip a byte in three lanes",
        _controls(Choice("Protocol", THREE_LANES, style="buttons")),
        _render,
        question="A byte of the random in the ClientHello is caught at another message in each of "
        "the three lanes. At which, by whom, and why there?",
        notes={"offset": _note},
    )


def _controls(lane: Choice) -> dict[str, Choice | Number]:
    return {
        "lane": lane,
        "message": Choice("Message", _messages),
        "offset": Number("Byte of its record", 0, _last, value=20),
        "mask": Choice("Flip", MASKS, style="buttons"),
    }


def _messages(earlier: dict) -> dict[str, int]:
    return {
        f"{target.index + 1}. {target.sender}: {target.title}": target.index
        for target in targets(earlier["lane"])
    }


def _last(earlier: dict) -> int:
    return len(targets(earlier["lane"])[earlier["message"]].wire) - 1


def _note(lane: str, message: int, offset: int, mask: int) -> str:
    name = field_at(targets(lane)[message], offset)
    counted = "Counted from the record, its 5-byte header included: 5 more than in a byte view."
    return (f'<div style="{css("changed")}padding:2px 8px;line-height:1.4;">Byte {offset} is in: '
            f"<b>{name}</b>. {counted}</div>")


def _render(lane: str, message: int, offset: int, mask: int) -> str:
    return outcome_view(flip(lane, message, offset, mask)).html

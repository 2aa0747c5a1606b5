"""Views of signatures: a letter changed on its way, and two nonces with an attacker at work."""

from __future__ import annotations

from html import escape

from helpers.experiments.nonces import Attack, Signed
from helpers.experiments.signatures import LETTER, Tampered, original

from .figure import Cell, Html, Table
from .look import chip, code, panel

_CHANGES = {
    "nothing": "nothing was changed",
    "message": "one bit of the message was changed",
    "signature": "one bit of the signature was changed",
    "twin": "the signature was replaced by its arithmetic twin",
    "signer": "the signature was replaced by somebody else's",
}
_YES, _NO = "the signature verifies", "the signature is refused"


def tampered_view(case: Tampered) -> Html:
    """What was sent, what arrived, and what the verifier says, with the reason."""
    length = len(original(case.algorithm))
    rows = [
        ["message", LETTER.decode(), _message(case)],
        ["signature", f"{length} bytes", _signature(case, length)],
        ["public key", "the shop's", "the shop's: the client had it before"],
    ]
    table = Table(f"{case.algorithm}: {_CHANGES[case.change]}", ["part", "sent", "arrived"], rows,
                  wide=True)
    words, tone = (_YES, "good") if case.accepted else (_NO, "trouble")
    html = table.html + panel(f"{chip(words, tone)} {escape(case.why)}")
    return Html(html, f"{table.text}\n{words}. {case.why}")


def _message(case: Tampered) -> str | Cell:
    if case.message == LETTER:
        return "the same"
    shown = "".join(chr(byte) if 32 <= byte < 127 else f"[{byte:02x}]" for byte in case.message)
    return Cell(f"{shown} (byte {case.place} changed)", "changed")


def _signature(case: Tampered, length: int) -> str | Cell:
    if case.change == "signature":
        return Cell(f"{length} bytes, byte {case.place} changed", "changed")
    if case.change == "twin":
        return Cell("other bytes, computed without any key", "changed")
    if case.change == "signer":
        return Cell("over this very message, by another key", "changed")
    return "the same"


def nonce_view(case: Attack) -> Html:
    """Both signatures with their secret nonces, and the attacker's sums line by line."""
    table = Table(
        "Two signatures with one private key, on the toy curve",
        ["which", "message", "z: its hash", "k: nonce (secret)", "r", "s"],
        [_signed(number, one) for number, one in enumerate(case.signed, 1)], wide=True,
    )  # fmt: skip
    words, tone = (("the attacker has the private key", "trouble") if case.right
                   else ("the private key stays secret", "good"))
    steps = "".join(f"<div>{escape(step)}</div>" for step in case.steps)
    html = table.html + panel(f"<div>The attacker's sums, all modulo {code('103')}:</div>{steps}"
                              f'<div style="margin-top:4px;">{chip(words, tone)}</div>')
    return Html(html, "\n".join([table.text, *case.steps, words]))


def _signed(number: int, one: Signed) -> list[str | Cell]:
    r, s = one.signature or ("none", "none")
    return [f"signature {number}", one.message.decode(), str(one.hashed),
            Cell(str(one.nonce), "secret"), str(r), str(s)]

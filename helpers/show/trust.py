"""Who vouches for whom: a chain drawn from its certificates, and what a server has to send."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cryptography import x509

from helpers import pki
from helpers.experiments.certificates import issued
from helpers.experiments.serving import Served

from .figure import Figure, Html
from .look import CERTIFICATE, FAINT, INK, SMALLEST, chip, panel, tone
from .svg import Canvas

_HIGH, _GAP, _LEFT, _WIDE = 74, 44, 170, 518
_STORES = {"root": "the root", "other_root": "another root", "intermediate": "the intermediate",
           "nothing": "nothing"}


def chain_view(chain: Sequence[x509.Certificate], *, sent: int | None = None) -> Figure:
    """The chain, root on top, with what holds it together: names and signatures.

    The first `sent` of `chain` (leaf first; None: all but the last) came from the server. Each
    link is checked as it is drawn. Raises ValueError for an empty chain."""
    if not chain:
        raise ValueError("a chain needs at least one certificate")
    sent = len(chain) - 1 if sent is None else sent
    canvas = Canvas(700, 16 + len(chain) * _HIGH + (len(chain) - 1) * _GAP)
    said = []
    for place, certificate in enumerate(reversed(chain)):
        at, y = len(chain) - 1 - place, 8 + place * (_HIGH + _GAP)
        about, key = _about(certificate, y, canvas, from_store=at >= sent)
        where = "in the client's store" if at >= sent else "sent by the server"
        said.append(f"{about}, {key}, {where}")
        if at:
            link = _link(canvas, y + _HIGH, chain[at - 1], certificate)
            said.append(link)
    return Figure(canvas, alt="A chain, from the root down: " + "; ".join(said) + ".",
                  caption="Each arrow: the key above signed the certificate below (checked while "
                  "drawing). Dashed: not sent; the client had it before.")


def _about(certificate: x509.Certificate, y: float, canvas: Canvas, *,
           from_store: bool) -> tuple[str, str]:
    told, who = pki.describe(certificate), tone("certificate")
    about, issuer = _common_name(certificate.subject), _common_name(certificate.issuer)
    canvas.rect(_LEFT, y, _WIDE, _HIGH, fill=who.fill, stroke=CERTIFICATE, thick=2,
                dash="6 4" if from_store else None)
    canvas.text(_LEFT + 12, y + 24, f"subject: {about}", size=15, bold=True, room=_WIDE - 24,
                fill=INK)
    canvas.text(_LEFT + 12, y + 45, f"issuer: {issuer}", room=_WIDE - 24, fill=INK)
    canvas.text(_LEFT + 12, y + 65, f"key: {told.key}; until {told.not_after:%Y-%m-%d}",
                size=SMALLEST, room=_WIDE - 24, fill=FAINT)
    words = ("in the client's", "store") if from_store else ("sent by", "the server")
    for row, word in enumerate(words):
        canvas.text(12, y + 32 + 18 * row, word, bold=from_store, fill=INK, room=_LEFT - 20)
    return about, told.key


def _link(canvas: Canvas, y: float, below: x509.Certificate, above: x509.Certificate) -> str:
    good = issued(below, above)
    words = "signed this one" if good else "did NOT sign this one"
    canvas.arrow(_LEFT + 60, y + 3, _LEFT + 60, y + _GAP - 3,
                 stroke=CERTIFICATE if good else tone("trouble").line, thick=3)
    canvas.text(_LEFT + 78, y + _GAP / 2 + 5, words, fill=INK)
    return "which signed" if good else "which did not sign"


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def served_view(served: Served) -> Html:
    """What the server sent, what the client has, which way it found, and how it ended."""
    canvas = Canvas(700, 232)
    _column(canvas, 12, "Client", "client", f"store: {_STORES[served.store]}",
            "connected" if served.connected else "hangs up")
    _column(canvas, 508, "Server", "server", "shop.example", "OpenSSL, TLS 1.3")
    states = {name: _state(name, served) for name in ("root", "intermediate", "leaf")}
    for place, (name, state) in enumerate(states.items()):
        y = 14 + place * 74
        there = state != "missing"
        who = tone("certificate" if there else "quiet")
        canvas.rect(222, y, 256, 52, fill=who.fill, stroke=who.line, thick=2,
                    dash=None if there else "2 4")
        canvas.text(350, y + 22, name, anchor="middle", bold=True, fill=INK)
        canvas.text(350, y + 42, state, anchor="middle", size=SMALLEST, fill=INK)
        if place:
            both = "missing" not in list(states.values())[place - 1:place + 1]
            canvas.arrow(350, y - 20, 350, y - 3,
                         stroke=CERTIFICATE if both else tone("quiet").text)
    told = "; ".join(f"{name}: {state}" for name, state in states.items())
    figure = Figure(canvas, alt=f"The client's store: {_STORES[served.store]}. {told}.",
                    caption="An arrow points from a signer to what it signed.")
    words, name = (("connected", "good") if served.connected
                   else (f"the client hangs up: alert {served.alert}", "trouble"))
    quoted = "" if served.connected else f" OpenSSL says: \u201c{served.said}\u201d."
    why = f"{served.why[0].upper()}{served.why[1:]}."
    html = figure.html + panel(f"{chip(words, name)} {escape(why)}{escape(quoted)}")
    return Html(html, f"{told}\n{words}. {why}{quoted}")


def _state(name: str, served: Served) -> str:
    where = [word for word, there in (("sent by the server", name in served.sent),
                                      ("in the client's store", name == served.store)) if there]
    return " and ".join(where) or "missing"


def _column(canvas: Canvas, x: float, head: str, who: str, *lines: str) -> None:
    look = tone(who)
    canvas.rect(x, 66, 180, 92, fill=look.fill, stroke=look.line, thick=2)
    canvas.text(x + 90, 90, head, anchor="middle", bold=True, fill=look.text)
    for row, line in enumerate(lines):
        canvas.text(x + 90, 116 + 24 * row, line, anchor="middle", fill=INK, room=168)

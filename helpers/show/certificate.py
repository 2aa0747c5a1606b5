"""A certificate on a small card: whom it is about, who signed it, from when to when, which key."""

from __future__ import annotations

from html import escape

from cryptography import x509

from helpers import pki

from .figure import Html
from .look import CERTIFICATE, FAINT, INK, PANEL, SANS, chip

_NAMES_SHOWN = 4
_FINGERPRINT = 16  # hex digits: enough to tell two cards apart

_CELL = (f"text-align:left;vertical-align:top;font-weight:normal;font-size:14px;border:none;"
         f"background-color:{PANEL};padding:1px 14px 1px 0;")


def certificate_card(certificate: x509.Certificate | bytes, *, title: str = "") -> Html:
    """The card of a certificate, or of its DER; `title` says which one it is ("the root").

    It shows what the certificate says about itself, and checks none of it. Raises
    helpers.pki.DERError for bytes that are no DER, KeyError for DER that is no certificate.
    """
    said = pki.describe(certificate)
    rows = _rows(said)
    head = title or ("a CA's certificate" if said.ca else "a certificate")
    lines = "".join(
        f'<tr><th scope="row" style="{_CELL}color:{FAINT};white-space:nowrap;">{escape(name)}</th>'
        f'<td style="{_CELL}color:{INK};overflow-wrap:anywhere;">{escape(value)}</td></tr>'
        for name, value in rows)
    html = (f'<div style="background-color:{PANEL};color:{INK};border:2px solid {CERTIFICATE};'
            'border-radius:8px;padding:8px 14px;margin:4px 0;max-width:560px;'
            f'box-sizing:border-box;font-family:{SANS};font-size:14px;line-height:1.45;">'
            f'<table style="border-collapse:collapse;margin:0;background-color:{PANEL};'
            f'color:{INK};"><caption style="text-align:left;caption-side:top;padding:0 0 4px;'
            f'background-color:{PANEL};color:{INK};">{chip(head, "certificate")}</caption>'
            f"<tbody>{lines}</tbody></table></div>")
    width = max(len(name) for name, _ in rows)
    return Html(html, "\n".join([head, *(f"  {name:{width}}  {value}" for name, value in rows)]))


def _rows(said: pki.Description) -> list[tuple[str, str]]:
    more = len(said.names) - _NAMES_SHOWN
    names = ", ".join(said.names[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
    rows = [("about", said.subject or "nobody (the subject is empty)"),
            ("good for", names or "no name (no subjectAltName)"),
            ("signed by", f"itself: {said.issuer}" if said.self_issued else said.issuer),
            ("valid", _dates(said)), ("key", said.key), ("signature", said.signature),
            ("may sign", _may_sign(said)), ("used for", _used(said)), ("serial", said.serial),
            ("SHA-256", f"{said.sha256[:_FINGERPRINT]}… of {said.size:,} bytes")]
    return [row for row in rows if row[0] != "good for" or said.names or not said.ca]


def _dates(said: pki.Description) -> str:
    if said.not_before is None or said.not_after is None:
        return "dates that cannot be read"
    return f"{said.not_before:%Y-%m-%d} to {said.not_after:%Y-%m-%d}, {said.days:,.0f} days"


def _may_sign(said: pki.Description) -> str:
    if not said.ca:
        return "no certificates (it is no CA)"
    below = {None: "", 0: ", but no further CA"}.get(
        said.path_length, f", with at most {said.path_length} CAs in between")
    return f"certificates{below}"


def _used(said: pki.Description) -> str:
    return "; ".join(filter(None, (said.key_usage, said.purposes))) or "not limited"

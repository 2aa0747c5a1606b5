"""A chain as a client gets it, the checklist line by line, and three validators side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cryptography import x509

from helpers import pki

from .figure import Cell, Html, Table
from .look import chip, panel

_TONES = {"passed": "good", "failed": "trouble", "switched off": "changed",
          "not reached": "quiet"}


def checklist(verdict: pki.Verdict, *, caption: str = "The checklist") -> Html:
    """Every line of the verdict that was reached or switched off, then the names of the rest."""
    rows = [[line.title, Cell(line.state, _TONES[line.state]), _because(line)]
            for line in verdict.lines if line.state != "not reached"]
    table = Table(caption, ["check", "result", "because"], rows, wide=True)
    rest = [line.title for line in verdict.lines if line.state == "not reached"]
    said = f"Not reached: {'; '.join(rest)}." if rest else ""
    words = "accepted" if verdict.good else f"refused, with the alert {verdict.alert}"
    html = table.html + panel(chip(words, "good" if verdict.good else "trouble") + f" {said}")
    return Html(html, f"{table.text}\n{words}. {said}".rstrip())


def _because(line: pki.Line) -> str:
    whose = f"{line.certificate}: " if line.certificate and line.state == "failed" else ""
    source = f" ({line.source})" if line.state == "failed" else ""
    return f"{whose}{line.reason}{source}"


def sent_chain(chain: Sequence[x509.Certificate], *, host: str, time: object,
               roots: Iterable[x509.Certificate], more: str = "") -> Table:
    """What a client has in hand before it judges: certificates with what they say of themselves."""
    rows = [_row("sent", one) for one in chain] + [_row("trusted root", one) for one in roots]
    asked = f"A visit to {host} on {time:%d %B %Y}{more}"
    return Table(asked, ["", "about", "signed by", "valid", "key, signature", "says of itself"],
                 rows, wide=True)


def _row(where: str, certificate: x509.Certificate) -> list[str | Cell]:
    said = pki.describe(certificate)
    names = ", ".join(said.names) or "no names"
    about = _common(said.subject) if said.ca else f"{_common(said.subject)}; names: {names}"
    issuer = "itself" if said.issuer == said.subject else _common(said.issuer)
    return [where, about, issuer, f"{said.not_before:%Y-%m-%d} to {said.not_after:%Y-%m-%d}",
            f"{said.key}, {said.signature}", _itself(certificate, said)]


def _common(name: str) -> str:
    found = [part[3:] for part in name.split(", ") if part.startswith("CN=")]
    return found[0] if found else name or "nobody"


def _itself(certificate: x509.Certificate, said: pki.Description) -> str:
    length = "" if said.path_length is None else f" (path length {said.path_length})"
    parts = [f"CA{length}" if said.ca else "no CA"]
    parts += [f"key for {said.key_usage}"] if said.key_usage else []
    parts += [f"used for {said.purposes}"] if said.purposes else []
    parts += _limits(certificate)
    known = ("basicConstraints", "keyUsage", "extKeyUsage", "subjectAltName", "nameConstraints",
             "subjectKeyIdentifier", "authorityKeyIdentifier")
    parts += [name for name in said.extensions if name not in known]
    return "; ".join(parts)


def _limits(certificate: x509.Certificate) -> list[str]:
    try:
        limits = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except (x509.ExtensionNotFound, ValueError, x509.DuplicateExtension):
        return []
    said = {"only": limits.permitted_subtrees, "not": limits.excluded_subtrees}
    return [f"names: {word} {', '.join(str(one.value) for one in names)}"
            for word, names in said.items() if names]


def opinions(comparison: Any, *, alert: str = "", title: str = "Three validators") -> Table:
    """Our checklist, `cryptography` and OpenSSL on one chain; `alert` is what was on the wire."""
    ours = comparison.ours
    said = "every check passed" if ours.good else f"{ours.failed.check}: {ours.failed.reason}"
    rows = [["our checklist", *_opinion(ours.good, said)],
            ["cryptography", *_opinion(comparison.cryptography.good,
                                       comparison.cryptography.said)],
            ["OpenSSL", *_opinion(comparison.openssl.good, comparison.openssl.said)]]
    if alert:
        rows.append(["on the wire", Cell(alert, "client", mono=True),
                     "what OpenSSL's client sent to the server"])
    return Table(title, ["who", "verdict", "in its own words"], rows, wide=True)


def _opinion(good: bool, said: str) -> list[Cell]:
    return [Cell("accepts" if good else "refuses", "good" if good else "trouble"),
            Cell(said or "nothing to complain about")]

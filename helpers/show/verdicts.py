"""A chain as a client gets it, the checklist line by line, and three validators side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Any

from cryptography import x509

from helpers import pki

from .figure import Cell, Html, Table
from .look import chip, panel

_TONES = {"passed": "good", "failed": "trouble", "switched off": "changed",
          "not reached": "quiet"}


def checklist(verdict: pki.Verdict, *, caption: str = "The checklist") -> Html:
    """Every line of the verdict that was reached or switched off, then the names of the rest."""
    rows = [[f"{line.check}: {line.title[0].lower()}{line.title[1:]}", _result(line),
             _because(line)]
            for line in verdict.lines if line.state != "not reached"]
    table = flowing(Table(caption, ["check", "result", "because"], rows, wide=True))
    rest = [line.check for line in verdict.lines if line.state == "not reached"]
    said = f"Not reached: {', '.join(rest)}." if rest else ""
    words = "accepted" if verdict.good else f"refused, with the alert {verdict.alert}"
    html = table.html + panel(chip(words, "good" if verdict.good else "trouble") + f" {said}")
    return Html(html, f"{table.text}\n{words}. {said}".rstrip())


def flowing(table: Table) -> Html:
    """The same table with columns as wide as their words need (JupyterLab makes all alike)."""
    html = table.html.replace("border-collapse", "table-layout:auto;border-collapse", 1)
    return Html(html, table.text)


def _result(line: pki.Line) -> Cell:
    """What came out; what passed because there was nothing to ask is not as good as passed."""
    if line.state == "passed" and line.reason.endswith("so nothing was asked"):
        return Cell("not asked", _TONES["not reached"])
    return Cell(line.state, _TONES[line.state])


def _because(line: pki.Line) -> str:
    told = line.certificate and not line.reason.startswith(line.certificate)
    whose = f"{line.certificate}: " if told and line.state == "failed" else ""
    source = f" ({line.source})" if line.state == "failed" else ""
    return f"{whose}{line.reason}{source}"


def sent_chain(chain: Sequence[x509.Certificate], *, host: str, time: datetime,
               roots: Iterable[x509.Certificate]) -> Html:
    """What a client has in hand before it judges: certificates with what they say of themselves."""
    rows = [_row("sent", one) for one in chain] + [_row("trusted", one) for one in roots]
    asked = f"A visit to {host} on {time.day} {time:%B %Y}"
    return flowing(Table(asked, ["certificate", "signed by", "valid",
                                 "key; what it says of itself"], rows, wide=True))


def _row(where: str, certificate: x509.Certificate) -> list[str | Cell]:
    said = pki.describe(certificate)
    about = _common(said.subject)
    if not said.ca:
        about += f"; names: {', '.join(said.names) or 'none'}"
    issuer = "itself" if said.issuer == said.subject else _common(said.issuer)
    valid = f"{_day(said.not_before)} to {_day(said.not_after)}"
    return [f"{where}: {about}", f"{issuer} ({said.signature})", valid,
            f"{_key(said.key)}; {_itself(certificate, said)}"]


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}".replace("-", "\N{NON-BREAKING HYPHEN}")


def _key(words: str) -> str:
    """"RSA, 2048 bits" and "P-256", without the names of the encodings."""
    return re.sub(r"id-ecPublicKey, .*\((.*)\)", r"\1", words).replace("rsaEncryption", "RSA")


def _common(name: str) -> str:
    found = [part[3:] for part in name.split(", ") if part.startswith("CN=")]
    return found[0] if found else name or "nobody"


def _itself(certificate: x509.Certificate, said: pki.Description) -> str:
    length = "" if said.path_length is None else f" (path length {said.path_length})"
    parts = [f"CA{length}" if said.ca else "no CA", *filter(None, (said.key_usage, said.purposes))]
    parts += _limits(certificate)
    parts += ["receipts of logs (SCTs)"] if "signedCertificateTimestampList" in said.extensions \
        else []
    return "; ".join([*parts, *_strange(certificate)])


def _strange(certificate: x509.Certificate) -> list[str]:
    """Extensions that `cryptography` has no name for, and whether they are critical."""
    try:
        found = list(certificate.extensions)
    except (ValueError, x509.DuplicateExtension):
        return ["extensions that cannot be read"]
    return [f"extension {one.oid.dotted_string}{', critical' if one.critical else ''}"
            for one in found if isinstance(one.value, x509.UnrecognizedExtension)]


def _limits(certificate: x509.Certificate) -> list[str]:
    try:
        limits = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    except (x509.ExtensionNotFound, ValueError, x509.DuplicateExtension):
        return []
    said = {"only": limits.permitted_subtrees, "not": limits.excluded_subtrees}
    return [f"names: {word} {', '.join(str(one.value) for one in names)}"
            for word, names in said.items() if names]


def opinions(comparison: Any, *, alert: str = "", title: str = "Three validators") -> Html:
    """Our checklist, `cryptography` and OpenSSL on one chain; `alert` is what was on the wire."""
    ours = comparison.ours
    theirs = comparison.cryptography.said
    said = "every check passed" if ours.good else f"{ours.failed.check}: {ours.failed.reason}"
    rows = [["our checklist", *_opinion(ours.good, said)],
            ["cryptography", *_opinion(comparison.cryptography.good, cut(theirs))],
            ["OpenSSL", *_opinion(comparison.openssl.good, comparison.openssl.said)]]
    if alert:
        rows.append(["on the wire", Cell(alert, "client", mono=True),
                     "OpenSSL's client, asked by a real server"])
    table = flowing(Table(title, ["who", "verdict", "in its own words"], rows, wide=True))
    if theirs.endswith(cut(theirs)):
        return table
    whole = panel("<details><summary>The whole sentence of cryptography</summary>"
                  f"{escape(theirs)}</details>")
    return Html(table.html + whole, f"{table.text}\ncryptography, the whole sentence: {theirs}")


def cut(said: str) -> str:
    """The sentence of `cryptography`, without what it prints of its own insides."""
    short = re.split(r" [({]", said, maxsplit=1)[0]
    if f"{short} {{" in said:  # what stands before a brace is the name of a structure
        short = short.rpartition(": ")[0]
    for before in ("validation failed: ", "candidates exhausted: "):
        short = short.removeprefix(before)
    return short or said


def accepts(good: bool) -> Cell:
    """A verdict in a table: one word, and one colour for it everywhere."""
    return Cell("accepts" if good else "refuses", "good" if good else "trouble")


def _opinion(good: bool, said: str) -> list[Cell]:
    return [accepts(good), Cell(said or "nothing to complain about")]

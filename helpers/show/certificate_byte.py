"""One byte of a certificate: in which elements it stands, and what a change of it does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import pki
from helpers.experiments.certificate_bits import VERDICTS, flip_certificate
from helpers.wire import Field

from .figure import Html, Table
from .hexdump import hex_view
from .look import chip, panel

_OF_ITSELF = {"signature": "its signature on itself fits no more",
              "stranger": "it does not name itself as issuer any more"}  # for a root
_AROUND = 16  # bytes in a row


@cache
def _tree(der: bytes) -> Field:
    return pki.der_fields(der)


def certificate_byte_view(certificate: x509.Certificate, issuer: x509.Certificate,
                          offset: int) -> Html:
    """Where the byte at `offset` stands, from the outside in, the bytes around it, and what a
    client says of the certificate with its last bit changed. Raises IndexError outside."""
    der = certificate.public_bytes(Encoding.DER)
    path, _ = _tree(der).at(offset)
    levels = list(_inwards(_tree(der), offset))
    rows = [["\u00a0" * 2 * depth + field.name, f"{field.start} to {field.end - 1}",
             _words(field, der)] for depth, field in enumerate(levels)]
    table = Table(f"Byte {offset} is {der[offset]:02x}. From the outside in:",
                  ["element", "bytes", "it says"], rows, wide=True)
    first = max(0, offset // _AROUND * _AROUND - _AROUND)
    around = hex_view(der[first:first + 3 * _AROUND], mark={levels[-1].name: (
        offset - first, offset - first + 1)}, tone="certificate")
    flip = flip_certificate(certificate, issuer, offset)
    tone = "trouble" if flip.verdict == "accepted" else "quiet"
    said = VERDICTS[flip.verdict]
    if certificate.issuer == certificate.subject:
        said = _OF_ITSELF.get(flip.verdict, said)
    words = f"its last bit changed: {said}"
    return Html(table.html + around.html + panel(chip(words, tone)),
                f"{path}\n{table.text}\n{words}")


def _inwards(field: Field, offset: int) -> Iterator[Field]:
    yield field
    for child in field.children or ():
        if child.start <= offset < child.end:
            yield from _inwards(child, offset)


def _words(field: Field, der: bytes) -> str:
    if hasattr(field, "words"):
        return str(field.words)
    held = der[field.start:field.end]
    if "length" in field.name:
        return "1 byte follows" if field.value == 1 else f"{field.value:,} bytes follow"
    return held[:12].hex(" ") + (" \u2026" if len(held) > 12 else "")

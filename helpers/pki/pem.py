"""PEM: DER in base64 between two lines, the form in which certificates are pasted (RFC 7468)."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error

MAX_TEXT = 1 << 20
_LINE = re.compile(r"-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----")
_SAME = {"X509 CERTIFICATE": "CERTIFICATE", "NEW CERTIFICATE REQUEST": "CERTIFICATE REQUEST"}


class PEMError(ValueError):
    """This text holds no PEM that can be read. The sentence says why, and what to do."""


def pem_to_der(text: str | bytes, label: str | None = None) -> list[bytes]:
    """The contents of every PEM block in `text`, in order; what stands between blocks is skipped.

    `label` says what the blocks must be ("CERTIFICATE", "CERTIFICATE REQUEST", "X509 CRL").
    Raises PEMError: no block, one that does not end, another label, letters that are no base64,
    more than 1 MB, and any private key. It does not look at the contents.
    """
    text = _as_text(text)
    if re.search(r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----", text):
        raise PEMError("This is a private key. Never paste a private key anywhere: whoever sees it "
                       "can be you. If it is a real one, replace it. Only the certificate is "
                       "needed here, the block that begins with -----BEGIN CERTIFICATE-----.")
    blocks = _blocks(text)
    if not blocks:
        raise PEMError("There is no PEM block in this text. A certificate begins with a line "
                       "-----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----; both "
                       "lines belong to it.")
    return [_decoded(number, found, body, label)
            for number, (found, body) in enumerate(blocks, start=1)]


def _as_text(text: str | bytes) -> str:
    if len(text) > MAX_TEXT:
        raise PEMError(f"This text has {len(text):,} letters. A chain of certificates has a few "
                       f"thousand; more than {MAX_TEXT:,} are not read.")
    if isinstance(text, bytes):
        if text[:1] == b"\x30":
            raise PEMError("These bytes look like DER already: there is no PEM to take off.")
        text = text.decode("latin-1")
    return text.replace("\\n", "\n")  # copied out of JSON


def _blocks(text: str) -> list[tuple[str, str]]:
    """Label and body of every block. Raises PEMError for one that does not end as it begins."""
    blocks: list[tuple[str, str]] = []
    began: re.Match[str] | None = None
    for line in _LINE.finditer(text):
        kind, label = line.groups()
        if began is None:
            if kind == "END":
                raise PEMError(f"Line {_line_of(text, line)} ends a {label}, but none began: the "
                               f"line -----BEGIN {label}----- is missing.")
            began = line
        elif kind == "BEGIN" or label != began[2]:
            break
        else:
            blocks.append((label, text[began.end():line.start()]))
            began = None
    if began is not None:
        raise PEMError(f"The {began[2]} that begins in line {_line_of(text, began)} does not end: "
                       f"a line -----END {began[2]}----- is missing.")
    return blocks


def _line_of(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _decoded(number: int, found: str, body: str, label: str | None) -> bytes:
    if label is not None and _SAME.get(found, found) != label:
        raise PEMError(f"Block {number} is a {found}, but a {label} is needed here.")
    lines = [line for line in body.splitlines() if ":" not in line]  # headers of old PEM
    letters = "".join("".join(lines).split())
    strange = re.search(r"[^A-Za-z0-9+/=]", letters)
    if strange:
        raise PEMError(f"Block {number} holds {strange[0]!r}, which is no letter of base64. Was "
                       "something lost or added while copying?")
    try:
        data = b64decode(letters, validate=True)
    except Base64Error:
        raise PEMError(f"Block {number} has {len(letters):,} letters of base64, which do not come "
                       "out even. Was something lost while copying?") from None
    if not data:
        raise PEMError(f"Block {number} is empty.")
    return data

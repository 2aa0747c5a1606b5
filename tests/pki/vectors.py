"""The certificates and their kin in `cryptography_vectors`: material that nobody here wrote.

`found()` goes through every file of the package. What a thing is (certificate, request, CRL ...)
is told by its PEM label or its folder, not by the reader under test.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cryptography_vectors
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12

FOLDER = Path(cryptography_vectors.__file__).parent
PKITS = "x509/PKITS_data"
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----\r?\n(.*?)-----END \1-----", re.DOTALL)
_LABELS = {"CERTIFICATE": "certificate", "X509 CERTIFICATE": "certificate", "X509 CRL": "crl",
           "CERTIFICATE REQUEST": "request", "NEW CERTIFICATE REQUEST": "request"}
_FILES = (("request", r"x509/requests/.*\.der$"), ("ocsp_request", r"x509/ocsp/.*req[.-].*der$"),
          ("ocsp_response", r"x509/ocsp/.*\.der$"), ("der", r"-tbs-precert\.der$|\.cp$"),
          ("crl", r"^x509/custom/crl_|\.crl$"),
          ("certificate", r"^x509/[^/]+\.der$|^x509/custom/[^/]+\.der$|\.crt$"))
"""Files of DER, by their names. A .cp holds two certificates in plain ASN.1."""


class Vector(NamedTuple):
    """One thing: the file it is from (and which of several), what it is, and its DER."""

    name: str
    kind: str
    der: bytes


@cache
def found() -> tuple[Vector, ...]:
    """Every certificate, request, CRL and OCSP message of the package, in order of file names."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return tuple(item for path in files for item in _inside(path))


def of_kind(kind: str) -> list[Vector]:
    return [item for item in found() if item.kind == kind]


def _inside(path: Path) -> Iterator[Vector]:
    name = path.relative_to(FOLDER).as_posix()
    if path.suffix in (".p12", ".py"):
        return  # cryptography reads those: `bags` below
    data = path.read_bytes()
    blocks = [(label.decode(), body) for label, body in _PEM.findall(data)
              if label.decode() in _LABELS]
    for number, (label, body) in enumerate(blocks):
        text = b"".join(line for line in body.splitlines() if b":" not in line)
        yield Vector(f"{name} {number}" if len(blocks) > 1 else name, _LABELS[label],
                     base64.b64decode(text))
    if b"-----BEGIN" not in data and (kind := _kind(name)):
        yield Vector(name, kind, data)


def _kind(name: str) -> str:
    """What a file of DER holds, or nothing for keys and the like."""
    return next((kind for kind, pattern in _FILES if re.search(pattern, name)), "")


@cache
def bundles() -> tuple[tuple[str, tuple[bytes, ...]], ...]:
    """(name, certificates in their order) of every file that holds several, and of every bag that
    opens: all but those of PKITS, which hold its certificates once more, one each."""
    chains: dict[str, list[bytes]] = {}
    for item in of_kind("certificate"):
        file, _, number = item.name.partition(" ")
        if number:
            chains.setdefault(file, []).append(item.der)
    for path in sorted([*FOLDER.glob("pkcs12/*.p12"), *FOLDER.glob("pkcs7/*")]):
        if certificates := _bag(path):
            chains[path.relative_to(FOLDER).as_posix()] = certificates
    return tuple((name, tuple(chain)) for name, chain in sorted(chains.items()))


def _bag(path: Path) -> list[bytes]:
    """The certificates of a PKCS #7 or PKCS #12 file; none if it does not open."""
    data = path.read_bytes()
    readers = [lambda word=word: _of_pkcs12(data, word)
               for word in (b"cryptography", b"password", None)]
    if path.suffix != ".p12":
        readers = [lambda: pkcs7.load_der_pkcs7_certificates(data),
                   lambda: pkcs7.load_pem_pkcs7_certificates(data)]
    for read in readers:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # some are not quite DER
                return [item.public_bytes(Encoding.DER) for item in read()]
        except (ValueError, UnsupportedAlgorithm):
            continue
    return []


def _of_pkcs12(data: bytes, password: bytes | None) -> list[x509.Certificate]:
    opened = pkcs12.load_pkcs12(data, password)
    return [item.certificate for item in (opened.cert, *opened.additional_certs) if item]

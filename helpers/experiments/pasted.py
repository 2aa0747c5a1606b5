"""A chain that somebody pastes as PEM text, judged; and one sentence where that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki

STORES = {"Mozilla's roots of today": "mozilla", "the last certificate of the chain itself": "last",
          "the lab's root": "lab"}
TIMES = {"the lab's: 1 September 2026": "lab", "a day on which the leaf was valid": "inside"}
MOST = 20  # certificates: a chain has three or four
PASTED = "pasted"


@dataclass(frozen=True)
class Pasted:
    """`problem` is a sentence where nothing could be judged, and then the rest is empty."""

    problem: str
    chain: tuple[x509.Certificate, ...] = ()
    host: str = ""
    time: datetime = lab.NOW
    comparison: pki.Comparison | None = None


@cache
def samples() -> dict[str, str]:
    """Texts to begin with, by what they are."""
    real = "".join(one.public_bytes(Encoding.PEM).decode() for one in pki.real_chain())
    shop = pki.server("rsa")
    ours = "".join(one.public_bytes(Encoding.PEM).decode()
                   for one in (shop.certificate, *shop.intermediates))
    return {
        "a real chain of 2018": real,
        "the lab's own chain": ours,
        "the leaf of 2018 without its issuer": real[:real.index("-----END") + 26],
        "half of a copied text": real[:900],
        "one letter changed": real[:480] + ("B" if real[480] == "A" else "A") + real[481:],
        "a private key, by mistake": "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END "
                                     "PRIVATE KEY-----\n",
        "what I paste below": PASTED,
    }


@lru_cache(maxsize=64)
def judge_text(text: str, host: str, store: str, when: str) -> Pasted:
    """Judges the certificates in this text. Never raises for what is in it."""
    try:
        chain = _read(text)
    except ValueError as problem:
        return Pasted(str(problem))
    if not host.strip():
        return Pasted("Which host was visited? Without a name, a certificate says nothing.")
    time = lab.NOW
    if when == "inside":
        first, last = chain[0].not_valid_before_utc, chain[0].not_valid_after_utc
        time = first + (last - first) / 2
    roots = {"mozilla": pki.mozilla_roots, "last": lambda: chain[-1:],
             "lab": lambda: (pki.root().certificate,)}[store]()
    compared = pki.compare(chain, roots=roots, name=host.strip(), time=time)
    return Pasted("", chain, host.strip(), time, compared)


def _read(text: str) -> tuple[x509.Certificate, ...]:
    if not text.strip():
        raise ValueError("Nothing is pasted yet. Paste text that begins with "
                         "-----BEGIN CERTIFICATE-----, the server's own certificate first.")
    found = pki.pem_to_der(text, "CERTIFICATE")
    if len(found) > MOST:
        raise ValueError(f"These are {len(found)} certificates. A chain has three or four; more "
                         f"than {MOST} are not judged here.")
    chain = []
    for number, der in enumerate(found, 1):
        try:
            chain.append(x509.load_der_x509_certificate(der))
            _ = chain[-1].not_valid_after_utc, chain[-1].subject, chain[-1].issuer
        except Exception:  # whatever a library makes of bytes from anywhere
            raise ValueError(f"Block {number} is PEM, but there is no certificate in it that can "
                             f"be read. {_where(der)}") from None
    return tuple(chain)


def _where(der: bytes) -> str:
    try:
        pki.der_fields(der)
    except (pki.DERError, KeyError) as problem:
        return str(problem)
    return "Something in it breaks the rules of certificates; was a letter lost in copying?"

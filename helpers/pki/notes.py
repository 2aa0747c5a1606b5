"""Why each field of a certificate is there, in a sentence or two, and where that is written.

A key is the end of a path as `Field.walk` gives it ("tbsCertificate.issuer"); the longest ending
that has a note wins. Extensions and lists have theirs in `notes_extensions`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers.pki.notes_extensions import EXTENSIONS, LISTS


class Note(NamedTuple):
    """`why` is for a reader who knows no ASN.1; `source` a document and its section."""

    why: str
    source: str


_CERT = "RFC 5280 section 4.1"
_DER = "ITU-T X.690 section"

_GRAMMAR = {
    "tag": ("Says what follows: its type, and whether more elements are inside. One byte is enough "
            "for every type in a certificate.", f"{_DER} 8.1.2"),
    "length": ("How many bytes the value has. Below 128 one byte; above, a first byte says how "
               "many bytes the number takes (0x82: two).", f"{_DER} 8.1.3"),
    "explicit tag": ("A number that the structure gives this field, around its ordinary tag, so "
                     "that a reader knows which optional field this is.", f"{_DER} 8.14"),
    "explicit length": ("How long the field is with its ordinary tag and length.",
                        f"{_DER} 8.1.3"),
    "unused bits": ("A BIT STRING counts bits: so many of the last byte do not count. For keys and "
                    "signatures always 0.", f"{_DER} 8.6.2"),
}
_CERTIFICATE = {
    "tbsCertificate": ("\"To be signed\": all that the issuer says, from the version to the "
                       "extensions.", f"{_CERT}.1.1"),
    "version": ("Which edition of the format. Written 2, called v3: the one with extensions, and "
                "the only one that the web accepts.", f"{_CERT}.2.1"),
    "serialNumber": ("The issuer's own number for this certificate, by which it can be revoked. "
                     "On the web 64 bits of it must be random: in 2008 forgers guessed the next "
                     "number and had a CA sign it.", f"{_CERT}.2.2"),
    "tbsCertificate.signature": ("The algorithm of the issuer's signature, once more, inside what "
                                 "is signed: so nobody can swap it for a weaker one.",
                                 f"{_CERT}.2.3"),
    "issuer": ("Who signed this. It must be the same name as the subject of the issuer's own "
               "certificate: that is how the next link of the chain is found.", f"{_CERT}.2.4"),
    "validity": ("Before and after these moments nobody should rely on it. A short life limits the "
                 "harm of a stolen key.", f"{_CERT}.2.5"),
    "validity.notBefore": ("The first second of its life, in UTC.", f"{_CERT}.2.5"),
    "validity.notAfter": ("The last second of its life, in UTC; that second still counts.",
                          f"{_CERT}.2.5"),
    "subject": ("Whom this is about. For a CA it matters, the certificates it signs repeat it; in "
                "a server's it is decoration: browsers read subjectAltName.", f"{_CERT}.2.6"),
    "subjectPublicKeyInfo": ("The point of it all: the public key that the issuer ties to the "
                             "names. The private key is not in here and never was.",
                             f"{_CERT}.2.7"),
    "subjectPublicKeyInfo.algorithm": ("What kind of key it is, and for elliptic curves on which "
                                       "curve.", f"{_CERT}.2.7"),
    "subjectPublicKey": ("The key itself, wrapped in a BIT STRING so that readers who do not know "
                         "the algorithm can step over it.", f"{_CERT}.2.7"),
    "modulus": ("The product of two secret primes: whoever can factor it has the private key.",
                "RFC 8017 appendix A.1.1"),
    "publicExponent": ("The power that everyone raises to; nearly always 65,537.",
                       "RFC 8017 appendix A.1.1"),
    "issuerUniqueID": ("From a time when names could be used twice. CAs must not write it.",
                       f"{_CERT}.2.8"),
    "subjectUniqueID": ("From a time when names could be used twice. CAs must not write it.",
                        f"{_CERT}.2.8"),
    "extensions": ("Everything that version 1 did not think of. Each has a number, a flag that "
                   "says whether it may be ignored, and a value.", f"{_CERT}.2.9"),
    "signatureAlgorithm": ("How the issuer signed. It stands outside the signed part, so a reader "
                           "must compare it with the one inside.", f"{_CERT}.1.2"),
    "signatureValue": ("The issuer's signature over tbsCertificate.", f"{_CERT}.1.3"),
    "r": ("One of the two numbers of the signature; it comes from a fresh secret number.",
          "RFC 3279 section 2.2.3"),
    "s": ("The other number: it ties r, the hash and the private key together.",
          "RFC 3279 section 2.2.3"),
}
_NAMES = {
    "RelativeDistinguishedName": ("One step of the name, from the widest (the country) to the "
                                  "narrowest. A set, since a step may have several parts; it "
                                  "hardly ever does.", f"{_CERT}.2.4"),
    "AttributeTypeAndValue.type": ("Which part of the name this is, as a number from a worldwide "
                                   "tree of numbers.", f"{_CERT}.2.4"),
    "AttributeTypeAndValue.value": ("What the CA wrote there. The tag says in which alphabet: "
                                    "UTF8String or PrintableString today.", f"{_CERT}.2.4"),
    "algorithm.algorithm": ("An object identifier: a path in a worldwide tree of numbers, so that "
                            "nobody has to agree on a spelling.", f"{_CERT}.1.2"),
    "signatureAlgorithm.algorithm": ("An object identifier: a path in a worldwide tree of numbers, "
                                     "so that nobody has to agree on a spelling.", f"{_CERT}.1.2"),
    "signature.algorithm": ("The same object identifier as at the very end.", f"{_CERT}.2.3"),
    "algorithm.parameters": ("What else the algorithm has to say: for elliptic curves which curve, "
                             "for RSA nothing (NULL).", "RFC 3279 section 2.3"),
    "parameters": ("What else the algorithm has to say. For RSA with a named hash that is nothing, "
                   "and nothing is written as NULL.", "RFC 4055 section 5"),
}

NOTES: dict[str, Note] = {key: Note(*said) for key, said in {
    **_GRAMMAR, **_CERTIFICATE, **_NAMES, **EXTENSIONS, **LISTS}.items()}


@cache
def note(path: str) -> Note | None:
    """The note for a dotted path, None if there is none. Never raises."""
    parts = path.split(".")
    return next((NOTES[key] for at in range(len(parts)) if (key := ".".join(parts[at:])) in NOTES),
                None)

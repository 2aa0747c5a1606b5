"""Lesson 06: which of several candidates issued a certificate.

The certificates are real ones: a public certificate of 2018, the lab's own, and decoys with the
right name and another key, or with the right key and another name.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from cryptography import x509

from helpers.experiments.certificate_forgery import fake_ca
from helpers.experiments.certificates import signed_by
from helpers.pki import authority
from helpers.pki.issue import issue, test_key
from helpers.pki.store import real_chain

from .forms import IntegerForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

Certificates = tuple[x509.Certificate, ...]


@cache
def _renamed() -> x509.Certificate:
    """The CA's key under another name: its public key fits, its name does not."""
    ca = authority.intermediate()
    return issue("TEST ONLY Renamed CA", ca=True, key=ca.key, by=authority.root()).certificate


@cache
def _nearly() -> Certificates:
    """Three that only a wrong question finds: the shop's name with the CA's key, a certificate by
    the same issuer with the CA's key, and one with the CA's name that the shop signed."""
    ca, shop = authority.intermediate(), authority.server("ecdsa")
    return (
        issue(shop.certificate.subject, ca=True, key=ca.key, by=authority.root()).certificate,
        issue("TEST ONLY Sister CA", ca=True, key=ca.key, by=ca).certificate,
        issue(ca.certificate.subject, ca=True, key=test_key("below a shop"), by=shop).certificate,
    )


class _Place(IntegerForm):
    """The place of a candidate; says so where the candidate itself comes, or a list."""

    def read(self, answer: Any) -> int:
        if isinstance(answer, x509.Certificate):
            raise NotThisForm("That is the candidate itself. Return its place in the list, a whole "
                              "number: enumerate(candidates) gives both.")
        if isinstance(answer, list | tuple):
            raise NotThisForm("That is a list. One of the candidates is the issuer: return its "
                              "place alone, a whole number, as soon as it is found.")
        return super().read(answer)


def _issuer_cases() -> list[Case]:
    leaf, lets_encrypt = real_chain()
    ca, root = authority.intermediate().certificate, authority.root().certificate
    shop, fake = authority.server("ecdsa").certificate, fake_ca().certificate
    other = authority.root("other_root").certificate
    return [
        Case(1, (shop, (root, ca, other, *_nearly(), fake, _renamed())),
             "the shop's certificate, and seven that are nearly right"),
        Case(2, (shop, (fake, root, ca)), "a CA of the same name is among them"),
        Case(2, (leaf, (ca, root, lets_encrypt)), "cryptography.io, 2018"),
        Case(1, (shop, (_renamed(), ca, fake)), "the CA's key under another name is among them"),
        Case(0, (root, (root, ca)), "a root"),
        Case(2, (ca, (other, shop, root, fake)), "the issuer of the shop's issuer"),
    ]


def _issuer_trouble(attempt: Attempt) -> str:
    certificate, candidates = attempt.case.args
    given, right = attempt.given, attempt.case.expected
    if attempt.error in ("InvalidSignature", "ValueError"):
        return ("verify_directly_issued_by raises an error where name or signature does not fit. "
                "signed_by(...) says True or False instead.")
    if given is None and "openssl." in attempt.said and "'public_key'" in attempt.said:
        return "signed_by takes the two certificates, not a key: the signed one first."
    if given is None:
        return ("" if "indices must be" not in attempt.said else
                "The loop gives the candidates themselves. enumerate(candidates) gives the place "
                "of each as well: that is what to return.")
    if given == len(candidates) or (given == right + 1 and _fits_nothing(attempt)):
        return "Counted from 1? The first candidate is number 0."
    if not 0 <= given < len(candidates):
        return f"There are {len(candidates)} candidates: number 0 to {len(candidates) - 1}."
    chosen = candidates[given]
    if certificate.issuer != chosen.subject:
        if signed_by(certificate, chosen):
            return ("The signature fits the one you chose, but it has another name than the issuer "
                    "that the certificate names. Both have to agree.")
        return "The one you chose has neither the name nor the key. Ask both questions."
    return ("The one you chose has the issuer's name. So can anybody: the signature does not fit "
            "its key.")


def _fits_nothing(attempt: Attempt) -> bool:
    """Whether the one chosen has neither the issuer's name nor its key."""
    certificate, candidates = attempt.case.args
    chosen = candidates[attempt.given]
    return certificate.issuer != chosen.subject and not signed_by(certificate, chosen)


def _by_name(certificate: x509.Certificate, candidates: Certificates) -> int:
    return next((at for at, one in enumerate(candidates) if one.subject == certificate.issuer), -1)


def _by_key(certificate: x509.Certificate, candidates: Certificates) -> int:
    return next((at for at, one in enumerate(candidates) if signed_by(certificate, one)), -1)


def _same_subject(certificate: x509.Certificate, candidates: Certificates) -> int:
    return next(at for at, one in enumerate(candidates)
                if one.subject == certificate.subject and signed_by(certificate, one))


def _same_issuer(certificate: x509.Certificate, candidates: Certificates) -> int:
    return next(at for at, one in enumerate(candidates)
                if one.issuer == certificate.issuer and signed_by(certificate, one))


def _signed_reversed(certificate: x509.Certificate, candidates: Certificates) -> int:
    return next(at for at, one in enumerate(candidates)
                if one.subject == certificate.issuer and signed_by(one, certificate))


def _nobody(certificate: x509.Certificate, candidates: Certificates) -> int:
    return -1


ISSUER = Exercise(
    "06-issuer", "Who issued it?", "medium", 6,
    FunctionForm(_Place(), ("certificate", "candidates")), _issuer_cases,
    [
        Wrong("name only", _by_name, "You go by the name alone. Anybody can make a CA certificate "
              "with that name; the signature has to fit its key as well."),
        Wrong("signature only", _by_key, "You go by the signature alone. The same key can stand in "
              "a certificate with another name; the names have to agree as well."),
        Wrong("subject with subject", _same_subject, "You compare subject with subject. The one "
              "you chose is about the same name; certificate.issuer goes with candidate.subject."),
        Wrong("issuer with issuer", _same_issuer, "You compare issuer with issuer. The one you "
              "chose has the same issuer; certificate.issuer goes with candidate.subject."),
        Wrong("signed_by reversed", _signed_reversed, "You ask the other way round: the "
              "certificate's key signed the one you chose. In signed_by(certificate, candidate) "
              "the signed one comes first."),
        Wrong("nobody", _nobody, "You found nobody, and one of them is the issuer. Do you give "
              "up at the first candidate that does not fit? Return only when one fits, and go on "
              "otherwise. (A candidate's subject is compared with the certificate's issuer.)"),
    ],
    "Name and signature: the name says where to look, the signature is the proof.",
    "Look at each candidate in turn, and ask the two questions of the Note.", _issuer_trouble,
    silent="Return the place of the issuer, counted from 0, from inside the loop. If you do: no "
           "candidate came through. certificate.issuer goes with candidate.subject, and in "
           "signed_by(certificate, candidate) the signed one comes first.")

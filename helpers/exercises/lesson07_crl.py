"""Lesson 07, last exercise: what a revocation list says about a certificate.

RFC 5280 sections 5 and 6.3; certificates that live for seven days or less need no list (CA/Browser
Forum Baseline Requirements sections 1.6.1 and 4.9.7).
"""

from __future__ import annotations

import copyreg
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .wording import ChoiceForm, FunctionForm

copyreg.pickle(x509.CertificateRevocationList, lambda crl: (
    x509.load_der_x509_crl, (crl.public_bytes(Encoding.DER),)))
"""`calling` hands out copies, and `cryptography` copies certificates but no lists."""
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


def status(certificate: Any, issuer: Any, crl: Any, time: datetime) -> str:
    """The reference answer."""
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    if life <= timedelta(days=7):
        return "good"
    if not crl.is_signature_valid(issuer.public_key()):
        return "unknown"
    if not crl.last_update_utc <= time <= crl.next_update_utc:
        return "unknown"
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return "good" if entry is None else "revoked"


@cache
def _parts() -> dict[str, Any]:
    ca = pki.issue("Listing CA", by=pki.root(), ca=True)
    bad, fine = (pki.issue(f"{name}.shop.example", by=ca, days=90) for name in ("bad", "fine"))
    start = bad.certificate.not_valid_before_utc
    serial = bad.certificate.serial_number
    week, longer = (pki.issue("week.shop.example", by=ca, start=start, serial=serial, days=days)
                    for days in (7, 7.5))
    exact = pki.issue("exact.shop.example", by=ca, start=start, serial=serial,
                      days=timedelta(days=7, seconds=1) / _DAY)
    old = pki.issue("old.shop.example", by=ca, start=-87, serial=serial, days=90)
    serials = [(serial, lab.NOW - _DAY, "key_compromise")]
    listed = pki.crl(ca, serials)
    forged = pki.crl(ca, serials, sign_with=pki.test_key("a forger"))
    return {"ca": ca.certificate, "bad": bad.certificate, "fine": fine.certificate,
            "week": week.certificate, "longer": longer.certificate,
            "exact": exact.certificate, "old": old.certificate, "listed": listed,
            "forged": forged}


def _cases() -> list[Case]:
    part = _parts()
    ca, listed, forged = part["ca"], part["listed"], part["forged"]
    first, last = listed.last_update_utc, listed.next_update_utc
    table = [
        ("fine", listed, lab.NOW, "a certificate that is not on the list"),
        ("bad", listed, lab.NOW, "a certificate that is on the list"),
        ("fine", forged, lab.NOW, "a list that somebody else signed"),
        ("bad", forged, lab.NOW, "on a list that somebody else signed"),
        ("fine", listed, last + _SECOND, "one second after the list ran out"),
        ("bad", listed, last + _DAY, "on a list that ran out"),
        ("fine", listed, first - _SECOND, "a list that does not begin yet"),
        ("bad", listed, last, "the last second of the list"),
        ("bad", listed, first, "the first second of the list"),
        ("week", listed, lab.NOW, "seven days, and on the list"),
        ("week", forged, last + _DAY, "seven days, and a list that is worth nothing"),
        ("exact", listed, lab.NOW, "seven days to the second, and on the list"),
        ("old", listed, lab.NOW, "three days left of ninety, and on the list"),
        ("longer", listed, lab.NOW, "seven and a half days, and on the list"),
        ("longer", listed, last + _DAY, "seven and a half days, and a list that ran out"),
    ]
    return [Case(status(part[name], ca, crl, time), (part[name], ca, crl, time), label)
            for name, crl, time, label in table]


_HINTS = {
    "a certificate that is not on the list": "It is not on the list, the list is fresh and its "
        "issuer signed it.",
    "a certificate that is on the list": "This one is on a fresh and genuine list. (Looking up a "
        "serial number gives None, or an entry.)",
    "one second after the list ran out": "The list is too old: it holds until "
        "crl.next_update_utc, inclusive. A certificate may have been revoked since.",
    "on a list that ran out": "An old list says nothing, by the rules of this exercise: look at "
        "its dates before you look anything up.",
    "a list that does not begin yet": "The list has a beginning, too: crl.last_update_utc.",
    "the first second of the list": "The first second belongs to the list.",
    "seven days, and on the list": "This certificate lives for seven days and no more: by the "
        "rules nobody asks a list for it.",
    "seven days, and a list that is worth nothing": "This certificate lives for exactly seven "
        "days: no list is needed, so a worthless one does no harm. Ask for its life first.",
    "seven days to the second, and on the list": "From its first moment to its last there are "
        "exactly seven days, and it still needs no list: <= instead of <.",
    "three days left of ninety, and on the list": "Three days are left of ninety. What counts is "
        "its whole life, from its first moment to its last: this one needs a list.",
    "seven and a half days, and on the list": "This one lives longer than seven days, so it needs "
        "a list, and it is on it.",
    "seven and a half days, and a list that ran out": "It lives longer than seven days, so it "
        "needs a list, and this one has run out.",
}
_FORGED = ("Somebody else signed this list, under the CA's name: it says nothing. Ask "
           "crl.is_signature_valid(issuer.public_key()).")


def _trouble(attempt: Attempt) -> str:
    if "offset-naive" in attempt.said or "naïve" in attempt.said:
        return "One of the two moments knows no time zone. Take the attributes that end in _utc."
    if attempt.error == "TypeError" and "timedelta" in attempt.said:
        return "A length of time is compared with a length of time: timedelta(days=7)."
    if attempt.error == "TypeError" and "instance of 'int'" in attempt.said:
        return "The list is asked for a serial number, not for a certificate: .serial_number."
    if attempt.error == "TypeError" and "Key must be" in attempt.said:
        return ("is_signature_valid wants the issuer's public key, and public_key is a method, so "
                "it has to be called: issuer.public_key().")
    if attempt.error == "AttributeError":
        return ("The names: certificate.serial_number, crl.last_update_utc, crl.next_update_utc, "
                "issuer.public_key().")
    if attempt.error or attempt.given is None:
        return ""
    label = attempt.case.label
    if said := alike(attempt, CRL.made_cases(), _MISTAKES):
        return said
    if attempt.given == "unknown" and attempt.case.expected != "unknown" and label in (
            "a certificate that is not on the list", "a certificate that is on the list"):
        return ("This list is fresh and genuine, so the answer is known. Is it the issuer's key "
                "that you check it with? And are the dates compared the right way round?")
    return _FORGED if "somebody else" in label else _HINTS.get(label, "")


def _only_looks(certificate: Any, issuer: Any, crl: Any, time: datetime) -> str:
    serial = certificate.serial_number
    return "revoked" if crl.get_revoked_certificate_by_serial_number(serial) else "good"


def _exchanged(certificate: Any, issuer: Any, crl: Any, time: datetime) -> str:
    """Right up to the last line, and there the wrong way round."""
    if certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(days=7):
        return "good"
    return {"good": "revoked", "revoked": "good"}.get(
        said := status(certificate, issuer, crl, time), said)


def _changed(words: dict[str, str]) -> Any:
    """The right answers with some words exchanged for others."""
    return lambda *args: words.get(status(*args), status(*args))


_MISTAKES = (
    (_only_looks, "The look-up is right. But who signed the list, and is it still fresh? Anybody "
     "can write one, or keep back the new one."),
    (_changed({"unknown": "good"}), "You say good where nothing is known. Browsers do that, too; "
     "this function shall tell the two apart."),
    (_changed({"unknown": "revoked"}), "You say revoked where nothing is known: a breakdown of "
     "the CA's server would close every shop. Say unknown."),
    *((mistake, "Exchanged: who is not on the list is good, who is on it is revoked.")
      for mistake in (_exchanged, _changed({"good": "revoked", "revoked": "good"}))),
    *((_changed(dict.fromkeys(("good", "revoked", "unknown"), said)),
       "You give one answer to everything. Look at the certificate's life, at the list's "
       "signature and dates, and look the number up.") for said in ("good", "revoked", "unknown")),
)
CRL = Exercise(
    "07-revoked", "What does the list say?", "hard", 10,
    FunctionForm(ChoiceForm(("good", "revoked", "unknown")),
                 ("certificate", "issuer", "crl", "time")), _cases,
    [
        Wrong("whole days", lambda certificate, issuer, crl, time: "good" if (
            certificate.not_valid_after_utc - certificate.not_valid_before_utc).days <= 7
              else status(certificate, issuer, crl, time),
              "This one lives longer than seven days. Compare with timedelta(days=7), not with "
              ".days, which throws the half away."),
        Wrong("without the last second", lambda certificate, issuer, crl, time: "unknown" if
              time == crl.next_update_utc else status(certificate, issuer, crl, time),
              "The last second still belongs to the list: <= instead of <."),
    ],
    "Three answers, not two. What a client does with \"unknown\" decides what revocation is worth: "
    "most go on.",
    "Four questions, in this order: does it live for seven days at most? Did its issuer sign the "
    "list? Is the list fresh? Is the serial number on it?",
    _trouble,
    silent="Return \"good\", \"revoked\" or \"unknown\" on every way through the function.")

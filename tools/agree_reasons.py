"""Who minds which fault, and why the others do not: what the three validators are expected to say.

`minds` gives three signs for a fault at a place: ours (rule book WEB), cryptography, OpenSSL; "-"
refuses, "+" has no objection. `tools.agree` compares every generated chain with it. The reasons are
written by hand, from the sections named; the signs are held against the validators on every run.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.pki.chains import Plan
from tests.pki.recipes import FAULTS, role

REFUSED, FINE = "---", "+++"
VALIDATORS = ("ours", "cryptography", "OpenSSL")


@dataclass(frozen=True)
class Reason:
    """One class of disagreement: which faults, where, who minds, why, and where that is written."""

    signs: str
    faults: str
    places: str
    why: str
    source: str

    @property
    def title(self) -> str:
        """Who refuses."""
        minding = [who for who, sign in zip(VALIDATORS, self.signs, strict=True) if sign == "-"]
        return f"{' and '.join(minding)} refuse{'s' if len(minding) == 1 else ''}"


WILDCARD = "wildcard:"  # only if the leaf is for a wildcard
OTHER_NAMES = {"critical_names", "other_names_too", "name_in_capitals", "empty_subject_plain"}
"""Faults that write other names into the leaf, which fit."""
BR = "Baseline Requirements section"
REASONS = (
    # --- ours alone: rules of the web that the libraries leave to others ---
    Reason("-++", "too_long_lived", "leaf",
           "RFC 5280 sets no limit to a lifetime. The browsers do (200 days from March 2026), and "
           "check it in the browser, not in a library.",
           f"RFC 5280 section 4.1.2.5 (no limit); {BR} 6.3.2"),
    Reason("-++", "weak_rsa ed25519 odd_curve", "leaf",
           "cryptography weighs a key when something is verified with it, and with a leaf's "
           "nothing is, in a path. OpenSSL weighs it in the handshake (security level).",
           f"RFC 5280 section 6.1 (no rule for key sizes); {BR} 6.1.5 and 7.1.3.1"),
    Reason("-++", "no_purpose", "leaf",
           "Without extKeyUsage a key may be used for everything, says RFC 5280. The web's rules "
           "demand serverAuth by name.",
           f"RFC 5280 section 4.2.1.12; {BR} 7.1.2.7.10"),
    Reason("-++", "right_purpose", "root",
           "To RFC 5280 a trust anchor is a name and a key. The web's rules want roots without "
           "extKeyUsage, whatever it says.",
           f"RFC 5280 section 6.1.1 (d); {BR} 7.1.2.1.2"),
    Reason("-++", "zero_serial", "CA leaf",
           "A serial number is positive. Both libraries let 0 pass, which some old roots have; "
           "ours lets it pass in roots.", "RFC 5280 section 4.1.2.2"),
    Reason("-++", "long_serial", "root CA leaf",
           "A serial number has at most 20 octets. Both libraries read longer ones.",
           "RFC 5280 section 4.1.2.2"),
    Reason("-++", "plain_policy", "CA",
           "policyConstraints must be critical. The libraries do not look.",
           "RFC 5280 section 4.2.1.11"),
    Reason("-++", "bad_mask", "CA",
           "A network needs an address and a mask of the same kind, 8 or 32 octets. The libraries "
           "look only when there is an address to compare.", "RFC 5280 section 4.2.1.10"),
    Reason("-++", "revoked", "CA",
           "cryptography looks at no revocation. OpenSSL, with the one flag that CRL-checking "
           "clients set, looks only at the leaf's issuer's list.",
           "RFC 5280 section 6.1.3 (a)(3)"),
    # --- ours and cryptography: what OpenSSL leaves to its callers or lets pass ---
    Reason("--+", "sha1", "CA leaf",
           "RFC 5280 leaves the choice of algorithms open; a SHA-1 signature can be forged by "
           "collision. OpenSSL refuses it in the handshake (security level).",
           f"RFC 5280 section 4.1.1.2; RFC 9155; {BR} 7.1.3.2"),
    Reason("--+", "weak_rsa ed25519 odd_curve", "root CA",
           "The web's rules allow RSA from 2,048 bits and three NIST curves. RFC 5280 allows "
           "more, and OpenSSL weighs keys in the handshake (security level).",
           f"RFC 5280 section 4.1.2.7; RFC 8410; {BR} 6.1.5 and 7.1.3.1"),
    Reason("--+", "generalized_time", "root CA leaf",
           "Until 2049 dates are UTCTime. OpenSSL reads both forms.", "RFC 5280 section 4.1.2.5"),
    Reason("--+", "issuer_in_capitals", "CA leaf",
           "RFC 5280 compares names without regard to capitals, and OpenSSL does. The web's "
           "rules, and with them cryptography and ours, want the same bytes.",
           f"RFC 5280 sections 6.1.3 (a)(4) and 7.1; {BR} 7.1.4.1"),
    Reason("--+", "plain_basic_constraints", "root CA",
           "basicConstraints of a CA must be critical. OpenSSL obeys them whether they are or not, "
           "in strict mode too.", "RFC 5280 section 4.2.1.9"),
    Reason("--+", "leaf_is_ca", "leaf",
           "Path validation asks that issuers are CAs, not that a leaf is none. The web's rules "
           "do.", f"RFC 5280 section 6.1.4 (k); {BR} 7.1.2.7.8"),
    Reason("--+", "critical_policy", "CA leaf",
           "A CA demands a certificate policy and nobody names one: ours processes policies and "
           "refuses, cryptography refuses what it does not process, OpenSSL processes policies "
           "only if it is told to.", "RFC 5280 sections 4.2.1.11 and 6.1.5 (g)"),
    Reason("--+", "critical_purpose", "leaf",
           "RFC 5280 allows extKeyUsage to be critical, the web's rules do not.",
           f"RFC 5280 section 4.2.1.12; {BR} 7.1.2.7.6"),
    Reason("--+", "negative_serial", "root CA leaf",
           "A serial number is positive. OpenSSL does not look.", "RFC 5280 section 4.1.2.2"),
    Reason("--+", "same_twice", "root CA leaf",
           "An extension may stand in a certificate once. OpenSSL looks at those it knows.",
           "RFC 5280 section 4.2"),
    Reason("--+", "malformed_access", "CA leaf",
           "An extension that cannot be read is no certificate of RFC 5280's. OpenSSL reads this "
           "one only when it wants to ask an OCSP server.", "RFC 5280 sections 4.2 and 4.2.2.1"),
    Reason("--+", "critical_names", "leaf",
           "Beside a subject, subjectAltName should not be critical: the web's rules make a must "
           "of it, OpenSSL does not.", f"RFC 5280 section 4.2.1.6; {BR} 7.1.2.7.12"),
    Reason("--+", "empty_subject_plain", "leaf",
           "With an empty subject, subjectAltName must be critical. OpenSSL, in strict mode too, "
           "asks only that it is not empty.", "RFC 5280 section 4.2.1.6"),
    Reason("--+", "permitted_with_dot", "root CA",
           "A dNSName constraint has no dot in front; one for URIs may. OpenSSL takes the dot to "
           "mean subdomains only.", "RFC 5280 section 4.2.1.10"),
    Reason("--+", "empty_constraints", "root CA",
           "Name constraints that say nothing must not be issued. OpenSSL takes them to allow "
           "everything.", "RFC 5280 section 4.2.1.10"),
    Reason("--+", "leaf_constraints", "leaf",
           "Name constraints are for CAs. In a leaf OpenSSL finds nobody below it to constrain.",
           "RFC 5280 section 4.2.1.10"),
    Reason("--+", f"{WILDCARD} excluded_wins", "root CA",
           "One name below a wildcard is excluded. RFC 5280 says nothing of wildcards here: ours "
           "and cryptography refuse a wildcard that could stand for the excluded name, OpenSSL "
           "compares letters.", "RFC 5280 section 4.2.1.10; RFC 9525 section 6.3"),
    # --- ours and OpenSSL: what cryptography does not look at ---
    Reason("-+-", "leaf_path_length", "leaf",
           "A path length without being a CA must not be written. cryptography reads it and makes "
           "nothing of it.", "RFC 5280 section 4.2.1.9"),
    Reason("-+-", "no_usage_bits", "leaf",
           "keyUsage must allow something. To cryptography a leaf's key usage matters only if it "
           "may sign certificates.", "RFC 5280 section 4.2.1.3"),
    Reason("-+-", "no_issuer_id", "CA",
           "A CA below another has to name its issuer's key. cryptography demands that of leaves "
           "only.", "RFC 5280 section 4.2.1.1"),
    Reason("-+-", "no_key_id", "root CA",
           "A CA has to name its key. cryptography does not demand it.",
           "RFC 5280 section 4.2.1.2"),
    Reason("-+-", "critical_key_id", "leaf",
           "subjectKeyIdentifier must not be critical. cryptography looks at that in CAs only.",
           "RFC 5280 section 4.2.1.2"),
    Reason("-+-", "distance", "CA",
           "A constraint applies at any distance: its minimum is 0. cryptography does not read the "
           "field.", "RFC 5280 section 4.2.1.10"),
    Reason("-+-", "revoked", "leaf",
           "cryptography looks at no revocation: its caller has to.",
           "RFC 5280 section 6.1.3 (a)(3)"),
    # --- OpenSSL alone ---
    Reason("++-", "any_purpose", "CA",
           "anyExtendedKeyUsage in a CA restricts nothing. OpenSSL looks for serverAuth by name.",
           "RFC 5280 section 4.2.1.12"),
    Reason("++-", "wrong_issuer_id", "CA leaf",
           "The key identifier helps to find the issuer and is no part of path validation: the "
           "signature decides. To OpenSSL, one that does not fit means: another issuer.",
           "RFC 5280 sections 4.2.1.1 and 6.1.3; RFC 4158 section 3"),
    # --- cryptography alone ---
    Reason("+-+", "self_issued", "CA",
           "A self-issued certificate (a CA's new key under its old name) does not count against "
           "the path length. cryptography counts it.", "RFC 5280 section 6.1.4 (l)"),
    Reason("+-+", "permitted_directory", "root CA",
           "Name constraints on subjects, which fit. cryptography compares host names and "
           "addresses, and refuses critical constraints of other kinds, as RFC 5280 lets it.",
           "RFC 5280 section 4.2.1.10"),
    Reason("+-+", "all_hosts_permitted", "root CA",
           "A dNSName of no letters is the domain of all hosts: every name is that with labels "
           "added in front. cryptography calls it malformed.", "RFC 5280 section 4.2.1.10"),
)
ONE_WAY = Reason(
    "++-", "", "", "Several issuers fit by name, and one of them leads nowhere. OpenSSL follows "
    "the first that fits and does not come back; ours and cryptography try the next.",
    "RFC 5280 section 6 (how a path is found is left open); RFC 4158 section 2")
STOPS = Reason(
    "+-+", "", "", "Several issuers fit by name, and one of them has critical name constraints of "
    "a kind that cryptography does not know. It ends its search there, instead of trying the next.",
    "RFC 5280 sections 4.2.1.10 and 6 (how a path is found is left open); RFC 4158 section 2")
FATAL = {"permitted_directory", "other_directory"}

HARMLESS = {
    "last_second": "root CA leaf", "first_second": "root CA leaf",
    "longest_serial": "root CA leaf", "unknown_plain": "root CA leaf",
    "exact_path_length": "root CA", "permitted": "root CA", "plain_constraints": "root CA",
    "other_kind_permitted": "root CA",
    "right_purpose": "CA", "bad_signature": "root", "changed": "root", "sha1": "root",
    "zero_serial": "root", "leaf_no_basic_constraints": "leaf", "other_names_too": "leaf",
    "no_key_usage": "leaf", "no_key_id": "leaf", "empty_subject": "leaf",
    "name_in_capitals": "leaf", "other_common_name": "leaf",
}
"""What nobody minds, and where. A root's own signature is one of these: nobody needs it."""


def minds(plan: Plan, slug: str, at: int) -> tuple[str, Reason | None]:
    """The signs for this fault of this plan, and the reason if they are not all the same."""
    last = len(plan.keys) - 1
    place = role(last, at)
    if reason := _special(plan, slug, at):
        return reason if isinstance(reason, tuple) else (reason.signs, reason)
    for reason in REASONS:
        if slug in reason.faults.split() and place in reason.places.split() \
                and (WILDCARD not in reason.faults or _wildcard(plan)):
            return reason.signs, reason
    return (FINE if place in HARMLESS.get(slug, "").split() else REFUSED), None


def _wildcard(plan: Plan) -> bool:
    return plan.names == "wildcard" and OTHER_NAMES.isdisjoint(slug for slug, _ in plan.faults)


def _special(plan: Plan, slug: str, at: int) -> Reason | tuple[str, None] | None:
    """Where more of the plan matters than the fault and its place."""
    if slug == "bad_mask" and plan.names in ("IPv4", "IPv6"):
        return REFUSED, None  # there is an address to compare with
    if slug == "path_too_long" and any(name == "self_issued" and below > at + 1
                                       for name, below in plan.faults):
        return by_fault("self_issued")  # one of those below does not count
    return None


def by_fault(slug: str) -> Reason:
    """The first reason that names this fault."""
    return next(reason for reason in REASONS if slug in reason.faults.split())


def unknown_names() -> set[str]:
    """Names in these tables that are no fault at such a place: there should be none."""
    listed = [(slug, place) for reason in REASONS for slug in reason.faults.split()
              if slug != WILDCARD for place in reason.places.split()]
    listed += [(slug, place) for slug, places in HARMLESS.items() for place in places.split()]
    return {f"{slug} in a {place}" for slug, place in listed
            if slug not in FAULTS or place not in FAULTS[slug].roles}

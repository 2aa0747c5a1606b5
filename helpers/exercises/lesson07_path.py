"""Lesson 07: from a heap of certificates to a chain (RFC 5280 section 6.1)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from cryptography import x509

from helpers import pki
from helpers.experiments.chains import issued_by, sample_heap

from .alike import alike
from .certificates import CertificateForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm, ListForm


def build(leaf: x509.Certificate, heap: list, roots: list) -> list[x509.Certificate]:
    """The reference answer: the first path found, shortest first."""
    paths = [[leaf]]
    for path in paths:
        for root in roots:
            if issued_by(path[-1], root):
                return [*path, root]
        paths += [[*path, ca] for ca in heap if ca not in path and issued_by(path[-1], ca)]
    return []


@cache
def _made() -> dict[str, tuple]:
    """Leaf, heap and roots of each case."""
    root, other = pki.issue("Oak Root", ca=True), pki.issue("Elm Root", ca=True)
    one = pki.issue("First CA", by=root, ca=True)
    two = pki.issue("Second CA", by=one, ca=True)
    stranger = pki.issue("First CA", key=pki.test_key("a stranger"), ca=True)
    false_root = pki.issue("Oak Root", key=pki.test_key("a stranger"), ca=True)
    left, right = pki.issue("Left CA", ca=True), pki.issue("Right CA", ca=True)
    left_by_right = pki.issue("Left CA", by=right, key=left.key, ca=True)
    right_by_left = pki.issue("Right CA", by=left, key=right.key, ca=True)
    way_out = pki.issue("Right CA", by=other, key=right.key, ca=True)

    def cut(*identities: Any) -> list[x509.Certificate]:
        return [identity.certificate for identity in identities]

    deep, shallow, direct, looped = (
        pki.issue(f"{name}.shop.example", by=by).certificate
        for name, by in (("deep", two), ("flat", one), ("direct", root), ("loop", left)))
    mallory, unknown = pki.issue("Mallory Root", ca=True), pki.issue("Unknown Root", ca=True)
    puppet, twin = pki.issue("Puppet CA", by=mallory, ca=True), pki.issue("Twin", by=root, ca=True)
    twin_by_unknown = pki.issue("Twin", by=unknown, key=twin.key, ca=True)
    cheated, doubled = (pki.issue(f"{name}.shop.example", by=by).certificate
                        for name, by in (("cheated", puppet), ("doubled", twin)))
    there = sample_heap()
    return {
        "one CA, in order": (shallow, cut(one), cut(root)),
        "two CAs, shuffled, two roots": (deep, cut(one, two), cut(other, root)),
        "a CA of the same name with another key": (shallow, cut(stranger, one, two), cut(root)),
        "a root of the same name with another key": (shallow, cut(one), cut(false_root, root)),
        "issued by the root itself": (direct, cut(two, one), cut(other, root)),
        "the CA was not sent": (deep, cut(two, stranger), cut(root)),
        "a way that leads nowhere": (there.leaf, list(there.heap), list(there.roots)),
        "two CAs that vouch for each other": (
            looped, cut(left_by_right, right_by_left, way_out), cut(other)),
        "a root that nobody trusts": (
            cheated, cut(mallory, puppet), cut(root)),
        "two ways, and one ends at a root that nobody trusts": (
            doubled, cut(unknown, twin_by_unknown, twin), cut(root)),
        "two CAs that vouch for each other, and no way out": (
            looped, cut(left_by_right, right_by_left), cut(root)),
    }


def _build_cases() -> list[Case]:
    return [Case(build(*case), case, label) for label, case in _made().items()]


_STUCK = {
    "a CA of the same name with another key": "Two certificates here are called First CA, with "
        "different keys. The name alone does not say which: ask issued_by.",
    "a root of the same name with another key": "Two of the roots are called Oak Root, with "
        "different keys. Here, too, ask issued_by.",
    "issued by the root itself": "Here a root issued the leaf itself. Ask the roots first, then "
        "the heap.",
    "the CA was not sent": "From here no way leads to a root: return an empty list, [].",
    "a way that leads nowhere": "Two certificates fit above Lower CA, and the first leads "
        "nowhere. Keep the other in mind: follow every way, not the first only.",
    "a root that nobody trusts": "Mallory Root is in the heap, not in `roots`: no way leads to a "
        "root that is trusted. Return an empty list, [].",
    "two ways, and one ends at a root that nobody trusts": "Two certificates are called Twin, with "
        "one key. One leads to a root that is not in `roots`: follow the other, too.",
    "two CAs that vouch for each other": "These two CAs have certified each other. Never take a "
        "certificate that stands in the path already, and follow every way.",
    "two CAs that vouch for each other, and no way out": "Round in a circle, and no root: return "
        "an empty list, [].",
}


def _build_trouble(attempt: Attempt) -> str:
    leaf, _, roots = attempt.case.args
    if attempt.error == "TooLong" or "RecursionError" in attempt.said:
        return ("It goes round in a circle: two CAs have certified each other. Take no "
                "certificate that stands in the path already.")
    if attempt.error == "IndexError":
        return "Some list is empty here: perhaps nothing in the heap fits. Then return []."
    if attempt.given is None:
        return ("Return a list of certificates, the leaf first." if not attempt.error else "")
    given, label = list(attempt.given), attempt.case.label
    if said := alike(attempt, BUILD.made_cases(), _BUILD_MISTAKES):
        return said
    if given and given[-1] not in roots and issued_by(given[-1], given[-1]):
        return ("This chain ends at a root that nobody trusts: that it signed itself says nothing. "
                "Is it in `roots`?")
    if not attempt.case.expected or (not given and label in _STUCK):
        return _STUCK.get(label, "")
    if not given:
        return "There is a way from this leaf to a root, and you found none."
    return (_ends_trouble(given, leaf, roots) or _links_trouble(given)
            or _STUCK.get(label, "That is a chain, and not the one that ends at a trusted root."))


def _ends_trouble(given: list, leaf: x509.Certificate, roots: list) -> str:
    if given[-1] == leaf and len(given) > 1:
        return "The other way round: the leaf comes first, the root last."
    if given[0] != leaf:
        return "The first certificate of the chain is the leaf itself."
    if given[-1] not in roots:
        return ("The chain stops before a root: the last certificate has to be one of `roots`. "
                "(A self-signed certificate in the heap is no root: trust is not in the file.)")
    return ""


def _links_trouble(given: list) -> str:
    for child, parent in pairwise(given):
        if not issued_by(child, parent):
            return ("Two neighbours of your chain do not belong together: ask "
                    "issued_by(child, parent) for each step.")
    return ""


def _exchanged(leaf: Any, heap: list, roots: list) -> list:
    paths = [[leaf]]
    for path in paths:
        for root in roots:
            if issued_by(root, path[-1]):
                return [*path, root]
        paths += [[*path, ca] for ca in heap if ca not in path and issued_by(ca, path[-1])]
    return []


def _short(leaf: Any, heap: list, roots: list) -> list:
    return next(([leaf, ca, root] for ca in heap for root in roots
                 if issued_by(leaf, ca) and issued_by(ca, root)), [])


def _direct_or_short(leaf: Any, heap: list, roots: list) -> list:
    return next(([leaf, root] for root in roots if issued_by(leaf, root)),
                _short(leaf, heap, roots))


_ONE_CA = ("You find ways with one CA at most. There may be two in between, or none, or more: each "
           "CA that you find may need one above it.")
_BUILD_MISTAKES = (
    (_exchanged, "There is a way, and you found none. Is it issued_by(child, parent)? The lower "
     "certificate comes first."),
    (_short, _ONE_CA), (_direct_or_short, _ONE_CA),
)


def _greedy(leaf: Any, heap: list, roots: list) -> list:
    path = [leaf]
    while True:
        for root in roots:
            if issued_by(path[-1], root):
                return [*path, root]
        path.append(next(ca for ca in heap if ca not in path and issued_by(path[-1], ca)))


BUILD = Exercise(
    "07-build-chain", "Find the way to a root", "medium", 12,
    FunctionForm(ListForm(CertificateForm(), what="a list"), ("leaf", "heap", "roots")),
    _build_cases,
    [
        Wrong("as sent", lambda leaf, heap, roots: [leaf, *heap, *roots],
              "You put everything in a row. Choose at each step the one that issued the last."),
        Wrong("without the root", lambda leaf, heap, roots: build(leaf, heap, roots)[:-1],
              "The root belongs to the answer: it is the last of the list."),
        Wrong("without the leaf", lambda leaf, heap, roots: build(leaf, heap, roots)[1:],
              "The leaf belongs to the answer: it is the first of the list."),
        Wrong("greedy", _greedy,
              "next(...) found nothing (StopIteration): this way is at its end. Another one may "
              "go on, or none does (then return [])."),
    ],
    "The order in which a server sends its certificates is only a suggestion. A client that "
    "follows one way only fails where another would have led to a root.",
    "Begin with the path [leaf]. Ask each root whether it issued the last certificate; if none "
    "did, lengthen the path by each certificate of the heap that did.", _build_trouble,
    silent="Return the whole list, leaf first and root last; [] if there is no way.",
    patience=5.0)

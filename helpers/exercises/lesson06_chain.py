"""Lesson 06, last exercise: the chain from a leaf up to a root, out of a bag of certificates.

Among them are decoys with the right name and another key, CAs that signed each other, and one CA
that two roots have signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers.experiments.certificate_forgery import fake_ca
from helpers.experiments.certificates import chain_to_root, issued
from helpers.pki import authority
from helpers.pki.issue import issue, test_key

from .calling import Failed, call
from .forms import NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm
from .words import kind

Certificates = tuple[x509.Certificate, ...]


class _Chain:
    """A list of certificates, or of their DER, read as DER."""

    def wanted(self) -> str:
        return "a list of certificates, the leaf first and the root last"

    def read(self, answer: Any) -> tuple[bytes, ...]:
        if isinstance(answer, x509.Certificate):
            raise NotThisForm("This asks for a list of certificates, and you gave one. Even a "
                              "chain of one step has two: [leaf, root].")
        if not isinstance(answer, list | tuple) or len(answer) > 1000:
            raise NotThisForm(f"This asks for {self.wanted()}, and you gave {kind(answer)}.")
        items = list(answer)
        for item in items:
            if isinstance(item, list | tuple):
                raise NotThisForm("There is a list inside your list. Join them: "
                                  "[leaf, *rest] or [leaf] + rest.")
            if item is None:
                raise NotThisForm("There is None in your list: where no chain is found the answer "
                                  "is an empty list, and nothing is put in front of it.")
            if not isinstance(item, x509.Certificate | bytes):
                raise NotThisForm(f"This asks for certificates, and there is {kind(item)} in your "
                                  "list.")
        return tuple(item if isinstance(item, bytes) else item.public_bytes(Encoding.DER)
                     for item in items)

    def show(self, value: tuple[bytes, ...]) -> str:
        return " > ".join(_short_name(one) for one in value) or "an empty list"

    def fits(self, value: Any) -> bool:
        return True

    def difference(self, expected: Any, got: Any) -> str:
        return ""


def _short_name(der: bytes) -> str:
    try:
        subject = x509.load_der_x509_certificate(der).subject
    except ValueError:
        return "bytes that are no certificate"
    found = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else "no name"


@cache
def _looped() -> Certificates:
    """A leaf, and two CAs that signed each other."""
    first_key, second_key = test_key("loop 1"), test_key("loop 2")
    first = issue("TEST ONLY Loop 1", ca=True, key=first_key)
    second = issue("TEST ONLY Loop 2", ca=True, key=second_key, by=first)
    first = issue("TEST ONLY Loop 1", ca=True, key=first_key, by=second)
    leaf = issue("loop.example", by=first)
    return leaf.certificate, first.certificate, second.certificate


@cache
def _long() -> Certificates:
    """A leaf below three intermediates, in order, and their root."""
    root, found = authority.root(), []
    by = root
    for number in (1, 2, 3):
        by = issue(f"TEST ONLY Floor {number}", ca=True, by=by)
        found.append(by.certificate)
    leaf = issue("deep.example", by=by).certificate
    return (leaf, *reversed(found), root.certificate)


@cache
def _crossed() -> x509.Certificate:
    """The CA's name and key, signed by the other root."""
    ca = authority.intermediate()
    return issue(ca.certificate.subject, ca=True, path_length=0, key=ca.key,
                 by=authority.root("other_root")).certificate


@cache
def _new_key() -> x509.Certificate:
    """The CA once more, under its name, with a new key; the same root signed it."""
    return issue(authority.intermediate().certificate.subject, ca=True, path_length=0,
                 key=test_key("the CA's new key"), by=authority.root()).certificate


@cache
def _old_root() -> x509.Certificate:
    """A root by the name of ours, with another key."""
    return issue(authority.root().certificate.subject, ca=True,
                 key=test_key("an older root")).certificate


def _chain_cases() -> list[Case]:
    shop, ca = authority.server("ecdsa").certificate, authority.intermediate().certificate
    root, other = authority.root().certificate, authority.root("other_root").certificate
    fake, crossed = fake_ca().certificate, _crossed()
    loop, one, two = _looped()
    deep, *floors, top = _long()
    direct = issue("direct.example", by=authority.root()).certificate
    raw = [
        ((shop, [ca], [other, root]), "the shop"),
        ((shop, [], [root]), "the intermediate was not sent"),
        ((direct, [], [root]), "signed by the root itself"),
        ((deep, [floors[2], floors[0], floors[1]], [top]), "three intermediates, in disorder"),
        ((shop, [fake, ca], [root]), "a CA of the same name came along"),
        ((shop, [_new_key(), ca], [root]), "the CA has two keys, and a certificate for each"),
        ((shop, [ca], [_old_root(), root]), "two roots of one name"),
        ((shop, [crossed, ca], [root]), "one CA, signed by two roots"),
        ((shop, [ca, crossed], [other]), "the same, for a client with the other root"),
        ((loop, [one, two], [root]), "two that signed each other"),
        ((shop, [ca, root], [other]), "the root was sent, and nobody trusts it"),
    ]
    form = _Chain()
    return [Case(form.read(chain_to_root(*args)), args, label) for args, label in raw]


def _chain_trouble(attempt: Attempt) -> str:
    leaf, sent, roots = attempt.case.args
    if attempt.error == "TooLong" or "RecursionError" in attempt.said:
        return _endless(sent)
    if attempt.given is None:
        return _chain_error(attempt)
    given, right = attempt.given, attempt.case.expected
    form = _Chain()
    whole = form.read([leaf, *sent, *roots])
    if not right and given:
        if given[-1] in form.read(list(sent)) + form.read([leaf]):
            return ("Your chain ends at a certificate that the client does not trust. Without a "
                    "way to one of `roots` the answer is an empty list.")
        return "There is no chain here, and you found one: check each step with issued(...)."
    if not given:
        return _nothing(attempt)
    if set(given) - set(whole):
        return "There is a certificate in your list that is neither the leaf nor sent nor a root."
    if given == right[::-1]:
        return "The other way round: the leaf first, the root last."
    if given == right[1:]:
        return "The leaf itself is missing at the beginning."
    if given == right[:-1]:
        return "The root is missing at the end: the client has it, so add it."
    if len(set(given)) != len(given):
        return "A certificate is in your chain twice."
    if given[-1] not in form.read(list(roots)):
        if _changes_sent(attempt):
            return _CHANGES
        return ("Your chain does not end at one of the roots. If one way up does not get there, "
                "another may: go on to the next candidate.")
    return _broken_link(given)


def _endless(sent: list[x509.Certificate]) -> str:
    for one, other in combinations(sent, 2):
        if issued(one, other) and issued(other, one):
            return ("Two certificates in this case signed each other, and your function goes "
                    "round. Hand on only those that were not used yet.")
    return ("Your function does not come to an end here. Each step has to go up to another "
            "certificate, one that was not used yet, and the last step has to return.")


def _broken_link(given: tuple[bytes, ...]) -> str:
    read = [x509.load_der_x509_certificate(one) for one in given]
    for below, above in pairwise(read):
        if not issued(below, above):
            if below.issuer == above.subject:
                return ("Your chain has a CA with the right name and the wrong key. Ask "
                        "issued(...), which looks at both.")
            return "In your chain one certificate did not issue the one in front of it."
    return "Every step of your chain is right, and a certificate that belongs to it is missing."


_CHANGES = ("Your function takes things out of `sent` while it goes through it, so that the loop "
            "jumps over the next one. Make a new list of the others.")


class _Steady(list):
    """A list that one may change while one goes through it."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])


def _changes_sent(attempt: Attempt) -> bool:
    """Whether all would be well if `sent` could be changed under the loop's feet."""
    leaf, sent, roots = attempt.case.args
    return _answer(attempt, leaf, _Steady(sent), roots) == attempt.case.expected


def _answer(attempt: Attempt, *args: Any) -> tuple[bytes, ...] | None:
    """What the learner's function says to something else; None if that is no chain."""
    try:
        return _Chain().read(call(attempt.answer, args))
    except (Failed, NotThisForm):
        return None


def _nothing(attempt: Attempt) -> str:
    """After an empty list where there is a chain: what does the function say in easier cases?"""
    leaf, sent, roots = attempt.case.args
    shop, ca = authority.server("ecdsa").certificate, authority.intermediate().certificate
    root = authority.root().certificate
    if _changes_sent(attempt):
        return _CHANGES
    if _answer(attempt, ca, [], [shop]):
        return ("issued(certificate, other) has the signed one first. You ask whether the leaf "
                "issued the root.")
    direct = _answer(attempt, ca, [], [root])
    if direct is None:
        return ("Where a root issued the leaf itself, your function returns no list. (.append "
                "changes a list and returns None.)")
    if not direct:
        return ("An empty list. Begin smaller: for a leaf that a root itself signed your function "
                "says [] as well. Ask each root first.")
    if _answer(attempt, ca, [shop], [ca]):
        return ("issued(certificate, other) has the signed one first. You ask whether the leaf "
                "issued the one in `sent`.")
    if attempt.case.expected == _Chain().read(_no_backtracking(leaf, sent, roots)):
        if _answer(attempt, shop, [ca], [root]):
            return ("One intermediate you find, and there are more of them here. Above each the "
                    "same question is asked again: a function may call itself.")
        return ("A leaf below a root you find, and not one with an intermediate between. If one of "
                "`sent` issued the leaf, ask the same question of that one.")
    if _no_backtracking(leaf, sent, roots) == []:
        return ("Your function takes the first candidate that fits and never goes back. Here that "
                "one leads nowhere for this client, and the next candidate leads to a root.")
    return ("An empty list, and there is a chain. A candidate may lead nowhere while the next one "
            "leads to a root; and those above a CA may stand anywhere in the list.")


def _chain_error(attempt: Attempt) -> str:
    if attempt.error in ("ValueError", "InvalidSignature"):
        return ("verify_directly_issued_by raises where the signature does not fit. "
                "issued(certificate, candidate) says True or False.")
    return ""


def _no_backtracking(leaf: x509.Certificate, sent: Any, roots: Any) -> list[x509.Certificate]:
    chain, left = [leaf], list(sent)
    while True:
        if root := next((one for one in roots if issued(chain[-1], one)), None):
            return [*chain, root]
        step = next((one for one in left if issued(chain[-1], one)), None)
        if step is None:
            return []
        left.remove(step)
        chain.append(step)


def _as_sent(leaf: x509.Certificate, sent: Any, roots: Any) -> list[x509.Certificate]:
    return [leaf, *sent, *roots]


def _only_sent(leaf: x509.Certificate, sent: Any, roots: Any) -> list[x509.Certificate]:
    return [leaf, *sent]


def _any_root(leaf: x509.Certificate, sent: Any, roots: Any) -> list[x509.Certificate]:
    return chain_to_root(leaf, sent, [*roots, *(one for one in sent if issued(one, one))])


CHAIN = Exercise(
    "06-chain", "From the leaf to a root", "hard", 12,
    FunctionForm(_Chain(), ("leaf", "sent", "roots")), _chain_cases,
    [
        Wrong("a root from the wire", _any_root, "You believe a root because it was sent. Whoever "
              "sends it is the one to be checked: only `roots` are trusted."),
        Wrong("all of them", _as_sent, "You put everything into the chain. Only those belong in "
              "it that lead from the leaf to one root, each issued by the next."),
        Wrong("what was sent", _only_sent, "That is what the server sent. The chain ends at a "
              "root, and the root comes from the client's own store."),
    ],
    "Real clients do the same search, with limits against bundles made to keep them busy, and look "
    "at dates, flags and names on the way (lesson 07).",
    "Begin with the easiest case: somebody in `roots` issued the leaf. What do you return then? "
    "And if nobody did?", _chain_trouble,
    silent="Return the list in every branch (.append changes a list and returns None), and [] "
           "behind the loop when nothing was found.")


"""Name constraints: which names a CA may speak for (RFC 5280 section 4.2.1.10).

A name is refused if it lies in an excluded subtree, or if there are permitted subtrees of its kind
and it lies in none. A kind that nobody constrains is free. What is not understood is refused: a
constraint on a kind of name that is not compared here counts as soon as such a name turns up.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from helpers.pki.facts import Facts, element, normal, shown
from helpers.pki.names import is_host, is_mailbox, pattern_problem

LIMIT = 250_000  # comparisons in one judgement; other validators stop here too

Names = list[x509.GeneralName]


class TooMany(Exception):
    """More names times constraints than LIMIT: somebody wants to keep us busy."""


class Counter:
    """Counts comparisons. Raises TooMany at LIMIT."""

    def __init__(self, limit: int = LIMIT):
        self.left = limit

    def take(self, number: int) -> None:
        self.left -= number
        if self.left < 0:
            raise TooMany


def names_of(facts: Facts) -> Names:
    """All names that constraints apply to: the subject, the alternative names, and, where those
    have no mailbox, the subject's e-mail addresses."""
    names: Names = list(facts.alternatives or ())
    subject = facts.subject_name
    if subject is not None and len(subject.rdns):
        if not any(isinstance(name, x509.RFC822Name) for name in names):
            names += [_Mailbox(str(item.value)) for item in
                      subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
        names.append(x509.DirectoryName(subject))
    return names


class _Mailbox:
    """An e-mail address from a subject, which x509.RFC822Name might refuse to hold."""

    def __init__(self, value: str):
        self.value = value


def _kind(name: object) -> type:
    return x509.RFC822Name if isinstance(name, _Mailbox) else type(name)


def problems(constraints: x509.NameConstraints) -> Iterator[str]:
    """What is wrong with the constraints themselves, whatever the names are."""
    for tree in (*(constraints.permitted_subtrees or ()), *(constraints.excluded_subtrees or ())):
        if problem := _malformed(tree):
            yield f"its name constraint {shown(tree.value)!r} is malformed: {problem}"


def has_distance(der: bytes) -> bool:
    """Does a subtree have a minimum or maximum, which no CA writes and nobody would understand?
    `cryptography` skips them without a word, so this is read from the extension's DER."""
    _, at, end = element(der, 0)
    while at < end:  # [0] permittedSubtrees, [1] excludedSubtrees
        _, tree, at = element(der, at)
        while tree < at:
            _, base, tree = element(der, tree)
            if element(der, base)[2] < tree:
                return True
    return False


def _malformed(tree: x509.GeneralName) -> str:
    text = tree.value
    if isinstance(tree, x509.DNSName):
        if text and not is_host(text):
            return "a leading dot is for URIs and mailboxes" if text.startswith(".") \
                else "it is no host name"
    elif isinstance(tree, x509.RFC822Name):
        if "@" in text:
            return "" if is_mailbox(text) else "it is no mailbox"
        return "" if is_host(text.removeprefix(".")) else "it is no host name"
    elif isinstance(tree, x509.UniformResourceIdentifier):
        return "" if is_host(text.removeprefix(".")) else "it is no host name"
    return ""


def refused(constraints: x509.NameConstraints, names: Names, counter: Counter) -> str:
    """Why one of the names may not stand under these constraints, or "".

    Raises TooMany."""
    permitted = constraints.permitted_subtrees or ()
    excluded = constraints.excluded_subtrees or ()
    for name in names:
        counter.take(len(permitted) + len(excluded))
        kind = _kind(name)
        mine = [tree.value for tree in permitted if type(tree) is kind]
        banned = [tree.value for tree in excluded if type(tree) is kind]
        if not mine and not banned:
            continue
        compare = _COMPARE.get(kind)
        text = _text(name)
        if compare is None:
            return f"{text} is a kind of name whose constraints cannot be checked here"
        try:
            if any(compare(name.value, tree, True) for tree in banned):
                return f"{text} lies in an excluded subtree"
            if mine and not any(compare(name.value, tree, False) for tree in mine):
                return f"{text} lies in none of the permitted subtrees"
        except ValueError as problem:
            return f"{text} cannot be compared with the constraints: {problem}"
    return ""


def _text(name: object) -> str:
    value = name.value
    return shown(value.rfc4514_string() if isinstance(value, x509.Name) else value)


def _host(name: str, tree: str, excluded: bool) -> bool:
    if problem := pattern_problem(name):
        raise ValueError(problem)
    name, tree = name.lower(), tree.lower()
    if not tree:
        return True
    if excluded and name.startswith("*.") and tree.partition(".")[2] == name[2:]:
        return True  # the wildcard could stand for the excluded name
    host = name.removeprefix("*.") if excluded else name
    return host == tree or host.endswith("." + tree)


def _mailbox(name: str, tree: str, _excluded: bool) -> bool:
    if not is_mailbox(name):
        raise ValueError("it is no mailbox")
    local, _, host = name.rpartition("@")
    host = host.lower()
    if "@" in tree:
        tree_local, _, tree_host = tree.rpartition("@")
        return (local, host) == (tree_local, tree_host.lower())
    return _exactly_or_below(host, tree.lower())


def _exactly_or_below(host: str, tree: str) -> bool:
    """RFC 5280's rule for mailboxes and URIs: ".a" is everything below a, "a" is a alone."""
    return host.endswith(tree) and len(host) > len(tree) if tree.startswith(".") else host == tree


def _uri(name: str, tree: str, _excluded: bool) -> bool:
    host = (urlsplit(name).hostname or "").lower()
    if not is_host(host) or host.rpartition(".")[2].isdigit():
        raise ValueError("it has no host name")
    return _exactly_or_below(host, tree.lower())


def _address(name: ipaddress.IPv4Address | ipaddress.IPv6Address,
             tree: ipaddress.IPv4Network | ipaddress.IPv6Network, _excluded: bool) -> bool:
    return name in tree


def _directory(name: x509.Name, tree: x509.Name, _excluded: bool) -> bool:
    wanted = normal(tree)
    return normal(name)[:len(wanted)] == wanted


_COMPARE: dict[type, Callable[..., bool]] = {
    x509.DNSName: _host, x509.RFC822Name: _mailbox, x509.UniformResourceIdentifier: _uri,
    x509.IPAddress: _address, x509.DirectoryName: _directory,
}
